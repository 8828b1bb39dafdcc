import { z } from 'zod';
import { Text } from '../../shared/ids.ts';
import {
  type AppraisalChoice,
  type AppraisalMotion,
  GRADES,
  type Grade,
} from '../../shared/kinds/appraisal.ts';
import type { Meaning } from '../legend.ts';
import {
  type DraftKind,
  heading,
  itemShown,
  keep,
  moved,
  number,
  onward,
  type Place,
  type Pressed,
  reviewLegend,
  START,
  showItem,
} from './draft-kind.ts';

/** 满意度测评: item by item, one grade each, then all at a glance. */

export interface AppraisalDraft extends Place {
  readonly kind: 'appraisal';
  readonly motion: AppraisalMotion;
  readonly grades: ReadonlyMap<string, Grade>;
}

export const GradingBody = z.strictObject({
  is: z.literal('grading'),
  ...heading,
  ...itemShown,
  grade: z.enum(GRADES).nullable(),
});
export const AppraisalReviewBody = z.strictObject({
  is: z.literal('review-appraisal'),
  ...heading,
  items: z.array(z.strictObject({ number, title: Text, grade: z.enum(GRADES).nullable() })),
});

function pressed(
  draft: AppraisalDraft,
  meaning: Meaning,
  now: number,
): Pressed<AppraisalDraft, AppraisalChoice> {
  const { items } = draft.motion;
  if (meaning.act === 'submit') {
    const grades = items.flatMap(({ id }) => {
      const grade = draft.grades.get(id);
      return grade ? [{ item: id, grade }] : [];
    });
    return { is: 'cast', choice: { kind: 'appraisal', grades } };
  }
  if (meaning.act === 'grade') {
    const grades = new Map([...draft.grades, [items[draft.at]?.id ?? '', meaning.grade]]);
    return keep({ ...draft, ...onward(draft, items.length, now), grades });
  }
  return keep({ ...draft, ...moved(draft, meaning, items.length, now) });
}

export const appraisal: DraftKind<
  AppraisalMotion,
  AppraisalDraft,
  AppraisalChoice,
  z.infer<typeof GradingBody> | z.infer<typeof AppraisalReviewBody>
> = {
  begin: (motion) => ({ kind: 'appraisal', motion, ...START, grades: new Map() }),
  isTouched: ({ grades, page }) => grades.size > 0 || page.is === 'review',
  legend: ({ motion, page, at }, now) =>
    page.is === 'review'
      ? reviewLegend(page.since, now)
      : [
          at > 0 ? { act: 'previous' } : null,
          { act: 'grade', grade: 'satisfied' },
          { act: 'grade', grade: 'dissatisfied' },
          { act: 'grade', grade: 'basic' },
          motion.dontKnow ? { act: 'grade', grade: 'dont-know' } : { act: 'next' },
        ],
  isChosen: ({ motion, at, grades }, meaning) =>
    meaning.act === 'grade' && grades.get(motion.items[at]?.id ?? '') === meaning.grade,
  pressed,
  towards: ({ motion, page, at }, { grades }) => {
    if (page.is === 'review') return { act: 'submit' };
    const given = grades.find(({ item }) => item === motion.items[at]?.id);
    return given ? { act: 'grade', grade: given.grade } : { act: 'next' };
  },
  onward: 'skip',
  body: ({ motion, page, at, grades }, above) => {
    const { items } = motion;
    const gradeOf = ({ id }: { id: string }) => grades.get(id) ?? null;
    const current = items[at];
    if (page.is === 'review' || !current) {
      const list = items.map((item, i) => ({ number: i + 1, title: item.title, grade: gradeOf(item) }));
      return { is: 'review-appraisal', ...above, items: list };
    }
    return { is: 'grading', ...above, ...showItem(current, at, items.length), grade: gradeOf(current) };
  },
};
