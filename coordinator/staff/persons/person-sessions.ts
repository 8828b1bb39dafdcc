import { z } from 'zod';
import { sha256Hex, toBase64url } from '../../../shared/protocol/bytes.ts';
import { HashHex, Id, Millis, type RandomBytes, words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';

/** A person signed in on one browser. Times in ms on a clock that never jumps. */
export const PersonSession = z.strictObject({
  /** By which it is named in lists, and ended; opens nothing. */
  id: z.string().regex(/^[A-Za-z0-9_-]{12}$/),
  person: Id,
  /** Of its token, which only the browser has. */
  hash: HashHex,
  /** What the browser says it is, shortened, for the person to know it by. */
  browser: words(0, 200),
  address: words(0, 60),
  since: Millis,
  /** When it was last used, and when it ends however much it is. */
  seen: Millis,
  until: Millis,
  /** The person's vote is open: no time ends it. */
  held: z.boolean(),
});
export type PersonSession = Value<typeof PersonSession>;

/** All sessions there are. */
export type PersonSessions = readonly PersonSession[];

export interface SessionLimits {
  /** Ends when not used for so long. */
  readonly idleMs: number;
  /** Ends so long after it began. */
  readonly mostMs: number;
}

/** So many a person has open; beyond, the one not used for longest goes. Only whoever signs in as them gets there. */
const MOST_SESSIONS = 20;

function isAlive({ held, seen, until }: PersonSession, now: number, { idleMs }: SessionLimits): boolean {
  return held || (now - seen < idleMs && now < until);
}

/** Those that no time has ended. */
export function alive(sessions: PersonSessions, now: number, limits: SessionLimits): PersonSessions {
  return sessions.filter((each) => isAlive(each, now, limits));
}

export interface Newcomer {
  readonly person: string;
  readonly browser: string;
  readonly address: string;
  /** Whether a vote of theirs is open. */
  readonly held: boolean;
}

/** Opens a session. @returns all there are then, and the token for the browser. */
export function opened(
  sessions: PersonSessions,
  newcomer: Newcomer,
  now: number,
  { mostMs }: SessionLimits,
  random: RandomBytes,
): { readonly sessions: PersonSessions; readonly token: string } {
  const token = toBase64url(random(32));
  const hash = sha256Hex(token);
  const session = {
    ...newcomer,
    id: toBase64url(random(9)),
    hash,
    since: now,
    seen: now,
    until: now + mostMs,
  };
  const theirs = ofPerson(sessions, newcomer.person);
  const tooMany = new Set(theirs.slice(MOST_SESSIONS - 1));
  return { sessions: [...sessions.filter((each) => !tooMany.has(each)), session], token };
}

/** The session that a browser's token opens; null where it opens none. */
export function sessionOf(
  sessions: PersonSessions,
  token: string | undefined,
  now: number,
  limits: SessionLimits,
): PersonSession | null {
  if (token === undefined) return null;
  const hash = sha256Hex(token);
  const session = sessions.find((each) => each.hash === hash);
  return session && isAlive(session, now, limits) ? session : null;
}

/** The session has been used now. */
export function used(sessions: PersonSessions, id: string, now: number): PersonSessions {
  return sessions.map((each) => (each.id === id ? { ...each, seen: Math.max(each.seen, now) } : each));
}

/** A vote of this person is open: none of their sessions that live ends before it closes. */
export function held(
  sessions: PersonSessions,
  person: string,
  now: number,
  limits: SessionLimits,
): PersonSessions {
  return alive(sessions, now, limits).map((each) =>
    each.person === person ? { ...each, held: true } : each,
  );
}

/**
 * The person's vote has closed: idle time counts from now, and no session ends sooner than idleness would have it, so that
 * whoever waited for the vote can still announce it.
 */
export function released(
  sessions: PersonSessions,
  person: string,
  now: number,
  { idleMs }: SessionLimits,
): PersonSessions {
  return sessions.map((each) =>
    each.person === person && each.held
      ? { ...each, held: false, seen: now, until: Math.max(each.until, now + idleMs) }
      : each,
  );
}

/** A person's sessions, the one last used first. */
export function ofPerson(sessions: PersonSessions, person: string): PersonSessions {
  return sessions.filter((each) => each.person === person).sort((a, b) => b.seen - a.seen);
}

/** Ends one of a person's own sessions; another's stays as it was. */
export function ended(sessions: PersonSessions, person: string, id: string): PersonSessions {
  return sessions.filter((each) => each.person !== person || each.id !== id);
}

/** Ends all of a person's sessions but that one: when they choose another password; but none: when they are given another code. */
export function endedBut(sessions: PersonSessions, person: string, id: string | null): PersonSessions {
  return sessions.filter((each) => each.person !== person || each.id === id);
}
