import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { EntryCode, Scrutineer } from '../contract/answers.ts';
import { readDataFile } from '../process/data-file.ts';
import { writeSecret } from '../process/key-file.ts';
import type { Secrecy } from '../sitting/secrecy.ts';
import { FAILURES, Failures } from './failures.ts';
import { ownerBy, type Sessions } from './sessions.ts';

/** Letters and digits that nobody takes for another, 32 of them (Crockford's). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 12;

/** How signing in with a code went; `wait`: ms. */
export type CodeSignIn =
  | { readonly is: 'in'; readonly token: string; readonly scrutineer: Scrutineer }
  | { readonly is: 'wrong' }
  | { readonly is: 'too-often'; readonly wait: number };

export interface ScrutineerParts {
  /** Where the codes are kept, mode 0600. */
  readonly file: string;
  readonly random: RandomBytes;
  readonly sessions: Sessions;
  /** Ms on a clock that never jumps. */
  readonly now: () => number;
  readonly secrecy: () => Secrecy | null;
}

/**
 * Who may act as which scrutineer: each has an entry code, handed over on paper by the operator. A code only opens the
 * page; what a scrutineer contributes is bound to the key that their own browser made.
 */
export class Scrutineers {
  readonly #parts: ScrutineerParts;
  readonly #failures: Failures;
  #codes: Readonly<Record<string, string>>;

  constructor(parts: ScrutineerParts) {
    const { file, now } = parts;
    this.#parts = parts;
    this.#failures = new Failures(FAILURES, now);
    this.#codes =
      readDataFile(
        file,
        z.record(z.string(), z.string()),
        'put it back from a copy, or remove it and hand out the new entry codes',
      ) ?? {};
  }

  get all(): Scrutineer[] {
    const secrecy = this.#parts.secrecy();
    return secrecy?.holder === 'scrutineers'
      ? secrecy.scrutineers.map(({ id, name }, i) => ({ owner: i + 1, id, name }))
      : [];
  }

  /** Everybody's entry code, for the operator; codes are made when first asked for. */
  codes(): EntryCode[] {
    const fresh = this.all.filter(({ id }) => this.#codes[id] === undefined);
    if (fresh.length > 0) this.#give(fresh.map(({ id }) => id));
    return this.all.map((each) => ({ ...each, code: this.#codes[each.id] ?? '' }));
  }

  /** Gives a scrutineer another code; whoever came in with the one before is out. @throws where it cannot be written. */
  renew(id: string): void {
    this.#give([id]);
  }

  /** Signs in whoever has this code. A code has 60 bits: the right one is taken however many wrong ones came before. */
  signIn(typed: string, address: string): CodeSignIn {
    const code = sha256Hex(typed.toUpperCase().replace(/[^0-9A-Z]/g, ''));
    for (const scrutineer of this.all) {
      const known = this.#codes[scrutineer.id];
      const owner = this.#owner(scrutineer.id);
      if (known === undefined || owner === null) continue;
      // Compared as hashes, so that nothing of a code shows in the time it takes.
      if (!timingSafeEqual(Buffer.from(code), Buffer.from(sha256Hex(known)))) continue;
      return { is: 'in', scrutineer, token: this.#parts.sessions.open(owner) };
    }
    const attempt = this.#failures.try(address);
    return attempt.ok ? { is: 'wrong' } : { is: 'too-often', wait: attempt.wait };
  }

  /** Whose session the token is; null where it is none. */
  of(token: string | undefined): Scrutineer | null {
    const owner = this.#parts.sessions.ownerOf(token);
    return owner === null ? null : (this.all.find(({ id }) => this.#owner(id) === owner) ?? null);
  }

  /** Ends the session of this token. */
  signOut(token: string): void {
    const owner = this.#parts.sessions.ownerOf(token);
    if (owner !== null && this.of(token)) this.#parts.sessions.close(owner, token);
  }

  #give(ids: readonly string[]): void {
    const codes = { ...this.#codes };
    for (const id of ids) codes[id] = this.#newCode();
    writeSecret(this.#parts.file, JSON.stringify(codes));
    this.#codes = codes;
  }

  /** A scrutineer's name among the owners of sessions; null where they have no code yet. */
  #owner(id: string): string | null {
    const code = this.#codes[id];
    return code === undefined ? null : ownerBy(`scrutineer ${id}`, code);
  }

  #newCode(): string {
    return [...this.#parts.random(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  }
}
