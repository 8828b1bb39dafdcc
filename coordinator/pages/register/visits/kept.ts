import { z } from 'zod';
import { HashHex, Id, Millis } from '../../../../shared/protocol/ids.ts';
import type { Value } from '../../../../shared/protocol/value.ts';
import { finding, lookBack, visit } from '../../../register/model/work/fields.ts';

/** What is done at a site, and may wait for a network: each has an id that the telephone made, so that it counts once. */
export const SiteAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('visit'), ...visit }),
  z.strictObject({ act: z.literal('find'), ...finding }),
  z.strictObject({ act: z.literal('look-back'), ...lookBack }),
]);
export type SiteAct = Value<typeof SiteAct>;
export type SiteActName = SiteAct['act'];

/** A photograph on the telephone, made small. `hash`: what the register calls it, once it has it. */
const Photo = z.object({
  bytes: z.instanceof(Uint8Array<ArrayBuffer>),
  /** To be looked at here, as a `data:` address. */
  small: z.string(),
  hash: HashHex.nullable(),
});
export type Photo = Value<typeof Photo>;

const Said = z.object({ zh: z.string(), en: z.string() });

/**
 * One thing that somebody does at a site, as it is kept on the telephone. `draft`: still being written; `kept`: to be sent;
 * `refused`: the register says why it does not take it; `received`: it is in the ledger, and its content is gone from here.
 */
export const Kept = z.object({
  id: Id,
  /** Whose it is: nobody else on this telephone sees or sends it. */
  person: z.string(),
  /** When it was begun, by the telephone's clock. */
  made: Millis,
  what: z.enum(['visit', 'find', 'look-back']),
  project: Id,
  part: Id.nullable(),
  /** What it is about, in words, for when the project is not at hand. */
  title: z.string(),
  /** What was typed, as it was typed. */
  fields: z.record(z.string(), z.string()),
  photos: z.array(Photo),
  state: z.discriminatedUnion('is', [
    z.object({ is: z.literal('draft') }),
    z.object({ is: z.literal('kept'), act: SiteAct }),
    z.object({ is: z.literal('refused'), text: Said }),
    z.object({ is: z.literal('received'), seq: z.number(), at: Millis }),
  ]),
});
export type Kept = Value<typeof Kept>;

/** What is left of it once it was received: where it stands in the ledger, and nothing that was typed or photographed. */
export const receipt = (kept: Kept, { seq, at }: { readonly seq: number; readonly at: number }): Kept => ({
  ...kept,
  fields: {},
  photos: [],
  state: { is: 'received', seq, at },
});
