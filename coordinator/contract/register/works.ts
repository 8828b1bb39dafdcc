import { z } from 'zod';
import { Part, Sheet } from '../../../shared/projects/sheet.ts';
import { HashHex, Id, Millis, Text } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import {
  Appraisers,
  CHANGES,
  DocumentKind,
  Graded,
  PlannedMonth,
  WorkRules,
} from '../../register/model/work/fields.ts';
import { WORK_GRADES } from '../../register/model/work/grades.ts';
import { LIGHTS, REASONS } from '../../register/model/work/light.ts';
import { STAGES } from '../../register/model/work/stage.ts';

const count = z.number().int().nonnegative();
const files = z.array(HashHex);
const Doer = z.object({ id: z.string(), name: z.string() });
/** Where it stands in the ledger, when, and by whom. */
const entered = { seq: count, at: Millis, by: Doer.nullable() };

/** 亮灯, with why it is so. */
export const ShownLight = z.object({
  light: z.enum(LIGHTS),
  because: z.enum(REASONS),
  planned: count.nullable(),
  actual: count.nullable(),
  month: z.string().nullable(),
  part: Id.nullable(),
});
export type ShownLight = Value<typeof ShownLight>;

const Progress = z.object({ permille: count, weights: z.enum(['money', 'equal']) });

const Figure = z.object({
  done: count,
  reported: count,
  found: count.nullable(),
  is: z.enum(['none', 'reported', 'confirmed', 'disputed', 'settled']),
  month: z.string().nullable(),
  seq: count.nullable(),
});

const Report = z.object({
  ...entered,
  month: z.string(),
  done: count,
  appropriated: count,
  paid: count,
  words: z.string(),
  evidence: files,
  reason: z.string().nullable(),
  body: Id,
});

/** 项, as it is carried out. */
export const PartDocument = z.object({
  part: Part,
  promised: Part.nullable(),
  investment: count,
  figure: Figure,
  permille: count,
  light: ShownLight,
  plan: z
    .object({ ...entered, months: z.array(PlannedMonth), safeguards: z.string(), isStale: z.boolean() })
    .nullable(),
  /** All there were, in the order in which they came; what holds of a month is its last. */
  reports: z.array(Report),
  /** Months whose report is overdue today. */
  overdue: z.array(z.string()),
  reminders: z.array(z.object({ ...entered, month: z.string() })),
});
export type PartDocument = Value<typeof PartDocument>;

const Visit = z.object({
  ...entered,
  visit: Id,
  part: Id,
  day: z.string(),
  figure: z
    .discriminatedUnion('verdict', [
      z.object({ verdict: z.literal('confirmed'), report: count }),
      z.object({ verdict: z.literal('disputed'), report: count, found: count }),
    ])
    .nullable(),
  words: z.string(),
  photos: files,
});

const Finding = z.object({
  ...entered,
  finding: Id,
  part: Id.nullable(),
  words: z.string(),
  due: z.string(),
  photos: files,
  voice: Id.nullable(),
  answers: z.array(z.object({ ...entered, words: z.string(), evidence: files })),
  returns: z.array(z.object({ ...entered, words: z.string(), due: z.string() })),
  state: z.enum(['open', 'answered', 'closed']),
  closed: z.object({ ...entered, words: z.string() }).nullable(),
});

/** What somebody at the site has said. `text` null: nobody has read yet that it holds no personal data. */
const Voice = z.object({
  voice: Id,
  part: Id,
  kind: z.enum(['comment', 'objection']),
  at: Millis,
  text: z.string().nullable(),
  files: count,
  answers: z.array(z.object({ ...entered, words: z.string() })),
});

const change = { ...entered, kind: z.enum(CHANGES), reason: z.string() };

const Rectification = z.object({
  why: z.enum(['dissatisfied', 'ordered']),
  since: Millis,
  ordered: z.array(z.object({ ...entered, words: z.string(), due: z.string() })),
  explanations: z.array(
    z.object({
      ...entered,
      kind: z.enum(['explanation', 'rectification']),
      words: z.string(),
      evidence: files,
    }),
  ),
  closed: z
    .object({ how: z.enum(['appraised-again', 'accepted']), at: Millis, words: z.string() })
    .nullable(),
});

/** 件, as a line of a list. */
export const WorkRow = z.object({
  id: Id,
  cycle: z.number(),
  title: Text,
  category: Id,
  lead: Id,
  /** The bodies of its parts. */
  bodies: z.array(Id),
  stage: z.enum(STAGES),
  light: ShownLight,
  progress: Progress,
  parts: count,
  investment: count,
  promisedInvestment: count,
  appropriated: count,
  paid: count,
  finish: z.string().nullable(),
  /** Whether whoever asks is of its group. */
  isMine: z.boolean(),
  hasGroup: z.boolean(),
  openFindings: count,
  overdueReports: count,
  disputedParts: count,
  isRectifying: z.boolean(),
  isShrunk: z.boolean(),
  grade: z.enum(WORK_GRADES).nullable(),
});
export type WorkRow = Value<typeof WorkRow>;

/** `GET /api/cycles/:year/works`: what was chosen that year, and how far it is today. */
export const WorksDocument = z.object({
  year: z.number(),
  day: z.string(),
  rules: WorkRules,
  works: z.array(WorkRow),
});
export type WorksDocument = Value<typeof WorksDocument>;

/** Somebody who may be of a group. `fields`: categories of which they know something. */
export const EligibleMember = z.object({ id: Id, name: z.string(), fields: z.array(Id) });
export type EligibleMember = Value<typeof EligibleMember>;

/** `GET /api/works/:id`: a project whole, from the vote on. */
export const WorkDocument = z.object({
  ...WorkRow.shape,
  day: z.string(),
  rules: WorkRules,
  since: Millis,
  promised: Sheet,
  sheet: Sheet,
  standing: z.enum(['running', 'suspended', 'ended']),
  partsWork: z.array(PartDocument),
  group: z.object({ ...entered, committee: z.string(), members: z.array(Doer) }).nullable(),
  visits: z.array(Visit),
  findings: z.array(Finding),
  voices: z.array(Voice),
  requests: z.array(
    z.object({
      ...change,
      request: Id,
      sheet: Sheet.nullable(),
      documents: files,
      answer: z.object({ is: z.enum(['decided', 'refused']), words: z.string(), at: Millis }).nullable(),
    }),
  ),
  changes: z.array(
    z.object({ ...change, before: Sheet, after: Sheet, decision: z.string(), document: HashHex }),
  ),
  appraisals: z.array(
    z.object({
      ...entered,
      how: z.enum(['bundle', 'paper']),
      appraisers: Appraisers,
      counts: Graded,
      roll: count,
      cast: count,
      grade: z.enum(WORK_GRADES),
      proof: HashHex,
    }),
  ),
  rectifications: z.array(Rectification),
  lookBacks: z.array(
    z.object({
      ...entered,
      lookBack: Id,
      day: z.string(),
      works: z.enum(['yes', 'partly', 'no']),
      users: z.string(),
      words: z.string(),
      photos: files,
    }),
  ),
  shareOf: z.object({ register: Id, project: Id }).nullable(),
  inspections: z.array(
    z.object({
      ...entered,
      event: Id,
      kind: z.enum(['inquiry', 'inspection', 'hearing']),
      projects: z.array(Id),
      day: z.string(),
      title: z.string(),
      words: z.string(),
      documents: files,
    }),
  ),
  documents: z.array(
    z.object({
      ...entered,
      document: Id,
      kind: DocumentKind,
      period: z.string(),
      title: z.string(),
      pdf: HashHex,
    }),
  ),
});
export type WorkDocument = Value<typeof WorkDocument>;
