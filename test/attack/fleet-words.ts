import { z } from 'zod';

/** What the honest fleet is told, as one JSON argument. */
export const FleetJob = z.object({
  url: z.string(),
  hall: z.string(),
  key: z.string(),
  terminals: z.string(),
  keys: z.string(),
  roll: z.string(),
  /** Terminals that are not its own. */
  skip: z.array(z.string()),
  speed: z.number(),
  seed: z.number(),
  /** Where outboxes and numbers are kept; null: in memory. */
  data: z.string().nullable(),
});
export type FleetJob = z.infer<typeof FleetJob>;

/** What the honest fleet says, a line each. `at`: ms since 1970; `ms`: from the press to the receipt. */
export const FleetWord = z.discriminatedUnion('is', [
  z.object({ is: z.literal('cast'), id: z.string(), round: z.string(), at: z.number() }),
  z.object({
    is: z.literal('receipt'),
    id: z.string(),
    seq: z.number(),
    hash: z.string(),
    at: z.number(),
    ms: z.number(),
  }),
  z.object({ is: z.literal('refused'), id: z.string(), reason: z.string(), at: z.number() }),
  z.object({
    is: z.literal('progress'),
    seats: z.number(),
    connected: z.number(),
    checkedIn: z.number(),
    round: z.string().nullable(),
    counted: z.number(),
  }),
]);
export type FleetWord = z.infer<typeof FleetWord>;
