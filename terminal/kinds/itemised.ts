import { z } from 'zod';
import { Text } from '../../shared/ids.ts';
import type { ItemisedChoice, ItemisedMotion } from '../../shared/kinds/itemised.ts';
import { OPTIONS, type Option } from '../../shared/kinds/options.ts';
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

/** 逐项表决: item by item, for, against or abstain, then all at a glance. */

export interface ItemisedDraft extends Place {
  readonly kind: 'itemised';
  readonly motion: ItemisedMotion;
  readonly answers: ReadonlyMap<string, Option>;
}

export const ItemBody = z.strictObject({
  is: z.literal('item'),
  ...heading,
  ...itemShown,
  option: z.enum(OPTIONS).nullable(),
});
export const ItemisedReviewBody = z.strictObject({
  is: z.literal('review-itemised'),
  ...heading,
  items: z.array(z.strictObject({ number, title: Text, option: z.enum(OPTIONS).nullable() })),
});

function pressed(
  draft: ItemisedDraft,
  meaning: Meaning,
  now: number,
): Pressed<ItemisedDraft, ItemisedChoice> {
  const { items } = draft.motion;
  if (meaning.act === 'submit') {
    const answers = items.flatMap(({ id }) => {
      const option = draft.answers.get(id);
      return option ? [{ item: id, option }] : [];
    });
    return { is: 'cast', choice: { kind: 'itemised', answers } };
  }
  if (meaning.act === 'choose') {
    const answers = new Map([...draft.answers, [items[draft.at]?.id ?? '', meaning.option]]);
    return keep({ ...draft, ...onward(draft, items.length, now), answers });
  }
  return keep({ ...draft, ...moved(draft, meaning, items.length, now) });
}

export const itemised: DraftKind<
  ItemisedMotion,
  ItemisedDraft,
  ItemisedChoice,
  z.infer<typeof ItemBody> | z.infer<typeof ItemisedReviewBody>
> = {
  begin: (motion) => ({ kind: 'itemised', motion, ...START, answers: new Map() }),
  isTouched: ({ answers, page }) => answers.size > 0 || page.is === 'review',
  legend: ({ page, at }, now) =>
    page.is === 'review'
      ? reviewLegend(page.since, now)
      : [
          at > 0 ? { act: 'previous' } : null,
          { act: 'choose', option: 'for' },
          { act: 'choose', option: 'against' },
          { act: 'choose', option: 'abstain' },
          { act: 'next' },
        ],
  isChosen: ({ motion, at, answers }, meaning) =>
    meaning.act === 'choose' && answers.get(motion.items[at]?.id ?? '') === meaning.option,
  pressed,
  towards: ({ motion, page, at }, { answers }) => {
    if (page.is === 'review') return { act: 'submit' };
    const given = answers.find(({ item }) => item === motion.items[at]?.id);
    return given ? { act: 'choose', option: given.option } : { act: 'next' };
  },
  onward: 'skip',
  body: ({ motion, page, at, answers }, above) => {
    const { items } = motion;
    const optionOf = ({ id }: { id: string }) => answers.get(id) ?? null;
    const current = items[at];
    if (page.is === 'review' || !current) {
      const list = items.map((item, i) => ({ number: i + 1, title: item.title, option: optionOf(item) }));
      return { is: 'review-itemised', ...above, items: list };
    }
    return { is: 'item', ...above, ...showItem(current, at, items.length), option: optionOf(current) };
  },
};
