import { z } from 'zod';
import { needed, reaches, Threshold } from './fraction.ts';
import { Id } from './ids.ts';
import {
  type AppraisalMotion,
  Basis,
  type DecisionMotion,
  type Motion,
  type SelectionMotion,
} from './motion.ts';
import { type AppraisalTally, type DecisionTally, type SelectionTally, Tally } from './tally.ts';

const count = z.number().int().nonnegative();

const DecisionOutcome = z.strictObject({ kind: z.literal('decision'), passed: z.boolean(), needed: count });

/** 入选, 末位同票, 未入选(票数不足席位), 未达通过线. */
export const Standing = z.enum(['selected', 'tied', 'outvoted', 'below-threshold']);
export type Standing = z.infer<typeof Standing>;

const SelectionOutcome = z.strictObject({
  kind: z.literal('selection'),
  needed: count.nullable(),
  /** All candidates, most votes first; equal votes share a rank and keep the motion's order. */
  order: z.array(z.strictObject({ id: Id, votes: count, rank: count, standing: Standing })),
  /** How many places the tied are voted on again for; 0 where nobody is tied. */
  runoffPlaces: count,
  /** Places left open because too few reached the threshold. */
  openPlaces: count,
});

const AppraisalOutcome = z.strictObject({
  kind: z.literal('appraisal'),
  /** `approval` = satisfied + basic of `basis`; not `passed`: the item is judged dissatisfied. */
  items: z.array(
    z.strictObject({
      id: Id,
      graded: count,
      approval: count,
      basis: count,
      needed: count,
      passed: z.boolean(),
    }),
  ),
});

export const Outcome = z.discriminatedUnion('kind', [DecisionOutcome, SelectionOutcome, AppraisalOutcome]);
export type Outcome = z.infer<typeof Outcome>;
export type DecisionOutcome = z.infer<typeof DecisionOutcome>;
export type SelectionOutcome = z.infer<typeof SelectionOutcome>;
export type AppraisalOutcome = z.infer<typeof AppraisalOutcome>;

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
export type Result = z.infer<typeof Result>;

export interface Turnout {
  readonly roll: number;
  readonly present: number;
  readonly cast: number;
}

function basisCount(basis: Basis, turnout: Turnout): number {
  return turnout[basis];
}

function decide(motion: DecisionMotion, tally: DecisionTally, basis: number): DecisionOutcome {
  return {
    kind: 'decision',
    passed: reaches(tally.for, basis, motion.threshold),
    needed: needed(basis, motion.threshold),
  };
}

function select(motion: SelectionMotion, tally: SelectionTally, basis: number): SelectionOutcome {
  const { threshold, places } = motion;
  const sorted = [...tally.votes].sort((a, b) => b.votes - a.votes);
  const enough = (votes: number) => (threshold === null ? votes > 0 : reaches(votes, basis, threshold));
  const reached = sorted.filter((c) => enough(c.votes));
  const last = reached[places - 1]?.votes ?? -1;
  const tied = reached.length > places && reached[places]?.votes === last;
  const above = reached.filter((c) => c.votes > last).length;

  const standing = (votes: number): Standing => {
    if (!enough(votes)) return 'below-threshold';
    if (votes < last) return 'outvoted';
    return votes === last && tied ? 'tied' : 'selected';
  };
  return {
    kind: 'selection',
    needed: threshold === null ? null : needed(basis, threshold),
    order: sorted.map(({ id, votes }) => ({
      id,
      votes,
      rank: 1 + sorted.filter((other) => other.votes > votes).length,
      standing: standing(votes),
    })),
    runoffPlaces: tied ? places - above : 0,
    openPlaces: Math.max(0, places - reached.length),
  };
}

function appraise(motion: AppraisalMotion, tally: AppraisalTally, turnout: Turnout): AppraisalOutcome {
  return {
    kind: 'appraisal',
    items: tally.items.map((item) => {
      const approval = item.satisfied + item.basic;
      const graded = approval + item.dissatisfied + item['dont-know'];
      // An item's valid votes are the ballots that grade it.
      const basis = motion.basis === 'cast' ? graded : basisCount(motion.basis, turnout);
      return {
        id: item.id,
        graded,
        approval,
        basis,
        needed: needed(basis, motion.threshold),
        passed: reaches(approval, basis, motion.threshold),
      };
    }),
  };
}

function outcome(motion: Motion, tally: Tally, turnout: Turnout): Outcome {
  const basis = basisCount(motion.basis, turnout);
  if (motion.kind === 'decision' && tally.kind === 'decision') return decide(motion, tally, basis);
  if (motion.kind === 'selection' && tally.kind === 'selection') return select(motion, tally, basis);
  if (motion.kind === 'appraisal' && tally.kind === 'appraisal') return appraise(motion, tally, turnout);
  throw new Error(`a ${tally.kind} tally for a ${motion.kind} motion`);
}

/** Draws the result of `motion` from its counts; whole numbers only. */
export function result(motion: Motion, tally: Tally, turnout: Turnout, source: Result['source']): Result {
  return {
    source,
    ...turnout,
    notPressed: turnout.present - turnout.cast,
    basis: motion.basis,
    basisCount: basisCount(motion.basis, turnout),
    threshold: motion.threshold,
    tally,
    outcome: outcome(motion, tally, turnout),
  };
}
