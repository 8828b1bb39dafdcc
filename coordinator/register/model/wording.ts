import { z } from 'zod';
import { words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';

/** Where something is asked for: by its name, or as a point of the plan, in thousandths of its width and height. */
export const Place = z.union([
  z.strictObject({ name: words(1, 200) }),
  z.strictObject({
    x: z.number().int().min(0).max(1000),
    y: z.number().int().min(0).max(1000),
  }),
]);
export type Place = Value<typeof Place>;

/** A proposal as it was sent. */
export const Wording = z.strictObject({
  title: words(1, 200),
  text: words(1, 4000),
  place: Place.nullable(),
});
export type Wording = Value<typeof Wording>;

/** Who sent it, as far as they said. */
export const Proposer = z
  .strictObject({
    name: words(1, 60).nullable(),
    telephone: words(1, 40).nullable(),
    address: words(1, 200).nullable(),
  })
  .refine((one) => Object.values(one).some((said) => said !== null), 'says nothing');
export type Proposer = Value<typeof Proposer>;

/** What somebody says at a site, as it was sent. */
export const VoiceWords = z.strictObject({ text: words(1, 1000) });
export type VoiceWords = Value<typeof VoiceWords>;
