import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { DataFileError } from '../process/data-file.ts';
import { describeFault } from '../process/fault.ts';
import { syncFolder } from '../process/key-file.ts';
import { type LedgerNote, readNote, writeNote } from './head-file.ts';
import { EMPTY_HEAD, LedgerError, type LedgerHead, type LedgerKind } from './row.ts';
import { isWalDamaged } from './wal.ts';

const SCHEMA_VERSION = 3;

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

/** What `work` gives; whatever goes wrong in it becomes one line on `file`. @throws {LedgerError} */
function onLedger<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    if (error instanceof DataFileError) throw new LedgerError(error.message);
    throw new LedgerError(describeFault(file, error) ?? `${file} cannot be read: ${error} → ${FROM_COPY}`, {
      cause: error,
    });
  }
}

/** Where SQLite keeps a file's `application_id` ("Database File Format", 1.3). */
const APPLICATION_AT = 68;

/** The letters that tell of which kind the ledger at `file` is, without opening it; null where it is too short to be one. */
export function applicationOf(file: string): string | null {
  const from = openSync(file, 'r');
  try {
    const letters = Buffer.alloc(4);
    return readSync(from, letters, 0, 4, APPLICATION_AT) === 4 ? letters.toString('latin1') : null;
  } finally {
    closeSync(from);
  }
}

const FROM_COPY = 'copy the data folder away, and put the ledger back from a copy';
const OR_ACCEPT = `${FROM_COPY}, its -wal with it; to go on without what is lost: --accept-ledger`;

const applicationId = ({ application }: LedgerKind): number =>
  Buffer.from(application, 'latin1').readInt32BE();

/** @param mayBeNew nothing may have been written into it yet. */
function openDatabase(
  file: string,
  kind: LedgerKind,
  readonly: boolean,
  mayBeNew: boolean,
): Database.Database {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new LedgerError(`${file} is a folder → move it away, and put the ledger back from a copy`);
  const db = new Database(file, readonly ? { readonly, fileMustExist: true } : { timeout: BUSY_MS });
  try {
    const id = z.number().parse(db.pragma('application_id', { simple: true }));
    const version = z.number().parse(db.pragma('user_version', { simple: true }));
    const tables = z
      .object({ n: z.number() })
      .parse(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()).n;
    if (id === 0 && tables === 0 && mayBeNew) return db;
    if (id !== applicationId(kind))
      throw new LedgerError(`${file} is not a ledger of this kind → put the ledger back from a copy`);
    if (version !== SCHEMA_VERSION)
      throw new LedgerError(
        `${file} is of ledger version ${version} → this program reads ${SCHEMA_VERSION}; use the one that wrote it`,
      );
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Keeps every other coordinator from the ledger `file` until it is closed. Held by an open transaction on a file of its own, so
 * that it goes when the process does, however that ends. @throws {LedgerError} where another has it.
 */
export function takeLock(file: string): Database.Database {
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'SQLITE_BUSY') throw error;
    throw new LedgerError(`${file} is in use by another coordinator → end that one, or use it`);
  }
}

/** How long a commit waits for another program that holds the file. */
export const BUSY_MS = 5_000;

const Checkpoint = z.tuple([z.object({ busy: z.number() })]);
const isNew = (db: Database.Database) => db.pragma('application_id', { simple: true }) === 0;

const Head = z.object({ seq: z.number().int(), hash: z.string() });

function lastEntry(db: Database.Database): Pick<LedgerHead, 'seq' | 'hash'> {
  const last = db.prepare('SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1').get();
  return last === undefined ? EMPTY_HEAD : Head.parse(last);
}

/**
 * Refuses a ledger whose `-wal` has gone, and with it whatever was written since the last vote closed. To be asked before
 * SQLite is: it makes another without a word.
 */
function refuseWithoutWal(file: string, note: LedgerNote | null): void {
  const wal = `${file}-wal`;
  // Looked for first and last: another process may be opening or closing the ledger right now.
  if (existsSync(wal) || !note?.isOpen || existsSync(wal)) return;
  throw new LedgerError(`${wal} has gone: the last entries stood in it alone → ${OR_ACCEPT}`);
}

/**
 * Refuses a ledger that is damaged or, unless that is accepted, not all that was there: gone, cut short, another. Reads it
 * whole, over a connection that cannot write: closing one that can would use up the `-wal`, which may be all there is of
 * the last vote.
 */
function refuseDamaged(file: string, kind: LedgerKind, accept: boolean): void {
  const note = accept ? null : readNote(file);
  if (!accept) refuseWithoutWal(file, note);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 && note && (note.seq > 0 || note.isOpen))
    throw new LedgerError(`${file} has gone or is empty: it had ${note.seq} entries or more → ${OR_ACCEPT}`);
  if (size === 0) return;
  if (!accept && existsSync(`${file}-wal`) && isWalDamaged(`${file}-wal`))
    throw new LedgerError(`${file}-wal is damaged: later entries would be dropped → ${OR_ACCEPT}`);
  const db = openDatabase(file, kind, true, true);
  try {
    const found = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok')
      throw new LedgerError(`${file} is damaged (${found}) → ${FROM_COPY}`.replaceAll('\n', ' '));
    if (!note || note.seq === 0) return;
    if (isNew(db)) throw new LedgerError(`${file} is empty: it had ${note.seq} entries → ${OR_ACCEPT}`);
    const there = db.prepare('SELECT seq, hash FROM entries WHERE seq = ?').get(note.seq);
    if (there === undefined)
      throw new LedgerError(`${file} ends at entry ${lastEntry(db).seq}; it had ${note.seq} → ${OR_ACCEPT}`);
    if (Head.parse(there).hash !== note.hash)
      throw new LedgerError(
        `${file} is not the ledger that was here: entry ${note.seq} differs → ${OR_ACCEPT}`,
      );
  } finally {
    db.close();
  }
}

export interface OpenOptions {
  /** Take the ledger as it lies there, although entries it had are lost. What is damaged within is refused all the same. */
  readonly accept?: boolean;
}

/** The append-only, hash-chained record of a sitting in one SQLite file. */
export class Ledger {
  readonly #file: string;
  readonly #db: Database.Database;
  readonly #lock: Database.Database | null;
  readonly #insert: Database.Statement | null;

  private constructor(file: string, db: Database.Database, lock: Database.Database | null) {
    this.#file = file;
    this.#db = db;
    this.#lock = lock;
    this.#insert = lock
      ? db.prepare('INSERT INTO entries VALUES (@seq, @prev, @time, @type, @body, @hash)')
      : null;
  }

  /**
   * Opens or makes the ledger at `file` for its one coordinator: WAL, and every commit on the disk before it
   * returns (`synchronous=FULL`). A file that is there is read whole first (`quick_check`).
   * @throws {LedgerError} where the file is not a ledger, is in use, is damaged, or is not all that was there before.
   */
  static open(file: string, kind: LedgerKind, { accept = false }: OpenOptions = {}): Ledger {
    return onLedger(file, () => {
      const lock = takeLock(file);
      try {
        refuseDamaged(file, kind, accept);
        const db = openDatabase(file, kind, false, true);
        try {
          return Ledger.#begin(file, kind, db, lock);
        } catch (error) {
          db.close();
          throw error;
        }
      } catch (error) {
        lock.close();
        throw error;
      }
    });
  }

  static #begin(file: string, kind: LedgerKind, db: Database.Database, lock: Database.Database): Ledger {
    if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal')
      throw new LedgerError(
        `${file} lies where SQLite cannot share memory → put it on a disk of this machine`,
      );
    db.pragma('synchronous = FULL');
    if (isNew(db)) {
      db.transaction(() => {
        db.exec(SCHEMA);
        db.pragma(`application_id = ${applicationId(kind)}`);
        db.pragma(`user_version = ${SCHEMA_VERSION}`);
      })();
    }
    const ledger = new Ledger(file, db, lock);
    // That the -wal is there has to be as durable as the note that says so.
    syncFolder(dirname(file));
    ledger.#settle(true);
    return ledger;
  }

  /** Opens a ledger to read it, also while a coordinator writes it. @throws {LedgerError} */
  static read(file: string, kind: LedgerKind): Ledger {
    return onLedger(file, () => {
      refuseWithoutWal(file, readNote(file));
      return new Ledger(file, openDatabase(file, kind, true, false), null);
    });
  }

  /** Where the file ends. @throws {LedgerError} */
  get head(): Pick<LedgerHead, 'seq' | 'hash'> {
    return onLedger(this.#file, () => lastEntry(this.#db));
  }

  /** All rows in order, each as it stands; nothing is checked. @throws {LedgerError} where the file is damaged. */
  *rows(): Generator<LedgerRow> {
    const file = this.#file;
    const all = onLedger(file, () => this.#db.prepare('SELECT * FROM entries ORDER BY seq').iterate());
    try {
      for (let next = onLedger(file, () => all.next()); !next.done; next = onLedger(file, () => all.next())) {
        const { value } = next;
        yield onLedger(file, () => Row.parse(value));
      }
    } finally {
      all.return?.();
    }
  }

  /** The rows with these numbers, both included; nothing is checked. @throws {LedgerError} where the file is damaged. */
  between(first: number, last: number): readonly LedgerRow[] {
    return onLedger(this.#file, () =>
      this.#db
        .prepare('SELECT * FROM entries WHERE seq BETWEEN ? AND ? ORDER BY seq')
        .all(first, last)
        .map((row) => Row.parse(row)),
    );
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

  /**
   * Puts what stands in the `-wal` alone into the file itself and notes how far it goes: between votes, so that a sitting
   * does not rest on the `-wal`. @returns false where a reader is in the way; nobody waits for it. @throws {LedgerError}
   */
  settle(): boolean {
    return this.#settle(true);
  }

  #settle(isOpen: boolean): boolean {
    return onLedger(this.#file, () => {
      this.#db.pragma('busy_timeout = 0');
      const [{ busy }] = Checkpoint.parse(this.#db.pragma('wal_checkpoint(TRUNCATE)'));
      this.#db.pragma(`busy_timeout = ${BUSY_MS}`);
      const { seq, hash } = lastEntry(this.#db);
      writeNote(this.#file, { seq, hash, isOpen: isOpen || busy !== 0 });
      return busy === 0;
    });
  }

  /** Settles the ledger and closes it. Never throws. */
  close(): void {
    if (this.#lock === null || this.#settledForGood()) this.#db.close();
    this.#lock?.close();
  }

  /**
   * Whether the note says that the `-wal` is no longer needed. Where it could not, the file stays open until the process
   * ends: SQLite removes the `-wal` when it closes, and the next start would miss it.
   */
  #settledForGood(): boolean {
    try {
      return this.#settle(false);
    } catch {
      return false;
    }
  }
}
