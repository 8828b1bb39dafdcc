import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { sha256Hex, toBase64url } from '../../shared/protocol/bytes.ts';
import type { Report } from '../../shared/protocol/guarded.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { type MachineClock, steadyClock } from '../process/clock.ts';
import { writeSecret } from '../process/key-file.ts';

/** A sitting lasts a day at most, and a session no longer. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

/**
 * The name of an owner of tokens who signs in with `secret`: tokens are worth nothing once that is another, whatever becomes
 * of the file they are kept in.
 */
export function ownerBy(name: string, secret: string): string {
  return `${name} ${sha256Hex(secret).slice(0, 32)}`;
}

/** So many tokens are kept for one owner; beyond, the one that ends first goes. */
const MOST_TOKENS = 100;

const Kept = z.strictObject({
  /** When this was written, on both clocks. */
  anchor: z.strictObject({ boot: z.string(), mono: z.number(), time: z.number() }),
  tokens: z.array(z.strictObject({ owner: z.string(), hash: z.string(), until: z.number() })),
});
type Kept = z.infer<typeof Kept>;
type Token = Kept['tokens'][number];

export interface SessionParts {
  /** Where they are kept, mode 0600. */
  readonly file: string;
  readonly random: RandomBytes;
  readonly machine: MachineClock;
  readonly report: Report;
}

/**
 * Who is signed in, across restarts. Tokens are kept only as hashes. Their time is the monotonic clock's within a boot; the first
 * start after another asks the wall clock, and never goes behind what was written last: a clock set back ends nothing
 * early, and one set forward has people sign in again.
 */
export class Sessions {
  readonly #parts: SessionParts;
  readonly #tokens = new Map<string, Token>();
  readonly #now: () => number;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const kept = this.#read();
    this.#now = steadyClock(parts.machine, kept?.anchor ?? null, kept?.anchor.time ?? 0);
    for (const token of kept?.tokens ?? []) this.#tokens.set(token.hash, token);
    this.#forgetEnded();
  }

  /** A new token for `owner`, good for `lifetime` ms. */
  open(owner: string, lifetime: number = SESSION_MS): string {
    this.#forgetEnded();
    const own = [...this.#tokens.values()].filter((each) => each.owner === owner);
    const first = own.sort((a, b) => a.until - b.until)[0];
    if (first && own.length >= MOST_TOKENS) this.#tokens.delete(first.hash);
    const token = toBase64url(this.#parts.random(32));
    const hash = sha256Hex(token);
    this.#tokens.set(hash, { owner, hash, until: this.#now() + lifetime });
    this.#write(() => {});
    return token;
  }

  /** Whose token this is; null where it is nobody's, or has ended. */
  ownerOf(token: string | undefined): string | null {
    const known = token === undefined ? undefined : this.#tokens.get(sha256Hex(token));
    return known && known.until > this.#now() ? known.owner : null;
  }

  /** Ends a token for good, if it is `owner`'s. */
  close(owner: string, token: string): void {
    const hash = sha256Hex(token);
    if (this.#tokens.get(hash)?.owner !== owner) return;
    this.#tokens.delete(hash);
    // A file that cannot be written can mostly be removed: then everybody signs in again, and nobody comes back.
    this.#write(() => rmSync(this.#parts.file, { force: true }));
  }

  #forgetEnded(): void {
    const now = this.#now();
    for (const [hash, { until }] of this.#tokens) if (until <= now) this.#tokens.delete(hash);
  }

  #write(orElse: () => void): void {
    const { file, machine, report } = this.#parts;
    const anchor = { boot: machine.boot, mono: machine.mono(), time: this.#now() };
    const kept: Kept = { anchor, tokens: [...this.#tokens.values()] };
    try {
      writeSecret(file, JSON.stringify(kept));
    } catch (error) {
      report('sessions cannot be kept for the next start', error);
      try {
        orElse();
      } catch (another) {
        report('sessions that have ended cannot be removed', another);
      }
    }
  }

  #read(): Kept | null {
    const { file, report } = this.#parts;
    try {
      return existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
    } catch {
      report('everybody signs in again', `${file} is damaged`);
      return null;
    }
  }
}
