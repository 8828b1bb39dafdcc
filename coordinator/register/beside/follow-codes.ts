import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import { hashOfFollowCode, makeFollowCode } from './follow-code.ts';

/** `proposal`: what the code follows, which may be a voice too. */
export const CODES_SCHEMA = `
  CREATE TABLE codes (
    hash     TEXT PRIMARY KEY CHECK (length(hash) = 64),
    proposal TEXT NOT NULL UNIQUE
  ) STRICT;
`;

const Of = z.object({ proposal: z.string() });

/** Which code follows what: one each, as hashes. */
export class FollowCodes {
  readonly #statements;

  constructor(db: Database.Database) {
    this.#statements = {
      set: db.prepare('INSERT OR REPLACE INTO codes VALUES (?, ?)'),
      byHash: db.prepare('SELECT proposal FROM codes WHERE hash = ?'),
      all: db.prepare('SELECT proposal FROM codes'),
      remove: db.prepare('DELETE FROM codes WHERE proposal = ?'),
    };
  }

  /** Another code for that id; the one before opens nothing any more. */
  renew(id: string, random: RandomBytes): string {
    const code = makeFollowCode(random);
    this.#statements.set.run(hashOfFollowCode(code), id);
    return code;
  }

  /** What a typed code follows; null where it follows nothing. */
  followed(typed: string): string | null {
    const hash = hashOfFollowCode(typed);
    const row = hash === null ? undefined : this.#statements.byHash.get(hash);
    return row === undefined ? null : Of.parse(row).proposal;
  }

  remove(id: string): void {
    this.#statements.remove.run(id);
  }

  /** Takes away those of what is not known. */
  keepOnly(isKnown: (id: string) => boolean): void {
    for (const { proposal } of z.array(Of).parse(this.#statements.all.all()))
      if (!isKnown(proposal)) this.remove(proposal);
  }
}
