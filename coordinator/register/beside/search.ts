import type Database from 'better-sqlite3';
import { z } from 'zod';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { indexed, pairsIn, queryOf } from './bigrams.ts';

/** What can be found: wording as sent, for the offices only, and wording that was cleared, for everybody. */
export type Findable = 'sent' | 'cleared';

export interface Found {
  readonly proposal: string;
  /** How well it fits, better ones first; comparable within one answer only. */
  readonly score: number;
}

export interface SearchOptions {
  readonly cycle?: number;
  /** So many at most. */
  readonly most?: number;
}

/** A text to be found by. */
export interface FindableText {
  readonly proposal: string;
  readonly cycle: number;
  readonly title: string;
  readonly text: string;
  readonly place: string;
}

const MOST = 50;

/**
 * Two indexes, not one with a mark: what is not cleared must show outside in nothing, not even in how often a word occurs.
 * The tokenizer takes the pairs of `bigrams.ts` as they come.
 */
export const SEARCH_SCHEMA = (['sent', 'cleared'] as const)
  .map(
    (what) => `
  CREATE TABLE ${what}_texts (
    id       INTEGER PRIMARY KEY,
    proposal TEXT NOT NULL UNIQUE,
    digest   TEXT NOT NULL,
    cycle    INTEGER NOT NULL,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    place    TEXT NOT NULL
  ) STRICT;
  CREATE VIRTUAL TABLE ${what}_index USING fts5(title, text, place, content = '${what}_texts', content_rowid = 'id', tokenize = 'ascii');
  INSERT INTO ${what}_index (${what}_index, rank) VALUES ('secure-delete', 1);
  CREATE VIRTUAL TABLE ${what}_pairs USING fts5vocab(${what}_index, 'row');`,
  )
  .join('');

const Hit = z.object({ proposal: z.string(), score: z.number() });
const Count = z.object({ n: z.number() });
const Kept = z.object({ id: z.number(), title: z.string(), text: z.string(), place: z.string() });
const Digest = z.object({ proposal: z.string(), digest: z.string() });

/** A text that is to be found; `digest` tells whether it is the one that was indexed, without reading it. */
export interface Indexable {
  readonly proposal: string;
  readonly digest: string;
  readonly text: () => FindableText;
}

/** To be raised when `indexed` makes something else of a text: what was indexed before is then indexed anew. */
const INDEXED_AS = 2;

/** A text with its digest. @param known what tells it from all others already, where something does. */
export const indexable = (found: FindableText, known: string | null = null): Indexable =>
  indexableAs(found.proposal, known ?? digestOf(found), () => found);

/** The same of a text that need not be read as long as it is the one that was indexed. */
export const indexableAs = (proposal: string, known: string, text: () => FindableText): Indexable => ({
  proposal,
  digest: `${INDEXED_AS} ${known}`,
  text,
});

const digestOf = ({ title, text, place, cycle }: FindableText): string =>
  sha256Hex(JSON.stringify([cycle, title, text, place]));

/** Full-text search over one of the two indexes. All of it can be made again from the ledger and the rows beside it. */
export class SearchIndex {
  readonly #db: Database.Database;
  readonly #statements;

  constructor(db: Database.Database, what: Findable) {
    this.#db = db;
    this.#statements = {
      add: db.prepare(
        `INSERT INTO ${what}_texts (proposal, digest, cycle, title, text, place) VALUES (?, ?, ?, ?, ?, ?)`,
      ),
      addIndex: db.prepare(`INSERT INTO ${what}_index (rowid, title, text, place) VALUES (?, ?, ?, ?)`),
      kept: db.prepare(`SELECT id, title, text, place FROM ${what}_texts WHERE proposal = ?`),
      remove: db.prepare(`DELETE FROM ${what}_texts WHERE id = ?`),
      removeIndex: db.prepare(
        `INSERT INTO ${what}_index (${what}_index, rowid, title, text, place) VALUES ('delete', ?, ?, ?, ?)`,
      ),
      find: db.prepare(
        `SELECT proposal, -bm25(${what}_index, 4, 1, 2) AS score FROM ${what}_index JOIN ${what}_texts ON id = ${what}_index.rowid
         WHERE ${what}_index MATCH @query AND (@cycle IS NULL OR cycle = @cycle) ORDER BY score DESC, id LIMIT @most`,
      ),
      among: db.prepare(`SELECT doc AS n FROM ${what}_pairs WHERE term = ?`),
      size: db.prepare(`SELECT count(*) AS n FROM ${what}_texts`),
      digests: db.prepare(`SELECT proposal, digest FROM ${what}_texts`),
    };
  }

  /** Has a proposal found by these words, and by none that it had before. */
  put({ proposal, digest, text: read }: Indexable): void {
    const { cycle, title, text, place } = read();
    this.#db.transaction(() => {
      this.remove(proposal);
      const row = [indexed(title), indexed(text), indexed(place)] as const;
      const { lastInsertRowid } = this.#statements.add.run(proposal, digest, cycle, ...row);
      this.#statements.addIndex.run(lastInsertRowid, ...row);
    })();
  }

  /** Has a proposal found by nothing. */
  remove(proposal: string): void {
    const found = this.#statements.kept.get(proposal);
    if (found === undefined) return;
    const { id, title, text, place } = Kept.parse(found);
    this.#statements.removeIndex.run(id, title, text, place);
    this.#statements.remove.run(id);
  }

  /** Makes the index one of exactly these texts, and writes only what differs. */
  settle(texts: Iterable<Indexable>): void {
    this.#db.transaction(() => {
      const had = new Map(
        z
          .array(Digest)
          .parse(this.#statements.digests.all())
          .map(({ proposal, digest }) => [proposal, digest]),
      );
      for (const one of texts) {
        if (had.get(one.proposal) !== one.digest) this.put(one);
        had.delete(one.proposal);
      }
      for (const proposal of had.keys()) this.remove(proposal);
    })();
  }

  /** Proposals that hold all that was typed, the best first. Never throws, whatever was typed. */
  find(typed: string, { cycle, most = MOST }: SearchOptions = {}): Found[] {
    const query = queryOf(typed);
    return query === null ? [] : this.#ask(query, cycle, most);
  }

  /** Proposals that say the like of `text`, the nearest first. */
  similar(text: string, { cycle, most = 10 }: SearchOptions = {}): Found[] {
    const telling = this.#telling(text.slice(0, MOST_COMPARED));
    return telling.length === 0
      ? []
      : this.#ask(telling.map((pair) => `"${pair}"`).join(' OR '), cycle, most);
  }

  #ask(query: string, cycle: number | undefined, most: number): Found[] {
    const rows = this.#statements.find.all({ query, cycle: cycle ?? null, most });
    return z.array(Hit).parse(rows);
  }

  /** The pairs of a text that few others have: those that all have say nothing, and cost the most. */
  #telling(text: string): string[] {
    const all = Count.parse(this.#statements.size.get()).n;
    const known = [...pairsIn(text)].flatMap((pair) => {
      const row = this.#statements.among.get(pair);
      return row === undefined ? [] : [{ pair, n: Count.parse(row).n }];
    });
    return known
      .filter(({ n }) => n <= Math.max(COMMON_LEAST, all / 8))
      .sort((a, b) => a.n - b.n)
      .slice(0, MOST_PAIRS)
      .map(({ pair }) => pair);
  }
}

/** A text is compared by its beginning, and by so many pairs. */
const MOST_COMPARED = 2000;
const MOST_PAIRS = 24;
const COMMON_LEAST = 20;
