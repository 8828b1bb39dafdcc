import { z } from 'zod';
import { Id } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { StaffPerson } from './person.ts';
import { Wire } from './wire.ts';

/** `GET /api/hall`: the hall's id, which its topics begin with; where phones reach its pages, null where nobody has said. */
export const HallAnswer = z.object({ hall: Id, address: z.string().nullable() });

/** How far the hall goes beyond the table of rights. */
export const RightSettings = z.object({ operatorForChair: z.boolean(), secondForCards: z.boolean() });

/** `GET /api/session`: who has signed in here, null where nobody has; what makes their rights; and what the hall speaks over, to be known before a password is typed. */
export const Session = z.object({ person: StaffPerson.nullable(), settings: RightSettings, wire: Wire });
export type Session = Value<typeof Session>;

/** What comes of a sign-in that does not fail. `failed`: attempts since the one before. */
export const SignedIn = z.discriminatedUnion('is', [
  z.object({ is: z.literal('in'), person: StaffPerson, failed: z.number() }),
  /** The one-time code is right: now a password is chosen. */
  z.object({ is: z.literal('choose') }),
  /** The password is right: the authenticator's code is asked for. */
  z.object({ is: z.literal('code-wanted') }),
]);
export type SignedIn = Value<typeof SignedIn>;

/** A session as its person and the administrator see it. Times in ms. */
export const ShownSession = z.object({
  id: z.string(),
  browser: z.string(),
  address: z.string(),
  age: z.number(),
  idle: z.number(),
});
export type ShownSession = Value<typeof ShownSession>;

/** `GET /api/account`: one's own. `recovery`: codes left; `current`: the session that asks. */
export const Account = z.object({
  authenticator: z.boolean(),
  recovery: z.number(),
  sessions: z.array(ShownSession),
  current: z.string(),
});
export type Account = Value<typeof Account>;

/** What a phone reads, and a person types, to make the codes of a new authenticator. */
export const OfferedAuthenticator = z.object({ address: z.string(), key: z.string() });
export type OfferedAuthenticator = Value<typeof OfferedAuthenticator>;

export const RecoveryCodes = z.object({ codes: z.array(z.string()) });

/** Somebody of the staff, and how they stand. `mayGive`: whether whoever asks may give them a code. */
export const Member = z.object({
  person: StaffPerson,
  standing: z.enum(['nothing', 'code', 'password']),
  authenticator: z.boolean(),
  mayGive: z.boolean(),
  /** Attempts since they last signed in, and where they are signed in; null where that is not shown. */
  failed: z.number().nullable(),
  sessions: z.array(ShownSession).nullable(),
});
export type Member = Value<typeof Member>;

/** A one-time code, shown once. */
export const GivenCode = z.object({ code: z.string() });

/** `GET /api/stats`: figures of the coordinator's process. Bytes; `loop`: how late it was for its own timers, in ms. */
export const Stats = z.object({
  commits: z.number(),
  messages: z.number(),
  rss: z.number(),
  heap: z.number(),
  loop: z.object({ p99: z.number(), max: z.number() }),
  /** ms of processor time since the start. */
  cpu: z.number(),
  /** Terminals. */
  connected: z.number(),
  /** Connections at the door, by whether they have proved to be somebody's. */
  unproved: z.number(),
  proved: z.number(),
});
export type Stats = Value<typeof Stats>;

/** It was done. */
export const Fine = z.object({ ok: z.literal(true) });
export const FINE = { ok: true } as const;

/** What comes with a status that says no. */
export const Refused = z.object({
  error: z.string(),
  /** The same for the person who asked, where it is theirs to know. */
  text: z.object({ zh: z.string(), en: z.string() }).optional(),
});
