import { z } from 'zod';
import { KEYS } from '../../../hardware/capabilities.ts';
import { encode } from '../../../shared/belenios/group.ts';
import { ToTerminal } from '../../../shared/protocol/messages.ts';
import { BoardAct } from '../../../terminal/screen/board-messages.ts';
import { screenView } from '../../../terminal/screen/screen-view.ts';
import { ScreenView } from '../../../terminal/screen/view.ts';
import { lampsOf, step } from '../../../terminal/seat/seat.ts';
import { initialSeat, type SeatEvent, type SeatState } from '../../../terminal/seat/seat-state.ts';
import { mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';
import { itemisedPlay, openPlay, secretPlay } from './stage.ts';

/** What happens at a seat, a line each: the coordinator's messages, keys, cards and time. */
const Happening = z.union([
  ToTerminal,
  z.strictObject({ key: z.literal(KEYS) }),
  z.strictObject({ card: z.string() }),
  z.strictObject({ wait: z.number().int().min(0).max(1_000_000) }),
  z.strictObject({ link: z.enum(['up', 'down']) }),
]);
type Happening = z.infer<typeof Happening>;

const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const CREDENTIAL = 'a'.repeat(64);
const MOST_LINES = 40;

function eventOf(what: Happening, at: number): SeatEvent {
  if ('key' in what) return { at, type: 'key', key: what.key, id: ID };
  if ('card' in what) return { at, type: 'card', tap: { card: what.card }, id: ID };
  if ('wait' in what) return { at, type: 'tick' };
  if ('link' in what) return { at, type: 'link', link: what.link };
  switch (what.typ) {
    case 'sitting':
      return { at, type: 'sitting', sitting: what };
    case 'seat':
      return { at, type: 'seat', seat: what, credential: what.deputy ? CREDENTIAL : null };
    case 'receipt':
      return { at, type: 'receipt', id: what.for };
    case 'refusal':
      return { at, type: 'refusal', id: what.for ?? ID, reason: what.reason };
    case 'command':
      return what.act === 'identify'
        ? { at, type: 'identify' }
        : { at, type: 'self-test', on: what.act === 'self-test' };
    case 'update':
    case 'certificate':
      return { at, type: 'tick' };
  }
}

function happenings(text: string): Happening[] {
  return text
    .split('\n', MOST_LINES)
    .map((line) => Happening.safeParse(parsed(line)).data)
    .filter((what) => what !== undefined);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Whatever a coordinator says and whoever presses: the seat's machine never throws, and its screen can show it. */
const screen: Target = {
  run: (input) => {
    let state: SeatState = initialSeat({ hall: 'sample-hall', terminal: 'T1', press: 0 }, [], 0);
    let now = 0;
    for (const what of happenings(utf8(input))) {
      now += 'wait' in what ? what.wait : 1;
      const { state: next, effects } = step(state, eventOf(what, now));
      state = next;
      const view = screenView(state, 'abcd');
      mustEqual(ScreenView.safeParse(view).data, view, 'the screen cannot show this');
      mustHold(lampsOf(state).length === KEYS.length, 'there is not a lamp for each key');
      mustHold(effects.filter(({ type }) => type === 'send').length <= 1, 'one press sends twice');
      const seal = effects.find((effect) => effect.type === 'seal');
      if (seal)
        state = step(state, {
          at: now,
          type: 'sealed',
          round: seal.round.id,
          ballot: '{}',
          code: 'code',
        }).state;
    }
  },
  seeds: () => ({
    open: script('o'),
    selection: script('o', 'selection'),
    appraisal: script('o', 'appraisal'),
    itemised: script('i', 'itemised'),
    secret: script('s'),
  }),
  most: 16_384,
};

/** A deputy who checks in and votes, as their seat sees it. */
function script(which: 'o' | 's' | 'i', kind = 'decision'): string {
  const play = { o: openPlay, s: secretPlay, i: itemisedPlay }[which]();
  const head = { v: 1, hall: 'sample-hall' } as const;
  const rounds = [...play.before(play.rows.length).rounds.values()];
  const round = rounds.find(({ motion }) => motion.kind === kind);
  if (!round) throw new Error(`no vote of kind ${kind}`);
  const sitting = (rev: number, phase: 'open' | 'closed' | 'announced') => ({
    typ: 'sitting',
    ...head,
    sitting: 'sample-1',
    rev,
    title: { zh: '第一次全体会议' },
    round: {
      id: round.id,
      phase,
      rehearsal: round.rehearsal,
      opening: round.opening,
      motion: round.motion,
      ...(round.sealed
        ? { election: { uuid: round.sealed.election.uuid, key: encode(round.sealed.election.publicKey) } }
        : {}),
    },
  });
  const seat = (rev: number, isIn: boolean) => ({
    typ: 'seat',
    ...head,
    sitting: 'sample-1',
    terminal: 'T1',
    rev,
    enrolled: true,
    seat: '1',
    deputy: isIn ? { id: 'd1', name: '代表1', delegation: '', title: '' } : null,
    ...(isIn ? { credential: CREDENTIAL } : {}),
    round: rev > 2 ? round.id : null,
    eligible: rev > 2,
    counted: null,
    remaining: rev > 2 ? 60_000 : null,
  });
  const lines = [
    { link: 'up' },
    { ...sitting(1, 'open'), round: null },
    seat(1, false),
    { card: 'CARD0001' },
    seat(2, true),
    sitting(3, 'open'),
    seat(3, true),
    ...[1, 5, 1, 5, 4, 5, 3].map((key) => ({ key })),
    { wait: 3_000 },
    {
      typ: 'receipt',
      ...head,
      sitting: 'sample-1',
      terminal: 'T1',
      for: ID,
      digest: 'A'.repeat(43),
      seq: 9,
      hash: '0'.repeat(64),
    },
    { typ: 'refusal', ...head, terminal: 'T1', for: ID, digest: 'A'.repeat(43), reason: 'too-late' },
    { typ: 'command', v: 1, id: ID, terminal: 'T1', act: 'self-test' },
    ...[1, 2].map((key) => ({ key })),
    sitting(5, 'closed'),
    sitting(6, 'announced'),
  ];
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

/** What the simulated board's page sends: taken whole, or not at all. */
const board: Target = {
  run: (input) => {
    const act = BoardAct.safeParse(parsed(utf8(input)));
    if (act.success)
      mustEqual(
        BoardAct.safeParse(JSON.parse(JSON.stringify(act.data))).data,
        act.data,
        'an act is read otherwise',
      );
  },
  seeds: () => ({ tap: '{"act":"tap","card":"CARD0001"}', hold: '{"act":"hold","key":1,"isDown":true}' }),
};

export const seat: Targets = { 'seat-screen': screen, 'board-act': board };
