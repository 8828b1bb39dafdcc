import type { Key } from '../../hardware/capabilities.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { step } from '../seat/seat.ts';
import { initialSeat, type SeatEvent, type SeatState } from '../seat/seat-state.ts';
import {
  appraisal,
  decision,
  itemised,
  longWinded,
  round,
  seatOf,
  selection,
  sittingOf,
} from './fixtures.ts';

import { LIST, LIST_HASH, listedAppraisal, listedSelection } from './list-fixtures.ts';

/** Every state of the seat's screen by name, reached as a deputy would reach it: for screenshots and tests. */

type Happening = SeatEvent extends infer E ? (E extends SeatEvent ? Omit<E, 'at'> : never) : never;

let serial = 0;
/** A message id. */
export function messageId(): string {
  serial += 1;
  return String(serial).padStart(22, '0');
}

/** The state after `events`, a second apart. */
export function played(state: SeatState, ...events: Happening[]): SeatState {
  return events.reduce((now, event) => step(now, { ...event, at: now.now + 1_000 }).state, state);
}

export function press(state: SeatState, ...keys: Key[]): SeatState {
  return played(state, ...keys.map((key) => ({ type: 'key', key, id: messageId() }) as const));
}

export function switchedOn(): SeatState {
  return initialSeat({ hall: 'h', terminal: 'T001', press: 0 }, [], 0);
}

export function checkedIn(): SeatState {
  return played(
    switchedOn(),
    { type: 'link', link: 'up' },
    { type: 'sitting', sitting: sittingOf(1, null) },
    { type: 'seat', seat: seatOf(1, 'D1') },
  );
}

/** `motion` is open and this deputy may vote. */
export function opened(motion: Motion, state = checkedIn(), remaining: number | null = 43_000): SeatState {
  const inHand = round(motion);
  const rev = (state.sitting?.rev ?? 0) + 1;
  return played(
    state,
    { type: 'sitting', sitting: sittingOf(rev, inHand) },
    { type: 'seat', seat: seatOf(rev, 'D1', { round: inHand.id, remaining }) },
  );
}

const CREDENTIAL = 'c'.repeat(64);
const SEAL = { uuid: '3eFVEuVaq6maBEHpe1Zsq4', key: '0'.repeat(64) };

/** A secret motion is open, and the coordinator knows this seat's credential. */
export function openedSecret(motion: Motion, state = checkedIn()): SeatState {
  const inHand = { ...round({ ...motion, voting: 'secret' }), election: SEAL };
  const rev = (state.sitting?.rev ?? 0) + 1;
  const more = { round: inHand.id, remaining: 43_000, credential: CREDENTIAL };
  return played(
    state,
    { type: 'sitting', sitting: sittingOf(rev, inHand) },
    { type: 'seat', seat: seatOf(rev, 'D1', more), credential: CREDENTIAL },
  );
}

/** The choice handed out comes back sealed. */
export function sealedAs(state: SeatState, code = '7yL34ejiD+Qap0mtPc29rArlKwYonvtA/8pyUKeukSQ'): SeatState {
  const ballot = JSON.stringify({ sealed: code });
  return played(state, { type: 'sealed', round: state.vote?.round.id ?? '', ballot, code });
}

/** The vote in hand goes on to `phase`. */
export function moved(state: SeatState, phase: 'closed' | 'announced' | 'voided'): SeatState {
  const { sitting } = state;
  if (!sitting?.round) return state;
  const next = { ...sitting.round, phase };
  return played(
    state,
    { type: 'sitting', sitting: sittingOf(sitting.rev + 1, next) },
    { type: 'seat', seat: seatOf(sitting.rev + 1, 'D1') },
  );
}

/** The chair holds the vote in hand (暂停); null: it goes on. */
export function held(state: SeatState, reason: string | null = '检查设备'): SeatState {
  const { sitting } = state;
  if (!sitting?.round) return state;
  const { hold: _hold, ...round } = sitting.round;
  const next = reason === null ? round : { ...round, hold: { reason } };
  return played(state, { type: 'sitting', sitting: sittingOf(sitting.rev + 1, next) });
}

/** The ballot on its way is answered. */
export function answered(state: SeatState, reason: 'too-late' | 'already-voted' | null = null): SeatState {
  const cast = state.vote?.cast;
  if (cast?.step !== 'sending') return state;
  return played(
    state,
    reason === null ? { type: 'receipt', id: cast.id } : { type: 'refusal', id: cast.id, reason },
  );
}

/** The key that casts was pressed, and the disk takes nothing. */
export function unrecorded(state: SeatState): SeatState {
  return played(state, { type: 'unrecorded' }, { type: 'storage', fault: 'disk-full' });
}

/** The wire of the seat is cut. */
export function offline(state: SeatState): SeatState {
  return played(state, { type: 'link', link: 'down' });
}

/** A text of about `length` characters, in either writing. */
function lengthy(length: number): { zh: string; en: string } {
  const zh =
    '会议听取和审议了市人民政府关于国民经济和社会发展计划执行情况与计划草案的报告，同意财政经济委员会的审查结果报告。';
  const en =
    'The session heard and deliberated the report of the municipal government on carrying out the plan and on the draft plan, and agrees with the committee’s report. ';
  return {
    zh: zh.repeat(Math.ceil(length / zh.length)).slice(0, length),
    en: en.repeat(Math.ceil(length / en.length)).slice(0, length),
  };
}

const at = (state: SeatState, ms: number): SeatState =>
  step(state, { type: 'tick', at: state.now + ms }).state;

export function gallery(): Record<string, SeatState> {
  const up = played(
    switchedOn(),
    { type: 'link', link: 'up' },
    { type: 'sitting', sitting: sittingOf(1, null) },
    { type: 'seat', seat: seatOf(1, null) },
  );
  const tapped = played(up, { type: 'card', tap: { card: '04A1B2C3' }, id: messageId() });
  const vote = opened(decision());
  const cast = press(vote, 2, 5);
  const picking = press(opened(selection()), 2, 2, 3, 2, 2, 2, 2);
  const full = press(opened(selection(3, 12)), 2, 2, 2, 2);
  const reviewed = at(press(opened(selection()), 2, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 5), 1_000);
  const grading = press(opened(appraisal()), 2, 4, 3, 2);
  const withList = (state: SeatState) => played(state, { type: 'list', hash: LIST_HASH, list: LIST });
  const choosing = withList(opened(listedSelection()));
  const appraising = withList(opened(listedAppraisal()));
  const again = round(decision(), 'open', 2);
  const runoff = { ...selection(1, 2), id: 'm2-r1', follows: 'm2/1' };
  const rehearsed = round(decision(), 'open', 1, true);
  const testing = played(
    up,
    { type: 'panel', panel: { is: 'ready' } },
    { type: 'reader', reader: { is: 'ready' } },
    { type: 'self-test', on: true },
  );
  const tested = (from: SeatState, ...keys: Key[]) =>
    keys.reduce((seat, key) => played(seat, { type: 'key', key, id: messageId() }), from);
  const sealing = press(openedSecret(selection()), 2, 2, 3, 2, 5);
  const sealed = sealedAs(press(at(sealing, 1_000), 5));
  return {
    starting: switchedOn(),
    'not-enrolled': played(up, { type: 'seat', seat: seatOf(2, null, { enrolled: false, seat: '' }) }),
    'check-in': up,
    'check-in-sending': tapped,
    'check-in-refused': played(tapped, {
      type: 'refusal',
      id: tapped.checkIn?.id ?? '',
      reason: 'another-seat',
    }),
    waiting: checkedIn(),
    'waiting-long-name': played(checkedIn(), {
      type: 'seat',
      seat: seatOf(2, 'D1', {
        deputy: {
          id: 'D1',
          name: '阿卜杜热合曼·买买提明江·吐尔逊巴柯',
          delegation: '巴音郭楞蒙古自治州和静县巴音布鲁克镇及周边牧区乡镇联合选区代表团',
          title: '牧民',
        },
      }),
    }),
    decision: vote,
    'decision-long': opened({
      ...decision('last'),
      text: {
        zh: '会议听取和审议了市人民政府关于2025年国民经济和社会发展计划执行情况与2026年计划草案的报告。',
        en: 'The session heard and deliberated the report of the municipal government on the plan for 2025 and the draft for 2026.',
      },
    }),
    'decision-text-400': press(opened({ ...decision('last'), text: lengthy(400) }), 2),
    'decision-text-2000': press(opened({ ...decision('last'), text: lengthy(2_000) }), 2),
    'decision-chosen': press(vote, 2),
    'decision-chosen-against': press(vote, 3),
    'decision-hurry': at(press(vote, 4), 35_000),
    'decision-rehearsal': played(
      checkedIn(),
      { type: 'sitting', sitting: sittingOf(2, rehearsed) },
      { type: 'seat', seat: seatOf(2, 'D1', { round: rehearsed.id }) },
    ),
    'decision-again': played(
      checkedIn(),
      { type: 'sitting', sitting: sittingOf(2, again) },
      { type: 'seat', seat: seatOf(2, 'D1', { round: again.id }) },
    ),
    'candidate-runoff': openedSecret(runoff),
    sending: cast,
    'sending-closed': moved(cast, 'closed'),
    counted: answered(cast),
    'counted-last': answered(press(opened(decision('last')), 2, 5)),
    'counted-last-selection': answered(at(press(opened(selection(10, 12, 'last')), 2, 5, 5), 0)),
    refused: answered(cast, 'too-late'),
    closed: moved(answered(cast), 'closed'),
    'closed-not-cast': moved(vote, 'closed'),
    'closed-unconfirmed': moved(press(vote, 2), 'closed'),
    announced: moved(answered(cast), 'announced'),
    voided: moved(answered(cast), 'voided'),
    held: held(press(vote, 2)),
    'held-sending': held(cast),
    'held-counted': held(answered(cast)),
    candidate: opened(selection()),
    'candidate-chosen': press(picking, 1),
    'candidate-full': full,
    'review-selection': reviewed,
    'review-selection-none': at(press(opened(selection()), 5), 1_000),
    'candidate-long': opened(longWinded(selection())),
    'review-selection-long': at(
      press(opened(longWinded(selection(12, 12))), ...Array.from({ length: 12 }, () => 2 as const)),
      1_000,
    ),
    'review-selection-many': at(
      press(opened(selection(60, 100)), ...Array.from({ length: 60 }, () => 2 as const), 5),
      1_000,
    ),
    grading,
    'candidate-with-sheet': choosing,
    'sheet-summary': press(choosing, 4),
    'sheet-content': press(choosing, 4, 4),
    'sheet-parts': press(choosing, 4, 4, 4),
    'sheet-money': press(choosing, 4, 4, 4, 4, 4),
    'sheet-secret': press(withList(openedSecret(listedSelection())), 4),
    'sheet-longest-content': press(choosing, 2, 4, 4),
    'sheet-longest-parts': press(choosing, 2, 4, ...Array.from({ length: 30 }, () => 4 as const)),
    'grading-with-sheet': press(appraising, 2),
    'sheet-of-appraisal': press(appraising, 2, 1),
    'offline-sheet': offline(press(choosing, 4)),
    'grading-graded': press(grading, 1),
    'review-appraisal': at(press(opened(appraisal()), 2, 2, 4, 2, 3, 2, 5, 2, 4, 2), 1_000),
    'review-appraisal-many': at(
      press(
        opened(appraisal(true, 100)),
        ...Array.from({ length: 100 }, (_, i) => ([2, 2, 4, 3, 5] as const)[i % 5] ?? 2),
      ),
      1_000,
    ),
    item: opened(itemised()),
    'item-answered': press(opened(itemised()), 3, 1),
    'item-of-many': press(opened(itemised(100)), ...Array.from({ length: 61 }, () => 2 as const)),
    'review-itemised': at(press(opened(itemised()), 2, 2, 5, 3, 4), 1_000),
    'review-itemised-long': at(
      press(opened(longWinded(itemised(24))), ...Array.from({ length: 24 }, () => 2 as const)),
      1_000,
    ),
    'review-itemised-many': at(
      press(
        opened(itemised(100)),
        ...Array.from({ length: 100 }, (_, i) => ([2, 2, 2, 4, 3, 2, 5] as const)[i % 7] ?? 2),
      ),
      1_000,
    ),
    'not-eligible': played(vote, { type: 'seat', seat: seatOf(9, 'D1', { round: 'm1/1', eligible: false }) }),
    opening: played(checkedIn(), { type: 'sitting', sitting: sittingOf(2, round(decision())) }),
    'secret-decision': press(openedSecret(decision()), 2),
    sealing: press(at(sealing, 1_000), 5),
    sealed,
    'sealed-audit': press(sealed, 3),
    opened: press(sealed, 3, 5),
    'counted-secret': answered(press(sealed, 5)),
    unrecorded: unrecorded(press(vote, 2)),
    'unrecorded-selection': unrecorded(reviewed),
    'unrecorded-sealed': unrecorded(sealed),
    recordable: played(unrecorded(press(vote, 2)), { type: 'storage', fault: null }),
    unsealed: played(press(at(sealing, 1_000), 5), { type: 'unsealed', round: 'm2/1' }),
    'seat-faults': played(checkedIn(), { type: 'storage', fault: 'disk-read-only' }),
    'link-refused': played(checkedIn(), { type: 'link', link: 'refused' }),
    'offline-waiting': offline(checkedIn()),
    'offline-check-in': offline(up),
    'offline-voting': offline(press(vote, 2)),
    'offline-candidate': offline(opened(longWinded(selection()))),
    'offline-text-400': offline(press(opened({ ...decision('last'), text: lengthy(400) }), 2)),
    'offline-sending': offline(cast),
    'offline-sealed': offline(sealed),
    'offline-counted': offline(answered(cast)),
    'offline-held': offline(held(cast)),
    'panel-fault': played(checkedIn(), { type: 'panel', panel: { is: 'fault', what: 'board unplugged' } }),
    'reader-fault': played(up, {
      type: 'reader',
      reader: {
        is: 'fault',
        what: 'the card reader (PN532) does not answer; check its cable',
        zh: '读卡器没有应答，请检查连线',
      },
    }),
    'machine-faults': played(checkedIn(), {
      type: 'machine',
      machine: { model: null, celsius: 85, undervoltage: true, diskFree: 1e6, diskSize: 16e9 },
    }),
    'self-test': testing,
    'self-test-keys': tested(testing, 1, 2, 3),
    'self-test-wrong': tested(testing, 1, 4),
    'self-test-card': tested(testing, 1, 2, 3, 4, 5),
    'self-test-passed': played(tested(testing, 1, 2, 3, 4, 5), {
      type: 'card',
      tap: { card: '04A1B2C3' },
      id: messageId(),
    }),
    identify: played(up, { type: 'identify' }),
    'late-refusal': played(
      moved(cast, 'closed'),
      { type: 'sitting', sitting: sittingOf(20, null) },
      {
        type: 'refusal',
        id: cast.vote?.cast.step === 'sending' ? cast.vote.cast.id : '',
        reason: 'too-late',
      },
    ),
  };
}
