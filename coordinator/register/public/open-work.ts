import { z } from 'zod';
import { total } from '../../../shared/projects/money.ts';
import type { Part } from '../../../shared/projects/sheet.ts';
import { HashHex, Id } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { ShownLight } from '../../contract/register/works.ts';
import { Appraisers, CHANGES, DocumentKind, WorkRules } from '../model/work/fields.ts';
import { WORK_GRADES } from '../model/work/grades.ts';
import { lightOf, lightOfPart } from '../model/work/light.ts';
import { figureOf, permilleOf, progressOf } from '../model/work/progress.ts';
import { differences } from '../model/work/shrunk.ts';
import { STAGES, stageOf } from '../model/work/stage.ts';
import type { Sums } from '../model/work/sums.ts';
import {
  emptyPart,
  type Finding,
  type PartWork,
  type PublishedDocument,
  type Voice,
  type Work,
} from '../model/work/works.ts';
import type { PublicRegister } from './public-register.ts';
import { holds } from './table-words.ts';

const count = z.int().min(0);
const day = z.iso.date();
const moment = z.iso.datetime();
const fen = count.describe('in fen, a hundredth of a yuan');
const permille = count.max(1000).describe('‰');
const month = z.string().describe('such as 2027-03');
const quantity = z.number().min(0);
/** Who did it is in the ledger; here is where it stands there, and when it was entered. */
const entered = { entry: count.describe('number of the entry in the ledger'), entered: moment };

/** A part of a sheet, in the list or as it stands now. */
export const PartData = z.object({
  id: Id,
  title: z.string(),
  body: Id,
  area: Id,
  place: z.string(),
  target: z.object({ quantity, unit: z.string() }),
  finish: day,
  investment: fen,
  funding: z.array(z.object({ source: Id, year: z.int(), fen })),
});

const PartWorkData = PartData.extend({
  done: quantity.describe('what counts: of two figures that are disputed the smaller'),
  permille,
  figure: z.object({
    is: z.enum(['none', 'reported', 'confirmed', 'disputed', 'settled']),
    reported: quantity,
    found: quantity
      .nullable()
      .describe('what the supervision group has found instead, while that is disputed'),
    month: month.nullable(),
    entry: count.nullable(),
  }),
  light: ShownLight,
  plan: z
    .object({
      ...entered,
      stale: z.boolean().describe('the part has changed since, another plan is due'),
      months: z.array(z.object({ month, permille, fen })),
      safeguards: z.string(),
    })
    .nullable(),
  reports: z.array(
    z.object({
      ...entered,
      month,
      holds: z.boolean().describe('false: corrected by a later one of the same month'),
      done: quantity,
      appropriated: fen,
      paid: fen,
      words: z.string(),
      reason: z.string().nullable(),
      evidence: z.array(HashHex),
    }),
  ),
});

/** A project that was chosen, as it is carried out. */
export const WorkData = z.object({
  stage: z.enum(STAGES),
  standing: z.enum(['running', 'suspended', 'ended']),
  permille,
  weights: z.enum(['money', 'equal']).describe('how its parts were weighted'),
  light: ShownLight,
  investment: fen.describe('as it holds now'),
  parts: z.array(PartWorkData),
  differences: z
    .array(
      z.object({
        part: Id,
        less: z.boolean().describe('less than was promised, later, or not at all'),
        in: z.array(z.enum(['target', 'finish', 'money', 'place', 'body'])),
      }),
    )
    .describe('from what was promised at the vote'),
  findings: z.array(
    z.object({
      ...entered,
      id: Id,
      part: Id.nullable(),
      words: z.string(),
      due: day,
      state: z.enum(['open', 'answered', 'closed']),
    }),
  ),
  changes: z.array(
    z.object({
      ...entered,
      kind: z.enum(CHANGES),
      reason: z.string(),
      decision: z.string(),
      document: HashHex,
    }),
  ),
  appraisals: z.array(
    z.object({
      ...entered,
      how: z.enum(['bundle', 'paper']),
      by: Appraisers,
      roll: count,
      cast: count,
      satisfied: count,
      basic: count,
      dissatisfied: count,
      dontKnow: count,
      grade: z.enum(WORK_GRADES),
      proof: HashHex,
    }),
  ),
  rectifying: z.boolean(),
  lookBacks: z.array(
    z.object({
      ...entered,
      id: Id,
      day,
      works: z.enum(['yes', 'partly', 'no']),
      users: z.string(),
      words: z.string(),
    }),
  ),
  voices: z
    .array(
      z.object({
        id: Id,
        part: Id,
        kind: z.enum(['comment', 'objection']),
        day: day.describe('on which it was said'),
        text: z.string().describe('as somebody has read and cleared it: without personal data'),
        answers: z.array(z.object({ ...entered, words: z.string() })),
        finding: Id.nullable().describe('what the supervision group has made of it'),
      }),
    )
    .describe('what people said at its sites, as far as it was cleared'),
  shareOf: z
    .object({ register: Id, project: Id })
    .nullable()
    .describe('the project of another register of which this is a share; its money is counted there'),
});
export type WorkData = Value<typeof WorkData>;

export const DocumentData = z.object({
  ...entered,
  id: Id,
  kind: DocumentKind,
  period: z.string(),
  project: Id.nullable(),
  title: z.string(),
  text: HashHex,
  pdf: HashHex,
  replaces: Id.nullable(),
});

const threshold = z.object({ kind: z.enum(['more-than', 'at-least']), num: count, den: count });
/** What lights and grades go by, as the register's file says it: here thresholds are never written in words. */
export const RulesData = WorkRules.extend({ satisfied: threshold, acceptable: threshold });

const counts = z.record(z.string(), count);
/** Sums of what was chosen in a year; each is a recount of parts. */
export const SumsData = z.object({
  projects: count,
  parts: count,
  fen,
  promisedFen: fen,
  bySource: counts,
  byYear: counts,
  appropriated: fen,
  paid: fen,
  permille,
  lights: z.object({ green: count, yellow: count, red: count, grey: count, none: count }),
  stages: counts,
  grades: z.object({ satisfied: count, basic: count, dissatisfied: count }),
  disputedParts: count,
  linked: z
    .object({ projects: count, parts: count, fen })
    .describe('shares of other registers’ projects, which are counted there and in nothing above'),
});

const iso = (at: number): string => new Date(at).toISOString();
const said = ({ seq, at }: { readonly seq: number; readonly at: number }) => ({
  entry: seq,
  entered: iso(at),
});

/** A part as data. */
export const partData = ({ target, ...part }: Part): Value<typeof PartData> => ({
  ...part,
  target: { quantity: target.thousandths / 1000, unit: target.unit },
  investment: total(part.funding),
});

/** Sums as data: a copy, since theirs are readonly. */
export const sumsData = (sums: Sums): Value<typeof SumsData> => ({
  ...sums,
  stages: Object.fromEntries(Object.entries(sums.stages)),
});

/** A project as it is carried out, on the day on which the register is looked at. */
export function workData(register: PublicRegister, work: Work): WorkData {
  const {
    works: { rules },
    day: today,
  } = register;
  const { permille: done, weights } = progressOf(work);
  const { sheet, promised, standing, shareOf } = work;
  return {
    ...{ stage: stageOf(work), standing, permille: done, weights, shareOf },
    light: lightOf(work, rules, today),
    investment: total(sheet.parts.flatMap(({ funding }) => funding)),
    parts: sheet.parts.map((part) => {
      const its = work.parts.get(part.id) ?? emptyPart();
      return { ...partWorkData(part, its), light: lightOfPart(part, its, standing, rules, today) };
    }),
    differences: differences(promised, sheet).map(({ part, isShrunk, in: where }) => ({
      ...{ part, less: isShrunk },
      in: [...where],
    })),
    findings: [...work.findings.values()].map(({ finding, part, words, due, state, ...each }) => ({
      ...said(each),
      ...{ id: finding, part, words, due, state },
    })),
    changes: [...work.changes].map(({ kind, reason, decision, document, ...each }) => ({
      ...said(each),
      ...{ kind, reason, decision, document },
    })),
    appraisals: [...work.appraisals].map(
      ({ how, appraisers, roll, cast, counts: votes, grade, proof, ...each }) => ({
        ...said(each),
        ...{ how, by: appraisers, roll, cast, grade, proof },
        ...{ satisfied: votes.satisfied, basic: votes.basic, dissatisfied: votes.dissatisfied },
        dontKnow: votes['dont-know'],
      }),
    ),
    voices: voicesOf(register, work).map(({ one, finding }) => ({
      ...{ id: one.voice, part: one.part, kind: one.kind, day: register.dayOf(one.at) },
      text: one.text ?? '',
      answers: one.answers.map((each) => ({ ...said(each), words: each.words })),
      finding: finding?.finding ?? null,
    })),
    rectifying: work.rectifications.some(({ closed }) => closed === null),
    lookBacks: [...work.lookBacks.values()].map(({ lookBack, day: on, works, users, words, ...each }) => ({
      ...said(each),
      ...{ id: lookBack, day: on, works, users, words },
    })),
  };
}

/** What people said at the sites of a project, as far as it is public, the first one first; and what the group has made of it. */
export const voicesOf = (
  { works }: Pick<PublicRegister, 'works'>,
  { id, findings }: Work,
): readonly { readonly one: Voice; readonly finding: Finding | null }[] =>
  [...works.voices.values()]
    .filter(({ project }) => project === id)
    .map((one) => ({ one, finding: findings.find(({ voice }) => voice === one.voice) ?? null }));

function partWorkData(part: Part, its: PartWork): Omit<WorkData['parts'][number], 'light'> {
  const { done, reported, found, is, month: last, seq } = figureOf(its);
  const { plan } = its;
  return {
    ...partData(part),
    done: done / 1000,
    permille: permilleOf(part, done),
    figure: {
      ...{ is, month: last, entry: seq },
      reported: reported / 1000,
      found: found === null ? null : found / 1000,
    },
    plan: plan && {
      ...said(plan),
      ...{ stale: plan.isStale, safeguards: plan.safeguards },
      months: plan.months.map((each) => ({ ...each })),
    },
    reports: [...its.reports.values()].map((report) => {
      const { month: of, appropriated, paid, words, reason, evidence } = report;
      return {
        ...said(report),
        ...{ month: of, holds: holds(its, report), done: report.done / 1000 },
        ...{ appropriated, paid, words, reason, evidence: [...evidence] },
      };
    }),
  };
}

/** A published document as data. */
export const documentData = (one: PublishedDocument): Value<typeof DocumentData> => {
  const { document, kind, period, project, title, text, pdf, replaces } = one;
  return { ...said(one), id: document, ...{ kind, period, project, title, text, pdf, replaces } };
};
