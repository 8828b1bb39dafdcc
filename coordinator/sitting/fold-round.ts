import { Map as Dictionary } from 'immutable';
import { readShare, readTally } from '../../shared/belenios/tally-text.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import type { Audit, Ballot } from '../../shared/protocol/messages.ts';
import { sealedHeader } from '../../shared/protocol/sealed-header.ts';
import type { OwnEntry } from './entries.ts';
import { withRejected } from './rejected.ts';
import { finalCredentials, sealedRound } from './secret-round.ts';
import {
  type CountedBallot,
  LEAST_AFTER_HOLD,
  type Round,
  type SealedRound,
  type Sitting,
  timeLeft,
} from './state.ts';

/** What the entries about one vote make of it, from its opening to its end. */

const NO_TITLE = { zh: '' };

/** Puts the next state of a round in the place of the one before, wherever the sitting holds it. */
export function withRound(state: Sitting, round: Round): Sitting {
  const next = (held: Round | null) => (held?.id === round.id ? round : held);
  return {
    ...state,
    rounds: state.rounds.set(round.id, round),
    current: next(state.current),
    shown: next(state.shown),
  };
}

function withBallots(state: Sitting, round: Round, ballots: Round['ballots']): Sitting {
  return withRound(state, { ...round, ballots, cast: ballots.size });
}

/** Enters a ballot: it counts in place of the deputy's earlier one. */
export function castBallot(state: Sitting, row: LedgerRow, ballot: Ballot): Sitting {
  const round = state.rounds.get(ballot.round);
  if (!round) return state;
  const { id, choice, press, terminal, deputy } = ballot;
  const header = choice.kind === 'sealed' ? sealedHeader(choice.ballot) : null;
  const before = choice.kind === 'sealed' ? (round.ballots.get(deputy) ?? null) : null;
  const credential = header?.credential ?? null;
  const counted = { id, choice, press, terminal, seq: row.seq, credential, before };
  const sealed = round.sealed && header ? entered(round.sealed, deputy, header.alphas) : round.sealed;
  return withBallots(state, { ...round, sealed }, round.ballots.set(deputy, counted));
}

function entered(sealed: SealedRound, deputy: string, alphas: readonly string[]): SealedRound {
  const before = sealed.entered.get(deputy) ?? 0;
  return { ...use(sealed, deputy, alphas, 'cast'), entered: sealed.entered.set(deputy, before + 1) };
}

/** Enters a ballot that was opened for audit: it never counts. */
export function openBallot(state: Sitting, audit: Audit): Sitting {
  const round = state.rounds.get(audit.round);
  const header = sealedHeader(audit.ballot);
  if (!round?.sealed || !header) return state;
  const { audits } = round.sealed;
  const sealed = {
    ...use(round.sealed, audit.deputy, header.alphas, 'opened'),
    audits: [...audits, audit],
  };
  return withRound(state, { ...round, sealed });
}

function use(
  sealed: SealedRound,
  deputy: string,
  alphas: readonly string[],
  as: 'cast' | 'opened',
): SealedRound {
  const own = sealed.used.get(deputy, Dictionary<string, 'cast' | 'opened'>()).withMutations((all) => {
    for (const alpha of alphas) all.set(alpha, as);
  });
  return { ...sealed, used: sealed.used.set(deputy, own) };
}

/** Takes a sealed ballot out of the round again; what the deputy cast before counts once more. */
export function rejectBallot(
  state: Sitting,
  { seq, time }: LedgerRow,
  says: Extract<OwnEntry, { typ: 'ballot-rejected' }>,
): Sitting {
  const round = state.rounds.get(says.round);
  for (const [deputy, last] of round?.ballots ?? []) {
    const found = takeOut(last, says.ballot);
    if (!round || !found) continue;
    const { rejected, rest } = found;
    const ballots = rest ? round.ballots.set(deputy, rest) : round.ballots.delete(deputy);
    const message = state.accepted.get(rejected.id);
    const { terminal } = rejected;
    const { round: id, reason, ballot } = says;
    return {
      ...withBallots(state, round, ballots),
      rejected: withRejected(state.rejected, { seq, time, round: id, terminal, reason, ballot }),
      accepted: message
        ? state.accepted.set(rejected.id, { ...message, rejected: says.reason })
        : state.accepted,
    };
  }
  return state;
}

/**
 * The ballot of entry `seq` among `last` and those it replaced, and what is left of them without it; null where it is not
 * there. Without recursion: the fold believes any number of ballots, but the stack is limited.
 */
function takeOut(
  last: CountedBallot,
  seq: number,
): { readonly rejected: CountedBallot; readonly rest: CountedBallot | null } | null {
  const later: CountedBallot[] = [];
  let ballot: CountedBallot | null = last;
  for (; ballot !== null && ballot.seq > seq; ballot = ballot.before) later.push(ballot);
  if (ballot?.seq !== seq) return null;
  const rest = later.reduceRight((before, each) => ({ ...each, before }), ballot.before);
  return { rejected: ballot, rest };
}

type RoundEntry = Extract<
  OwnEntry,
  {
    typ:
      | 'opened'
      | 'closed'
      | 'held'
      | 'resumed'
      | 'extended'
      | 'tallied'
      | 'share'
      | 'result'
      | 'result-signed'
      | 'announced'
      | 'voided'
      | 'cleared'
      | 'entered-by-hand';
  }
>;

/** What an entry makes of the round it is about. */
export function foldRound(state: Sitting, row: LedgerRow, says: RoundEntry): Sitting {
  switch (says.typ) {
    case 'opened':
      return addRound(state, {
        ...newRound(row, says),
        sealed: says.election
          ? sealedRound(says.election, state.electionKey, state.begun?.title ?? NO_TITLE, says.motion)
          : null,
        byHand: false,
        deadline: says.motion.seconds === null ? null : row.time + says.motion.seconds * 1000,
        eligible: new Set(says.present),
        present: says.present.length,
        cast: 0,
        phase: 'open',
        reason: null,
      });
    case 'entered-by-hand':
      return addRound(state, {
        ...newRound(row, { ...says, rehearsal: false }),
        sealed: null,
        byHand: true,
        deadline: null,
        eligible: new Set(),
        present: says.present,
        cast: says.cast,
        phase: 'closed',
        reason: says.reason,
      });
    case 'cleared':
      return { ...state, current: null, shown: null };
    default: {
      const round = state.rounds.get(says.round);
      return round ? advance(state, round, row, says) : state;
    }
  }
}

function newRound(
  row: LedgerRow,
  says: { round: string; motion: Round['motion']; rehearsal: boolean; roll: number },
) {
  return {
    id: says.round,
    motion: says.motion,
    rehearsal: says.rehearsal,
    opening: row.hash,
    hold: null,
    resumedAt: null,
    extended: 0,
    openedAt: row.time,
    roll: says.roll,
    ballots: Dictionary<string, CountedBallot>(),
    result: null,
  };
}

/** The deadline of a vote that goes on at `time`: it has left what it had when it was held. */
function deadlineAfter(round: Round, time: number): number | null {
  const left = timeLeft(round, time);
  return left === null ? null : time + Math.max(left, LEAST_AFTER_HOLD);
}

function addRound(state: Sitting, round: Round): Sitting {
  return { ...state, rounds: state.rounds.set(round.id, round), current: round, shown: null };
}

function advance(
  state: Sitting,
  round: Round,
  row: LedgerRow,
  says: Exclude<RoundEntry, { typ: 'opened' | 'entered-by-hand' | 'cleared' }>,
): Sitting {
  const { sealed } = round;
  const changed = (change: Partial<Round>) => withRound(state, { ...round, ...change });
  const unsealed = (change: Partial<SealedRound>) =>
    sealed ? changed({ sealed: { ...sealed, ...change } }) : state;
  switch (says.typ) {
    case 'closed': {
      const credentials = sealed && finalCredentials(state, round);
      return changed({
        phase: 'closed',
        deadline: null,
        sealed: sealed && { ...sealed, credentials },
      });
    }
    case 'held':
      return changed({ hold: { since: row.time, reason: says.reason } });
    case 'resumed':
      return changed({ hold: null, resumedAt: row.time, deadline: deadlineAfter(round, row.time) });
    case 'extended':
      return changed({
        deadline: round.deadline === null ? null : round.deadline + says.seconds * 1000,
        extended: round.extended + says.seconds,
      });
    case 'tallied': {
      const sum = readTally(says.tally);
      return sum ? unsealed({ tally: { text: says.tally, sum, ballots: says.ballots } }) : state;
    }
    case 'share': {
      const share = readShare(says.share);
      if (!sealed || !share) return state;
      return unsealed({ shares: [...sealed.shares, { ...share, owner: says.owner, text: says.share }] });
    }
    case 'result-signed':
      return sealed ? unsealed({ signed: sealed.signed.set(says.owner, row.time) }) : state;
    case 'result':
      return changed({ result: says.result });
    case 'announced': {
      const announced: Round = { ...round, phase: 'announced' };
      return { ...withRound(state, announced), shown: announced };
    }
    case 'voided':
      return {
        ...changed({ phase: 'voided', deadline: null, hold: null, reason: says.reason }),
        shown: null,
      };
  }
}
