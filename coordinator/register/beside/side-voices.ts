import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import { VoiceWords } from '../model/wording.ts';
import type { Voice } from '../model/work/works.ts';
import type { FollowCodes } from './follow-codes.ts';
import { isOfHash, salted } from './words.ts';

export const VOICES_SCHEMA = `
  CREATE TABLE IF NOT EXISTS voices (
    voice TEXT PRIMARY KEY,
    words TEXT NOT NULL,
    salt  BLOB NOT NULL CHECK (length(salt) = 32)
  ) STRICT;
`;

/** What the ledger says of a voice, as far as this store goes by it. */
export type VoiceInLedger = Pick<Voice, 'voice' | 'words' | 'erased'>;

const Row = z.object({ voice: z.string(), words: z.string(), salt: z.instanceof(Uint8Array) });

/** What people have said at sites, as they sent it: kept and erased as the words of proposals are. */
export class SideVoices {
  readonly #db: Database.Database;
  readonly #codes: FollowCodes;
  readonly #overwrite: () => boolean;
  readonly #statements;

  constructor(db: Database.Database, codes: FollowCodes, overwrite: () => boolean) {
    this.#db = db;
    this.#codes = codes;
    this.#overwrite = overwrite;
    this.#statements = {
      keep: db.prepare('INSERT INTO voices VALUES (?, ?, ?)'),
      row: db.prepare('SELECT * FROM voices WHERE voice = ?'),
      rows: db.prepare('SELECT * FROM voices'),
      remove: db.prepare('DELETE FROM voices WHERE voice = ?'),
    };
  }

  /** Keeps what somebody said, and gives what the ledger is to say of it; to be called before the ledger is written. */
  keep(
    { voice, words }: { readonly voice: string; readonly words: VoiceWords },
    random: RandomBytes,
  ): { readonly words: string; readonly code: string } {
    const { hash, salt } = salted('voice', words, random);
    const keep = this.#db.transaction(() => {
      this.#statements.keep.run(voice, JSON.stringify(words), salt);
      return this.#codes.renew(voice, random);
    });
    return { words: hash, code: keep() };
  }

  /** What was sent; null where nothing is kept of it, or no more. */
  of(voice: string): VoiceWords | null {
    const row = this.#statements.row.get(voice);
    return row === undefined ? null : VoiceWords.parse(JSON.parse(Row.parse(row).words));
  }

  /** Erases what was said, with its salt; after the ledger says so. The code goes on to open what is public. */
  erase(voice: string): boolean {
    this.#statements.remove.run(voice);
    return this.#overwrite();
  }

  /** Erases all there is of a voice that the ledger has refused. */
  forget(voice: string): boolean {
    this.#codes.remove(voice);
    return this.erase(voice);
  }

  /** Takes away what the ledger does not know or says is erased, and names what should be here and is not. Within a transaction. */
  settle(known: ReadonlyMap<string, VoiceInLedger>): {
    readonly swept: readonly string[];
    readonly lost: readonly string[];
  } {
    const rows = z.array(Row).parse(this.#statements.rows.all());
    const swept = rows.filter(({ voice }) => known.get(voice)?.erased !== false).map(({ voice }) => voice);
    for (const voice of swept) this.#statements.remove.run(voice);
    const here = new Map(rows.map((row) => [row.voice, row]));
    const isLost = ({ voice, words, erased }: VoiceInLedger) => {
      const row = here.get(voice);
      return !erased && !(row && isOfHash('voice', row.words, row.salt, words));
    };
    return { swept, lost: [...known.values()].filter(isLost).map(({ voice }) => voice) };
  }
}
