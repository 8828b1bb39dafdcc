import { z } from 'zod';
import { HashHex } from '../../../shared/protocol/ids.ts';
import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import { ledgerLine, readRow } from '../../chronicle/line.ts';
import type { RegisterEntryType } from '../model/entries.ts';
import { VISIBILITY } from '../model/feed-state.ts';

/** An entry that is not public, as the feed has it. */
export interface RedactedLine {
  readonly seq: number;
  readonly hash: string;
}

/** A line of a feed: the row of a public entry as it stands in the ledger, or of another entry its number and hash. */
export type FeedLine =
  | { readonly is: 'public'; readonly row: LedgerRow }
  | ({ readonly is: 'redacted' } & RedactedLine);

const Redacted = z.strictObject({ seq: z.number().int().positive(), hash: HashHex });

const isType = (type: string): type is RegisterEntryType => Object.hasOwn(VISIBILITY, type);

/** Whether entries of that type are public; what nobody knows is not. */
export const isPublic = (type: string): boolean => isType(type) && VISIBILITY[type] === 'public';

const redactedLine = ({ seq, hash }: RedactedLine): string => JSON.stringify({ seq, hash });

/** The line of the feed for a row of the ledger, without its end. */
export const feedLine = (row: LedgerRow): string =>
  isPublic(row.type) ? ledgerLine(row) : redactedLine(row);

/** The longest line that is read: a vocabulary or a release of the largest register fits. */
export const MOST_LINE_CHARS = 16_000_000;

/** What a line says; null unless it is written in the one way a line can be. */
export function readFeedLine(line: string): FeedLine | null {
  if (line.length > MOST_LINE_CHARS) return null;
  const row = readRow(line);
  if (row) return { is: 'public', row };
  try {
    const redacted = Redacted.safeParse(JSON.parse(line));
    return redacted.success && redactedLine(redacted.data) === line
      ? { is: 'redacted', ...redacted.data }
      : null;
  } catch {
    return null;
  }
}
