import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { StaffPerson } from '../contract/person.ts';
import type { CredentialBook } from './credential-book.ts';
import type { HashQueue } from './hash-queue.ts';
import { type Note, themselves } from './notes.ts';
import type { StoredPassword } from './password.ts';
import { type Authenticator, addressOf, makeAuthenticator } from './persons/authenticator.ts';
import { withAuthenticator, withoutAuthenticator, withPassword } from './persons/credentials.ts';
import { type PasswordRefusal, refusalOfPassword } from './persons/new-password.ts';
import type { PersonSession } from './persons/person-sessions.ts';
import { makeRecoveryCodes } from './persons/typed-codes.ts';
import type { SessionBook } from './session-book.ts';
import type { From, NotIn, SignIns } from './sign-in.ts';

/** Who asks: somebody who is signed in, in this session. */
export interface Self {
  readonly person: StaffPerson;
  readonly session: PersonSession;
  readonly from: From;
}

export interface OwnAccountParts {
  readonly hall: string;
  readonly credentials: CredentialBook;
  readonly sessions: SessionBook;
  readonly signIns: SignIns;
  readonly queue: HashQueue;
  readonly hashPassword: (password: string) => Promise<StoredPassword>;
  readonly note: Note;
  readonly random: RandomBytes;
  readonly wall: () => number;
}

/** What people do with their own account. Whatever changes how they come in asks for the password once more. */
export class OwnAccount {
  readonly #parts: OwnAccountParts;
  /** By session: authenticators that were shown, and have not been shown to work. */
  readonly #offered = new Map<string, Authenticator>();

  constructor(parts: OwnAccountParts) {
    this.#parts = parts;
  }

  /** Chooses another password; all other sessions of this person end. @throws where it cannot be written. */
  async choosePassword(
    { person, session, from }: Self,
    current: string,
    password: string,
  ): Promise<NotIn | { readonly is: 'refused'; readonly why: PasswordRefusal } | { readonly is: 'done' }> {
    const { hall, credentials, signIns, queue, hashPassword, note } = this.#parts;
    const theirs = await signIns.isTheirs(person, current, from);
    if (theirs !== true) return theirs;
    const why = refusalOfPassword(password, { ...person, hall });
    if (why !== null) return { is: 'refused', why };
    const hashing = queue.run('known', () => hashPassword(password));
    if (!hashing) return { is: 'busy', wait: 3_000 };
    const stored = await hashing;
    const credential = credentials.of(person.id);
    if (credential?.secret.is !== 'password') return { is: 'wrong' };
    credentials.set(person.id, withPassword(credential, stored));
    note({ typ: 'password-chosen', by: themselves(person) });
    this.endSessions({ person, session }, null);
    return { is: 'done' };
  }

  /** Offers an authenticator: `address` as a phone reads it, with the key in it; `key` to type. Nothing is asked for by it yet. */
  async offerAuthenticator(
    { person, session, from }: Self,
    current: string,
  ): Promise<NotIn | { readonly is: 'offered'; readonly address: string; readonly key: string }> {
    const theirs = await this.#parts.signIns.isTheirs(person, current, from);
    if (theirs !== true) return theirs;
    const authenticator = makeAuthenticator(this.#parts.random);
    // One offer a session, and no more sessions than there are.
    this.#offered.set(session.id, authenticator);
    for (const id of this.#offered.keys()) if (this.#offered.size > 100) this.#offered.delete(id);
    const address = addressOf(authenticator, this.#parts.hall, person.id);
    return { is: 'offered', address, key: new URL(address).searchParams.get('secret') ?? '' };
  }

  /** The person shows by a code that the authenticator works. @returns the recovery codes; null where the code is not right. */
  confirmAuthenticator(
    { person, session }: Pick<Self, 'person' | 'session'>,
    code: string,
  ): readonly string[] | null {
    const { credentials, random, wall, note } = this.#parts;
    const offered = this.#offered.get(session.id);
    const credential = credentials.of(person.id);
    if (!offered || credential?.secret.is !== 'password') return null;
    const { codes, hashes } = makeRecoveryCodes(random);
    const after = withAuthenticator(credential, offered, hashes, code, wall());
    if (!after) return null;
    credentials.set(person.id, after);
    this.#offered.delete(session.id);
    note({ typ: 'authenticator-set', by: themselves(person), on: true });
    return codes;
  }

  async removeAuthenticator(
    { person, from }: Self,
    current: string,
  ): Promise<NotIn | { readonly is: 'done' }> {
    const { credentials, signIns, note } = this.#parts;
    const theirs = await signIns.isTheirs(person, current, from);
    if (theirs !== true) return theirs;
    const credential = credentials.of(person.id);
    if (credential?.authenticator) {
      credentials.set(person.id, withoutAuthenticator(credential));
      note({ typ: 'authenticator-set', by: themselves(person), on: false });
    }
    return { is: 'done' };
  }

  /** Ends a session of theirs; null: all but the one in which they ask. @returns how many. */
  endSessions({ person, session }: Pick<Self, 'person' | 'session'>, id: string | null): number {
    const { sessions, note } = this.#parts;
    const count = id === null ? sessions.endBut(person.id, session.id) : sessions.end(person.id, id);
    if (count > 0) note({ typ: 'sessions-ended', by: themselves(person), person: person.id, count });
    return count;
  }

  signOut({ person, session }: Pick<Self, 'person' | 'session'>): void {
    const { sessions, note } = this.#parts;
    if (sessions.end(person.id, session.id) > 0) note({ typ: 'signed-out', by: themselves(person) });
  }
}
