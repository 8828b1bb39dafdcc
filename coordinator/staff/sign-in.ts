import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { StaffPerson } from '../contract/person.ts';
import type { CredentialBook } from './credential-book.ts';
import type { Failures } from './failures.ts';
import type { HashQueue } from './hash-queue.ts';
import { type FailureCounts, type Note, themselves } from './notes.ts';
import type { StoredPassword } from './password.ts';
import { type Credential, type Entrance, enter, withPassword } from './persons/credentials.ts';
import { type PasswordRefusal, refusalOfPassword } from './persons/new-password.ts';
import { type Attempt, attempt } from './persons/sign-in-attempts.ts';
import { meantBy } from './persons/typed-codes.ts';
import type { SessionBook } from './session-book.ts';

/** Hashing goes on at three a second: places are free again by then. */
const FULL_MS = 3_000;

/** Where somebody signs in from: their address, their browser, and what it was given when somebody signed in on it. */
export interface From {
  readonly address: string;
  readonly browser: string;
  readonly device: string | undefined;
}

export interface Secrets {
  /** The person's id as it was typed. */
  readonly person: string;
  /** A password, or the one-time code. */
  readonly secret: string;
  /** The authenticator's code or a recovery code; null where none was typed. */
  readonly code: string | null;
}

/** Somebody is in. `device`: what to call this browser; null where it has a name. `failed`: attempts since they last were. */
export interface In {
  readonly is: 'in';
  readonly person: StaffPerson;
  readonly token: string;
  readonly device: string | null;
  readonly failed: number;
}

export type NotIn =
  | { readonly is: 'wrong' }
  /** Too many have failed, or (`busy`) too many wait: ms until an attempt is an ordinary one again. */
  | { readonly is: 'too-often' | 'busy'; readonly wait: number };

/** How signing in went. */
export type SignIn =
  | In
  | NotIn
  /** The one-time code is right: now a password is chosen. */
  | { readonly is: 'choose' }
  /** The password is right: the authenticator's code is asked for. */
  | { readonly is: 'code-wanted' };

/** How choosing the first password went. */
export type Choice = In | NotIn | { readonly is: 'refused'; readonly why: PasswordRefusal };

export interface SignInParts {
  readonly hall: string;
  readonly credentials: CredentialBook;
  readonly sessions: SessionBook;
  readonly queue: HashQueue;
  readonly failures: Failures;
  readonly counts: FailureCounts;
  readonly note: Note;
  readonly random: RandomBytes;
  /** Ms since 1970, as clocks have it. */
  readonly wall: () => number;
  /** Hash, which is slow on purpose. */
  readonly isPassword: (password: string, stored: StoredPassword) => Promise<boolean>;
  readonly hashPassword: (password: string) => Promise<StoredPassword>;
  /** Somebody of the staff by the id that was typed, whatever its case; null where there is nobody. */
  readonly personOf: (typed: string) => StaffPerson | null;
  /** Whether a vote of theirs is open. */
  readonly isConducting: (person: StaffPerson) => boolean;
}

/** How people come in. Only failures count, and whoever has the right secret is in, however many others have failed. */
export class SignIns {
  readonly #parts: SignInParts;
  /** Compared with where there is nobody: an answer takes as long as it does for anybody. */
  readonly #nobody: StoredPassword;

  constructor(parts: SignInParts) {
    const { random } = parts;
    const text = (length: number) => Buffer.from(random(length)).toString('base64url');
    this.#parts = parts;
    this.#nobody = { scheme: 'scrypt-17-8-1', salt: text(16), hash: text(32) };
  }

  async signIn(secrets: Secrets, from: From): Promise<SignIn> {
    const seen = await this.#look(secrets, from);
    if ('is' in seen) return seen;
    const { person, entrance } = seen;
    if (entrance.is !== 'in') return { is: entrance.is };
    this.#parts.credentials.used(person.id, entrance.after);
    return this.#enter(person, entrance.failed, from);
  }

  /** Chooses a password with the one-time code, and is in. @throws where it cannot be written: the code stays good. */
  async choose({ person: typed, secret }: Secrets, password: string, from: From): Promise<Choice> {
    const { hall, credentials, queue, hashPassword, note } = this.#parts;
    const seen = await this.#look({ person: typed, secret, code: null }, from);
    if ('is' in seen) return seen;
    const { person, entrance, compared } = seen;
    if (entrance.is !== 'choose') return { is: 'wrong' };
    const why = refusalOfPassword(password, { ...person, hall });
    if (why !== null) return { is: 'refused', why };
    const hashing = queue.run('known', () => hashPassword(password));
    if (!hashing) return { is: 'busy', wait: FULL_MS };
    const stored = await hashing;
    const credential = credentials.of(person.id);
    // Two may have come with the same code: the first of them has used it up.
    if (credential?.secret.stored !== compared) return { is: 'wrong' };
    credentials.set(person.id, withPassword(credential, stored));
    const entered = this.#enter(person, entrance.failed, from);
    note({ typ: 'password-chosen', by: themselves(person) });
    return entered;
  }

  /**
   * Whether this is the password of somebody who is signed in already, and shows once more who they are.
   * Counted and slowed down as any attempt.
   */
  async isTheirs(person: StaffPerson, password: string, from: From): Promise<true | NotIn> {
    const trying = this.#attempt(person, person.id, from);
    const stored = this.#parts.credentials.of(person.id)?.secret.stored ?? this.#nobody;
    const isSecret = await this.#compare(trying, password, stored);
    if (typeof isSecret !== 'boolean') return isSecret;
    if (!isSecret) return this.#failed(person, trying);
    trying.succeeded();
    return true;
  }

  /** Looks at what was typed, in its line. What comes back with `is` is final. */
  async #look(
    { person: typed, secret, code }: Secrets,
    from: From,
  ): Promise<
    | NotIn
    | {
        readonly person: StaffPerson;
        readonly entrance: Exclude<Entrance, { is: 'wrong' }>;
        readonly compared: StoredPassword;
      }
  > {
    const { credentials, wall, personOf } = this.#parts;
    const person = personOf(typed);
    const before = person && credentials.of(person.id);
    const compared = before?.secret.stored ?? this.#nobody;
    const trying = this.#attempt(person, typed, from);
    const meant = before?.secret.is === 'code' ? meantBy(secret) : secret;
    const isSecret = await this.#compare(trying, meant, compared);
    if (typeof isSecret !== 'boolean') return isSecret;
    // What has changed while it was compared is another credential.
    const now = person && credentials.of(person.id);
    const entrance = now && enter(now, { compared, isSecret, code, wall: wall() });
    if (!person || !entrance || entrance.is === 'wrong') return this.#failed(person, trying);
    trying.succeeded();
    return { person, entrance, compared };
  }

  #attempt(person: StaffPerson | null, typed: string, { address, device }: From): Attempt {
    const known = person !== null && this.#parts.sessions.isKnown(device, person.id);
    return attempt(this.#parts.failures, {
      person: person?.id ?? typed,
      address,
      device: known ? (device ?? null) : null,
    });
  }

  async #compare(
    { lane, wait, succeeded }: Attempt,
    secret: string,
    stored: StoredPassword,
  ): Promise<boolean | Extract<NotIn, { wait: number }>> {
    const checked = this.#parts.queue.run(lane, () => this.#parts.isPassword(secret, stored));
    if (checked) return checked;
    if (lane === 'slow') return { is: 'too-often', wait };
    succeeded();
    return { is: 'busy', wait: FULL_MS };
  }

  #failed(person: StaffPerson | null, { wait }: Attempt): NotIn {
    const { credentials, counts } = this.#parts;
    if (person) credentials.failed(person.id);
    counts.add(person?.id ?? null);
    return wait > 0 ? { is: 'too-often', wait } : { is: 'wrong' };
  }

  #enter(person: StaffPerson, failed: number, { address, browser, device }: From): In {
    const { sessions, counts, note, isConducting } = this.#parts;
    counts.tell();
    const held = isConducting(person);
    const token = sessions.open({ person: person.id, address, browser, held });
    note({ typ: 'signed-in', by: themselves(person) });
    return { is: 'in', person, token, device: sessions.learn(device, person.id), failed };
  }
}

/** Whether anything of a credential is a password that its person chose. */
export function hasPassword(credential: Credential | null): boolean {
  return credential?.secret.is === 'password';
}
