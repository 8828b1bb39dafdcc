import { KEYS, type Key, type LampRow, type Tap } from '../../hardware/capabilities.ts';
import { kindOf } from '../../shared/kinds/kinds.ts';
import {
  CardNumber,
  type CheckIn,
  MESSAGE_VERSION,
  type Seat,
  type SeatDeputy,
} from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { cast, isUncast, sealed, sealedKey, sealedLegend, unsealed } from './casting.ts';
import { draftLegend, isTouched, lampOf, newDraft, pressed } from './draft.ts';
import { DEAD, type Legend } from './legend.ts';
import { ballotLegend, keyThatReads, readOn } from './reading.ts';
import {
  type Afloat,
  BALLOT_NOTICE_MS,
  type Cast,
  deputyOf,
  type NoticeBody,
  quiet,
  type Round,
  type SeatEvent,
  type SeatState,
  type Step,
  tell,
  type Vote,
} from './seat-state.ts';
import { begunTest, endedTest, isTesting, testedCard, testedKey, testLamps, ticked } from './self-test.ts';

/**
 * The seat's state machine: what a card, a key or a message from the coordinator means here and now.
 *
 * Errors: a press or message that makes no sense in this state is ignored; whatever the outcome depends on a
 * human for is shown on the screen; nothing throws.
 */

const CARD_NOTICE_MS = 10_000;
const IDENTIFY_MS = 10_000;
/** Half of all whole numbers are left to whoever counts on from here. */
const MOST_LEARNT = 2 ** 52;

/** What happens at `event`: the next state, and what is to be done. */
export function step(state: SeatState, event: SeatEvent): Step {
  const before = lampsOf(state);
  const reacted = react({ ...state, now: event.at }, event);
  const { state: after, effects } = event.type === 'sitting' ? ticked(reacted.state) : reacted;
  const lamps = lampsOf(after);
  const changed = lamps.some((lamp, i) => lamp !== before[i]);
  return { state: after, effects: changed ? [...effects, { type: 'lamps', lamps }] : effects };
}

function react(state: SeatState, event: SeatEvent): Step {
  switch (event.type) {
    case 'tick':
      return ticked(state.notice && state.notice.until <= state.now ? { ...state, notice: null } : state);
    case 'card':
      return isTesting(state) ? testedCard(state) : card(state, event.tap, event.id);
    case 'list':
      return quiet({ ...state, lists: new Map([...state.lists, [event.hash, event.list]]) });
    case 'read': {
      const which = isTesting(state) ? null : keyThatReads(legendOf(state), event.read, state.vote);
      return which === null ? quiet(state) : key(state, which, event.id);
    }
    case 'key':
      return isTesting(state) ? testedKey(state, event.key) : key(state, event.key, event.id);
    case 'link':
      return quiet({ ...state, link: event.link });
    case 'panel':
      return report({ ...state, panel: event.panel });
    case 'reader':
      return report({ ...state, reader: event.reader });
    case 'screen':
      return { state: { ...state, isScreenLost: event.isLost }, effects: [{ type: 'report' }] };
    case 'machine':
      return quiet({ ...state, machine: event.machine });
    case 'sitting':
      return quiet(
        isStale(state.sitting, event.sitting) ? state : settle({ ...state, sitting: event.sitting }),
      );
    case 'seat':
      return quiet(
        isStale(state.seat, event.seat) ? state : seated(state, event.seat, event.credential ?? null),
      );
    case 'sealed':
      return sealed(state, event);
    case 'unsealed':
      return unsealed(state, event.round);
    case 'unrecorded':
      return quiet(tell(state, { type: 'unrecorded' }, Number.POSITIVE_INFINITY));
    case 'storage':
      return report(stored(state, event.fault));
    case 'receipt':
      return quiet(answered(state, event.id, { step: 'counted', code: null }));
    case 'refusal':
      return quiet(answered(state, event.id, { step: 'refused', reason: event.reason }));
    case 'identify':
      return quiet({ ...state, identifyUntil: state.now + IDENTIFY_MS });
    case 'self-test':
      return event.on ? begunTest(state) : endedTest(state);
  }
}

const report = (state: SeatState): Step => ({ state, effects: [{ type: 'report' }] });

type Revised = { readonly sitting: string; readonly rev: number };
function isStale(held: Revised | null, arrived: Revised): boolean {
  return held !== null && held.sitting === arrived.sitting && arrived.rev < held.rev;
}

/** Whether what the seat's state says of an open round is about the round in hand. */
export function seatKnowsRound(state: SeatState): boolean {
  return state.vote !== null && state.seat?.round === state.vote.round.id;
}

/** Whether the vote in hand stands still (暂停). */
export function isHeld({ sitting }: SeatState): boolean {
  return sitting?.round?.phase === 'open' && sitting.round.hold !== undefined;
}

/** Whether this deputy may cast a ballot now. */
export function mayVote(state: SeatState): boolean {
  return !isHeld(state) && mayVoteInRound(state);
}

/** Whether this deputy may cast a ballot in the open round, now or when it goes on. */
function mayVoteInRound(state: SeatState): boolean {
  const { vote } = state;
  if (vote?.round.phase !== 'open') return false;
  if (!seatKnowsRound(state) || !state.seat?.eligible) return false;
  if (vote.round.motion.voting === 'secret' && !maySeal(state)) return false;
  return vote.round.motion.press === 'last' || (!vote.counted && vote.cast.step !== 'sending');
}

/** Whether a ballot sealed here would be taken: the coordinator has this terminal's credential for the deputy. */
function maySeal({ vote, seat, credential }: SeatState): boolean {
  return vote?.round.election !== undefined && credential !== null && seat?.credential === credential;
}

/**
 * What each key does now; dead keys do nothing. Keys stay live while nothing can be recorded, as while the line is down:
 * the ballot stays in the deputy's hands, chosen and not cast, and the key that casts it is the next try.
 */
export function legendOf(state: SeatState): Legend {
  const { vote } = state;
  if (!vote || !mayVote(state)) return DEAD;
  if (vote.cast.step === 'sealed') return sealedLegend(vote.cast, state.now);
  if (vote.cast.step === 'sealing') return DEAD;
  if (vote.draft) return ballotLegend(state, vote, vote.draft);
  const { motion } = vote.round;
  // Something was cast already: without items the keys start anew, on many items one key does.
  if (kindOf(motion.kind).parts(motion).length === 0) return draftLegend(newDraft(motion), state.now);
  return [null, null, null, null, { act: 'again' }];
}

/** What each lamp shows now. After the press nothing shows what was chosen. */
export function lampsOf(state: SeatState): LampRow {
  if (state.now < state.identifyUntil) return ['valid', 'valid', 'valid', 'valid', 'valid'];
  if (isTesting(state)) return testLamps(state);
  const draft = state.vote?.draft ?? null;
  const [k1, k2, k3, k4, k5] = legendOf(state);
  const counted = draft === null && state.vote?.cast.step === 'counted';
  return [
    lampOf(draft, k1),
    lampOf(draft, k2),
    lampOf(draft, k3),
    lampOf(draft, k4),
    counted && k5 === null ? 'counted' : lampOf(draft, k5),
  ];
}

/** The disk is in another state. Whoever waits for it with a ballot in hand is told that it can be cast now. */
function stored(state: SeatState, storage: SeatState['storage']): SeatState {
  const next = { ...state, storage };
  const isWaiting = storage === null && state.notice?.type === 'unrecorded';
  return isWaiting ? tell(next, { type: 'recordable' }, BALLOT_NOTICE_MS) : next;
}

function card(state: SeatState, tap: Tap, id: string): Step {
  const { sitting, hall, terminal } = state;
  const number = CardNumber.safeParse(tap.card.trim().toUpperCase());
  if (!number.success) return quiet(tell(state, { type: 'card-unreadable' }, CARD_NOTICE_MS));
  if (sitting === null) return quiet(tell(state, { type: 'not-connected' }, CARD_NOTICE_MS));
  if (state.checkIn?.card === number.data) return quiet(state);
  const message: CheckIn = {
    typ: 'check-in',
    v: MESSAGE_VERSION,
    id,
    hall,
    sitting: sitting.sitting,
    terminal,
    card: number.data,
    ...(tap.proof === undefined ? {} : { proof: tap.proof }),
  };
  return {
    state: { ...state, checkIn: { id, card: number.data }, notice: null },
    effects: [{ type: 'send', message }],
  };
}

function key(state: SeatState, which: Key, id: string): Step {
  const { vote } = state;
  const meaning = legendOf(state)[KEYS.indexOf(which)] ?? null;
  if (meaning === null || vote === null) return quiet(state);
  if (vote.cast.step === 'sealed') return sealedKey(state, vote, vote.cast, meaning, id);
  const draft = vote.draft ?? newDraft(vote.round.motion);
  const read = readOn(vote, draft, meaning, state.now);
  if (read) return quiet({ ...state, notice: null, vote: read });
  const after = pressed(draft, meaning, state.now);
  if (after.is === 'draft') return quiet({ ...state, notice: null, vote: { ...vote, draft: after.draft } });
  const { choice } = after;
  if (vote.round.motion.voting === 'open') return cast(state, vote, choice, id, null);
  return {
    state: { ...state, notice: null, vote: { ...vote, draft: null, cast: { step: 'sealing' } } },
    effects: [{ type: 'seal', round: vote.round, choice }],
  };
}

function seated(state: SeatState, seat: Seat, credential: string | null): SeatState {
  const closesAt = seat.remaining === null ? null : state.now + seat.remaining;
  // A terminal whose disk was lost learns here which numbers it used: a lower one would be refused.
  const press = Math.max(state.press, Math.min(seat.counted ?? 0, MOST_LEARNT));
  return settle({ ...state, seat, credential, closesAt, press });
}

/** Brings the vote in line with what the coordinator last said of the sitting and of this seat. */
function settle(state: SeatState): SeatState {
  const round = state.sitting?.round ?? null;
  const deputy = deputyOf(state);
  const { vote } = state;
  const same = vote && vote.round.id === round?.id && vote.round.opening === round.opening;
  if (vote && !(same && vote.deputy === deputy?.id)) return settle(leave(state, vote, deputy));
  if (!round || !deputy) return forgetNotice(state);
  return forgetNotice(vote ? proceed(state, vote, round) : enter(state, round, deputy));
}

/** What concerns one deputy is not shown to the next. */
function forgetNotice(state: SeatState): SeatState {
  const { notice, seat } = state;
  const another = notice !== null && notice.deputy !== (deputyOf(state)?.id ?? null);
  return another && seat !== null ? { ...state, notice: null } : state;
}

function enter(state: SeatState, round: Round, deputy: SeatDeputy): SeatState {
  const waiting = state.afloat.findLast((b) => b.round === round.id && b.deputy === deputy.id);
  const vote: Vote = {
    round,
    deputy: deputy.id,
    draft: null,
    reading: null,
    cast: waiting ? { step: 'sending', id: waiting.id, code: null } : { step: 'none' },
    counted: false,
  };
  const afloat = state.afloat.filter((ballot) => ballot !== waiting);
  return proceed({ ...state, vote, afloat }, vote, round);
}

/** The same round goes on. The motion stays the one the round opened with. */
function proceed(state: SeatState, vote: Vote, round: Round): SeatState {
  const told = seatKnowsRound({ ...state, vote }) && state.seat?.counted !== null;
  const cast: Cast = told && vote.cast.step === 'none' ? { step: 'counted', code: null } : vote.cast;
  const held: Vote = {
    ...vote,
    round: { ...vote.round, phase: round.phase },
    counted: vote.counted || told,
    cast,
  };
  const begun = vote.draft && isTouched(vote.draft) ? vote.draft : null;
  // An empty ballot gives way to the news that one was counted; one that is marked stays.
  const inHand = cast === vote.cast ? vote.draft : begun;
  const fresh = cast.step === 'none' ? newDraft(held.round.motion) : null;
  const next = { ...state, vote: { ...held, draft: inHand ?? fresh } };
  // What is in hand stays there through a hold.
  if (mayVoteInRound(next)) return next;
  const uncast = isUncast(cast);
  // Whatever was sealed stays while the vote is open: the coordinator may only be out of sight for a moment.
  if (round.phase === 'open') return { ...state, vote: { ...held, draft: null } };
  const kept: Cast = uncast ? (held.counted ? { step: 'counted', code: null } : { step: 'none' }) : cast;
  const closed = { ...state, vote: { ...held, draft: null, cast: kept } };
  if (begun === null && !uncast) return closed;
  return tell(closed, { type: 'unconfirmed', counted: held.counted }, BALLOT_NOTICE_MS);
}

/** The round, or the deputy, is another: what was in hand is dropped, what was cast stays on its way. */
function leave(state: SeatState, vote: Vote, deputy: SeatDeputy | null): SeatState {
  const { cast, round } = vote;
  const left: Afloat[] =
    cast.step === 'sending'
      ? [{ id: cast.id, round: round.id, deputy: vote.deputy, title: round.motion.title }]
      : [];
  const next = { ...state, vote: null, afloat: [...state.afloat, ...left] };
  const isBegun = isUncast(cast) || (vote.draft !== null && isTouched(vote.draft));
  const unconfirmed = isBegun && vote.deputy === deputy?.id;
  return unconfirmed ? tell(next, { type: 'unconfirmed', counted: vote.counted }, BALLOT_NOTICE_MS) : next;
}

type Answer = Extract<Cast, { step: 'counted' | 'refused' }>;

/** These refusals say that a ballot of this deputy is in the ledger. */
const COUNTED_BEFORE: ReadonlySet<Reason> = new Set(['already-voted', 'older-press', 'voted-elsewhere']);

function answered(state: SeatState, id: string, answer: Answer): SeatState {
  if (state.checkIn?.id === id) {
    const next = { ...state, checkIn: null };
    if (answer.step === 'counted') return next;
    return tell(next, { type: 'card-refused', reason: answer.reason }, CARD_NOTICE_MS);
  }
  const { vote } = state;
  if (vote?.cast.step === 'sending' && vote.cast.id === id) {
    const counted = vote.counted || answer.step === 'counted' || COUNTED_BEFORE.has(answer.reason);
    const { code } = vote.cast;
    const cast = answer.step === 'counted' ? { ...answer, code } : answer;
    return { ...state, vote: { ...vote, cast, counted } };
  }
  const ballot = state.afloat.find((b) => b.id === id);
  if (!ballot) return state;
  const { title, deputy } = ballot;
  const body: NoticeBody =
    answer.step === 'counted'
      ? { type: 'counted-late', title }
      : { type: 'not-counted', title, reason: answer.reason };
  const notice = { ...body, until: state.now + BALLOT_NOTICE_MS, deputy };
  const afloat = state.afloat.filter((b) => b !== ballot);
  // Another deputy's ballot is no business of the one who sits here now.
  return (deputyOf(state)?.id ?? deputy) === deputy ? { ...state, afloat, notice } : { ...state, afloat };
}
