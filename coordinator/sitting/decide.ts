import { fits, tallyOf } from '../../shared/kinds/counting.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { meetsQuorum } from '../../shared/kinds/quorum-and-majority.ts';
import { isAcceptableKey } from '../../shared/protocol/keys.ts';
import { result } from '../../shared/protocol/result.ts';
import type { Act, ActRefusal } from '../contract/acts.ts';
import type { Who } from '../contract/person.ts';
import { decideTime, whyNotClose } from './decide-hold.ts';
import { decideOrder } from './decide-outside.ts';
import { decideDecryption, decideKey, type SecretAct } from './decide-secret.ts';
import { BY_CLOCK, BY_HALL, type Decision, no, type Step, yes } from './decided.ts';
import { followUp } from './follow-up.ts';
import { newElection } from './secret-round.ts';
import {
  isUnsettled,
  nextRoundId,
  openChoices,
  type Round,
  roundsOf,
  type Sitting,
  timeLeft,
} from './state.ts';
import { whyNotTheirs } from './who-may.ts';

/** Acts that say by themselves what they enter; a reload's entries are in the files (`configure.ts`). */
export type SittingAct = Exclude<Act, { act: 'reload' }> | SecretAct;

export const isSittingAct = (act: Act | SecretAct): act is SittingAct => act.act !== 'reload';

/** What an act of the staff enters in the ledger at `time` (ledger ms), or why `who` may not do it or it makes no sense then. Pure. */
export function decide(state: Sitting, act: SittingAct, who: Who, time: number): Decision {
  const refusal = whyNotTheirs(state, act.act, who);
  return refusal ? no(refusal) : decideTheirs(state, act, who, time);
}

/** The same of whoever may do `act`, without asking whether `who` does. */
export function decideTheirs(state: Sitting, act: SittingAct, who: Who, time: number): Decision {
  switch (act.act) {
    case 'open':
      return open(state, act.motion, act.rehearsal, who);
    case 'close':
      return onRound(state, act.round, (round) => {
        const refusal = whyNotClose(round, time);
        return refusal ? no(refusal) : yes(...closingSteps(state, round, who));
      });
    case 'hold':
    case 'resume':
    case 'extend':
      return onRound(state, act.round, (round) => decideTime(round, act, who, time));
    case 'announce':
      return onRound(state, act.round, (round) =>
        round.phase !== 'closed'
          ? no('not-closed')
          : round.result
            ? yes({ typ: 'announced', ...who, round: round.id })
            : no('not-decrypted'),
      );
    case 'void':
      return onRound(state, act.round, (round) =>
        round.phase === 'voided'
          ? no('already-void')
          : yes({ typ: 'voided', ...who, round: round.id, reason: act.reason }, 'checkpoint'),
      );
    case 'follow-up':
      return onRound(state, act.round, (round) => follow(state, round, who));
    case 'by-hand':
      return byHand(state, act, who);
    case 'clear':
      return isUnsettled(state.current) ? no('not-announced') : yes({ typ: 'cleared', ...who });
    case 'share':
    case 'sign-result':
      return onRound(state, act.round, (round) => decideDecryption(state, round, act, who));
    case 'ceremony-step':
    case 'new-ceremony':
      return decideKey(state, act, who);
    case 'identify':
    case 'self-test':
    case 'update':
    case 'stop-update':
      return decideOrder(state, act, who);
    default:
      return decideOperation(state, act, who);
  }
}

/** What the passing of time enters: an open round whose time is up closes. */
export function decideTimeout(state: Sitting, time: number): readonly Step[] {
  const round = state.current;
  if (round?.phase !== 'open' || round.hold || timeLeft(round, time) !== 0) return [];
  return closingSteps(state, round, BY_CLOCK);
}

function onRound(state: Sitting, id: string, then: (round: Round) => Decision): Decision {
  const round = state.rounds.get(id);
  return round ? then(round) : no('unknown-round');
}

function whyNotVoteOn(state: Sitting, motion: Motion | undefined, rehearsal: boolean): ActRefusal | null {
  if (!motion) return 'unknown-motion';
  if (state.current?.phase === 'open') return 'vote-open';
  if (isUnsettled(state.current)) return 'not-announced';
  if (!rehearsal && roundsOf(state, motion.id).some((r) => !r.rehearsal && r.phase === 'announced'))
    return 'already-decided';
  return null;
}

function open(state: Sitting, id: string, rehearsal: boolean, who: Who): Decision {
  const motion = state.motions.find((m) => m.id === id);
  const refusal = whyNotVoteOn(state, motion, rehearsal);
  if (!motion || refusal) return no(refusal ?? 'unknown-motion');
  const isSecret = motion.voting === 'secret';
  if (isSecret && !state.electionKey) return no(state.secrecy ? 'no-election-key' : 'no-secrecy');
  if (!rehearsal && !meetsQuorum(state.presence.size, state.deputies.size, motion.quorum))
    return no('no-quorum');
  const round = nextRoundId(state, id, rehearsal);
  const present = [...state.presence.keys()];
  const election =
    isSecret && state.electionKey ? { election: newElection(state, round, state.electionKey) } : {};
  return yes(
    { typ: 'opened', ...who, round, rehearsal, motion, present, roll: state.deputies.size, ...election },
    'checkpoint',
  );
}

function closingSteps(state: Sitting, round: Round, who: Who | typeof BY_CLOCK): Step[] {
  const { id, motion, roll, present, cast } = round;
  const closed: Step = { typ: 'closed', ...who, round: id, present: state.presence.size, cast };
  // Sealed ballots have to be added up and the sum decrypted first.
  if (round.sealed && cast > 0) return [closed, 'checkpoint'];
  const counts = tallyOf(motion, openChoices(round));
  return [
    closed,
    'checkpoint',
    {
      typ: 'result',
      ...BY_HALL,
      round: id,
      result: result(motion, counts, { roll, present, cast }, 'terminals'),
    },
    'checkpoint',
  ];
}

function follow(state: Sitting, round: Round, who: Who): Decision {
  if (round.rehearsal) return no('rehearsal-only');
  if (round.phase !== 'announced') return no('not-closed');
  if (state.motions.some((motion) => motion.follows === round.id)) return no('nothing-to-follow');
  const taken = new Set(state.motions.map(({ id }) => id));
  const motion = followUp(round, roundsOf(state, round.motion.id).length, taken);
  return motion ? yes({ typ: 'motion-added', ...who, motion }) : no('nothing-to-follow');
}

function byHand(state: Sitting, act: Extract<Act, { act: 'by-hand' }>, who: Who): Decision {
  const motion = state.motions.find((m) => m.id === act.motion);
  const refusal = whyNotVoteOn(state, motion, false);
  if (!motion || refusal) return no(refusal ?? 'unknown-motion');
  const present = state.presence.size;
  const roll = state.deputies.size;
  if (!meetsQuorum(present, roll, motion.quorum)) return no('no-quorum');
  if (act.cast > present || !fits(motion, act.tally, act.cast)) return no('tally-mismatch');
  const round = nextRoundId(state, motion.id, false);
  const turnout = { roll, present, cast: act.cast };
  return yes(
    { typ: 'entered-by-hand', ...who, round, motion, ...turnout, tally: act.tally, reason: act.reason },
    { typ: 'result', ...BY_HALL, round, result: result(motion, act.tally, turnout, 'by-hand') },
    'checkpoint',
  );
}

type OperatorAct = Extract<
  SittingAct,
  {
    act: 'check-in' | 'leave' | 'issue-card' | 'mark-card' | 'enrol' | 'remove-terminal' | 'replace-terminal';
  }
>;

function decideOperation(state: Sitting, act: OperatorAct, who: Who): Decision {
  switch (act.act) {
    case 'check-in':
      if (!state.deputies.has(act.deputy)) return no('unknown-deputy');
      if (state.presence.has(act.deputy)) return no('already-present');
      return yes({ typ: 'checked-in-by-hand', ...who, deputy: act.deputy, reason: act.reason });
    case 'leave':
      if (!state.presence.has(act.deputy)) return no('not-present');
      return yes({ typ: 'left', ...who, deputy: act.deputy, reason: act.reason });
    case 'issue-card':
      if (!state.deputies.has(act.deputy)) return no('unknown-deputy');
      if (state.cards.has(act.card)) return no('card-in-use');
      return yes({ typ: 'card-issued', ...who, deputy: act.deputy, card: act.card });
    case 'mark-card':
      if (!state.cards.has(act.card)) return no('unknown-card');
      return yes({ typ: 'card-marked', ...who, card: act.card, status: act.status });
    case 'enrol': {
      const { terminal, seat, key } = act;
      const refusal = whyNotEnrol(state, terminal, seat, key);
      return refusal
        ? no(refusal)
        : yes({ typ: 'terminals-enrolled', ...who, terminals: [{ terminal, seat, key }] });
    }
    case 'replace-terminal': {
      const { terminal, spare, key } = act;
      const failed = state.terminals.get(terminal);
      if (!failed) return no('unknown-terminal');
      const terminals = state.terminals.delete(terminal);
      const refusal = whyNotEnrol({ ...state, terminals }, spare, failed.seat, key);
      if (refusal) return no(refusal);
      // Whoever sat there stays present and taps again at the spare.
      return yes(
        { typ: 'terminals-removed', ...who, terminals: [terminal] },
        {
          typ: 'terminals-enrolled',
          ...who,
          terminals: [{ terminal: spare, seat: failed.seat, key }],
        },
      );
    }
    case 'remove-terminal':
      if (!state.terminals.has(act.terminal)) return no('unknown-terminal');
      return yes({ typ: 'terminals-removed', ...who, terminals: [act.terminal] });
  }
}

/** Why a terminal may not be enrolled with this seat and key; null where it may. */
export function whyNotEnrol(state: Sitting, terminal: string, seat: string, key: string): ActRefusal | null {
  if (!isAcceptableKey(key)) return 'bad-key';
  if (state.terminals.has(terminal)) return 'terminal-enrolled';
  for (const other of state.terminals.values()) {
    if (other.seat === seat) return 'seat-in-use';
    if (other.key === key) return 'key-in-use';
  }
  return null;
}
