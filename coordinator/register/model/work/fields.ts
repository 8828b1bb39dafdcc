import { z } from 'zod';
import { Threshold } from '../../../../shared/kinds/quorum-and-majority.ts';
import { Fen, Year } from '../../../../shared/projects/money.ts';
import { MOST_PROJECTS, Sheet } from '../../../../shared/projects/sheet.ts';
import { HashHex, Id, words } from '../../../../shared/protocol/ids.ts';
import type { Value } from '../../../../shared/protocol/value.ts';
import { Month } from './month.ts';

/**
 * What is said of a project that was chosen, once for what is asked and for what is entered: whoever reads the entries
 * alone judges them by the rules by which they were decided (`judge-work.ts`).
 */

/** Done of a target, as a whole number of thousandths of its unit; none is 0. */
export const Done = z.number().int().nonnegative().max(1_000_000_000_000);

const files = z.array(HashHex).max(20);
const text = words(1, 2000);
const text0 = words(0, 2000);
const count = z.number().int().nonnegative();
const ofProject = { project: Id };
const ofPart = { project: Id, part: Id };

/** A month of a plan: what is to be reached by its end, of the target (‰) and of the money. */
export const PlannedMonth = z.strictObject({
  month: Month,
  permille: z.number().int().min(0).max(1000),
  fen: Fen,
});
export type PlannedMonth = Value<typeof PlannedMonth>;

/** 按月计划. `body`: for which department it is made, which must be the part's own. */
export const plan = {
  ...ofPart,
  months: z.array(PlannedMonth).min(1).max(120),
  /** What makes sure of it (保障措施). */
  safeguards: text0,
};

/** 月报: all figures are what has been reached by the end of the month, from the beginning. */
export const report = {
  ...ofPart,
  month: Month,
  done: Done,
  /** 到位 and 支付, apart. */
  appropriated: Fen,
  paid: Fen,
  words: text0,
  evidence: files,
  /** Why a figure is lower than before, or a month is reported once more; null where neither is. */
  reason: text.nullable(),
};

/** 监督小组: a lead committee and its members. */
export const group = { ...ofProject, committee: words(1, 100) };

/** The group has been there. `figure`: what it says of one report, named by the number of its entry. */
export const visit = {
  ...ofPart,
  visit: Id,
  day: z.iso.date(),
  figure: z
    .discriminatedUnion('verdict', [
      z.strictObject({ verdict: z.literal('confirmed'), report: count }),
      /** `found`: what the group has found instead. */
      z.strictObject({ verdict: z.literal('disputed'), report: count, found: Done }),
    ])
    .nullable(),
  words: text0,
  photos: files,
};

/** What settles a disputed figure where group and department do not agree. */
export const settled = { ...ofPart, report: count, done: Done, words: text };

/** A problem with a due date. `voice`: what somebody at the site has said, where it came from that. */
export const finding = {
  ...ofProject,
  finding: Id,
  part: Id.nullable(),
  words: text,
  due: z.iso.date(),
  photos: files,
  voice: Id.nullable(),
};
export const findingAnswer = { ...ofProject, finding: Id, words: text, evidence: files };
export const findingReturn = { ...ofProject, finding: Id, words: text, due: z.iso.date() };
export const findingEnd = { ...ofProject, finding: Id, words: text };

/** 专题询问, 集中视察, 听取汇报. */
export const inspection = {
  event: Id,
  kind: z.enum(['inquiry', 'inspection', 'hearing']),
  projects: z.array(Id).min(1).max(MOST_PROJECTS),
  day: z.iso.date(),
  title: words(1, 200),
  words: text0,
  documents: files.min(1),
};

export const reminder = { ...ofPart, month: Month };

export const CHANGES = ['changed', 'suspended', 'resumed', 'ended'] as const;
const ofChange = {
  ...ofProject,
  kind: z.enum(CHANGES),
  /** What holds from then on, where it is changed. */ sheet: Sheet.nullable(),
};
/** The government asks for a change; nothing changes by it. */
export const request = { ...ofChange, request: Id, reason: text, documents: files };
export const requestRefusal = { ...ofProject, request: Id, reason: text };
/** 决定: its name and number, and the signed document. */
export const change = {
  ...ofChange,
  request: Id.nullable(),
  reason: text,
  decision: words(1, 200),
  document: HashHex,
};

/** Who grades: the whole congress, or the standing committee's members. */
export const Appraisers = z.enum(['congress', 'standing-committee']);

export const Graded = z.strictObject({
  project: Id,
  satisfied: count,
  basic: count,
  dissatisfied: count,
  'dont-know': count,
});
export type Graded = Value<typeof Graded>;

const ofAppraisal = {
  cycle: Year,
  by: Appraisers,
  roll: count.positive(),
  present: count,
  cast: count,
  items: z.array(Graded).min(1).max(MOST_PROJECTS),
};
/** What a hall's bundle proves of an appraisal, as its verifier has found it. */
export const HallAppraisal = z.strictObject({
  ...ofAppraisal,
  /** The frozen list of which the projects are, by its hash. */
  list: HashHex,
  congress: words(1, 2000),
  hall: Id,
  sitting: Id,
  manifest: HashHex,
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  round: words(1, 140),
  byHand: z.boolean(),
  secret: z.boolean(),
});
export type HallAppraisal = Value<typeof HallAppraisal>;
export const appraisal = { appraisal: HallAppraisal };
/** The same from paper: two persons, and the signed sheet. */
export const paperAppraisal = { paper: z.strictObject({ ...ofAppraisal, sheet: HashHex, reason: text }) };

export const rectification = { ...ofProject, words: text, due: z.iso.date() };
/** 说明 or 整改情况, by the lead body. */
export const explanation = {
  ...ofProject,
  kind: z.enum(['explanation', 'rectification']),
  words: text,
  evidence: files,
};
export const acceptance = { ...ofProject, words: text, document: HashHex.nullable() };

/** 回头看: does it still work, who uses it. */
export const lookBack = {
  ...ofProject,
  lookBack: Id,
  day: z.iso.date(),
  works: z.enum(['yes', 'partly', 'no']),
  users: text0,
  words: text0,
  photos: files,
};

export const DOCUMENT_KINDS = [
  'monthly-notice',
  'quarterly-bulletin',
  'mid-year-report',
  'annual-report',
  'rectification-letter',
  'look-back-report',
] as const;
export const DocumentKind = z.enum(DOCUMENT_KINDS);
export type DocumentKind = Value<typeof DocumentKind>;

/** 四个一 and letters: frozen as they were published. `text`: its figures and words in one spelling; `pdf`: the page as paper. */
export const publication = {
  document: Id,
  kind: DocumentKind,
  cycle: Year,
  /** `2026-03`, `2026-Q1` or `2026`. */
  period: z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/),
  project: Id.nullable(),
  title: words(1, 200),
  text: HashHex,
  pdf: HashHex,
  /** The document that this one corrects. */
  replaces: Id.nullable(),
};

/** Somebody at the site says something; its words stand beside the chain until they were read. */
export const voice = {
  ...ofPart,
  voice: Id,
  kind: z.enum(['comment', 'objection']),
  words: HashHex,
  attachments: z.array(HashHex).max(5),
};
export const voiceClearing = { voice: Id, text };
export const voiceAnswer = { voice: Id, words: text };
export const voiceErasure = { voice: Id, reason: text };

/** A project that is a share of another register's: its money is counted there. */
export const link = { ...ofProject, to: z.strictObject({ register: Id, project: Id }).nullable() };

/** What a register goes by; its file says it. */
export const WorkRules = z.strictObject({
  /** So many points (‰) behind the plan and the light is yellow, red. */
  yellow: z.number().int().min(1).max(1000),
  red: z.number().int().min(1).max(1000),
  /** Reports are due until this day of the month after. */
  reportDay: z.number().int().min(1).max(28),
  /** 满意: satisfied of all; 基本满意: both together of all; else 不满意. */
  satisfied: Threshold,
  acceptable: Threshold,
  /** All that have voted, or all who might. */
  basis: z.enum(['cast', 'roll']),
  /** Days in which a body explains after 不满意. */
  explainDays: z.number().int().min(1).max(365),
});
export type WorkRules = Value<typeof WorkRules>;

export const USUAL_RULES: WorkRules = {
  yellow: 100,
  red: 300,
  reportDay: 5,
  satisfied: { kind: 'more-than', num: 1, den: 2 },
  acceptable: { kind: 'more-than', num: 1, den: 2 },
  basis: 'cast',
  explainDays: 60,
};

export const MOST_MEMBERS = 50;
