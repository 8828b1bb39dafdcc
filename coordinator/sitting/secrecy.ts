import { z } from 'zod';
import { Id, words } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** So many people can still sit together and make a key. */
export const MOST_SCRUTINEERS = 15;

/** Who holds the key of secret votes: the coordinator alone, or scrutineers, so many of whom must decrypt together. */
export const Secrecy = z.discriminatedUnion('holder', [
  z.strictObject({ holder: z.literal('coordinator') }),
  z
    .strictObject({
      holder: z.literal('scrutineers'),
      threshold: z.number().int().min(1).max(MOST_SCRUTINEERS),
      scrutineers: z
        .array(z.strictObject({ id: Id, name: words(1, 60) }))
        .min(2)
        .max(MOST_SCRUTINEERS)
        .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'ids must differ'),
    })
    .refine(({ threshold, scrutineers }) => threshold <= scrutineers.length, 'more than there are'),
]);
export type Secrecy = Value<typeof Secrecy>;

/** What a scrutineer contributes to the making of the key, in this order. */
export const CEREMONY_STEPS = ['certificate', 'polynomial', 'verification-key'] as const;
export const CeremonyStep = z.enum(CEREMONY_STEPS);
export type CeremonyStep = Value<typeof CeremonyStep>;
