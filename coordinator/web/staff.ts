import { randomInt, timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../../shared/bytes.ts';
import type { RandomBytes } from '../../shared/ids.ts';
import { readDataFile } from '../data-file.ts';
import { writeSecret } from '../export/key-file.ts';
import { hashPassword, isPassword, Sessions, StoredPassword } from './sessions.ts';

/** Eight digits that only somebody at the coordinator's console can read. */
export function makeSetupCode(): string {
  return String(randomInt(100_000_000)).padStart(8, '0');
}

/** The staff's one hall password, set at first start with the code from the console, and their sessions. */
export class Staff {
  readonly sessions: Sessions;
  /** Shown on the console while no password is set; null afterwards. */
  setupCode: string | null;
  readonly #file: string;
  readonly #random: RandomBytes;
  #stored: StoredPassword | null;
  /** Hashing takes 128 MB: one at a time. */
  #queue: Promise<unknown> = Promise.resolve();

  /** @param file where the password's hash is kept, mode 0600. */
  constructor(file: string, random: RandomBytes, now: () => number, setupCode: string) {
    this.#file = file;
    this.#random = random;
    this.sessions = new Sessions(random, now);
    this.#stored = readDataFile(
      file,
      StoredPassword,
      'put it back from a copy, or remove it and choose the hall password anew with the set-up code',
    );
    this.setupCode = this.#stored ? null : setupCode;
  }

  get isSetUp(): boolean {
    return this.#stored !== null;
  }

  /** Sets the hall password, once. False where the code is wrong or a password is set. */
  async setUp(code: string, password: string): Promise<boolean> {
    const expected = this.setupCode;
    // Compared as hashes, so that neither length nor content shows in the time it takes.
    if (expected === null || !timingSafeEqual(Buffer.from(sha256Hex(code)), Buffer.from(sha256Hex(expected))))
      return false;
    this.setupCode = null;
    try {
      const stored = await hashPassword(password, this.#random);
      writeSecret(this.#file, JSON.stringify(stored));
      this.#stored = stored;
      return true;
    } catch (error) {
      this.setupCode = expected;
      throw error;
    }
  }

  isHallPassword(password: string): Promise<boolean> {
    const checked = this.#queue.then(() => (this.#stored ? isPassword(password, this.#stored) : false));
    this.#queue = checked.catch(() => undefined);
    return checked;
  }
}
