import { Map as Dictionary } from 'immutable';
import type { Reason } from '../../shared/protocol/reasons.ts';

/** A ballot that does not count. */
export interface RejectedBallot {
  readonly seq: number;
  readonly time: number;
  /** The round in hand then; null between votes. */
  readonly round: string | null;
  readonly terminal: string | null;
  readonly reason: Reason;
  /** The entry of the ballot that was taken out again; null where it was refused as it came. */
  readonly ballot: number | null;
}

/** What the sitting holds of them: how many by reason, and the last, oldest first. */
export interface Rejected {
  readonly counts: Dictionary<Reason, number>;
  readonly last: readonly RejectedBallot[];
}

export const NONE_REJECTED: Rejected = { counts: Dictionary(), last: [] };

/** So many are held one by one; all of them are counted. */
export const MOST_REJECTED = 200;

/**
 * Why a ballot, or one opened for audit, is refused for good once its terminal is known (ledger.md, "Refusals").
 * Without `on-hold`: such a ballot is sent again and enters then.
 */
const OF_BALLOTS: ReadonlySet<Reason> = new Set([
  'not-checked-in',
  'another-deputy',
  'too-early',
  'another-round',
  'too-late',
  'not-on-frozen-roll',
  'already-voted',
  'older-press',
  'choice-of-another-kind',
  'too-many-candidates',
  'unknown-candidate',
  'candidate-twice',
  'grade-not-offered',
  'too-many-ballots',
  'too-many-audits',
  'sealed-malformed',
  'sealed-for-another-vote',
  'voted-elsewhere',
  'wrong-credential',
  'opened-for-audit',
  'sealed-copied',
  'sealed-without-proof',
]);

/** With one more, where its reason is one that only ballots have. */
export function withRejected(before: Rejected, ballot: RejectedBallot): Rejected {
  if (!OF_BALLOTS.has(ballot.reason)) return before;
  const last = [...before.last.slice(1 - MOST_REJECTED), ballot];
  return { ...withCounted(before, [{ reason: ballot.reason, count: 1 }]), last };
}

/** With those that were only counted, too. */
export function withCounted(
  before: Rejected,
  counted: readonly { readonly reason: Reason; readonly count: number }[],
): Rejected {
  const counts = before.counts.withMutations((all) => {
    for (const { reason, count } of counted)
      if (OF_BALLOTS.has(reason)) all.update(reason, 0, (n) => n + count);
  });
  return { ...before, counts };
}
