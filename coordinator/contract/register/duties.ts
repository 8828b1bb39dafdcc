import { z } from 'zod';
import { Id, Millis, Text } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { STAGES } from '../../register/model/work/stage.ts';
import { ShownLight } from './works.ts';

const count = z.number().int().nonnegative();

/** Something that a body owes, with what it is called. */
export const DutyRow = z.object({
  kind: z.enum(['plan', 'report', 'finding', 'explanation']),
  project: Id,
  title: Text,
  part: Id.nullable(),
  partTitle: z.string().nullable(),
  body: Id,
  month: z.string().nullable(),
  finding: Id.nullable(),
  /** The first words of what was found. */
  words: z.string().nullable(),
  due: z.string().nullable(),
  isLate: z.boolean(),
  reminders: z.array(z.object({ at: Millis, by: z.string() })),
});
export type DutyRow = Value<typeof DutyRow>;

/** 项, as its body has it before them. */
const PartRow = z.object({
  id: Id,
  title: z.string(),
  body: Id,
  light: ShownLight,
  permille: count,
  plan: z.enum(['none', 'stale', 'holds']),
  /** The last month that was reported. */
  month: z.string().nullable(),
});

/** `GET /api/cycles/:year/duties`: what is owed on `day`, of all years, the oldest first; and what is carried out of that year. For a department what is its own, for the offices everything. */
export const DutiesDocument = z.object({
  year: z.number(),
  day: z.string(),
  /** For whom it was made; null: for everybody's. */
  body: z.string().nullable(),
  duties: z.array(DutyRow),
  works: z.array(
    z.object({
      id: Id,
      title: Text,
      lead: Id,
      stage: z.enum(STAGES),
      light: ShownLight,
      permille: count,
      isRectifying: z.boolean(),
      parts: z.array(PartRow),
    }),
  ),
});
export type DutiesDocument = Value<typeof DutiesDocument>;
