import { z } from 'zod';
import { Id, words } from '../../../../shared/protocol/ids.ts';
import type { Value } from '../../../../shared/protocol/value.ts';
import { own } from '../entry-shape.ts';
import * as F from './fields.ts';

const entry = <const T extends string, S extends z.ZodRawShape>(typ: T, shape: S) =>
  z.strictObject({ ...own(typ), ...shape });

/** For which body somebody acts: whoever reads the entry alone can tell that it is the part's own. */
const forBody = { body: Id };
/** A person as the group's list names them. */
const Member = z.strictObject({ id: Id, name: words(1, 60) });
export type Member = Value<typeof Member>;

/** What a register enters of projects that were chosen. */
export const WORK_ENTRIES = [
  entry('rules-set', { rules: F.WorkRules }),
  entry('planned', { ...F.plan, ...forBody }),
  entry('reported', { ...F.report, ...forBody }),
  entry('group-appointed', { ...F.group, members: z.array(Member).min(1).max(F.MOST_MEMBERS) }),
  entry('visited', F.visit),
  entry('figure-settled', F.settled),
  entry('found', F.finding),
  entry('finding-answered', { ...F.findingAnswer, ...forBody }),
  entry('finding-returned', F.findingReturn),
  entry('finding-closed', F.findingEnd),
  entry('inspected', F.inspection),
  entry('reminded', F.reminder),
  entry('change-asked', F.request),
  entry('change-refused', F.requestRefusal),
  entry('change-decided', F.change),
  entry('appraised', F.appraisal),
  entry('appraised-on-paper', F.paperAppraisal),
  entry('rectification-ordered', F.rectification),
  entry('explained', { ...F.explanation, ...forBody }),
  entry('rectification-accepted', F.acceptance),
  entry('looked-back', F.lookBack),
  entry('published', F.publication),
  entry('spoken', F.voice),
  entry('voice-cleared', F.voiceClearing),
  entry('voice-answered', F.voiceAnswer),
  entry('voice-erased', F.voiceErasure),
  entry('linked', F.link),
] as const;

export const WorkEntry = z.discriminatedUnion('typ', WORK_ENTRIES);
export type WorkEntry = Value<typeof WorkEntry>;
const TYPES: ReadonlySet<string> = new Set(WORK_ENTRIES.map(({ shape }) => shape.typ.value));

/** Whether an entry is one of these. */
export const isWorkEntry = (says: { readonly typ: string }): says is WorkEntry => TYPES.has(says.typ);
