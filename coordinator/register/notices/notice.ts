import { z } from 'zod';
import { ListNames } from '../../../shared/projects/list-shape.ts';
import { Year } from '../../../shared/projects/money.ts';
import { HashHex, Id, Text, words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { isTimeZone } from '../model/days.ts';
import { Appraisers, CHANGES, Done, publication, WorkRules } from '../model/work/fields.ts';
import { WORK_GRADES } from '../model/work/grades.ts';
import { LIGHTS, REASONS } from '../model/work/light.ts';
import { STAGES } from '../model/work/stage.ts';

const count = z.number().int().nonnegative();
const permille = count.max(1000);
const day = z.iso.date();
const text = z.string();
const project = { project: Id, title: Text };
const part = { ...project, part: Id, called: text };

const section = <const N extends string, S extends z.ZodRawShape>(is: N, shape: S) =>
  z.strictObject({ is: z.literal(is), ...shape });
const lines = <S extends z.ZodRawShape>(shape: S) => ({ lines: z.array(z.strictObject(shape)) });

/** What a document is made of; every figure in them is computed, and stays. */
export const Section = z.discriminatedUnion('is', [
  /** 件, 项, money and lights of all projects; a share of another register's project is counted there alone. */
  section('sums', {
    projects: count,
    parts: count,
    fen: count,
    promisedFen: count,
    appropriated: count,
    paid: count,
    permille,
    lights: z.strictObject({ green: count, yellow: count, red: count, grey: count, none: count }),
    grades: z.strictObject({ satisfied: count, basic: count, dissatisfied: count }),
    done: count,
    disputedParts: count,
    linked: count,
  }),
  /** Every project, one line each. */
  section('projects', {
    order: z.enum(['list', 'behind']),
    ...lines({
      ...project,
      lead: Id,
      stage: z.enum(STAGES),
      light: z.enum(LIGHTS),
      because: z.enum(REASONS),
      permille,
      /** What the plan wants by now; null where a part has none. */
      planned: permille.nullable(),
      fen: count,
      appropriated: count,
      paid: count,
      finish: day.nullable(),
      parts: count,
      done: count,
      disputed: count,
      isShare: z.boolean(),
      /** As it stood in the document before this one; null where there is none, or it was not in it. */
      before: z.strictObject({ light: z.enum(LIGHTS), permille }).nullable(),
    }),
  }),
  /** Reports that are overdue, with the body that owes them. */
  section('late', lines({ ...part, body: Id, months: z.array(text).min(1) })),
  /** Parts that are not done: those past their deadline, or, at the end of a year, all. */
  section('unfinished', { all: z.boolean(), ...lines({ ...part, body: Id, finish: day, permille }) }),
  section(
    'findings',
    lines({
      ...project,
      finding: Id,
      words: text,
      found: day,
      due: day,
      isPast: z.boolean(),
      state: z.enum(['open', 'answered', 'closed']),
      body: Id,
      answer: text.nullable(),
    }),
  ),
  section(
    'inspections',
    lines({
      event: Id,
      kind: z.enum(['inquiry', 'inspection', 'hearing']),
      day,
      title: text,
      words: text,
      projects: z.array(z.strictObject(project)),
    }),
  ),
  section('changes', lines({ ...project, kind: z.enum(CHANGES), day, decision: text, reason: text })),
  /** What was promised at the vote and is less now, later, or gone. */
  section(
    'shrunk',
    lines({
      ...part,
      promised: z.strictObject({ thousandths: Done, unit: text, finish: day }),
      now: z.strictObject({ thousandths: Done, unit: text, finish: day }).nullable(),
    }),
  ),
  section('money', {
    sources: z.array(z.strictObject({ source: Id, fen: count })),
    years: z.array(z.strictObject({ year: Year, fen: count })),
    categories: z.array(
      z.strictObject({
        category: Id,
        projects: count,
        parts: count,
        fen: count,
        appropriated: count,
        paid: count,
        permille,
      }),
    ),
  }),
  /** 测评: the last appraisal of every project; null where there was none. */
  section(
    'grades',
    lines({
      ...project,
      graded: z
        .strictObject({
          by: Appraisers,
          how: z.enum(['bundle', 'paper']),
          grade: z.enum(WORK_GRADES),
          satisfied: count,
          basic: count,
          dissatisfied: count,
          dontKnow: count,
          cast: count,
          roll: count,
          proof: HashHex,
        })
        .nullable(),
    }),
  ),
  /** What is to be put right, by whom and until when. */
  section('rectification', {
    ...project,
    lead: Id,
    why: z.enum(['dissatisfied', 'ordered']),
    since: day,
    due: day,
    counts: z.strictObject({ satisfied: count, basic: count, dissatisfied: count, cast: count }).nullable(),
    orders: z.array(z.strictObject({ day, words: text, due: day })),
    explanations: count,
  }),
  section(
    'look-backs',
    lines({
      ...project,
      lead: Id,
      visits: z.array(
        z.strictObject({ day, works: z.enum(['yes', 'partly', 'no']), users: text, words: text }),
      ),
    }),
  ),
]);
export type Section = Value<typeof Section>;
export type SectionOf<N extends Section['is']> = Extract<Section, { is: N }>;

/** What a person may write into it: the figures are none of these. */
export const NoticeWords = z.strictObject({
  /** 发文字号, where it has one. */
  number: words(0, 60),
  preamble: words(0, 4000),
  problems: words(0, 8000),
  next: words(0, 8000),
});
export type NoticeWords = Value<typeof NoticeWords>;

export const NOTICE_FORMAT = 'hallvote-notice 1';

/** 四个一 and letters, whole: figures with the head of the ledger they were computed from, and words. */
export const Notice = z.strictObject({
  format: z.literal(NOTICE_FORMAT),
  register: Id,
  congress: Text,
  document: Id,
  kind: publication.kind,
  cycle: publication.cycle,
  period: publication.period,
  project: publication.project,
  replaces: publication.replaces,
  language: z.enum(['zh', 'en']),
  title: publication.title,
  /** Whose days are meant: the register's own time zone, as `Asia/Shanghai`. */
  timezone: z.string().max(60).refine(isTimeZone),
  /** The day of the figures, where the register is, and the entry behind which the ledger says so. */
  day,
  head: z.strictObject({ seq: count, hash: HashHex }),
  /** The document it is compared with, by its text's hash. */
  before: z.strictObject({ document: Id, text: HashHex }).nullable(),
  rules: WorkRules,
  names: ListNames,
  sections: z.array(Section).min(1),
  words: NoticeWords,
});
export type Notice = Value<typeof Notice>;

export const sectionOf = <N extends Section['is']>(
  { sections }: Pick<Notice, 'sections'>,
  name: N,
): SectionOf<N> | null => sections.find((one): one is SectionOf<N> => one.is === name) ?? null;
