import Database from 'better-sqlite3';
import { z } from 'zod';
import { GENESIS, type LedgerRow, ledgerHash } from '../../shared/ledger-hash.ts';

/** `HVLG`, so that no other program's database is taken for a ledger. */
const APPLICATION_ID = 0x48564c47;
const SCHEMA_VERSION = 2;

const SCHEMA = `
  CREATE TABLE entries (
    seq  INTEGER PRIMARY KEY CHECK (seq > 0),
    prev TEXT NOT NULL UNIQUE CHECK (length(prev) = 64),
    time INTEGER NOT NULL CHECK (time >= 0),
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
  ) STRICT;
  CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER entries_never_go BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
`;

const Row = z.strictObject({
  seq: z.number().int(),
  prev: z.string(),
  time: z.number().int(),
  type: z.string(),
  body: z.string(),
  hash: z.string(),
});

/** The file is no ledger, is broken, or is in use; `message` says which, for the operator. */
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

function openDatabase(file: string, readonly: boolean): Database.Database {
  try {
    const db = new Database(file, readonly ? { readonly, fileMustExist: true } : {});
    const id = z.number().parse(db.pragma('application_id', { simple: true }));
    const version = z.number().parse(db.pragma('user_version', { simple: true }));
    const tables = z
      .object({ n: z.number() })
      .parse(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()).n;
    if (id === 0 && tables === 0 && !readonly) return db;
    if (id !== APPLICATION_ID) throw new LedgerError(`${file} is not a Hallvote ledger`);
    if (version !== SCHEMA_VERSION)
      throw new LedgerError(`${file} is of ledger version ${version}; this program reads ${SCHEMA_VERSION}`);
    return db;
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new LedgerError(`${file} cannot be opened: ${error instanceof Error ? error.message : error}`);
  }
}

/** Held by an open transaction on a file of its own, so that it goes when the process does, however that ends. */
function takeLock(file: string): Database.Database {
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    throw new LedgerError(`${file} is in use by another coordinator`);
  }
}

/** The append-only, hash-chained record of a sitting in one SQLite file. */
export class Ledger {
  readonly #db: Database.Database;
  readonly #lock: Database.Database | null;
  readonly #insert: Database.Statement | null;

  private constructor(db: Database.Database, lock: Database.Database | null) {
    this.#db = db;
    this.#lock = lock;
    this.#insert = lock
      ? db.prepare('INSERT INTO entries VALUES (@seq, @prev, @time, @type, @body, @hash)')
      : null;
  }

  /**
   * Opens or makes the ledger at `file` for its one coordinator: WAL, and every commit on the disk before it
   * returns (`synchronous=FULL`).
   * @throws {LedgerError} where the file is not a ledger or is in use.
   */
  static open(file: string): Ledger {
    const lock = takeLock(file);
    try {
      const db = openDatabase(file, false);
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      if (db.pragma('application_id', { simple: true }) === 0) {
        db.transaction(() => {
          db.exec(SCHEMA);
          db.pragma(`application_id = ${APPLICATION_ID}`);
          db.pragma(`user_version = ${SCHEMA_VERSION}`);
        })();
      }
      return new Ledger(db, lock);
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /** Opens a ledger to read it, also while a coordinator writes it. @throws {LedgerError} */
  static read(file: string): Ledger {
    return new Ledger(openDatabase(file, true), null);
  }

  /** All rows in order, each as it stands; nothing is checked. */
  *rows(): Generator<LedgerRow> {
    for (const row of this.#db.prepare('SELECT * FROM entries ORDER BY seq').iterate()) yield Row.parse(row);
  }

  /** Appends `rows` in one transaction; when this returns, all are on the disk, when it throws, none is. */
  append(rows: readonly LedgerRow[]): void {
    const insert = this.#insert;
    if (!insert) throw new Error('this ledger was opened to be read');
    const write = () => {
      for (const row of rows) insert.run(row);
    };
    this.#db.transaction(write).immediate();
  }

  close(): void {
    this.#db.close();
    this.#lock?.close();
  }
}
