import { z } from 'zod';

/** A seat whose terminal is the attacker's: enrolled, its key valid. */
export const Rogue = z.object({
  terminal: z.string(),
  seed: z.string(),
  card: z.string(),
  deputy: z.string(),
});
export type Rogue = z.infer<typeof Rogue>;

/** What an attacker knows and may do. */
export const Context = z.object({
  attack: z.string(),
  seed: z.number(),
  milliseconds: z.number(),
  http: z.number(),
  mqtt: z.number(),
  hall: z.string(),
  sitting: z.string(),
  /** The coordinator's public key. */
  key: z.string(),
  /** How many loopback addresses to come from. */
  addresses: z.number(),
  rogues: z.array(Rogue),
  /** Terminals of honest seats, by name alone. */
  others: z.array(z.string()),
});
export type Context = z.infer<typeof Context>;
