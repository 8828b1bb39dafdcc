import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { actorOf, type StaffPerson } from '../contract/person.ts';
import type { CredentialBook } from './credential-book.ts';
import type { HashQueue } from './hash-queue.ts';
import type { Note } from './notes.ts';
import type { StoredPassword } from './password.ts';
import { CODE_LENGTH, type Credential, withCode } from './persons/credentials.ts';
import { inGroups, makeCode } from './persons/typed-codes.ts';
import type { SessionBook } from './session-book.ts';
import { hasPassword } from './sign-in.ts';

/** Why nobody gets a code, or no session ends, with one sentence for whoever asked. */
export const ADMINISTRATION_REFUSALS = {
  'unknown-person': { zh: '名单中没有此人', en: 'There is no such person on the staff' },
  'not-yours-to-give': {
    zh: '管理员的一次性码只能由另一位管理员给出',
    en: 'An administrator’s code is given by another administrator',
  },
  'has-password': {
    zh: '此人已设密码；重新给码须由管理员',
    en: 'This person has a password; another code is the administrator’s to give',
  },
  'your-own': {
    zh: '不能给自己重新发码；请在“我的账户”中改密码',
    en: 'Nobody gives themselves another code; choose another password in “My account”',
  },
  'vote-open': {
    zh: '此人主持的表决正在进行；请等表决结束',
    en: 'This person’s vote is open; wait until it is over',
  },
} as const satisfies Record<string, { zh: string; en: string }>;
export type AdministrationRefusal = keyof typeof ADMINISTRATION_REFUSALS;
type Refused = { readonly is: 'refused'; readonly why: AdministrationRefusal };
const refused = (why: AdministrationRefusal): Refused => ({ is: 'refused', why });

export interface AdministrationParts {
  readonly credentials: CredentialBook;
  readonly sessions: SessionBook;
  readonly queue: HashQueue;
  readonly hashPassword: (password: string) => Promise<StoredPassword>;
  readonly note: Note;
  readonly random: RandomBytes;
  readonly persons: () => readonly StaffPerson[];
  readonly roleFor: AdministrationRole;
}

/** The role in which `person` gives codes, or does everything else about other people; null where they may not. */
export type AdministrationRole = (person: StaffPerson, act: 'hand-out-codes' | 'staff') => string | null;

/** How one of the staff stands: nothing given yet, a code that waits to be used, or a password. */
export type Standing = 'nothing' | 'code' | 'password';

const standingOf = (credential: Credential | null): Standing => credential?.secret.is ?? 'nothing';

/** What is done about other people: codes to sign in with, and sessions that are to end. */
export class Administration {
  readonly #parts: AdministrationParts;

  constructor(parts: AdministrationParts) {
    this.#parts = parts;
  }

  /** Everybody of the staff and how they stand, as `asking` is shown it: sessions and failures are the administrator's to see. */
  list(asking: StaffPerson) {
    const { credentials, sessions, persons, roleFor } = this.#parts;
    const isAll = roleFor(asking, 'staff') !== null;
    return persons().map((person) => {
      const credential = credentials.of(person.id);
      return {
        person,
        standing: standingOf(credential),
        authenticator: credential?.authenticator != null,
        mayGive: this.#whyNoCode(asking, person) === null,
        failed: isAll ? (credential?.failed ?? 0) : null,
        sessions: isAll ? sessions.ofPerson(person.id) : null,
      };
    });
  }

  /**
   * Gives a person a code to sign in with, to be shown once; whatever they came in with before is worth nothing.
   * @throws where it cannot be written.
   */
  async giveCode(
    asking: StaffPerson,
    id: string,
  ): Promise<Refused | { readonly is: 'busy' } | { readonly is: 'given'; readonly code: string }> {
    const { credentials, sessions, queue, hashPassword, note, random, roleFor } = this.#parts;
    const why = this.#whyNoCode(asking, this.#person(id));
    if (why !== null) return refused(why);
    const code = makeCode(CODE_LENGTH, random);
    const hashing = queue.run('known', () => hashPassword(code));
    if (!hashing) return { is: 'busy' };
    const stored = await hashing;
    // A password may have been chosen, or a vote opened, meanwhile.
    const whyNow = this.#whyNoCode(asking, this.#person(id));
    if (whyNow !== null) return refused(whyNow);
    credentials.set(id, withCode(stored));
    const by = actorOf(asking, roleFor(asking, 'hand-out-codes') ?? 'administrator');
    note({ typ: 'code-given', by, person: id });
    const count = sessions.endBut(id, null);
    if (count > 0) note({ typ: 'sessions-ended', by: null, person: id, count });
    sessions.forgetDevices(id);
    return { is: 'given', code: inGroups(code) };
  }

  /** Ends a session of a person; null: all of them. Not while their vote is open: nobody takes a vote out of the chair's hands. */
  endSessions(asking: StaffPerson, id: string, session: string | null): Refused | { readonly is: 'done' } {
    const { sessions, note, roleFor } = this.#parts;
    if (!this.#person(id)) return refused('unknown-person');
    if (id !== asking.id && sessions.isHeld(id)) return refused('vote-open');
    const count = session === null ? sessions.endBut(id, null) : sessions.end(id, session);
    const by = actorOf(asking, roleFor(asking, 'staff') ?? 'administrator');
    if (count > 0) note({ typ: 'sessions-ended', by, person: id, count });
    return { is: 'done' };
  }

  /** A code for the first administrator, for the console; null where an administrator has a password. */
  async firstCode(): Promise<{ readonly person: StaffPerson; readonly code: string } | null> {
    const { credentials, hashPassword, note, random, persons } = this.#parts;
    const all = persons().filter(({ roles }) => roles.includes('administrator'));
    const [person] = all;
    if (!person || all.some(({ id }) => hasPassword(credentials.of(id)))) return null;
    const code = makeCode(CODE_LENGTH, random);
    credentials.lend(person.id, withCode(await hashPassword(code)));
    note({ typ: 'code-given', by: null, person: person.id });
    return { person, code: inGroups(code) };
  }

  #person(id: string): StaffPerson | null {
    return this.#parts.persons().find((each) => each.id === id) ?? null;
  }

  #whyNoCode(asking: StaffPerson, person: StaffPerson | null): AdministrationRefusal | null {
    const { credentials, sessions, roleFor } = this.#parts;
    if (!person) return 'unknown-person';
    if (roleFor(asking, 'staff') === null) {
      // Whoever gives somebody a code can come in as them: so the operator gives the first one only, and none that opens more.
      if (person.roles.includes('administrator')) return 'not-yours-to-give';
      return hasPassword(credentials.of(person.id)) ? 'has-password' : null;
    }
    if (person.id === asking.id) return 'your-own';
    return sessions.isHeld(person.id) ? 'vote-open' : null;
  }
}
