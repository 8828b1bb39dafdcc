import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '../../../../shared/protocol/ids.ts';

/** A form that lay open longer is given again, with what was typed in it. */
const OPEN_MS = 12 * 60 * 60_000;

/** What a form's token says: which form it is, and how long ago (ms) it was given out. */
export interface FormToken {
  readonly id: string;
  readonly age: number;
}

/** Tokens of forms that were given out here: one is worth one proposal. Nothing is kept of them; another start knows none. */
export class FormTokens {
  readonly #key: Uint8Array;
  readonly #random: RandomBytes;
  readonly #now: () => number;

  constructor(random: RandomBytes, now: () => number) {
    this.#key = random(32);
    this.#random = random;
    this.#now = now;
  }

  give(): string {
    return this.seal(`${this.#now().toString(36)}-${Buffer.from(this.#random(12)).toString('hex')}`);
  }

  /** Null where it was not given out here, or long ago. */
  read(token: string): FormToken | null {
    const said = this.open(token);
    const [given = '', id] = said?.split('-') ?? [];
    const age = this.#now() - Number.parseInt(given, 36);
    return id !== undefined && age >= 0 && age <= OPEN_MS ? { id, age } : null;
  }

  /** `said`, so that it is known again when a form brings it back. */
  seal(said: string): string {
    return `${said}.${this.#mac(said)}`;
  }

  /** What was sealed here; null where it was not. */
  open(sealed: string): string | null {
    const at = sealed.lastIndexOf('.');
    const said = sealed.slice(0, Math.max(0, at));
    const [mac, mine] = [Buffer.from(sealed.slice(at + 1)), Buffer.from(this.#mac(said))];
    return mac.length === mine.length && timingSafeEqual(mac, mine) ? said : null;
  }

  #mac(said: string): string {
    return createHmac('sha256', this.#key).update(said).digest('base64url');
  }
}
