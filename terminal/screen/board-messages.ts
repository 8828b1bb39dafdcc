import { z } from 'zod';
import { KEYS } from '../../hardware/capabilities.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** What goes between the simulated board's page and the terminal that serves it. */

export const BoardView = z.strictObject({
  cards: z.array(z.strictObject({ card: z.string(), label: z.string() })),
  /** Which lamps are lit, left to right. */
  lamps: z.array(z.boolean()),
});
export type BoardView = Value<typeof BoardView>;

export const BoardAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('tap'), card: z.string().min(1).max(64) }),
  z.strictObject({ act: z.literal('hold'), key: z.literal(KEYS), isDown: z.boolean() }),
]);
export type BoardAct = Value<typeof BoardAct>;
