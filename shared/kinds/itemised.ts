import { z } from 'zod';
import { Id } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';
import { Basis, count, Item, itemsOf, MAX_ITEMS, ofEveryMotion } from './common.ts';
import { invalidIds, type Kind, type Turnout } from './kind.ts';
import { OPTIONS, optionCounts } from './options.ts';
import { needed, reaches, Threshold } from './quorum-and-majority.ts';

/** 逐项表决: for, against or abstain on each of many items, such as the names of a list of appointments. */

/** An item may have a rule of its own in place of the motion's. */
export const ItemisedItem = z.strictObject({
  ...Item.shape,
  threshold: Threshold.optional(),
  basis: Basis.optional(),
});
export type ItemisedItem = Value<typeof ItemisedItem>;

export const ItemisedMotion = z.strictObject({
  ...ofEveryMotion,
  kind: z.literal('itemised'),
  items: itemsOf(ItemisedItem),
  /** What an item needs that has no threshold of its own. */
  threshold: Threshold,
});
export type ItemisedMotion = Value<typeof ItemisedMotion>;

/** Items left out were not pressed, which is no abstention. */
export const ItemisedChoice = z.strictObject({
  kind: z.literal('itemised'),
  answers: z.array(z.strictObject({ item: Id, option: z.enum(OPTIONS) })).max(MAX_ITEMS),
});
export type ItemisedChoice = Value<typeof ItemisedChoice>;

export const ItemisedTally = z.strictObject({
  kind: z.literal('itemised'),
  items: z.array(z.strictObject({ id: Id, ...optionCounts })),
});
export type ItemisedTally = Value<typeof ItemisedTally>;

export const ItemisedOutcome = z.strictObject({
  kind: z.literal('itemised'),
  /** `answered` = for + against + abstain; `notPressed`: present and without an answer on this item. */
  items: z.array(
    z.strictObject({
      id: Id,
      answered: count,
      notPressed: count,
      basis: count,
      needed: count,
      passed: z.boolean(),
    }),
  ),
});
export type ItemisedOutcome = Value<typeof ItemisedOutcome>;

/** The rule that decides `item`. */
export const ruleOf = (motion: ItemisedMotion, { threshold, basis }: ItemisedItem) => ({
  threshold: threshold ?? motion.threshold,
  basis: basis ?? motion.basis,
});

/** Whether `item` has a rule of its own, or a part of one. */
export const hasOwnRule = ({ threshold, basis }: ItemisedItem): boolean =>
  threshold !== undefined || basis !== undefined;

function decide(motion: ItemisedMotion, tally: ItemisedTally, turnout: Turnout): ItemisedOutcome {
  const counts = new Map(tally.items.map((of) => [of.id, of]));
  return {
    kind: 'itemised',
    items: motion.items.map((item) => {
      const of = counts.get(item.id);
      const yes = of?.for ?? 0;
      const answered = OPTIONS.reduce((sum, option) => sum + (of?.[option] ?? 0), 0);
      const rule = ruleOf(motion, item);
      // An item's valid votes are the ballots that answer it.
      const basis = rule.basis === 'cast' ? answered : turnout[rule.basis];
      return {
        id: item.id,
        answered,
        notPressed: turnout.present - answered,
        basis,
        needed: needed(basis, rule.threshold),
        passed: reaches(yes, basis, rule.threshold),
      };
    }),
  };
}

export const itemised: Kind<ItemisedMotion, ItemisedChoice, ItemisedTally, ItemisedOutcome> = {
  parts: ({ items }) => items,
  invalid: ({ items }, { answers }) =>
    invalidIds(
      answers.map(({ item }) => item),
      items,
    ),
  ballot: ({ items }) =>
    items.map(({ id, title }) => ({
      title,
      cells: OPTIONS.map((mark) => ({ item: id, mark })),
      min: 0,
      max: 1,
    })),
  marked: ({ answers }) => answers.map(({ item, option }) => ({ item, mark: option })),
  tally: ({ items }, marks) => ({
    kind: 'itemised',
    items: items.map(({ id }) => ({
      id,
      for: marks(id, 'for'),
      against: marks(id, 'against'),
      abstain: marks(id, 'abstain'),
    })),
  }),
  marks: ({ items }) => items.map((of) => OPTIONS.map((option) => of[option])),
  decide,
  undecided: () => null,
};
