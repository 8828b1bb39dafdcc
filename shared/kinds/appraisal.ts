import { z } from 'zod';
import { needed, reaches, Threshold } from '../fraction.ts';
import { Id } from '../ids.ts';
import { GRADE_TERMS } from '../terms.ts';
import { count, Items, MAX_ITEMS, ofEveryMotion } from './common.ts';
import { counter, invalidIds, type Kind, sameItems, type Turnout } from './kind.ts';

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
});
export type AppraisalMotion = z.infer<typeof AppraisalMotion>;

/** Items left out are not graded. */
export const AppraisalChoice = z.strictObject({
  kind: z.literal('appraisal'),
  grades: z.array(z.strictObject({ item: Id, grade: z.enum(GRADES) })).max(MAX_ITEMS),
});
export type AppraisalChoice = z.infer<typeof AppraisalChoice>;

export const AppraisalTally = z.strictObject({
  kind: z.literal('appraisal'),
  items: z.array(
    z.strictObject({ id: Id, satisfied: count, basic: count, dissatisfied: count, 'dont-know': count }),
  ),
});
export type AppraisalTally = z.infer<typeof AppraisalTally>;

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
export type AppraisalOutcome = z.infer<typeof AppraisalOutcome>;

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
  count: ({ items }, choices) => {
    const given = [...choices].flatMap(({ grades }) => grades.map(({ item, grade }) => `${item}/${grade}`));
    const of = counter(given);
    return {
      kind: 'appraisal',
      items: items.map(({ id }) => ({
        id,
        satisfied: of(`${id}/satisfied`),
        basic: of(`${id}/basic`),
        dissatisfied: of(`${id}/dissatisfied`),
        'dont-know': of(`${id}/dont-know`),
      })),
    };
  },
  decide: appraise,
  fits: ({ items, dontKnow }, tally, cast) =>
    sameItems(tally.items, items) &&
    tally.items.every((item) => gradings(item) <= cast && (dontKnow || item['dont-know'] === 0)),
  undecided: () => null,
  questions: (motion) => {
    const answers = gradesOf(motion).map((grade) => GRADE_TERMS[grade].zh);
    return motion.items.map(({ title }) => ({ answers, min: 0, max: 1, question: title.zh }));
  },
  votes: (motion, { grades }) => {
    const given = new Map(grades.map(({ item, grade }) => [item, grade]));
    return motion.items.map(({ id }) => gradesOf(motion).map((grade) => (given.get(id) === grade ? 1 : 0)));
  },
  tallyOf: ({ items }, counts) => ({
    kind: 'appraisal',
    items: items.map(({ id }, i) => {
      const [satisfied, basic, dissatisfied, dontKnow] = counts[i] ?? [];
      return {
        id,
        satisfied: satisfied ?? 0,
        basic: basic ?? 0,
        dissatisfied: dissatisfied ?? 0,
        'dont-know': dontKnow ?? 0,
      };
    }),
  }),
  countsOf: ({ items }) => items.map((item) => GRADES.map((grade) => item[grade])),
};
