import { z } from 'zod';
import { Id, Text } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';
import { Fraction } from './quorum-and-majority.ts';

/** The most candidates or items a motion may have; a ballot on all of them stays within a message. */
export const MAX_ITEMS = 100;

/** What is counted of: 全体代表 roll, 实到 present, 有效票 cast. */
export const Basis = z.enum(['roll', 'present', 'cast']);
export type Basis = Value<typeof Basis>;

/** A candidate project or an item to vote on. */
export const Item = z.strictObject({ id: Id, title: Text, note: Text.optional() });
export type Item = Value<typeof Item>;

/** What a motion is voted on in, item by item. */
export const itemsOf = <I extends { id: string }>(item: z.ZodType<I>) =>
  z
    .array(item)
    .min(1)
    .max(MAX_ITEMS)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'ids must differ');
export const Items = itemsOf(Item);

export const count = z.number().int().nonnegative();

/** What a motion of any kind says. */
export const ofEveryMotion = {
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
