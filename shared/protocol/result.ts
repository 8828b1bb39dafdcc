import { z } from 'zod';
import { Basis, count } from '../kinds/common.ts';
import type { Turnout } from '../kinds/kind.ts';
import { kindOf, type Motion, Outcome, Tally } from '../kinds/kinds.ts';
import { Threshold } from '../kinds/quorum-and-majority.ts';
import type { Value } from './value.ts';

/** 结果: the counts, with the decision the motion's rule draws from them and the rule itself. */
export const Result = z.strictObject({
  /** `by-hand`: a show of hands entered by staff. */
  source: z.enum(['terminals', 'by-hand']),
  roll: count,
  present: count,
  /** Deputies whose ballot was counted. */
  cast: count,
  /** Present and not pressed: never an abstention. */
  notPressed: count,
  basis: Basis,
  basisCount: count,
  threshold: Threshold.nullable(),
  tally: Tally,
  outcome: Outcome,
});
export type Result = Value<typeof Result>;

/**
 * Draws the result of `motion` from its counts; whole numbers only.
 * @throws where the counts are of another kind than the motion.
 */
export function result(motion: Motion, tally: Tally, turnout: Turnout, source: Result['source']): Result {
  if (tally.kind !== motion.kind) throw new Error(`a ${tally.kind} tally for a ${motion.kind} motion`);
  const { roll, present, cast } = turnout;
  return {
    source,
    roll,
    present,
    cast,
    notPressed: present - cast,
    basis: motion.basis,
    basisCount: turnout[motion.basis],
    threshold: motion.threshold,
    tally,
    outcome: kindOf(motion.kind).decide(motion, tally, turnout),
  };
}
