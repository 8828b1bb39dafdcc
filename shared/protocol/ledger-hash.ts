import { sha256Hex } from './bytes.ts';

/** One row of the ledger (`ledger.md`). `time` is milliseconds since 1970-01-01 UTC on the coordinator's steady clock. */
export interface LedgerRow {
  readonly seq: number;
  readonly prev: string;
  readonly time: number;
  readonly type: string;
  readonly body: string;
  readonly hash: string;
}

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64);

/**
 * SHA-256 of `seq LF prev LF time LF type LF body` in UTF-8, numbers in decimal: covers every field of the
 * row, and is unambiguous because only the body, which comes last, could hold a line feed.
 */
export function ledgerHash(row: Omit<LedgerRow, 'hash'>): string {
  return sha256Hex(`${row.seq}\n${row.prev}\n${row.time}\n${row.type}\n${row.body}`);
}
