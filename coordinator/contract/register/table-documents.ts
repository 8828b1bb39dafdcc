import { z } from 'zod';
import { HashHex, Id } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { Channel, ProposalId } from '../../register/model/entries.ts';

const count = z.number().int().nonnegative();
const Said = z.object({ zh: z.string(), en: z.string() });

/** What a table of projects would change; `refused`: sentences that name sheet, row, column and cure. */
export const ProjectsPreview = z.object({
  /** Names exactly this: what is confirmed is this and nothing else. */
  fingerprint: HashHex,
  added: z.array(z.object({ id: Id, title: z.string() })),
  changed: z.array(
    z.object({
      id: Id,
      of: z.string().nullable(),
      field: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  same: count,
  refused: z.array(Said),
  acts: count,
});
export type ProjectsPreview = Value<typeof ProjectsPreview>;

/** What came of a table: read, and not done yet; done; or not to be read. */
export const TableAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('read'), preview: ProjectsPreview }),
  z.object({ is: z.literal('done'), acts: count }),
  z.object({ is: z.literal('refused'), text: Said }),
]);
export type TableAnswer = Value<typeof TableAnswer>;

/** A table of what came on paper. `scans`: one of everything in it, or by the names in its rows. */
export const EntryTable = z.strictObject({
  /** The file, in base64. */
  table: z.string(),
  scans: z.discriminatedUnion('of', [
    z.strictObject({ of: z.literal('table'), scan: HashHex }),
    z.strictObject({
      of: z.literal('rows'),
      named: z.array(z.strictObject({ name: z.string().max(300), hash: HashHex })).max(500),
    }),
  ]),
  /** That of the preview that is confirmed; null: to see one. */
  fingerprint: HashHex.nullable(),
});
export type EntryTable = Value<typeof EntryTable>;

/** What such a table would enter; `same`: so many are entered already. */
export const EntryPreview = z.object({
  fingerprint: HashHex,
  added: z.array(
    z.object({
      proposal: ProposalId,
      channel: Channel,
      title: z.string(),
      place: z.string().nullable(),
      name: z.string().nullable(),
      scans: count,
    }),
  ),
  same: count,
  refused: z.array(Said),
});
export type EntryPreview = Value<typeof EntryPreview>;

/** What is handed to whoever proposed something: its number, and the code that nobody can say again. */
export const Receipt = z.object({ proposal: ProposalId, code: z.string(), title: z.string() });
export type Receipt = Value<typeof Receipt>;

/** What came of such a table. */
export const EntryAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('read'), preview: EntryPreview }),
  z.object({ is: z.literal('done'), receipts: z.array(Receipt) }),
  z.object({ is: z.literal('refused'), text: Said }),
]);
export type EntryAnswer = Value<typeof EntryAnswer>;
