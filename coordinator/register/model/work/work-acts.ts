import { z } from 'zod';
import { Id } from '../../../../shared/protocol/ids.ts';
import type { Value } from '../../../../shared/protocol/value.ts';
import * as F from './fields.ts';

const act = <const A extends string, S extends z.ZodRawShape>(name: A, shape: S) =>
  z.strictObject({ act: z.literal(name), ...shape });

/** What can be done with a project that was chosen, as it is asked for. */
export const WORK_ACTS = [
  act('plan', F.plan),
  act('report', F.report),
  act('appoint-group', { ...F.group, members: z.array(Id).min(1).max(F.MOST_MEMBERS) }),
  act('visit', F.visit),
  act('settle-figure', F.settled),
  act('find', F.finding),
  act('answer-finding', F.findingAnswer),
  act('return-finding', F.findingReturn),
  act('close-finding', F.findingEnd),
  act('inspect', F.inspection),
  act('remind', F.reminder),
  act('ask-change', F.request),
  act('refuse-change', F.requestRefusal),
  act('decide-change', F.change),
  /** What the verifier found in a hall's bundle; nobody types it. */
  act('enter-appraisal', F.appraisal),
  act('enter-paper-appraisal', F.paperAppraisal),
  act('order-rectification', F.rectification),
  act('explain', F.explanation),
  act('accept-rectification', F.acceptance),
  act('look-back', F.lookBack),
  /** Text and PDF are made by the program, which keeps both. */
  act('publish', F.publication),
  /** `voice` and `words` are made by the program, which keeps the words beside the chain. */
  act('speak', F.voice),
  act('clear-voice', F.voiceClearing),
  act('answer-voice', F.voiceAnswer),
  act('erase-voice', F.voiceErasure),
  act('link', F.link),
] as const;

export const WorkAct = z.discriminatedUnion('act', WORK_ACTS);
export type WorkAct = Value<typeof WorkAct>;
const NAMES: ReadonlySet<string> = new Set(WORK_ACTS.map(({ shape }) => shape.act.value));

/** Whether an act is one of these. */
export const isWorkAct = (act: { readonly act: string }): act is WorkAct => NAMES.has(act.act);
