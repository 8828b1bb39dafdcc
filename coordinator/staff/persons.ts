import { join } from 'node:path';
import type { Report } from '../../shared/protocol/guarded.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { Person } from '../contract/person.ts';
import { mayDo, type RightSettings } from '../contract/rights.ts';
import { type After, guardedTimer, type MachineClock } from '../process/clock.ts';
import { Administration } from './administration.ts';
import { CredentialBook } from './credential-book.ts';
import { FAILURES, Failures } from './failures.ts';
import { HashQueue } from './hash-queue.ts';
import { FailureCounts, type Note } from './notes.ts';
import { OwnAccount } from './own-account.ts';
import { hashPassword, isPassword, type StoredPassword } from './password.ts';
import type { PersonSession } from './persons/person-sessions.ts';
import { SessionBook } from './session-book.ts';
import { SignIns } from './sign-in.ts';

/** A sitting lasts a day at most, and a session no longer. */
const SESSION_MS = 12 * 60 * 60 * 1000;

/** The staff as the hall's files have it. */
export interface StaffSetting {
  readonly persons: readonly Person[];
  readonly settings: RightSettings;
  /** A session that is not used for so long ends; ms. */
  readonly idleMs: number;
}

export interface PersonsParts {
  /** Where passwords and sessions are kept. */
  readonly folder: string;
  /** The hall's id. */
  readonly hall: string;
  /** The staff as it is now. */
  readonly staff: () => StaffSetting;
  /** Whether a vote is open, which those who may close it are not to lose hold of. */
  readonly isVoting: () => boolean;
  readonly note: Note;
  readonly random: RandomBytes;
  readonly machine: MachineClock;
  readonly after: After;
  readonly report: Report;
  readonly hashes?: {
    readonly isPassword: (password: string, stored: StoredPassword) => Promise<boolean>;
    readonly hashPassword: (password: string) => Promise<StoredPassword>;
  };
}

/** Somebody of the staff who is signed in, and the session in which they ask. */
export interface SignedIn {
  readonly person: Person;
  readonly session: PersonSession;
}

/** The hall's staff, as they sign in: under their own name, and with no more rights than their roles have. */
export class Persons {
  readonly signIns: SignIns;
  readonly own: OwnAccount;
  readonly administration: Administration;
  readonly #parts: PersonsParts;
  readonly #sessions: SessionBook;
  readonly #credentials: CredentialBook;
  readonly #counts: FailureCounts;

  /** @throws {DataFileError} where a file is damaged. */
  constructor(parts: PersonsParts) {
    const { folder, hall, staff, note, random, machine, report } = parts;
    this.#parts = parts;
    const after = guardedTimer(parts.after, report);
    const limits = () => ({ idleMs: staff().idleMs, mostMs: SESSION_MS });
    this.#credentials = new CredentialBook(join(folder, 'staff.json'), after, report);
    this.#sessions = new SessionBook({
      file: join(folder, 'sessions.json'),
      random,
      machine,
      after,
      report,
      limits,
    });
    this.#counts = new FailureCounts(note, after);
    const { isPassword: is, hashPassword: hash } = parts.hashes ?? {
      isPassword,
      hashPassword: (password: string) => hashPassword(password, random),
    };
    const common = {
      hall,
      credentials: this.#credentials,
      sessions: this.#sessions,
      queue: new HashQueue(machine.mono, after),
      note,
      random,
      wall: machine.wall,
      hashPassword: hash,
    };
    this.signIns = new SignIns({
      ...common,
      failures: new Failures(FAILURES, machine.mono),
      counts: this.#counts,
      isPassword: is,
      personOf: (typed) => this.#typed(typed),
      isConducting: (person) => parts.isVoting() && this.#mayClose(person),
    });
    this.own = new OwnAccount({ ...common, signIns: this.signIns });
    this.administration = new Administration({
      ...common,
      persons: () => staff().persons,
      settings: () => staff().settings,
    });
  }

  get settings(): RightSettings {
    return this.#parts.staff().settings;
  }

  /** Who signed in with this token, if they are of the staff still; null where the session has ended. */
  of(token: string | undefined): SignedIn | null {
    const session = this.#sessions.of(token);
    const person = session && this.person(session.person);
    return person && { person, session };
  }

  /** Somebody of the staff by their id. */
  person(id: string): Person | null {
    return this.#parts.staff().persons.find((each) => each.id === id) ?? null;
  }

  /** They have done something: idleness counts from now. */
  used({ session }: SignedIn): void {
    this.#sessions.used(session.id);
  }

  /** A person's own account, as they are shown it. */
  account({ person, session }: SignedIn) {
    const credential = this.#credentials.of(person.id);
    return {
      authenticator: credential?.authenticator != null,
      recovery: credential?.recovery.length ?? 0,
      sessions: this.#sessions.ofPerson(person.id),
      current: session.id,
    };
  }

  /** A vote has opened or is over: while it is open, nobody who may close it is signed out by time. */
  voteChanged(): void {
    const { staff, isVoting } = this.#parts;
    const conducting = isVoting() ? staff().persons.filter((person) => this.#mayClose(person)) : [];
    this.#sessions.hold(new Set(conducting.map(({ id }) => id)));
  }

  /** Writes down what is due. */
  stop(): void {
    this.#counts.tell();
    this.#credentials.stop();
    this.#sessions.stop();
  }

  #mayClose(person: Person): boolean {
    return mayDo(person, 'close', this.#parts.staff().settings);
  }

  #typed(typed: string): Person | null {
    const id = typed.normalize('NFKC').trim().toLowerCase();
    return this.#parts.staff().persons.find((each) => each.id.toLowerCase() === id) ?? null;
  }
}
