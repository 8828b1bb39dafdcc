import { z } from 'zod';
import { HashHex, Id } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';
import { count, Items, MAX_ITEMS, ofEveryMotion } from './common.ts';
import { invalidIds, type Kind, type Turnout } from './kind.ts';
import { needed, reaches, Threshold } from './quorum-and-majority.ts';

/** 满意度测评: a grade for each item. */

/** 满意, 基本满意, 不满意, 不了解. */
export const GRADES = ['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const;
export type Grade = (typeof GRADES)[number];

export const AppraisalMotion = z.strictObject({
  ...ofEveryMotion,
  kind: z.literal('appraisal'),
  items: Items,
  /** Whether 不了解 may be pressed. */
  dontKnow: z.boolean(),
  /** What satisfied + basically satisfied must reach for an item not to be judged dissatisfied. */
  threshold: Threshold,
  /** The frozen list of projects that the items are of, by its hash; absent where there is none. */
  list: HashHex.optional(),
});
export type AppraisalMotion = Value<typeof AppraisalMotion>;

/** Items left out are not graded. */
export const AppraisalChoice = z.strictObject({
  kind: z.literal('appraisal'),
  grades: z.array(z.strictObject({ item: Id, grade: z.enum(GRADES) })).max(MAX_ITEMS),
});
export type AppraisalChoice = Value<typeof AppraisalChoice>;

export const AppraisalTally = z.strictObject({
  kind: z.literal('appraisal'),
  items: z.array(
    z.strictObject({ id: Id, satisfied: count, basic: count, dissatisfied: count, 'dont-know': count }),
  ),
});
export type AppraisalTally = Value<typeof AppraisalTally>;

export const AppraisalOutcome = z.strictObject({
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
export type AppraisalOutcome = Value<typeof AppraisalOutcome>;

/** The grades that may be pressed. */
export const gradesOf = ({ dontKnow }: Pick<AppraisalMotion, 'dontKnow'>): Grade[] =>
  GRADES.filter((grade) => dontKnow || grade !== 'dont-know');

const gradings = (of: AppraisalTally['items'][number]): number =>
  GRADES.reduce((sum, grade) => sum + of[grade], 0);

function appraise(motion: AppraisalMotion, tally: AppraisalTally, turnout: Turnout): AppraisalOutcome {
  return {
    kind: 'appraisal',
    items: tally.items.map((item) => {
      const approval = item.satisfied + item.basic;
      const graded = gradings(item);
      // An item's valid votes are the ballots that grade it.
      const basis = motion.basis === 'cast' ? graded : turnout[motion.basis];
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

export const appraisal: Kind<AppraisalMotion, AppraisalChoice, AppraisalTally, AppraisalOutcome> = {
  parts: ({ items }) => items,
  invalid: ({ dontKnow, items }, { grades }) => {
    if (!dontKnow && grades.some(({ grade }) => grade === 'dont-know')) return 'grade-not-offered';
    return invalidIds(
      grades.map(({ item }) => item),
      items,
    );
  },
  ballot: (motion) =>
    motion.items.map(({ id, title }) => ({
      title,
      cells: gradesOf(motion).map((mark) => ({ item: id, mark })),
      min: 0,
      max: 1,
    })),
  marked: ({ grades }) => grades.map(({ item, grade }) => ({ item, mark: grade })),
  tally: ({ items }, marks) => ({
    kind: 'appraisal',
    items: items.map(({ id }) => ({
      id,
      satisfied: marks(id, 'satisfied'),
      basic: marks(id, 'basic'),
      dissatisfied: marks(id, 'dissatisfied'),
      'dont-know': marks(id, 'dont-know'),
    })),
  }),
  marks: ({ items }) => items.map((item) => GRADES.map((grade) => item[grade])),
  decide: appraise,
  undecided: () => null,
};
