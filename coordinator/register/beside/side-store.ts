import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import type { Proposal } from '../model/state.ts';
import { Proposer, Wording } from '../model/wording.ts';
import { CODES_SCHEMA, FollowCodes } from './follow-codes.ts';
import { DRAFTS_SCHEMA, NoticeDrafts } from './notice-drafts.ts';
import {
  type FindableText,
  type Indexable,
  indexable,
  indexableAs,
  SEARCH_SCHEMA,
  SearchIndex,
} from './search.ts';
import { SideVoices, VOICES_SCHEMA, type VoiceInLedger } from './side-voices.ts';
import { isOfHash, salted } from './words.ts';

/** The side store cannot be used; `message` says why in one line, and what to do. */
export class SideStoreError extends Error {}

/** `HVBS`: never taken for a ledger. */
const APPLICATION = 0x48564253;
const SCHEMA_VERSION = 2;
/** Files from this version on are taken on, and given what came later. */
const OLDEST_VERSION = 1;

/** How long a commit waits for another program that holds the file. */
const BUSY_MS = 5_000;

const SCHEMA = `
  CREATE TABLE proposals (
    proposal      TEXT PRIMARY KEY,
    cycle         INTEGER NOT NULL,
    wording       TEXT NOT NULL,
    wording_salt  BLOB NOT NULL CHECK (length(wording_salt) = 32),
    proposer      TEXT,
    proposer_salt BLOB CHECK (length(proposer_salt) = 32),
    CHECK ((proposer IS NULL) = (proposer_salt IS NULL))
  ) STRICT;
  ${CODES_SCHEMA}
  ${SEARCH_SCHEMA}
`;
/** Tables that came after the first version. */
const LATER = `${VOICES_SCHEMA}\n${DRAFTS_SCHEMA}`;

/** What a proposal says and who says it. */
export interface Beside {
  readonly wording: Wording;
  readonly proposer: Proposer | null;
}

/** What the ledger is to be told of a proposal, and the code for its receipt: nobody can say it again. */
export interface KeptBeside {
  readonly words: string;
  readonly proposer: string | null;
  readonly code: string;
}

/** What the ledger says of a proposal, as far as this store goes by it. */
export type InLedger = Pick<Proposal, 'id' | 'cycle' | 'words' | 'proposer' | 'erased' | 'wording'>;

/** What was found when ledger and store were compared. */
export interface Settled {
  /** Rows of which the ledger knows nothing, or that they are erased: they are gone now. */
  readonly swept: readonly string[];
  /** Proposals and voices whose words should be here and are not, or are not those of the ledger: the file is not the one that belongs to it. */
  readonly lost: readonly string[];
}

const Row = z.object({
  proposal: z.string(),
  cycle: z.number(),
  wording: z.string(),
  wording_salt: z.instanceof(Uint8Array),
  proposer: z.string().nullable(),
  proposer_salt: z.instanceof(Uint8Array).nullable(),
});
type Row = z.infer<typeof Row>;

const wordingIn = ({ wording }: Row): Wording => Wording.parse(JSON.parse(wording));

const Checkpoint = z.tuple([z.object({ busy: z.number() })]);

/**
 * What a register keeps beside its chain, in one SQLite file: words and proposers with their salts, follow codes as hashes,
 * and the two indexes made of it. What is kept is on the disk before it is acknowledged; what is erased is overwritten.
 */
export class SideStore {
  readonly #db: Database.Database;
  readonly #statements;
  readonly #codes: FollowCodes;
  /** What people have said at sites. */
  readonly voices: SideVoices;
  /** For the offices: everything as it was sent. */
  readonly sent: SearchIndex;
  /** For everybody: wording that was cleared, as it stands in the ledger. */
  readonly cleared: SearchIndex;
  /** Words of documents that were not published yet. */
  readonly drafts: NoticeDrafts;

  private constructor(db: Database.Database) {
    this.#db = db;
    this.sent = new SearchIndex(db, 'sent');
    this.cleared = new SearchIndex(db, 'cleared');
    this.#codes = new FollowCodes(db);
    this.voices = new SideVoices(db, this.#codes, () => this.#overwrite());
    this.drafts = new NoticeDrafts(db);
    this.#statements = {
      keep: db.prepare('INSERT INTO proposals VALUES (?, ?, ?, ?, ?, ?)'),
      row: db.prepare('SELECT * FROM proposals WHERE proposal = ?'),
      rows: db.prepare('SELECT * FROM proposals'),
      remove: db.prepare('DELETE FROM proposals WHERE proposal = ?'),
    };
  }

  /** Opens or makes the store at `file`, readable by its owner only. @throws {SideStoreError} */
  static open(file: string): SideStore {
    // SQLite gives its -wal the same mode.
    closeSync(openSync(file, 'a', 0o600));
    const db = new Database(file, { timeout: BUSY_MS });
    try {
      const id = db.pragma('application_id', { simple: true });
      const isNew = id === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
      const version = Number(db.pragma('user_version', { simple: true }));
      if (!isNew && (id !== APPLICATION || version < OLDEST_VERSION || version > SCHEMA_VERSION))
        throw new SideStoreError(
          `${file} is no side store of this version → put the file that belongs to the ledger back from a copy`,
        );
      // Before anything is written: what is deleted is overwritten with zeros.
      db.pragma('secure_delete = ON');
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      if (isNew || version < SCHEMA_VERSION)
        db.transaction(() => {
          if (isNew) db.exec(SCHEMA);
          db.exec(LATER);
          db.pragma(`application_id = ${APPLICATION}`);
          db.pragma(`user_version = ${SCHEMA_VERSION}`);
        })();
      return new SideStore(db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /**
   * Keeps a proposal, and gives what the ledger is to say of it. To be called before the ledger is written: a crash in
   * between leaves words without a proposal, which the next start sweeps away, and never a proposal without its words.
   */
  keep(
    { proposal, cycle, wording, proposer }: Beside & { readonly proposal: string; readonly cycle: number },
    random: RandomBytes,
  ): KeptBeside {
    const words = salted('words', wording, random);
    const who = proposer && salted('proposer', proposer, random);
    const keep = this.#db.transaction(() => {
      this.#statements.keep.run(
        proposal,
        cycle,
        JSON.stringify(wording),
        words.salt,
        proposer && JSON.stringify(proposer),
        who?.salt ?? null,
      );
      this.sent.put(indexable(asSent({ proposal, cycle, wording }), words.hash));
      return this.renewCode(proposal, random);
    });
    return { words: words.hash, proposer: who?.hash ?? null, code: keep() };
  }

  /** Does `work` in one transaction: what it keeps comes to the disk together, or not at all. For what nobody waits for a receipt of. */
  together<T>(work: () => T): T {
    return this.#db.transaction(work)();
  }

  /** What is kept of a proposal; null where nothing is, or no more. */
  of(proposal: string): Beside | null {
    const row = this.#statements.row.get(proposal);
    if (row === undefined) return null;
    const kept = Row.parse(row);
    const { proposer } = kept;
    return {
      wording: wordingIn(kept),
      proposer: proposer === null ? null : Proposer.parse(JSON.parse(proposer)),
    };
  }

  /** Another code for a proposal, for who has lost the receipt; the one before opens nothing any more. */
  renewCode(proposal: string, random: RandomBytes): string {
    return this.#codes.renew(proposal, random);
  }

  /** The proposal, or the voice, that a typed code follows; null where it follows none. */
  followed(typed: string): string | null {
    return this.#codes.followed(typed);
  }

  /** Has a cleared wording found by everybody; to be called after the ledger has it. */
  clear(proposal: string, cycle: number, wording: { readonly title: string; readonly text: string }): void {
    this.cleared.put(indexable({ proposal, cycle, ...wording, place: '' }));
  }

  /**
   * Erases what a proposal said and who said it, with the salts and what could be found by it: from the file, and from the
   * file of what was written last. To be called after the ledger says so. The code goes on to open what is public.
   * @returns false where another program reads the file just then, and keeps bytes of it in place; `settle` tries again.
   */
  erase(proposal: string): boolean {
    this.#db.transaction(() => {
      this.#statements.remove.run(proposal);
      this.sent.remove(proposal);
    })();
    return this.#overwrite();
  }

  /** Erases all there is of a proposal which the ledger has refused, its code included. */
  forget(proposal: string): boolean {
    this.#codes.remove(proposal);
    return this.erase(proposal);
  }

  /** Makes the store what the ledger says, after whatever has ended the program; to be called at every start. */
  settle(proposals: Iterable<InLedger>, voices: Iterable<VoiceInLedger>): Settled {
    const known = new Map([...proposals].map((one) => [one.id, one]));
    const rows = z.array(Row).parse(this.#statements.rows.all());
    const said = new Map([...voices].map((one) => [one.voice, one]));
    const isThere = ({ proposal }: Pick<Row, 'proposal'>) => known.get(proposal)?.erased === false;
    const swept = rows.filter((row) => !isThere(row)).map(({ proposal }) => proposal);
    const here = new Map(rows.filter(isThere).map((row) => [row.proposal, row]));
    const lost: InLedger[] = [];
    const found: Indexable[] = [];
    for (const one of known.values()) {
      if (one.erased) continue;
      const row = here.get(one.id);
      if (!row || !fits(row, one)) lost.push(one);
      // The ledger's hash tells these words from all others.
      else found.push(indexableAs(one.id, one.words, () => asSent({ ...row, wording: wordingIn(row) })));
    }
    const settled = this.#db.transaction(() => {
      for (const proposal of swept) this.#statements.remove.run(proposal);
      this.#codes.keepOnly((id) => known.has(id) || said.has(id));
      this.sent.settle(found);
      this.cleared.settle(
        [...known.values()].flatMap(({ id, cycle, wording }) =>
          wording ? [indexable({ proposal: id, cycle, ...wording, place: '' })] : [],
        ),
      );
      return this.voices.settle(said);
    })();
    this.#overwrite();
    return {
      swept: [...swept, ...settled.swept],
      lost: [...lost.map(({ id }) => id), ...settled.lost],
    };
  }

  close(): void {
    this.#db.close();
  }

  /** Carries the pages that were overwritten into the file, and empties the one of what was written last. */
  #overwrite(): boolean {
    // Nobody waits for a reader: the next start does it.
    this.#db.pragma('busy_timeout = 0');
    const [{ busy }] = Checkpoint.parse(this.#db.pragma('wal_checkpoint(TRUNCATE)'));
    this.#db.pragma(`busy_timeout = ${BUSY_MS}`);
    return busy === 0;
  }
}

/** Whether a row is what the ledger's hashes are of. */
function fits(row: Row, { words, proposer }: InLedger): boolean {
  if (!isOfHash('words', row.wording, row.wording_salt, words)) return false;
  if (row.proposer === null || row.proposer_salt === null) return proposer === null;
  return proposer !== null && isOfHash('proposer', row.proposer, row.proposer_salt, proposer);
}

function asSent({
  proposal,
  cycle,
  wording,
}: Pick<Beside, 'wording'> & Pick<Row, 'proposal' | 'cycle'>): FindableText {
  const { title, text, place } = wording;
  return { proposal, cycle, title, text, place: place && 'name' in place ? place.name : '' };
}
