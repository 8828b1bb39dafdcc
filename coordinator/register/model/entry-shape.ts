import { z } from 'zod';
import { HashHex, Id } from '../../../shared/protocol/ids.ts';
import { By, RegisterActor } from './person.ts';

/** The version of every own entry. */
export const REGISTER_VERSION = 1;

/** What every entry of the type `typ` says beside its own. */
export const own = <const T extends string>(typ: T) => ({
  typ: z.literal(typ),
  v: z.literal(REGISTER_VERSION),
  register: Id,
  /** Number and predecessor of the entry's own row: a signed entry holds in one place of one history only. */
  seq: z.number().int().positive(),
  prev: HashHex,
  /** What the feed shows of all entries before it (`feed-state.ts`). */
  feed: HashHex,
  by: By,
  /** The second person, where two must agree. */
  with: RegisterActor.optional(),
});
