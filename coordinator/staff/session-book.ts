import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { sha256Hex, toBase64url } from '../../shared/protocol/bytes.ts';
import type { Report } from '../../shared/protocol/guarded.ts';
import { HashHex, Id, Millis, type RandomBytes } from '../../shared/protocol/ids.ts';
import { type After, type MachineClock, steadyClock } from '../process/clock.ts';
import { writeSecret } from '../process/key-file.ts';
import {
  alive,
  ended,
  endedBut,
  held,
  type Newcomer,
  ofPerson,
  opened,
  PersonSession,
  type PersonSessions,
  released,
  type SessionLimits,
  sessionOf,
  used,
} from './persons/person-sessions.ts';

/** A device on which a person has signed in is known for half a year. */
export const DEVICE_MS = 180 * 24 * 60 * 60 * 1000;

/** So many devices are known of one person; beyond, the one that is forgotten first goes. */
const MOST_DEVICES = 30;

/** That a session was used is written down no more often: after a power cut it counts as used so much less lately. */
const USED_EVERY_MS = 30_000;

/** A browser on which this very person has signed in: it has its own place in the line for signing in, and no right. */
const Device = z.strictObject({ person: Id, hash: HashHex, until: Millis });

const Kept = z.strictObject({
  version: z.literal(1),
  /** When this was written, on both clocks. */
  anchor: z.strictObject({ boot: z.string(), mono: z.number(), time: z.number() }),
  sessions: z.array(PersonSession),
  devices: z.array(Device),
});
type Kept = z.infer<typeof Kept>;

export interface SessionBookParts {
  /** Where they are kept, mode 0600. */
  readonly file: string;
  readonly random: RandomBytes;
  readonly machine: MachineClock;
  readonly after: After;
  readonly report: Report;
  readonly limits: () => SessionLimits;
}

/**
 * Who is signed in where, across restarts. Tokens are kept only as hashes. Time is the monotonic clock's within a boot; the
 * first start after another asks the wall clock, and never goes behind what was written last: a clock set back ends nothing
 * early, and one set forward has people sign in again.
 */
export class SessionBook {
  readonly #parts: SessionBookParts;
  readonly #now: () => number;
  #sessions: PersonSessions;
  #devices: readonly z.infer<typeof Device>[];
  #cancelWrite: (() => void) | null = null;

  constructor(parts: SessionBookParts) {
    this.#parts = parts;
    const kept = this.#read();
    this.#now = steadyClock(parts.machine, kept?.anchor ?? null, kept?.anchor.time ?? 0);
    this.#sessions = kept?.sessions ?? [];
    this.#devices = kept?.devices ?? [];
  }

  /** Opens a session. @returns the token for the browser. */
  open(newcomer: Newcomer): string {
    const { limits, random } = this.#parts;
    const now = this.#now();
    const all = alive(this.#sessions, now, limits());
    const { sessions, token } = opened(all, newcomer, now, limits(), random);
    this.#keep(sessions);
    return token;
  }

  /** The session that a token opens; null where it opens none. */
  of(token: string | undefined): PersonSession | null {
    return sessionOf(this.#sessions, token, this.#now(), this.#parts.limits());
  }

  /** The session is used now: idleness counts from here. */
  used(id: string): void {
    const now = this.#now();
    const session = this.#sessions.find((each) => each.id === id);
    if (!session || now - session.seen < USED_EVERY_MS / 3) return;
    this.#sessions = used(this.#sessions, id, now);
    this.#cancelWrite ??= this.#parts.after(USED_EVERY_MS, () => this.#write(() => {}));
  }

  /** A person's sessions that live, the one last used first. `idle`: ms since then; `since`: ms since it began. */
  ofPerson(person: string): readonly (PersonSession & { readonly idle: number; readonly age: number })[] {
    const now = this.#now();
    return ofPerson(alive(this.#sessions, now, this.#parts.limits()), person).map((each) => ({
      ...each,
      idle: Math.max(0, now - each.seen),
      age: Math.max(0, now - each.since),
    }));
  }

  /** Whether a vote of theirs is open, which holds their sessions. */
  isHeld(person: string): boolean {
    return this.#sessions.some((each) => each.person === person && each.held);
  }

  /** Ends one of a person's own sessions, for good. @returns how many were ended: one or none. */
  end(person: string, id: string): number {
    return this.#endWith(ended(this.#sessions, person, id));
  }

  /** Ends all of a person's sessions but that one. @returns how many. */
  endBut(person: string, id: string | null): number {
    return this.#endWith(endedBut(this.#sessions, person, id));
  }

  /** Votes of these people, and of nobody else, are open: no time ends their sessions. */
  hold(persons: ReadonlySet<string>): void {
    const { limits } = this.#parts;
    const now = this.#now();
    let sessions = alive(this.#sessions, now, limits());
    for (const person of new Set(sessions.map((each) => each.person)))
      sessions = persons.has(person)
        ? held(sessions, person, now, limits())
        : released(sessions, person, now, limits());
    this.#keep(sessions);
  }

  /** Whether this very person has signed in on this device. */
  isKnown(device: string | undefined, person: string): boolean {
    if (device === undefined) return false;
    const hash = sha256Hex(device);
    const now = this.#now();
    return this.#devices.some((each) => each.person === person && each.hash === hash && each.until > now);
  }

  /** The person has signed in on this device. @returns what it is to be called from now on; null where it has a name. */
  learn(device: string | undefined, person: string): string | null {
    if (device !== undefined && this.isKnown(device, person)) return null;
    const now = this.#now();
    const known = this.#devices.filter((each) => each.until > now);
    // Several people may share a browser; a name that nobody gave it is not taken over.
    const hasName = device !== undefined && known.some(({ hash }) => hash === sha256Hex(device));
    const name = hasName ? device : toBase64url(this.#parts.random(32));
    const theirs = known.filter((each) => each.person === person);
    const tooMany = new Set(theirs.sort((a, b) => b.until - a.until).slice(MOST_DEVICES - 1));
    const fresh = { person, hash: sha256Hex(name), until: now + DEVICE_MS };
    this.#devices = [...known.filter((each) => !tooMany.has(each)), fresh];
    this.#write(() => {});
    return hasName ? null : name;
  }

  /** Nobody knows any more on which devices this person has signed in. */
  forgetDevices(person: string): void {
    this.#devices = this.#devices.filter((each) => each.person !== person);
    this.#write(() => {});
  }

  /** Writes down what is due, and waits for nothing any more. */
  stop(): void {
    if (this.#cancelWrite) this.#write(() => {});
  }

  #endWith(left: PersonSessions): number {
    const count = this.#sessions.length - left.length;
    if (count === 0) return 0;
    this.#sessions = left;
    // A file that cannot be written can mostly be removed: then everybody signs in again, and nobody comes back.
    this.#write(() => rmSync(this.#parts.file, { force: true }));
    return count;
  }

  #keep(sessions: PersonSessions): void {
    this.#sessions = sessions;
    this.#write(() => {});
  }

  #write(orElse: () => void): void {
    const { file, machine, report } = this.#parts;
    this.#cancelWrite?.();
    this.#cancelWrite = null;
    const anchor = { boot: machine.boot, mono: machine.mono(), time: this.#now() };
    const kept: Kept = { version: 1, anchor, sessions: [...this.#sessions], devices: [...this.#devices] };
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
