import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KEYS } from '../../hardware/capabilities.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { invalidChoice } from '../../shared/protocol/ballot.ts';
import { Ballot, CheckIn } from '../../shared/protocol/messages.ts';
import { REASON_CODES } from '../../shared/protocol/reasons.ts';
import { seatFaults } from '../machine/health.ts';
import { screenView } from '../screen/screen-view.ts';
import { appraisal, decision, itemised, round, seatOf, selection, sittingOf } from '../testing/fixtures.ts';
import {
  answered,
  checkedIn,
  messageId,
  moved,
  opened,
  openedSecret,
  played,
  press,
  sealedAs,
  switchedOn,
  unrecorded,
} from '../testing/gallery.ts';
import { LIST, LIST_HASH, listedAppraisal, listedSelection } from '../testing/list-fixtures.ts';
import { REVIEW_PAUSE_MS } from './legend.ts';
import { READS, type Read } from './reading.ts';
import { isHeld, lampsOf, legendOf, step } from './seat.ts';
import { deputyOf, initialSeat, type SeatEffect, type SeatEvent, type SeatState } from './seat-state.ts';

const DARK = ['off', 'off', 'off', 'off', 'off'];

/** The ballots that `events` send from `state`. */
function sends(state: SeatState, ...events: SeatEvent[]): (Ballot | CheckIn)[] {
  let now = state;
  return events.flatMap((event) => {
    const { state: next, effects } = step(now, event);
    now = next;
    return effects.flatMap((effect) => (effect.type === 'send' ? [effect.message] : []));
  });
}

/** What the fifth key casts now. */
function castBy(state: SeatState) {
  const [message] = sends(state, { type: 'key', key: 5, id: messageId(), at: state.now + REVIEW_PAUSE_MS });
  return message?.typ === 'ballot' ? message.choice : null;
}

describe('check-in', () => {
  test('the seat is dead until its deputy has checked in', () => {
    const empty = played(
      switchedOn(),
      { type: 'sitting', sitting: sittingOf(1, round(decision())) },
      { type: 'seat', seat: seatOf(1, null, { round: 'm1/1' }) },
    );
    expect(lampsOf(empty)).toEqual(DARK);
    for (const key of KEYS) expect(press(empty, key, 5).vote).toBeNull();
  });

  test('a tap sends the card; the same card tapped again is the same check-in', () => {
    const ready = played(switchedOn(), { type: 'sitting', sitting: sittingOf(1, null) });
    const tap = (at: number, card: string): SeatEvent => ({
      type: 'card',
      tap: { card },
      id: messageId(),
      at,
    });
    const messages = sends(ready, tap(1, ' 04a1b2c3 '), tap(2, '04A1B2C3'), tap(3, '99999999'));
    expect(messages.map((m) => m.typ === 'check-in' && m.card)).toEqual(['04A1B2C3', '99999999']);
    expect(messages.every((m) => CheckIn.safeParse(m).success)).toBe(true);
  });

  test('a card that cannot be read, or comes before the sitting is known, is said so and sends nothing', () => {
    const tap = { type: 'card' as const, tap: { card: '0?' }, id: messageId(), at: 1 };
    expect(sends(checkedIn(), tap)).toEqual([]);
    expect(step(checkedIn(), tap).state.notice?.type).toBe('card-unreadable');
    expect(step(switchedOn(), { ...tap, tap: { card: '04A1B2C3' } }).state.notice?.type).toBe(
      'not-connected',
    );
  });

  test('a refused card is explained until somebody checks in', () => {
    const ready = played(
      switchedOn(),
      { type: 'sitting', sitting: sittingOf(1, null) },
      { type: 'seat', seat: seatOf(1, null) },
      { type: 'card', tap: { card: '04A1B2C3' }, id: 'x' },
      { type: 'refusal', id: 'x', reason: 'lost-card' },
    );
    expect(ready.notice).toMatchObject({ type: 'card-refused', reason: 'lost-card' });
    expect(played(ready, { type: 'seat', seat: seatOf(2, 'D1') }).notice).toBeNull();
  });
});

describe('a decision', () => {
  test('choose, change, confirm; "counted" only on the receipt', () => {
    const chosen = press(opened(decision()), 2, 3);
    expect(lampsOf(chosen)).toEqual(['valid', 'valid', 'chosen', 'valid', 'valid']);
    expect(castBy(chosen)).toEqual({ kind: 'decision', option: 'against' });
    const sent = press(chosen, 5);
    expect(sent.vote?.cast.step).toBe('sending');
    const wrong = played(sent, { type: 'receipt', id: messageId() });
    expect(wrong.vote?.cast.step).toBe('sending');
    expect(answered(sent).vote?.cast.step).toBe('counted');
  });

  test('key 5 alone casts nothing, and key 1 takes the choice back', () => {
    expect(press(opened(decision()), 5).vote?.cast.step).toBe('none');
    expect(press(opened(decision()), 2, 1, 5).vote?.cast.step).toBe('none');
  });

  test('after the press nothing shows what was chosen', () => {
    for (const key of [2, 3, 4] as const) {
      const sent = press(opened(decision()), key, 5);
      expect(lampsOf(sent)).toEqual(DARK);
      expect(lampsOf(answered(sent))).toEqual(['off', 'off', 'off', 'off', 'counted']);
    }
  });

  test('first press counts: the keys are dead once it is cast', () => {
    const counted = answered(press(opened(decision('first')), 2, 5));
    expect(press(counted, 3, 5).press).toBe(1);
  });

  test('last press counts: any option key starts a new choice, with a higher press', () => {
    const counted = answered(press(opened(decision('last')), 2, 5));
    expect(lampsOf(counted)).toEqual(['off', 'valid', 'valid', 'valid', 'counted']);
    const again = press(counted, 3);
    const [ballot] = sends(again, { type: 'key', key: 5, id: messageId(), at: again.now });
    expect(ballot).toMatchObject({ press: 2, choice: { option: 'against' } });
  });

  test('a vote that closes over an unconfirmed choice casts nothing and says so', () => {
    const closed = moved(press(opened(decision()), 2), 'closed');
    expect(closed.vote?.cast.step).toBe('none');
    expect(closed.notice).toMatchObject({ type: 'unconfirmed', counted: false });
    expect(press(closed, 5).press).toBe(0);
  });

  test('so does one that gives way to the next round without a word', () => {
    const next = opened(selection(), press(opened(decision()), 2));
    expect(next.vote?.round.id).toBe('m2/1');
    expect(next.notice?.type).toBe('unconfirmed');
  });

  test('G8: a ballot refused as too late is said not to be counted', () => {
    const late = answered(moved(press(opened(decision()), 2, 5), 'closed'), 'too-late');
    expect(late.vote).toMatchObject({ cast: { step: 'refused', reason: 'too-late' }, counted: false });
  });

  test('G8: also when its round has left the screen', () => {
    const sent = press(opened(decision()), 2, 5);
    const id = sent.vote?.cast.step === 'sending' ? sent.vote.cast.id : '';
    const gone = played(sent, { type: 'sitting', sitting: sittingOf(9, null) });
    expect(played(gone, { type: 'refusal', id, reason: 'too-late' }).notice).toMatchObject({
      type: 'not-counted',
      reason: 'too-late',
      title: decision().title,
    });
    expect(played(gone, { type: 'receipt', id }).notice?.type).toBe('counted-late');
  });

  test('another deputy hears nothing of it', () => {
    const sent = press(opened(decision()), 2, 5);
    const id = sent.vote?.cast.step === 'sending' ? sent.vote.cast.id : '';
    const other = played(sent, { type: 'seat', seat: seatOf(9, 'D2', { round: 'm1/1' }) });
    expect(other.vote).toMatchObject({ deputy: 'D2', cast: { step: 'none' } });
    expect(played(other, { type: 'refusal', id, reason: 'too-late' }).notice).toBeNull();
  });

  test('a refusal that says an earlier ballot was counted leaves the keys dead', () => {
    const refused = answered(press(opened(decision()), 2, 5), 'already-voted');
    expect(refused.vote?.counted).toBe(true);
    expect(legendOf(refused).every((meaning) => meaning === null)).toBe(true);
  });

  test('a secret motion stays dead without the election, or before the coordinator knows the credential', () => {
    const keyless = opened({ ...decision(), voting: 'secret' });
    const secret = openedSecret(decision());
    const seat = secret.seat ?? seatOf(3, 'D1');
    const unknown = played(secret, { type: 'seat', seat, credential: 'd'.repeat(64) });
    for (const dead of [keyless, unknown]) {
      expect(press(dead, 2, 5).press).toBe(0);
      expect(lampsOf(dead)).toEqual(DARK);
    }
  });

  test('keys stay dead until the coordinator says that this deputy may vote in this round', () => {
    const opening = played(checkedIn(), { type: 'sitting', sitting: sittingOf(2, round(decision())) });
    expect(lampsOf(opening)).toEqual(DARK);
    const late = played(opening, { type: 'seat', seat: seatOf(2, 'D1', { round: 'm1/1', eligible: false }) });
    expect(lampsOf(late)).toEqual(DARK);
    const stale = played(opening, { type: 'seat', seat: seatOf(2, 'D1', { round: 'm9/1' }) });
    expect(lampsOf(stale)).toEqual(DARK);
  });
});

describe('a selection', () => {
  test('goes through the candidates, and submits in the motion’s order', () => {
    const picked = press(opened(selection(3, 5)), 4, 2, 2, 3, 1, 1, 1, 1, 2);
    expect(castBy(press(picked, 5))).toEqual({ kind: 'selection', chosen: ['p1', 'p2', 'p3'] });
  });

  test('one more than the places is refused on the screen', () => {
    const full = press(opened(selection(2, 5)), 2, 2, 2);
    expect(full.vote?.draft).toMatchObject({ full: true, at: 2, chosen: ['p1', 'p2'] });
    const swapped = press(full, 1, 3, 2);
    expect(swapped.vote?.draft).toMatchObject({ full: false, chosen: ['p1', 'p3'] });
  });

  test('nothing chosen may be submitted, after the review', () => {
    const review = press(opened(selection()), 5);
    expect(castBy(review)).toEqual({ kind: 'selection', chosen: [] });
    expect(press(review, 1).vote?.draft).toMatchObject({ page: { is: 'item' }, at: 0 });
  });

  test('a key pressed twice in haste does not submit', () => {
    const review = press(opened(selection()), 2, 5);
    const [hasty] = sends(review, { type: 'key', key: 5, id: messageId(), at: review.now + 100 });
    expect(hasty).toBeUndefined();
  });

  test('where the last press counts, key 5 opens an empty ballot after the receipt', () => {
    const counted = answered(press(opened(selection(3, 5, 'last')), 2, 5, 5));
    expect(lampsOf(counted)).toEqual(['off', 'off', 'off', 'off', 'valid']);
    expect(press(counted, 5).vote?.draft).toMatchObject({ chosen: [], at: 0 });
  });
});

describe('an appraisal', () => {
  test('grades item after item, back and forth, then asks', () => {
    const graded = press(opened(appraisal(true, 4)), 2, 3, 4, 1, 2, 5);
    expect(graded.vote?.draft).toMatchObject({ page: { is: 'review' } });
    expect(castBy(graded)).toEqual({
      kind: 'appraisal',
      grades: [
        { item: 'p1', grade: 'satisfied' },
        { item: 'p2', grade: 'dissatisfied' },
        { item: 'p3', grade: 'satisfied' },
        { item: 'p4', grade: 'dont-know' },
      ],
    });
  });

  test('without 不了解 the fifth key skips', () => {
    const graded = press(opened(appraisal(false, 2)), 5, 4);
    expect(castBy(graded)).toEqual({ kind: 'appraisal', grades: [{ item: 'p2', grade: 'basic' }] });
  });
});

describe('a vote item by item', () => {
  test('keys 2, 3 and 4 answer for, against and abstain and go on; key 5 leaves the item out', () => {
    const first = opened(itemised(5));
    expect(lampsOf(first)).toEqual(['off', 'valid', 'valid', 'valid', 'valid']);
    const review = press(first, 2, 3, 5, 4, 2);
    expect(review.vote?.draft).toMatchObject({ page: { is: 'review' } });
    expect(castBy(review)).toEqual({
      kind: 'itemised',
      answers: [
        { item: 'p1', option: 'for' },
        { item: 'p2', option: 'against' },
        { item: 'p4', option: 'abstain' },
        { item: 'p5', option: 'for' },
      ],
    });
  });

  test('the key before shows what was answered, and another answer takes its place', () => {
    const back = press(opened(itemised(3)), 3, 1);
    expect(lampsOf(back)).toEqual(['off', 'valid', 'chosen', 'valid', 'valid']);
    expect(screenView(back, '').body).toMatchObject({ is: 'item', number: 1, total: 3, option: 'against' });
    expect(castBy(press(back, 2, 5, 5))).toEqual({
      kind: 'itemised',
      answers: [{ item: 'p1', option: 'for' }],
    });
    expect(castBy(press(back, 5, 5, 5))).toMatchObject({ answers: [{ item: 'p1', option: 'against' }] });
  });

  test('the review names what was left out, leads back, and may be submitted empty', () => {
    const review = press(opened(itemised(2)), 5, 4);
    expect(screenView(review, '').body).toMatchObject({
      is: 'review-itemised',
      items: [
        { number: 1, option: null },
        { number: 2, option: 'abstain' },
      ],
    });
    expect(press(review, 1).vote?.draft).toMatchObject({ page: { is: 'item' }, at: 1 });
    expect(castBy(press(opened(itemised(2)), 5, 5))).toEqual({ kind: 'itemised', answers: [] });
  });

  test('a key pressed twice in haste does not submit', () => {
    const review = press(opened(itemised(1)), 5);
    const [hasty] = sends(review, { type: 'key', key: 5, id: messageId(), at: review.now + 100 });
    expect(hasty).toBeUndefined();
    expect(sends(review, { type: 'key', key: 5, id: messageId(), at: review.now + 501 })).toHaveLength(1);
  });

  test('where the last press counts, key 5 opens an empty ballot after the receipt', () => {
    const counted = answered(press(opened(itemised(1, 'last')), 2, 5));
    expect(lampsOf(counted)).toEqual(['off', 'off', 'off', 'off', 'valid']);
    const again = press(counted, 5);
    expect(screenView(again, '').body).toMatchObject({ is: 'item', number: 1, option: null });
  });

  test('a secret one is sealed as it was answered, a hundred items long', () => {
    const keys = Array.from({ length: 100 }, (_, i) => ([2, 3, 4, 5] as const)[i % 4] ?? 2);
    const review = press(openedSecret(itemised(100)), ...keys);
    const { effects } = step(review, { type: 'key', key: 5, id: messageId(), at: review.now + 1_000 });
    const seal = effects.find(({ type }) => type === 'seal');
    expect(seal).toMatchObject({ choice: { kind: 'itemised' } });
    expect(seal?.type === 'seal' && seal.choice.kind === 'itemised' && seal.choice.answers.length).toBe(75);
  });
});

describe('what arrives while a ballot is in hand', () => {
  test('an update of the sitting or the seat does not touch it', () => {
    const picking = press(opened(selection()), 2, 3, 2);
    const changed = { ...selection(2, 5), title: { zh: '改' } };
    const updated = played(
      picking,
      { type: 'sitting', sitting: sittingOf(7, round(changed)) },
      { type: 'seat', seat: seatOf(7, 'D1', { round: 'm2/1', remaining: 9_000 }) },
      { type: 'link', link: 'down' },
      { type: 'link', link: 'up' },
    );
    expect(updated.vote?.draft).toEqual(picking.vote?.draft);
  });

  test('older words than the newest are not heard', () => {
    const vote = opened(decision());
    const old = played(
      vote,
      { type: 'sitting', sitting: sittingOf(1, null) },
      { type: 'seat', seat: seatOf(1, null) },
    );
    expect(old.vote).toEqual(vote.vote);
    expect(deputyOf(old)?.id).toBe('D1');
  });

  test('another deputy, or none, drops it', () => {
    const chosen = press(opened(decision()), 2);
    const other = played(chosen, { type: 'seat', seat: seatOf(9, 'D2', { round: 'm1/1' }) });
    expect(other.vote).toMatchObject({ deputy: 'D2', draft: { option: null } });
    expect(other.notice).toBeNull();
    const nobody = played(chosen, { type: 'seat', seat: seatOf(9, null, { round: 'm1/1' }) });
    expect(lampsOf(nobody)).toEqual(DARK);
  });

  test('after a restart a ballot from the outbox is "sending", and one the seat knows of is "counted"', () => {
    const kept = { id: 'k', round: 'm1/1', deputy: 'D1', title: null };
    const restarted = initialSeat({ hall: 'h', terminal: 'T001', press: 4 }, [kept], 0);
    const hello = [
      { type: 'sitting', sitting: sittingOf(5, round(decision())) },
      { type: 'seat', seat: seatOf(5, 'D1', { round: 'm1/1' }) },
    ] as const;
    expect(played(restarted, ...hello).vote?.cast).toMatchObject({ step: 'sending', id: 'k' });
    const counted = { type: 'seat', seat: seatOf(5, 'D1', { round: 'm1/1', counted: 4 }) } as const;
    expect(played(switchedOn(), hello[0], counted).vote).toMatchObject({
      cast: { step: 'counted' },
      counted: true,
      draft: null,
    });
  });
});

// ---- properties ----------------------------------------------------------------------------------------

const motions: Motion[] = [
  decision('first'),
  decision('last'),
  selection(2, 4, 'first'),
  selection(3, 3, 'last'),
  appraisal(true, 3, 'last'),
  appraisal(false, 3, 'first'),
  itemised(3, 'last'),
  itemised(2, 'first'),
  listedSelection(),
  listedAppraisal(),
];

type Move =
  | { do: 'key'; key: 1 | 2 | 3 | 4 | 5; wait: number }
  | { do: 'tap' }
  | { do: 'answer'; back: number; reason: number | null }
  | {
      do: 'sitting';
      motion: number;
      phase: 'open' | 'held' | 'closed' | 'announced' | 'voided' | 'none';
      behind: number;
    }
  | {
      do: 'seat';
      deputy: string | null;
      eligible: boolean;
      counted: number | null;
      knows: boolean;
      behind: number;
    }
  | { do: 'list' }
  | { do: 'read'; read: Read }
  | { do: 'link'; link: 'up' | 'down' };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 50,
    arbitrary: fc.record({
      do: fc.constant('key' as const),
      key: fc.constantFrom(...KEYS),
      wait: fc.constantFrom(10, 600),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tap' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('list' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('read' as const), read: fc.constantFrom(...READS) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      back: fc.nat(3),
      reason: fc.option(fc.nat(REASON_CODES.length - 1)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('sitting' as const),
      motion: fc.nat(motions.length - 1),
      phase: fc.constantFrom('open', 'open', 'open', 'held', 'closed', 'announced', 'voided', 'none'),
      behind: fc.constantFrom(0, 0, 0, 2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('seat' as const),
      deputy: fc.constantFrom('D1', 'D1', 'D1', 'D2', null),
      eligible: fc.constantFrom(true, true, true, false),
      counted: fc.constantFrom(null, null, null, 1),
      knows: fc.constantFrom(true, true, true, false),
      behind: fc.constantFrom(0, 0, 0, 2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('link' as const), link: fc.constantFrom('up', 'down') }),
  },
);

interface Run {
  state: SeatState;
  rev: number;
  sent: Ballot[];
  receipts: Set<string>;
}

/** Plays `moves` against the machine and checks after each what must always hold; gives the ballots sent. */
function play([start, moves]: Walk, check: (before: SeatState, event: SeatEvent, run: Run) => void): Run {
  const begun = motions[start];
  const state = begun ? opened(begun) : checkedIn();
  const run: Run = { state, rev: 2, sent: [], receipts: new Set() };
  for (const made of moves) {
    const event = eventOf(made, run);
    if (event === null) continue;
    if (event.type === 'receipt') run.receipts.add(event.id);
    const before = run.state;
    const { state, effects } = step(before, event);
    run.state = state;
    for (const effect of effects) record(effect, run);
    check(before, event, run);
  }
  return run;
}

function record(effect: SeatEffect, run: Run): void {
  if (effect.type === 'send' && effect.message.typ === 'ballot') run.sent.push(effect.message);
}

const inPhase = (motion: Motion, phase: 'open' | 'held' | 'closed' | 'announced' | 'voided') =>
  phase === 'held' ? { ...round(motion), hold: { reason: '检查设备' } } : round(motion, phase);

function eventOf(made: Move, run: Run): SeatEvent | null {
  const at = run.state.now + (made.do === 'key' ? made.wait : 1);
  switch (made.do) {
    case 'key':
      return { type: 'key', key: made.key, id: messageId(), at };
    case 'list':
      return { type: 'list', hash: LIST_HASH, list: LIST, at };
    case 'read':
      return { type: 'read', read: made.read, id: messageId(), at };
    case 'tap':
      return { type: 'card', tap: { card: '04A1B2C3' }, id: messageId(), at };
    case 'answer': {
      const id = run.sent.at(-1 - made.back)?.id;
      const reason = made.reason === null ? null : REASON_CODES[made.reason];
      if (id === undefined) return null;
      return reason ? { type: 'refusal', id, reason, at } : { type: 'receipt', id, at };
    }
    case 'sitting': {
      run.rev += 1;
      const motion = motions[made.motion];
      const inHand = made.phase === 'none' || !motion ? null : inPhase(motion, made.phase);
      return { type: 'sitting', sitting: sittingOf(run.rev - made.behind, inHand), at };
    }
    case 'seat': {
      run.rev += 1;
      const open = made.knows ? (run.state.sitting?.round?.id ?? null) : null;
      const { eligible, counted } = made;
      return {
        type: 'seat',
        seat: seatOf(run.rev - made.behind, made.deputy, { round: open, eligible, counted }),
        at,
      };
    }
    case 'link':
      return { type: 'link', link: made.link, at };
  }
}

type Walk = [number, Move[]];
const walk: fc.Arbitrary<Walk> = fc.tuple(
  fc.nat(motions.length),
  fc.array(move, { minLength: 20, maxLength: 150 }),
);

describe('whatever is pressed, tapped or received, in whatever order', () => {
  test('every ballot sent is valid, for the open round, for the deputy who is checked in', () => {
    let sent = 0;
    fc.assert(
      fc.property(walk, (all) => {
        sent += play(all, (before, _event, run) => {
          const ballot = run.sent.at(-1);
          if (!ballot || run.state.press === before.press) return;
          const held = before.vote?.round;
          expect(Ballot.safeParse(ballot).error).toBeUndefined();
          expect(held?.phase).toBe('open');
          expect(isHeld(before)).toBe(false);
          expect(held && invalidChoice(held.motion, ballot.choice)).toBeNull();
          expect(ballot).toMatchObject({
            round: held?.id,
            opening: held?.opening,
            deputy: deputyOf(before)?.id,
            press: before.press + 1,
          });
        }).sent.length;
      }),
      { numRuns: 400 },
    );
    // The property is not empty: plenty of these walks cast.
    expect(sent).toBeGreaterThan(200);
  });

  test('one confirmation sends one ballot, and only a live key 5 sends', () => {
    fc.assert(
      fc.property(walk, (all) => {
        let before = 0;
        play(all, (state, event, run) => {
          const now = run.sent.length - before;
          before = run.sent.length;
          const confirms = event.type === 'key' && event.key === 5;
          expect(now).toBeLessThanOrEqual(confirms ? 1 : 0);
          if (now === 1) expect(legendOf({ ...state, now: event.at })[4]).not.toBeNull();
        });
      }),
      { numRuns: 300 },
    );
  });

  test('where the first press counts, a deputy never sends again while one is on its way or counted', () => {
    fc.assert(
      fc.property(walk, (all) => {
        play(all, (before, _event, run) => {
          if (run.state.press === before.press || before.vote?.round.motion.press !== 'first') return;
          expect(before.vote.counted).toBe(false);
          expect(before.vote.cast.step === 'none' || before.vote.cast.step === 'refused').toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('"counted" is never shown of a ballot without the coordinator’s word', () => {
    fc.assert(
      fc.property(walk, (all) => {
        play(all, (before, event, run) => {
          const became = run.state.vote?.cast.step === 'counted' && before.vote?.cast.step !== 'counted';
          if (!became) return;
          const told = run.state.seat?.counted != null;
          expect(
            event.type === 'receipt' || ((event.type === 'seat' || event.type === 'sitting') && told),
          ).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('a dead key changes nothing, and no lamp burns for one', () => {
    fc.assert(
      fc.property(walk, (all) => {
        play(all, (before, event, run) => {
          if (event.type !== 'key') return;
          const then = { ...before, now: event.at };
          const index = KEYS.indexOf(event.key);
          if (legendOf(then)[index] !== null) return;
          expect(run.state).toEqual(then);
          expect(['off', 'counted']).toContain(lampsOf(then)[index]);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('G8: a ballot that cannot be recorded', () => {
  const chosen = press(opened(decision()), 3);

  test('stays in the deputy’s hands, chosen and not cast; the same key tries again', () => {
    const told = unrecorded(chosen);
    expect(told.vote).toEqual(chosen.vote);
    expect(lampsOf(told)).toEqual(['valid', 'valid', 'chosen', 'valid', 'valid']);
    expect(told.press).toBe(0);
    expect(screenView(told, '').body.is).toBe('unrecorded');
    expect(castBy(told)).toEqual({ kind: 'decision', option: 'against' });
    expect(press(told, 5).vote?.cast.step).toBe('sending');
  });

  test('the screen says so until a key is pressed, however long that takes', () => {
    const later = step(unrecorded(chosen), { type: 'tick', at: 1e9 }).state;
    expect(screenView(later, '').body.is).toBe('unrecorded');
    expect(screenView(press(later, 2), '').body).toMatchObject({ is: 'decision', chosen: 'for' });
  });

  test('whoever waits is told when it can be; whoever does not wait is told nothing', () => {
    const cured = played(unrecorded(chosen), { type: 'storage', fault: null });
    expect(cured.notice?.type).toBe('recordable');
    expect(screenView(cured, '').body).toMatchObject({ is: 'decision', chosen: 'against' });
    const idle = played(
      checkedIn(),
      { type: 'storage', fault: 'disk-full' },
      { type: 'storage', fault: null },
    );
    expect(idle.notice).toBeNull();
  });

  test('a sealed one stays sealed, and can be cast, opened for audit or discarded as before', () => {
    const sealed = sealedAs(press(openedSecret(decision()), 2, 5));
    const told = unrecorded(sealed);
    expect(screenView(told, '').body.is).toBe('unrecorded');
    expect(castBy(told)).toMatchObject({ kind: 'sealed' });
    for (const key of [1, 3] as const)
      expect(screenView(press(told, key), '').body.is).not.toBe('unrecorded');
  });

  test('a vote that closes meanwhile ends as one that was not confirmed', () => {
    const closed = moved(unrecorded(chosen), 'closed');
    expect(closed.notice).toMatchObject({ type: 'unconfirmed', counted: false });
    expect(screenView(closed, '').body).toMatchObject({ is: 'closed', counted: false });
  });

  test('the fault is told to the operator when it comes and when it goes, and shown', () => {
    const { state, effects } = step(chosen, { type: 'storage', fault: 'disk-read-only', at: chosen.now });
    expect(effects).toContainEqual({ type: 'report' });
    expect(seatFaults(state)).toEqual(['disk-read-only']);
    expect(screenView(state, '').seatFaults).toEqual(['disk-read-only']);
    expect(step(state, { type: 'storage', fault: null, at: state.now }).effects).toContainEqual({
      type: 'report',
    });
  });
});

describe('a choice that is not sealed', () => {
  const sealing = press(openedSecret(selection()), 2, 2, 5);
  const waiting = played(press(sealing, 5), { type: 'key', key: 5, id: messageId() });
  const lost = { type: 'unsealed' as const, round: 'm2/1' };

  test('brings an empty ballot, live keys and a word on it, and is reported', () => {
    expect(waiting.vote?.cast.step).toBe('sealing');
    expect(lampsOf(waiting)).toEqual(DARK);
    const { state, effects } = step(waiting, { ...lost, at: waiting.now });
    expect(state.vote).toMatchObject({ cast: { step: 'none' }, draft: { kind: 'selection', chosen: [] } });
    expect(state.notice?.type).toBe('unsealed');
    expect(lampsOf(state)).toContain('valid');
    expect(effects).toContainEqual({ type: 'report' });
    expect(seatFaults(state)).toEqual(['sealing']);
  });

  test('the fault is over with the next choice that is sealed', () => {
    const again = press(played(waiting, lost), 2, 5);
    const sent = played(again, { type: 'key', key: 5, id: messageId() });
    const { state, effects } = step(sent, {
      type: 'sealed',
      round: 'm2/1',
      ballot: '{}',
      code: 'c',
      at: sent.now,
    });
    expect(seatFaults(state)).toEqual([]);
    expect(effects).toContainEqual({ type: 'report' });
  });

  test('one of another round, or one already sealed, changes nothing in hand', () => {
    const sealed = sealedAs(waiting);
    expect(played(sealed, lost).vote).toEqual(sealed.vote);
    expect(played(waiting, { ...lost, round: 'm9/1' }).vote).toEqual(waiting.vote);
    expect(seatFaults(played(moved(waiting, 'closed'), lost))).toEqual([]);
  });
});

describe('press numbers', () => {
  test('go on from the highest the coordinator has counted, after a disk that was put back from an old copy', () => {
    const motion = decision('last');
    const told = played(opened(motion), {
      type: 'seat',
      seat: seatOf(9, 'D1', { round: 'm1/1', counted: 41 }),
    });
    const [ballot] = sends(press(told, 2), { type: 'key', key: 5, id: messageId(), at: told.now + 9_000 });
    expect(ballot).toMatchObject({ typ: 'ballot', press: 42 });
  });

  test('nobody can use them up: what is counted may be as high as a message can carry', () => {
    const told = played(opened(decision('last')), {
      type: 'seat',
      seat: seatOf(9, 'D1', { round: 'm1/1', counted: Number.MAX_SAFE_INTEGER }),
    });
    const [ballot] = sends(press(told, 2), { type: 'key', key: 5, id: messageId(), at: told.now + 9_000 });
    expect(Ballot.safeParse(ballot).success).toBe(true);
  });
});
