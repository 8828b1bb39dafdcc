import { z } from 'zod';
import { GRADES } from '../../shared/kinds/appraisal.ts';
import { Motion } from '../../shared/kinds/kinds.ts';
import { OPTIONS } from '../../shared/kinds/options.ts';
import { Text } from '../../shared/protocol/ids.ts';
import { CardNumber, RoundId } from '../../shared/protocol/messages.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { CardStatus } from './documents.ts';
import { Actor } from './person.ts';

/** What waits for a second person, as those hear of it whom it concerns. */

const count = z.number().int().nonnegative();
/** Names to recognise a change by, the first few of them. */
const Some = z.strictObject({ count, names: z.array(z.string()) });

/** What an act is about. Of a show of hands no count, for whoever has yet to enter theirs. */
export const About = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('void'), title: Text, round: RoundId, reason: z.string() }),
  z.strictObject({ act: z.literal('by-hand'), motion: Motion, present: count, roll: count }),
  z.strictObject({ act: z.literal('issue-card'), name: z.string(), card: CardNumber }),
  z.strictObject({
    act: z.literal('mark-card'),
    name: z.string().nullable(),
    card: CardNumber,
    status: CardStatus,
  }),
  /** A reload that brings another roll. */
  z.strictObject({ act: z.literal('change-roll'), roll: count, added: Some, removed: Some, changed: Some }),
]);
export type About = Value<typeof About>;

/** `left`: ms until it expires. */
export const WaitingView = z.strictObject({
  id: z.string(),
  about: About,
  by: Actor,
  left: z.number(),
  as: z.enum(['proposed', 'to-confirm']),
});
export type WaitingView = Value<typeof WaitingView>;

/** A count of a show of hands: a mark, of an item where there are several; or how many voted. */
const Field = z.union([
  z.literal('cast'),
  z.strictObject({ item: z.string(), mark: z.enum([...OPTIONS, ...GRADES, 'chosen']) }),
]);

/** What has become of an act that waited. */
export const Outcome = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('done'), with: Actor }),
  z.strictObject({ is: z.literal('declined'), with: Actor }),
  z.strictObject({ is: z.literal('expired') }),
  /** Two entered other counts: these. */
  z.strictObject({ is: z.literal('differ'), with: Actor, fields: z.array(Field) }),
  /** It was confirmed and could not be done, or could not any more be confirmed. */
  z.strictObject({
    is: z.literal('refused'),
    reason: z.string(),
    text: z.strictObject({ zh: z.string(), en: z.string() }),
  }),
]);
export type Outcome = Value<typeof Outcome>;

export const SettledView = z.strictObject({ id: z.string(), about: About, by: Actor, outcome: Outcome });
export type SettledView = Value<typeof SettledView>;

/** `GET /api/waiting`: of what the person who asks proposed or may confirm. `start`: which start of the coordinator this is of. */
export const Waiting = z.strictObject({
  start: z.string(),
  waiting: z.array(WaitingView),
  settled: z.array(SettledView),
});
export type Waiting = Value<typeof Waiting>;

/** `staff/waiting`: that something waits, or no longer does; what it is, those ask whom it concerns. `told` counts. */
export const WaitingDocument = z.strictObject({ start: z.string(), told: count });
export type WaitingDocument = Value<typeof WaitingDocument>;
