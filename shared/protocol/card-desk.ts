import { z } from 'zod';
import { CardNumber } from './messages.ts';
import type { Value } from './value.ts';

/**
 * What the program at a card reader on a desk (`terminal/card-desk/card-desk.ts`) and the command that issues cards say to each other: one
 * line of JSON each way, on standard output and input. Keys go this way and no other: never in an argument.
 */

const Uid = z.string().regex(/^[0-9A-F]{14}$/);
const KeyHex = z.string().regex(/^[0-9A-F]{32}$/);

export const FromCardDesk = z.union([
  z.strictObject({ status: z.literal('ready') }),
  z.strictObject({ status: z.literal('fault'), what: z.string() }),
  /** A card was tapped; while cards are personalised: a card lies there and waits for its keys. */
  z.strictObject({ card: CardNumber, proof: z.string().optional() }),
  /** The card has its keys; `proof` is its first one-time message. */
  z.strictObject({ personalised: Uid, proof: z.string() }),
  /** The card was not finished: it may be laid down again. */
  z.strictObject({ failed: Uid, what: z.string() }),
]);
export type FromCardDesk = Value<typeof FromCardDesk>;

export const ToCardDesk = z.union([
  z.strictObject({
    personalise: z.strictObject({ uid: Uid, keys: z.array(KeyHex).length(5) }),
  }),
  /** The card that lies there is left as it is. */
  z.strictObject({ skip: z.string() }),
  /** No more cards are coming: the program ends when it is done with the last. */
  z.strictObject({ end: z.literal(true) }),
]);
export type ToCardDesk = Value<typeof ToCardDesk>;
