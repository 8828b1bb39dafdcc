import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { DataFileError } from '../../process/data-file.ts';
import { readFeedLine } from '../feed/lines.ts';
import { FeedPosition } from '../feed/read-feed.ts';
import { PullFault } from './pull-faults.ts';

/** `HVCH`: never taken for a ledger. */
const APPLICATION = 0x48564348;
const SCHEMA_VERSION = 1;

/** How long a commit waits for another program that holds the file. */
const BUSY_MS = 5_000;

const SCHEMA = `
  CREATE TABLE children (
    child    TEXT PRIMARY KEY,
    key      TEXT NOT NULL,
    position TEXT,
    told     INTEGER NOT NULL DEFAULT 0,
    pulled   INTEGER,
    tried    INTEGER,
    fault    TEXT,
    forked   INTEGER
  ) STRICT;
  CREATE TABLE lines (
    child TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    type  TEXT,
    line  TEXT NOT NULL,
    PRIMARY KEY (child, seq)
  ) STRICT;
  CREATE TABLE lists (child TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (child, hash)) STRICT;
`;

const Row = z.strictObject({
  child: z.string(),
  key: z.string(),
  position: z.string().nullable(),
  told: z.number(),
  pulled: z.number().nullable(),
  tried: z.number().nullable(),
  fault: z.string().nullable(),
  forked: z.number().nullable(),
});
const Line = z.strictObject({ seq: z.number(), type: z.string().nullable(), line: z.string() });
const ListRow = z.strictObject({ text: z.string() });

/** What is kept of how a register beneath was read. Times in ms of the machine's clock. */
export interface ChildKept {
  /** Where reading goes on; null: nothing was read. */
  readonly position: FeedPosition | null;
  /** Its last entry, as its signed end told last. */
  readonly told: number;
  /** When all that it told was last read. */
  readonly pulled: number | null;
  readonly tried: number | null;
  /** What was wrong at the last attempt; null: nothing. */
  readonly fault: PullFault | null;
  /** When it last showed another history than before; kept for good. */
  readonly forked: number | null;
}

/** A line of a feed that was read and believed; `type` null: it is redacted. */
export interface KeptLine {
  readonly seq: number;
  readonly type: string | null;
  readonly line: string;
}

const NOTHING: ChildKept = { position: null, told: 0, pulled: null, tried: null, fault: null, forked: null };

/**
 * The feeds of the registers beneath as they were read and checked, in one SQLite file beside the ledger: what is read stays
 * read. It can be thrown away: everything in it is read again, and the ledger has witnessed what must be in it.
 */
export class ChildrenStore {
  readonly #db: Database.Database;
  readonly #statements;
  #changes = 0;

  private constructor(db: Database.Database) {
    this.#db = db;
    this.#statements = {
      row: db.prepare('SELECT * FROM children WHERE child = ?'),
      add: db.prepare('INSERT INTO children (child, key) VALUES (?, ?)'),
      forget: ['children', 'lines', 'lists'].map((table) =>
        db.prepare(`DELETE FROM ${table} WHERE child = ?`),
      ),
      line: db.prepare('INSERT INTO lines VALUES (?, ?, ?, ?)'),
      lines: db.prepare('SELECT seq, type, line FROM lines WHERE child = ? AND seq > ? ORDER BY seq LIMIT ?'),
      position: db.prepare('UPDATE children SET position = ? WHERE child = ?'),
      tried: db.prepare(
        'UPDATE children SET tried = ?, told = ?, fault = ?, pulled = ?, forked = ? WHERE child = ?',
      ),
      list: db.prepare('SELECT text FROM lists WHERE child = ? AND hash = ?'),
      setList: db.prepare('INSERT OR REPLACE INTO lists VALUES (?, ?, ?)'),
    };
  }

  /** Opens or makes the store at `file`. @throws {DataFileError} */
  static open(file: string): ChildrenStore {
    closeSync(openSync(file, 'a', 0o600));
    const db = new Database(file, { timeout: BUSY_MS });
    try {
      const id = db.pragma('application_id', { simple: true });
      const isNew = id === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
      if (!isNew && (id !== APPLICATION || db.pragma('user_version', { simple: true }) !== SCHEMA_VERSION))
        throw new DataFileError(`${file} is not of this version → move it away: all of it is read again`);
      db.pragma('journal_mode = WAL');
      if (isNew)
        db.transaction(() => {
          db.exec(SCHEMA);
          db.pragma(`application_id = ${APPLICATION}`);
          db.pragma(`user_version = ${SCHEMA_VERSION}`);
        })();
      return new ChildrenStore(db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** Changes with everything that this program, or another one, writes. */
  get version(): string {
    return `${this.#changes} ${this.#db.pragma('data_version', { simple: true })}`;
  }

  /** A register beneath is there, under this key: what was kept under another one is of another register. */
  expect({ id, key }: { readonly id: string; readonly key: string }): void {
    const found = this.#row(id);
    if (found?.key === key) return;
    this.#write(() => {
      for (const each of this.#statements.forget) each.run(id);
      this.#statements.add.run(id, key);
    });
  }

  kept(child: string): ChildKept {
    const row = this.#row(child);
    if (!row) return NOTHING;
    const { told, pulled, tried, forked } = row;
    const position = row.position === null ? null : FeedPosition.parse(JSON.parse(row.position));
    const fault = row.fault === null ? null : PullFault.parse(JSON.parse(row.fault));
    return { position, told, pulled, tried, fault, forked };
  }

  /** The lines behind `after`, so many of them. */
  lines(child: string, after: number, most: number): readonly KeptLine[] {
    return Line.array().parse(this.#statements.lines.all(child, after, most));
  }

  /** The hash of that entry; null where it was not read. */
  hashOf(child: string, seq: number): string | null {
    const [line] = this.lines(child, seq - 1, 1);
    if (line?.seq !== seq) return null;
    const read = readFeedLine(line.line);
    return read && (read.is === 'public' ? read.row.hash : read.hash);
  }

  /** Keeps lines that were believed, on the disk together. False: another program has read on meanwhile, nothing was kept. */
  keep(child: string, before: number, lines: readonly KeptLine[], position: FeedPosition): boolean {
    return this.#write(() => {
      if ((this.kept(child).position?.seq ?? 0) !== before) return false;
      for (const { seq, type, line } of lines) this.#statements.line.run(child, seq, type, line);
      this.#statements.position.run(JSON.stringify(position), child);
      return true;
    });
  }

  /** How an attempt ended. */
  note(child: string, at: number, { told, fault }: Pick<ChildKept, 'told' | 'fault'>): void {
    const { pulled, forked } = this.kept(child);
    const isFork = fault?.problem === 'forked';
    this.#write(() =>
      this.#statements.tried.run(
        ...[at, told, fault && JSON.stringify(fault)],
        ...[fault ? pulled : at, isFork ? at : forked, child],
      ),
    );
  }

  list(child: string, hash: string): string | null {
    const row = this.#statements.list.get(child, hash);
    return row === undefined ? null : ListRow.parse(row).text;
  }

  keepList(child: string, hash: string, text: string): void {
    this.#write(() => this.#statements.setList.run(child, hash, text));
  }

  close(): void {
    this.#db.close();
  }

  #row(child: string): z.output<typeof Row> | null {
    const row = this.#statements.row.get(child);
    return row === undefined ? null : Row.parse(row);
  }

  #write<T>(work: () => T): T {
    const done = this.#db.transaction(work).immediate();
    this.#changes += 1;
    return done;
  }
}
