import { z } from 'zod';
import type { LedgerRow } from '../../shared/ledger-hash.ts';
import { ledgerLine } from '../export/bundle.ts';

const Row = z.strictObject({
  seq: z.number().int(),
  prev: z.string(),
  time: z.number().int(),
  type: z.string(),
  body: z.string(),
  hash: z.string(),
});

/** One line of `ledger.jsonl`; null unless it is written in the one way a row can be. */
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
