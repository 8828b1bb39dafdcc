import { readShare, readTally } from '../../shared/belenios/tally-text.ts';
import type { LedgerRow } from '../../shared/ledger-hash.ts';
import type { Audit, Ballot } from '../../shared/messages.ts';
import { sealedHeader } from '../../shared/sealed-header.ts';
import type { OwnEntry } from '../ledger/entries.ts';
import { finalCredentials, sealedRound } from './secret-round.ts';
import type { CountedBallot, Round, SealedRound, Sitting } from './state.ts';

/** What the entries about one vote make of it, from its opening to its end. */

const NO_TITLE = { zh: '' };

/** Enters a ballot: it counts in place of the deputy's earlier one. */
export function castBallot(state: Sitting, row: LedgerRow, ballot: Ballot): void {
  const round = state.rounds.get(ballot.round);
  if (!round) return;
  const { id, choice, press, terminal, deputy } = ballot;
  const header = choice.kind === 'sealed' ? sealedHeader(choice.ballot) : null;
  if (round.sealed && header) {
    use(round.sealed, deputy, header.alphas, 'cast');
    round.sealed.entered.set(deputy, 1 + (round.sealed.entered.get(deputy) ?? 0));
  }
  round.ballots.set(deputy, {
    id,
    choice,
    press,
    terminal,
    seq: row.seq,
    credential: header?.credential ?? null,
    before: choice.kind === 'sealed' ? (round.ballots.get(deputy) ?? null) : null,
  });
  round.cast = round.ballots.size;
}

/** Enters a ballot that was opened for audit: it never counts. */
export function openBallot(state: Sitting, audit: Audit): void {
  const sealed = state.rounds.get(audit.round)?.sealed;
  const header = sealedHeader(audit.ballot);
  if (!sealed || !header) return;
  use(sealed, audit.deputy, header.alphas, 'opened');
  sealed.audits.push(audit);
}

function use({ used }: SealedRound, deputy: string, alphas: readonly string[], as: 'cast' | 'opened'): void {
  const own = used.get(deputy) ?? new Map();
  for (const alpha of alphas) own.set(alpha, as);
  used.set(deputy, own);
}

/** Takes a sealed ballot out of the round again; what the deputy cast before counts once more. */
export function rejectBallot(state: Sitting, says: Extract<OwnEntry, { typ: 'ballot-rejected' }>): void {
  const round = state.rounds.get(says.round);
  for (const [deputy, last] of round?.ballots ?? []) {
    const without = leaveOut(last, says.ballot);
    if (without === last) continue;
    if (without) round?.ballots.set(deputy, without);
    else round?.ballots.delete(deputy);
  }
  if (round) round.cast = round.ballots.size;
  for (const [id, accepted] of state.accepted)
    if (accepted.seq === says.ballot) state.accepted.set(id, { ...accepted, rejected: says.reason });
}

/** Without recursion: the fold believes any number of ballots, but the stack is limited. */
function leaveOut(last: CountedBallot, seq: number): CountedBallot | null {
  const later: CountedBallot[] = [];
  let ballot: CountedBallot | null = last;
  for (; ballot !== null && ballot.seq > seq; ballot = ballot.before) later.push(ballot);
  if (ballot?.seq !== seq) return last;
  return later.reduceRight((before, each) => ({ ...each, before }), ballot.before);
}

type RoundEntry = Extract<
  OwnEntry,
  {
    typ:
      | 'opened'
      | 'closed'
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
export function foldRound(state: Sitting, row: LedgerRow, says: RoundEntry): void {
  switch (says.typ) {
    case 'opened':
      addRound(state, {
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
      break;
    case 'entered-by-hand':
      addRound(state, {
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
      break;
    case 'cleared':
      state.current = null;
      state.shown = null;
      break;
    default: {
      const round = state.rounds.get(says.round);
      if (round) advance(state, round, row, says);
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
    openedAt: row.time,
    roll: says.roll,
    ballots: new Map(),
    result: null,
  };
}

function addRound(state: Sitting, round: Round): void {
  state.rounds.set(round.id, round);
  state.current = round;
  state.shown = null;
}

function advance(
  state: Sitting,
  round: Round,
  row: LedgerRow,
  says: Exclude<RoundEntry, { typ: 'opened' | 'entered-by-hand' | 'cleared' }>,
): void {
  switch (says.typ) {
    case 'closed':
      round.phase = 'closed';
      round.deadline = null;
      if (round.sealed) round.sealed.credentials = finalCredentials(state, round);
      break;
    case 'tallied': {
      const sum = readTally(says.tally);
      if (round.sealed && sum) round.sealed.tally = { text: says.tally, sum, ballots: says.ballots };
      break;
    }
    case 'share': {
      const share = readShare(says.share);
      if (share) round.sealed?.shares.push({ ...share, owner: says.owner, text: says.share });
      break;
    }
    case 'result-signed':
      round.sealed?.signed.set(says.owner, row.time);
      break;
    case 'result':
      round.result = says.result;
      break;
    case 'announced':
      round.phase = 'announced';
      state.shown = round;
      break;
    case 'voided':
      round.phase = 'voided';
      round.deadline = null;
      round.reason = says.reason;
      state.shown = null;
      break;
  }
}
