import { z } from 'zod';
import {
  type AppraisalChoice,
  type AppraisalMotion,
  GRADES,
  type Grade,
} from '../../../shared/kinds/appraisal.ts';
import { Text } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import type { Meaning } from '../legend.ts';
import {
  type DraftKind,
  heading,
  itemAt,
  itemShown,
  keep,
  number,
  type Pressed,
  START,
  showItem,
} from './draft-kind.ts';
import { givenMarks, hasMarks, type ItemMarks, markAt, marksLegend, pressedOn } from './item-marks.ts';

/** 满意度测评: item by item, one grade each, then all at a glance. */

export interface AppraisalDraft extends ItemMarks<Grade> {
  readonly kind: 'appraisal';
  readonly motion: AppraisalMotion;
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
    const grades = givenMarks(draft, items).map(({ item, mark }) => ({ item, grade: mark }));
    return { is: 'cast', choice: { kind: 'appraisal', grades } };
  }
  return keep(pressedOn(draft, items, meaning.act === 'grade' ? meaning.grade : null, meaning, now));
}

export const appraisal: DraftKind<
  AppraisalMotion,
  AppraisalDraft,
  AppraisalChoice,
  Value<typeof GradingBody> | Value<typeof AppraisalReviewBody>
> = {
  begin: (motion) => ({ kind: 'appraisal', motion, ...START, marks: new Map() }),
  isTouched: hasMarks,
  legend: (draft, now) =>
    marksLegend(draft, now, [
      { act: 'grade', grade: 'satisfied' },
      { act: 'grade', grade: 'dissatisfied' },
      { act: 'grade', grade: 'basic' },
      draft.motion.dontKnow ? { act: 'grade', grade: 'dont-know' } : { act: 'next' },
    ]),
  isChosen: (draft, meaning) =>
    meaning.act === 'grade' && markAt(draft, draft.motion.items) === meaning.grade,
  pressed,
  towards: ({ motion, page, at }, { grades }) => {
    if (page.is === 'review') return { act: 'submit' };
    const given = grades.find(({ item }) => item === motion.items[at]?.id);
    return given ? { act: 'grade', grade: given.grade } : { act: 'next' };
  },
  atHand: (draft) => itemAt(draft, draft.motion.items),
  // All others may be grades; 上一项 stands in the sheet.
  sheetKey: 0,
  onward: (draft) => (markAt(draft, draft.motion.items) === undefined ? 'skip' : 'next'),
  body: ({ motion, page, at, marks }, above) => {
    const { items } = motion;
    const gradeOf = ({ id }: { id: string }) => marks.get(id) ?? null;
    const current = items[at];
    if (page.is === 'review' || !current) {
      const list = items.map((item, i) => ({ number: i + 1, title: item.title, grade: gradeOf(item) }));
      return { is: 'review-appraisal', ...above, items: list };
    }
    return { is: 'grading', ...above, ...showItem(current, at, items.length), grade: gradeOf(current) };
  },
};
