import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../../shared/bytes.ts';
import type { RandomBytes } from '../../shared/ids.ts';
import { readDataFile } from '../data-file.ts';
import { writeSecret } from '../export/key-file.ts';
import type { Secrecy } from '../ledger/secrecy.ts';
import { Sessions } from './sessions.ts';

/** Letters and digits that nobody takes for another, 32 of them (Crockford's). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 12;

/** A scrutineer as the session knows them. `owner`: their number, from 1. */
export interface Scrutineer {
  readonly owner: number;
  readonly id: string;
  readonly name: string;
}

/**
 * Who may act as which scrutineer: each has an entry code, handed over on paper by the operator. A code only opens the
 * page; what a scrutineer contributes is bound to the key that their own browser made.
 */
export class Scrutineers {
  readonly #file: string;
  readonly #random: RandomBytes;
  readonly #now: () => number;
  readonly #secrecy: () => Secrecy | null;
  readonly #sessions = new Map<string, Sessions>();
  #codes: Record<string, string>;

  /** @param file where the codes are kept, mode 0600. */
  constructor(file: string, random: RandomBytes, now: () => number, secrecy: () => Secrecy | null) {
    this.#file = file;
    this.#random = random;
    this.#now = now;
    this.#secrecy = secrecy;
    this.#codes =
      readDataFile(
        file,
        z.record(z.string(), z.string()),
        'put it back from a copy, or remove it and hand out the new entry codes',
      ) ?? {};
  }

  get all(): Scrutineer[] {
    const secrecy = this.#secrecy();
    return secrecy?.holder === 'scrutineers'
      ? secrecy.scrutineers.map(({ id, name }, i) => ({ owner: i + 1, id, name }))
      : [];
  }

  /** Everybody's entry code, for the operator; codes are made when first asked for. */
  codes(): (Scrutineer & { readonly code: string })[] {
    const fresh = this.all.filter(({ id }) => this.#codes[id] === undefined);
    for (const { id } of fresh) this.#codes[id] = this.#newCode();
    if (fresh.length > 0) writeSecret(this.#file, JSON.stringify(this.#codes));
    return this.all.map((each) => ({ ...each, code: this.#codes[each.id] ?? '' }));
  }

  /** Gives a scrutineer another code; whoever came in with the one before is out. */
  renew(id: string): void {
    this.#codes[id] = this.#newCode();
    this.#sessions.delete(id);
    writeSecret(this.#file, JSON.stringify(this.#codes));
  }

  /** A session's token for whoever has this code; null where nobody has. */
  signIn(typed: string): { readonly scrutineer: Scrutineer; readonly token: string } | null {
    const code = sha256Hex(typed.toUpperCase().replace(/[^0-9A-Z]/g, ''));
    for (const { code: known, ...scrutineer } of this.codes()) {
      // Compared as hashes, so that nothing of a code shows in the time it takes.
      if (!timingSafeEqual(Buffer.from(code), Buffer.from(sha256Hex(known)))) continue;
      const sessions = this.#sessions.get(scrutineer.id) ?? new Sessions(this.#random, this.#now);
      this.#sessions.set(scrutineer.id, sessions);
      return { scrutineer, token: sessions.open() };
    }
    return null;
  }

  /** Whose session the token is; null where it is none. */
  of(token: string | undefined): Scrutineer | null {
    return this.all.find(({ id }) => this.#sessions.get(id)?.isOpen(token)) ?? null;
  }

  /** Ends the session of this token. */
  signOut(token: string): void {
    for (const sessions of this.#sessions.values()) sessions.close(token);
  }

  #newCode(): string {
    return [...this.#random(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  }
}
