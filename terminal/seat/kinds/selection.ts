import { z } from 'zod';
import type { SelectionChoice, SelectionMotion } from '../../../shared/kinds/selection.ts';
import { Text } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import type { Meaning } from '../legend.ts';
import {
  type DraftKind,
  heading,
  itemAt,
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

/** 差额票决: candidate by candidate, yes or no, then all at a glance. */

export interface SelectionDraft extends Place {
  readonly kind: 'selection';
  readonly motion: SelectionMotion;
  readonly chosen: readonly string[];
  /** One more than the places was just asked for. */
  readonly full: boolean;
}

export const CandidateBody = z.strictObject({
  is: z.literal('candidate'),
  ...heading,
  ...itemShown,
  chosen: z.boolean(),
  taken: number,
  places: number,
  full: z.boolean(),
});
export const SelectionReviewBody = z.strictObject({
  is: z.literal('review-selection'),
  ...heading,
  places: number,
  chosen: z.array(z.strictObject({ number, title: Text })),
});

function pressed(
  draft: SelectionDraft,
  meaning: Meaning,
  now: number,
): Pressed<SelectionDraft, SelectionChoice> {
  const { candidates, places } = draft.motion;
  if (meaning.act === 'submit') {
    // In the motion's order: the order of the presses is nobody's business.
    const chosen = candidates.map(({ id }) => id).filter((id) => draft.chosen.includes(id));
    return { is: 'cast', choice: { kind: 'selection', chosen } };
  }
  if (meaning.act !== 'pick') {
    const place = moved(draft, meaning, candidates.length, now);
    return keep(place === null ? draft : { ...draft, full: false, ...place });
  }
  const candidate = candidates[draft.at]?.id ?? '';
  const others = draft.chosen.filter((id) => id !== candidate);
  if (meaning.pick && others.length >= places) return keep({ ...draft, full: true });
  const chosen = meaning.pick ? [...others, candidate] : others;
  return keep({ ...draft, full: false, ...onward(draft, candidates.length, now), chosen });
}

export const selection: DraftKind<
  SelectionMotion,
  SelectionDraft,
  SelectionChoice,
  Value<typeof CandidateBody> | Value<typeof SelectionReviewBody>
> = {
  begin: (motion) => ({ kind: 'selection', motion, ...START, chosen: [], full: false }),
  isTouched: ({ chosen, page }) => chosen.length > 0 || page.is === 'review',
  legend: ({ page, at }, now) =>
    page.is === 'review'
      ? reviewLegend(page.since, now)
      : [
          at > 0 ? { act: 'previous' } : null,
          { act: 'pick', pick: true },
          { act: 'pick', pick: false },
          { act: 'next' },
          { act: 'finish' },
        ],
  isChosen: ({ motion, at, chosen }, meaning) =>
    meaning.act === 'pick' && meaning.pick && chosen.includes(motion.candidates[at]?.id ?? ''),
  pressed,
  towards: ({ motion, page, at }, { chosen }) =>
    page.is === 'review'
      ? { act: 'submit' }
      : { act: 'pick', pick: chosen.includes(motion.candidates[at]?.id ?? '') },
  onward: () => 'next',
  atHand: (draft) => itemAt(draft, draft.motion.candidates),
  // In place of 下一项: who keeps to what is chosen presses that again, and goes on.
  sheetKey: 3,
  body: ({ motion, page, at, chosen, full }, above) => {
    const { candidates, places } = motion;
    const current = candidates[at];
    if (page.is === 'review' || !current) {
      const list = candidates.flatMap(({ id, title }, i) =>
        chosen.includes(id) ? [{ number: i + 1, title }] : [],
      );
      return { is: 'review-selection', ...above, places, chosen: list };
    }
    return {
      is: 'candidate',
      ...above,
      ...showItem(current, at, candidates.length),
      chosen: chosen.includes(current.id),
      taken: chosen.length,
      places,
      full,
    };
  },
};
