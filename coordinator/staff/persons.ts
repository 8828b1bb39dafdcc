import { join } from 'node:path';
import type { Report } from '../../shared/protocol/guarded.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { StaffPerson } from '../contract/person.ts';
import { type After, guardedTimer, type MachineClock } from '../process/clock.ts';
import { Administration, type AdministrationRole } from './administration.ts';
import { CredentialBook } from './credential-book.ts';
import { FAILURES, Failures } from './failures.ts';
import { HashQueue } from './hash-queue.ts';
import { FailureCounts, type Note } from './notes.ts';
import { OwnAccount } from './own-account.ts';
import { hashPassword, isPassword, type StoredPassword } from './password.ts';
import type { PersonSession } from './persons/person-sessions.ts';
import { SessionBook } from './session-book.ts';
import { SignIns } from './sign-in.ts';
import { HALL_COOKIES } from './visitor.ts';

/** A sitting lasts a day at most, and a session no longer. */
const SESSION_MS = 12 * 60 * 60 * 1000;

/** The staff as the program's files have it. */
export interface StaffSetting {
  readonly persons: readonly StaffPerson[];
  /** A session that is not used for so long ends; ms. */
  readonly idleMs: number;
}

export interface PersonsParts {
  /** Where passwords and sessions are kept. */
  readonly folder: string;
  /** What the program’s cookies are called by, where it is not a hall. */
  readonly program?: string;
  /** The id of the hall or the register. */
  readonly hall: string;
  /** The staff as it is now. */
  readonly staff: () => StaffSetting;
  readonly roleFor: AdministrationRole;
  /** Whether something goes on that is in this person's hands, and which they are not to lose hold of: a vote. */
  readonly isHeld: (person: StaffPerson) => boolean;
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
  readonly person: StaffPerson;
  readonly session: PersonSession;
}

/** The hall's staff, as they sign in: under their own name, and with no more rights than their roles have. */
export class Persons {
  readonly signIns: SignIns;
  readonly own: OwnAccount;
  readonly administration: Administration;
  readonly program: string;
  readonly #parts: PersonsParts;
  readonly #sessions: SessionBook;
  readonly #credentials: CredentialBook;
  readonly #counts: FailureCounts;

  /** @throws {DataFileError} where a file is damaged. */
  constructor(parts: PersonsParts) {
    const { folder, hall, staff, note, random, machine, report } = parts;
    this.#parts = parts;
    this.program = parts.program ?? HALL_COOKIES;
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
      isConducting: parts.isHeld,
    });
    this.own = new OwnAccount({ ...common, signIns: this.signIns });
    this.administration = new Administration({
      ...common,
      persons: () => staff().persons,
      roleFor: parts.roleFor,
    });
  }

  /** Who signed in with this token, if they are of the staff still; null where the session has ended. */
  of(token: string | undefined): SignedIn | null {
    const session = this.#sessions.of(token);
    const person = session && this.person(session.person);
    return person && { person, session };
  }

  /** Somebody of the staff by their id. */
  person(id: string): StaffPerson | null {
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

  /** Something has begun or is over that holds people: meanwhile none of them is signed out by time. */
  holdChanged(): void {
    const { staff, isHeld } = this.#parts;
    this.#sessions.hold(new Set(staff().persons.flatMap((each) => (isHeld(each) ? [each.id] : []))));
  }

  /** Writes down what is due. */
  stop(): void {
    this.#counts.tell();
    this.#credentials.stop();
    this.#sessions.stop();
  }

  #typed(typed: string): StaffPerson | null {
    const id = typed.normalize('NFKC').trim().toLowerCase();
    return this.#parts.staff().persons.find((each) => each.id.toLowerCase() === id) ?? null;
  }
}
