import { z } from 'zod';
import { HashHex, Id } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** `staff/update`: the release on offer, and how far it is. How each seat does stands in `staff/terminals`. */
export const UpdateDocument = z.strictObject({
  offered: z
    .strictObject({
      manifest: HashHex,
      version: z.string(),
      order: z.number(),
      note: z.string(),
      files: z.number(),
      bytes: z.number(),
    })
    .nullable(),
  /** Why what was added cannot be offered. */
  problem: z.string().nullable(),
  rollout: z
    .strictObject({
      manifest: HashHex,
      wanted: z.array(Id),
      stopped: z.enum(['operator', 'rolled-back']).nullable(),
    })
    .nullable(),
});
export type UpdateDocument = Value<typeof UpdateDocument>;

export const NO_UPDATES: UpdateDocument = { offered: null, problem: null, rollout: null };
