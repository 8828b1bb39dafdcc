import { z } from 'zod';
import { Id } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** `GET /api/hall`: the hall's id, which its topics begin with; where phones reach its pages, null where nobody has said. */
export const HallAnswer = z.object({ hall: Id, address: z.string().nullable() });

/** `GET /api/session`: whether the hall has a password, and whether staff has signed in here. */
export const Session = z.object({ setUp: z.boolean(), signedIn: z.boolean() });
export type Session = Value<typeof Session>;

/** A scrutineer as the session knows them. `owner`: their number, from 1. */
export const Scrutineer = z.object({ owner: z.number(), id: z.string(), name: z.string() });
export type Scrutineer = Value<typeof Scrutineer>;

/** A scrutineer's entry code, as the operator hands it out. */
export const EntryCode = Scrutineer.extend({ code: z.string() });
export type EntryCode = Value<typeof EntryCode>;

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

/** What comes with a status that says no. */
export const Refused = z.object({ error: z.string() });
