import { z } from 'zod';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';

/** The last millisecond of the year 9999: later ones have no date that can be written. */
const LAST_TIME = Date.UTC(10_000, 0) - 1;

const Row = z.strictObject({
  seq: z.number().int(),
  prev: z.string(),
  time: z.number().int().max(LAST_TIME),
  type: z.string(),
  body: z.string(),
  hash: z.string(),
});

/** A row as a line of a file, without its end. */
export function ledgerLine({ seq, prev, time, type, body, hash }: LedgerRow): string {
  return JSON.stringify({ seq, prev, time, type, body, hash });
}

/** The row of such a line; null unless it is written in the one way a row can be. */
export function readRow(line: string): LedgerRow | null {
  const row = Row.safeParse(parse(line));
  return row.success && ledgerLine(row.data) === line ? row.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
