import { randomInt, timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { After } from '../process/clock.ts';
import { readDataFile } from '../process/data-file.ts';
import { writeSecret } from '../process/key-file.ts';
import { FAILURES, Failures } from './failures.ts';
import { HashQueue } from './hash-queue.ts';
import { hashPassword, StoredPassword } from './password.ts';
import { ownerBy, type Sessions } from './sessions.ts';

/** Eight digits that only somebody at the coordinator's console can read. */
export function makeSetupCode(): string {
  return String(randomInt(100_000_000)).padStart(8, '0');
}

/** A device on which somebody has signed in is known for half a year. */
export const DEVICE_MS = 180 * 24 * 60 * 60 * 1000;

/** Hashing goes on at three a second: places are free again by then. */
const FULL_MS = 3_000;

/** Owners of tokens. */
const STAFF = 'staff';
const DEVICE = 'device';

/** Where somebody signs in from: their address, and what this device was given when somebody signed in on it. */
export interface From {
  readonly address: string;
  readonly device: string | undefined;
}

/** How signing in went. `device`: what to give this device; null where it is known. `busy`: the line is full. */
export type SignIn =
  | { readonly is: 'in'; readonly token: string; readonly device: string | null }
  | { readonly is: 'wrong' }
  | { readonly is: 'too-often' | 'busy'; readonly wait: number };

export interface StaffParts {
  /** Where the password's hash is kept, mode 0600. */
  readonly file: string;
  readonly random: RandomBytes;
  readonly sessions: Sessions;
  /** Ms on a clock that never jumps. */
  readonly now: () => number;
  readonly after: After;
  readonly setupCode: string;
  /** Hashes, which is slow on purpose. */
  readonly isPassword: (password: string, stored: StoredPassword) => Promise<boolean>;
}

/** The staff's one hall password, set at first start with the code from the console, and their sessions. */
export class Staff {
  /** Shown on the console while no password is set; null afterwards. */
  setupCode: string | null;
  readonly #parts: StaffParts;
  readonly #failures: Failures;
  readonly #queue: HashQueue;
  #stored: StoredPassword | null;

  constructor(parts: StaffParts) {
    const { file, setupCode, now, after } = parts;
    this.#parts = parts;
    this.#failures = new Failures(FAILURES, now);
    this.#queue = new HashQueue(now, after);
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

  /** Whether this is the token of an open session. */
  isSignedIn(token: string | undefined): boolean {
    return this.#isToken(STAFF, token);
  }

  /** Sets the hall password, once, and signs in. @throws where it cannot be written. */
  async setUp(code: string, password: string, from: From): Promise<SignIn> {
    const attempt = this.#failures.try(from.address);
    if (!attempt.ok) return { is: 'too-often', wait: attempt.wait };
    const expected = this.setupCode;
    // Compared as hashes, so that neither length nor content shows in the time it takes.
    if (expected === null || !timingSafeEqual(Buffer.from(sha256Hex(code)), Buffer.from(sha256Hex(expected))))
      return { is: 'wrong' };
    attempt.succeeded();
    this.setupCode = null;
    const { file, random } = this.#parts;
    try {
      const stored = await hashPassword(password, random);
      writeSecret(file, JSON.stringify(stored));
      this.#stored = stored;
    } catch (error) {
      this.setupCode = expected;
      throw error;
    }
    return this.#enter(from);
  }

  /**
   * Signs in with the hall password. Only failures count, and they count for the device where it is known, for the address
   * where it is not: beyond an allowance the password is still looked at, in a slow line of its own, and who has it is in.
   */
  async signIn(password: string, from: From): Promise<SignIn> {
    const stored = this.#stored;
    if (!stored) return { is: 'wrong' };
    const device = this.#isKnown(from) ? this.#failures.try(`device ${sha256Hex(from.device ?? '')}`) : null;
    const attempt = device?.ok ? device : this.#failures.try(from.address);
    const lane = device?.ok ? 'known' : attempt.ok ? 'stranger' : 'slow';
    const checked = this.#queue.run(lane, () => this.#parts.isPassword(password, stored));
    if (!checked) {
      if (!attempt.ok) return { is: 'too-often', wait: attempt.wait };
      attempt.succeeded();
      return { is: 'busy', wait: FULL_MS };
    }
    if (!(await checked)) return attempt.ok ? { is: 'wrong' } : { is: 'too-often', wait: attempt.wait };
    if (attempt.ok) attempt.succeeded();
    return this.#enter(from);
  }

  signOut(token: string): void {
    const owner = this.#owner(STAFF);
    if (owner !== null) this.#parts.sessions.close(owner, token);
  }

  #isKnown({ device }: From): boolean {
    return this.#isToken(DEVICE, device);
  }

  #isToken(name: string, token: string | undefined): boolean {
    const owner = this.#parts.sessions.ownerOf(token);
    return owner !== null && owner === this.#owner(name);
  }

  /** The owner of tokens given for the password as it is; null while there is none. */
  #owner(name: string): string | null {
    return this.#stored && ownerBy(name, this.#stored.hash);
  }

  #enter(from: From): SignIn {
    const { sessions } = this.#parts;
    const [staff, devices] = [this.#owner(STAFF), this.#owner(DEVICE)];
    if (staff === null || devices === null) return { is: 'wrong' };
    const device = this.#isKnown(from) ? null : sessions.open(devices, DEVICE_MS);
    return { is: 'in', token: sessions.open(staff), device };
  }
}
