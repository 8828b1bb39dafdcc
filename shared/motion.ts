import { z } from 'zod';
import { Fraction, Threshold } from './fraction.ts';
import { Id, Text } from './ids.ts';

/** The most candidates or items a motion may have; a ballot on all of them stays within a message. */
export const MAX_ITEMS = 100;

/** What is counted of: 全体代表 roll, 实到 present, 有效票 cast. */
export const Basis = z.enum(['roll', 'present', 'cast']);
export type Basis = z.infer<typeof Basis>;

/** A candidate project or an item to appraise. */
export const Item = z.strictObject({ id: Id, title: Text, note: Text.optional() });
export type Item = z.infer<typeof Item>;

const items = z
  .array(Item)
  .min(1)
  .max(MAX_ITEMS)
  .refine((all) => new Set(all.map((item) => item.id)).size === all.length, 'ids must differ');

const common = {
  id: Id,
  title: Text,
  text: Text.optional(),
  /** 记名 or 无记名. */
  voting: z.enum(['open', 'secret']),
  /** 首次 or 末次按键有效. */
  press: z.enum(['first', 'last']),
  /** The vote closes by itself after so many seconds; `null`: the chair closes it. */
  seconds: z.number().int().min(5).max(86_400).nullable(),
  /** How many of the roll must be present for the vote to open. */
  quorum: Fraction,
  basis: Basis,
  /** The round whose tie or open places this motion decides. */
  follows: z.string().max(140).optional(),
};

export const DecisionMotion = z.strictObject({
  ...common,
  kind: z.literal('decision'),
  threshold: Threshold,
});

export const SelectionMotion = z
  .strictObject({
    ...common,
    kind: z.literal('selection'),
    candidates: items,
    /** N: how many may be chosen and how many can win. */
    places: z.number().int().positive().max(MAX_ITEMS),
    /** What a candidate needs; `null` in a runoff, where more votes win. */
    threshold: Threshold.nullable(),
  })
  .refine((motion) => motion.places <= motion.candidates.length, {
    path: ['places'],
    message: 'there are fewer candidates than places',
  });

export const AppraisalMotion = z.strictObject({
  ...common,
  kind: z.literal('appraisal'),
  items,
  /** Whether 不了解 may be pressed. */
  dontKnow: z.boolean(),
  /** What satisfied + basically satisfied must reach for an item not to be judged dissatisfied. */
  threshold: Threshold,
});

/** 表决事项: what is voted on, and by which rule. */
export const Motion = z.discriminatedUnion('kind', [DecisionMotion, SelectionMotion, AppraisalMotion]);
export type Motion = z.infer<typeof Motion>;
export type DecisionMotion = z.infer<typeof DecisionMotion>;
export type SelectionMotion = z.infer<typeof SelectionMotion>;
export type AppraisalMotion = z.infer<typeof AppraisalMotion>;
