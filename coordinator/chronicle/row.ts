import { GENESIS, type LedgerRow, ledgerHash } from '../../shared/protocol/ledger-hash.ts';

/** A ledger is none, is broken, or is in use; `message` says which, for the operator. */
export class LedgerError extends Error {}

/** Where the ledger ends. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
  readonly time: number;
}

export const EMPTY_HEAD: LedgerHead = { seq: 0, hash: GENESIS, time: 0 };

/** The row that follows `head`. Time never runs backwards in a ledger. */
export function nextRow(head: LedgerHead, time: number, type: string, body: string): LedgerRow {
  const row = { seq: head.seq + 1, prev: head.hash, time: Math.max(time, head.time), type, body };
  return { ...row, hash: ledgerHash(row) };
}

/** What tells one kind of ledger from another, in the file and in every signature, so that none is ever taken for another. */
export interface LedgerKind {
  /** SQLite's `application_id`: four letters of ASCII. */
  readonly application: string;
  /** `typ` in the header of the entries that the program signs. */
  readonly typ: string;
}
