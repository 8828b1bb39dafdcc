import { z } from 'zod';

/** What the process that runs targets is told, and says. */

export const Order = z.object({
  group: z.string(),
  targets: z.array(z.string()),
  /** Milliseconds for all of them, the start included. */
  ms: z.number(),
  seed: z.number(),
  /** Where inputs found earlier are, a folder a target; new ones go there too. */
  corpus: z.string(),
  /** Where the input in hand is noted, for when the process does not come back. */
  inHand: z.string(),
});
export type Order = z.infer<typeof Order>;

export const Row = z.object({
  target: z.string(),
  executions: z.number(),
  ms: z.number(),
  /** Branches that ran. */
  branches: z.number(),
  /** Inputs that did something new. */
  fresh: z.number(),
  findings: z.number(),
  slowest: z.object({ ms: z.number(), bytes: z.number() }),
});
export type Row = z.infer<typeof Row>;

export const Word = z.discriminatedUnion('is', [
  z.object({ is: z.literal('alive'), row: Row }),
  z.object({ is: z.literal('done'), row: Row }),
  z.object({
    is: z.literal('found'),
    target: z.string(),
    key: z.string(),
    what: z.string(),
    /** Base64. */
    input: z.string(),
  }),
]);
export type Word = z.infer<typeof Word>;
