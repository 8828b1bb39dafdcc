import { z } from 'zod';
import type { Value } from '../../shared/protocol/value.ts';
import { readDataFile } from '../process/data-file.ts';
import { writeSecret } from '../process/key-file.ts';

/**
 * What is known of a ledger beside it, so that one that has gone, or lost its end, is not taken for a shorter sitting. Its
 * hash stands for the whole chain before it, sitting and hall included.
 */
const LedgerNote = z.strictObject({
  v: z.literal(1),
  /** The last entry when this was written; 0: none. */
  seq: z.number().int().nonnegative(),
  hash: z.string(),
  /** A coordinator has it open, or ended without closing it: then later entries stand in the `-wal` beside it. */
  isOpen: z.boolean(),
});
export type LedgerNote = Value<typeof LedgerNote>;

export const noteOf = (ledgerFile: string): string => `${ledgerFile}.head`;

/** Null where there is none. @throws {DataFileError} where it is damaged. */
export function readNote(ledgerFile: string): LedgerNote | null {
  return readDataFile(
    noteOf(ledgerFile),
    LedgerNote,
    'put the data folder back from a copy; where the ledger beside it is whole, start with --accept-ledger',
  );
}

/** Writes the note; it is on the disk when this returns. */
export function writeNote(ledgerFile: string, note: Omit<LedgerNote, 'v'>): void {
  writeSecret(noteOf(ledgerFile), `${JSON.stringify({ v: 1, ...note } satisfies LedgerNote)}\n`);
}
