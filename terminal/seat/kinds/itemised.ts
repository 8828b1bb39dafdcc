import { z } from 'zod';
import type { ItemisedChoice, ItemisedMotion } from '../../../shared/kinds/itemised.ts';
import { OPTIONS, type Option } from '../../../shared/kinds/options.ts';
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

/** 逐项表决: item by item, for, against or abstain, then all at a glance. */

export interface ItemisedDraft extends ItemMarks<Option> {
  readonly kind: 'itemised';
  readonly motion: ItemisedMotion;
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
    const answers = givenMarks(draft, items).map(({ item, mark }) => ({ item, option: mark }));
    return { is: 'cast', choice: { kind: 'itemised', answers } };
  }
  return keep(pressedOn(draft, items, meaning.act === 'choose' ? meaning.option : null, meaning, now));
}

export const itemised: DraftKind<
  ItemisedMotion,
  ItemisedDraft,
  ItemisedChoice,
  Value<typeof ItemBody> | Value<typeof ItemisedReviewBody>
> = {
  begin: (motion) => ({ kind: 'itemised', motion, ...START, marks: new Map() }),
  isTouched: hasMarks,
  legend: (draft, now) =>
    marksLegend(draft, now, [
      { act: 'choose', option: 'for' },
      { act: 'choose', option: 'against' },
      { act: 'choose', option: 'abstain' },
      { act: 'next' },
    ]),
  isChosen: (draft, meaning) =>
    meaning.act === 'choose' && markAt(draft, draft.motion.items) === meaning.option,
  pressed,
  towards: ({ motion, page, at }, { answers }) => {
    if (page.is === 'review') return { act: 'submit' };
    const given = answers.find(({ item }) => item === motion.items[at]?.id);
    return given ? { act: 'choose', option: given.option } : { act: 'next' };
  },
  atHand: (draft) => itemAt(draft, draft.motion.items),
  sheetKey: null,
  onward: (draft) => (markAt(draft, draft.motion.items) === undefined ? 'skip' : 'next'),
  body: ({ motion, page, at, marks }, above) => {
    const { items } = motion;
    const optionOf = ({ id }: { id: string }) => marks.get(id) ?? null;
    const current = items[at];
    if (page.is === 'review' || !current) {
      const list = items.map((item, i) => ({ number: i + 1, title: item.title, option: optionOf(item) }));
      return { is: 'review-itemised', ...above, items: list };
    }
    return { is: 'item', ...above, ...showItem(current, at, items.length), option: optionOf(current) };
  },
};
