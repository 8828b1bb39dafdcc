import { z } from 'zod';
import { Millis } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';

const count = z.number().int().nonnegative();
const Said = z.object({ zh: z.string(), en: z.string() });

/** `GET /api/hall`: how register and hall exchange things. `folder`: whether there is one for both. */
export const HallExchange = z.object({
  key: z.string().nullable(),
  hasFolder: z.boolean(),
  bundles: z.array(z.object({ name: z.string(), bytes: count, at: Millis })),
});
export type HallExchange = Value<typeof HallExchange>;

/** What came of a bundle. `detail`: the first thing that is wrong in a broken one. */
export const BundleTaken = z.discriminatedUnion('is', [
  z.object({ is: z.literal('done'), chosen: count }),
  z.object({ is: z.literal('refused'), reason: z.string(), text: Said, detail: Said.nullable() }),
]);
export type BundleTaken = Value<typeof BundleTaken>;

/** What came of a bundle in which projects were graded. */
export const AppraisalTaken = z.discriminatedUnion('is', [
  z.object({ is: z.literal('done'), graded: count }),
  z.object({ is: z.literal('refused'), reason: z.string(), text: Said, detail: Said.nullable() }),
]);
export type AppraisalTaken = Value<typeof AppraisalTaken>;
