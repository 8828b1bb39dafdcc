import { ALL_OFF, type DeviceStatus } from '../../hardware/capabilities.ts';
import { turnsOf } from '../../shared/kinds/turn.ts';
import { machineFaults } from '../../shared/protocol/machine-faults.ts';
import type { SelfTest } from '../../shared/protocol/messages.ts';
import { seatFaults } from '../machine/health.ts';
import { draftKind } from '../seat/kinds/kinds.ts';
import { DEAD, type Meaning } from '../seat/legend.ts';
import { READS, type Read, readingBody } from '../seat/reading.ts';
import { isHeld, lampsOf, legendOf, mayVote, seatKnowsRound } from '../seat/seat.ts';
import { deputyOf, type SeatState, type Vote } from '../seat/seat-state.ts';
import { hasPassed, isTesting, keyInTest } from '../seat/self-test.ts';
import type { Body, KeyLabel, NoticeView, ScreenView } from './view.ts';

/** What the screen shows of `state`; `fingerprint` is what an operator compares before enrolling the terminal. */
export function screenView(state: SeatState, fingerprint: string): ScreenView {
  const { seat, sitting, panel, reader, now } = state;
  const legend = isTesting(state) ? DEAD : legendOf(state);
  const lamps = isTesting(state) ? ALL_OFF : lampsOf(state);
  const draft = state.vote?.draft ?? null;
  const onward = draft === null ? 'next' : draftKind(draft.kind).onward(draft);
  const body = bodyOf(state, fingerprint);
  const key = (i: 0 | 1 | 2 | 3 | 4) => ({
    label: labelOf(legend[i], onward),
    lamp: lamps[i],
    read: readOf(legend[i], body),
  });
  return {
    seat: seat?.seat ?? '',
    sitting: sitting?.title ?? null,
    deputy: deputyOf(state),
    isConnected: state.link === 'up',
    isRefused: state.link === 'refused',
    panelFault: faultOf(panel),
    readerFault: faultOf(reader),
    machineFaults: machineFaults(state.machine),
    seatFaults: seatFaults(state),
    identify: now < state.identifyUntil,
    body,
    notice: noticeOf(state),
    secondsLeft: secondsLeft(state),
    keys: [key(0), key(1), key(2), key(3), key(4)],
  };
}

function faultOf(device: DeviceStatus): ScreenView['panelFault'] {
  return device.is === 'fault' ? { zh: device.zh ?? null, en: device.what } : null;
}

function labelOf(meaning: Meaning | null, onward: 'next' | 'skip'): KeyLabel | null {
  if (meaning === null) return null;
  switch (meaning.act) {
    case 'choose':
      return meaning.option;
    case 'grade':
      return meaning.grade;
    case 'pick':
      return meaning.pick ? 'pick' : 'unpick';
    case 'next':
      return onward;
    case 'confirm':
    case 'previous':
    case 'finish':
    case 'submit':
    case 'back':
    case 'again':
    case 'cast':
    case 'discard':
    case 'audit':
    case 'open':
    case 'sheet':
    case 'page-on':
    case 'page-back':
      return meaning.act;
  }
}

/** What a touch of the key's tile does: it may read, and do nothing else. */
function readOf(meaning: Meaning | null, { is }: Body): Read | null {
  if (meaning?.act === 'back' && is !== 'sheet') return null;
  return READS.find((read) => read === meaning?.act) ?? null;
}

function secondsLeft(state: SeatState): number | null {
  const { vote, closesAt, now } = state;
  // The clock stands still; how long is left is told when it goes on.
  if (isHeld(state)) return null;
  if (closesAt === null || vote?.round.phase !== 'open' || !seatKnowsRound(state)) return null;
  return Math.max(0, Math.ceil((closesAt - now) / 1000));
}

function noticeOf(state: SeatState): NoticeView | null {
  const { notice } = state;
  if (notice === null || isTesting(state)) return null;
  const { until: _until, deputy: _deputy, ...body } = notice;
  // The whole screen says so.
  return body.type === 'unrecorded' ? null : body;
}

function bodyOf(state: SeatState, fingerprint: string): Body {
  const { seat, sitting, vote, selfTest } = state;
  if (selfTest?.on) return selfTestBody(state, selfTest);
  if (!seat || !sitting) return { is: 'starting' };
  if (!seat.enrolled) return { is: 'not-enrolled', terminal: state.terminal, fingerprint };
  if (deputyOf(state) === null) return { is: 'check-in', sending: state.checkIn !== null };
  return vote ? voteBody(state, vote) : { is: 'waiting' };
}

function selfTestBody(state: SeatState, test: SelfTest): Body {
  return {
    is: 'self-test',
    pressed: test.keys.length,
    lit: keyInTest(state),
    wrong: [...test.wrong],
    card: state.reader.is === 'none' ? 'no-reader' : test.card ? 'read' : 'due',
    passed: hasPassed(state),
  };
}

function voteBody(state: SeatState, vote: Vote): Body {
  const { draft, cast, counted, round } = vote;
  const secret = round.motion.voting === 'secret';
  const turns = turnsOf(round.motion, round.id);
  const motion = { title: round.motion.title, rehearsal: round.rehearsal, secret, turns };
  const isOpen = round.phase === 'open';
  const hold = isHeld(state) ? state.sitting?.round?.hold : undefined;
  if (hold) {
    const kept = cast.step === 'sending';
    return { is: 'held', ...motion, reason: hold.reason, kept, counted };
  }
  if (state.notice?.type === 'unrecorded') return { is: 'unrecorded', ...motion };
  if (cast.step === 'sealing') return { is: 'sealing', ...motion };
  if (cast.step === 'sealed') return { is: 'sealed', ...motion, code: cast.code, asking: cast.asking };
  const sheet = readingBody(state, vote, motion);
  if (sheet) return sheet;
  if (draft) return draftKind(draft.kind).body(draft, motion);
  if (cast.step === 'sending') return { is: 'sending', ...motion, closed: !isOpen };
  if (cast.step === 'opened' && isOpen) return { is: 'opened', ...motion, code: cast.code };
  const again = mayVote(state);
  if (cast.step === 'refused') return { is: 'refused', ...motion, reason: cast.reason, counted, again };
  if (round.phase !== 'open') return { is: 'closed', ...motion, phase: round.phase, counted };
  const code = cast.step === 'counted' ? cast.code : null;
  if (counted) return { is: 'counted', ...motion, again, code };
  const isShutOut = seatKnowsRound(state) && !state.seat?.eligible;
  return { is: isShutOut ? 'not-eligible' : 'opening', ...motion };
}
