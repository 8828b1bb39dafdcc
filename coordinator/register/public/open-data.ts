import { z } from 'zod';
import { investment } from '../../../shared/projects/sheet.ts';
import { HashHex, Id } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { ProposalStage } from '../../contract/register/documents.ts';
import { Channel, ProposalId, Source } from '../model/entries.ts';
import { sumsOf } from '../model/work/sums.ts';
import {
  DocumentData,
  documentData,
  PartData,
  partData,
  RulesData,
  SumsData,
  sumsData,
  WorkData,
  workData,
} from './open-work.ts';
import {
  PUBLIC_STAGES,
  type PublicCycle,
  type PublicList,
  type PublicProposal,
  type PublicRegister,
} from './public-register.ts';

const count = z.int().min(0);
const day = z.iso.date();
const moment = z.iso.datetime();
/** Language tag → text; Chinese is always there. */
const text = z.object({ zh: z.string() }).catchall(z.string());
const names = z.record(z.string(), text);
const fen = count.describe('in fen, a hundredth of a yuan');

const Answer = z.object({
  is: z.enum(['merged', 'excluded', 'not-adopted', 'adopted']),
  released: day,
  into: ProposalId.optional().describe('merged: into this proposal'),
  ground: Id.optional().describe('excluded: for this ground'),
  reason: z.string().optional(),
  project: Id.optional().describe('adopted: as part of this project'),
});

/** `/data/cycles/2027.json`: a year as everybody may use it. Proposals are those whose wording was cleared. */
export const CycleData = z.object({
  format: z.literal('hallvote-cycle 1'),
  register: z.object({
    id: Id,
    name: text,
    congress: text,
    key: z.string().describe('Ed25519 public key, base64url'),
  }),
  cycle: z.int(),
  collection: z.object({ from: day, to: day }),
  stage: z.enum(PUBLIC_STAGES),
  received: count.describe('all proposals, those not yet cleared among them'),
  answered: count,
  names: z.object({ categories: names, areas: names, grounds: names, bodies: names, sources: names }),
  proposals: z.array(
    z.object({
      id: ProposalId,
      received: day,
      source: Source,
      channel: Channel,
      title: z.string(),
      text: z.string(),
      category: Id.nullable(),
      area: Id.nullable(),
      stage: ProposalStage,
      seconds: count.describe('deputies who second it'),
      answer: Answer.nullable(),
    }),
  ),
  list: z
    .object({
      hash: HashHex.describe('SHA-256 of the text of the list'),
      frozen: moment,
      places: count,
      result: z
        .discriminatedUnion('how', [
          z.object({
            how: z.literal('bundle'),
            entered: moment,
            manifest: HashHex,
            key: z.string(),
            hall: Id,
            sitting: Id,
          }),
          z.object({ how: z.literal('paper'), entered: moment, sheet: HashHex }),
        ])
        .nullable(),
      projects: z.array(
        z.object({
          id: Id,
          title: text,
          summary: text,
          category: Id,
          lead: Id,
          co: z.array(Id),
          content: z.string(),
          beneficiaries: z.string(),
          proposals: z.array(ProposalId),
          investment: fen,
          parts: z.array(PartData),
          vote: z.object({ chosen: z.boolean(), votes: count.nullable(), roll: count.nullable() }).nullable(),
          work: WorkData.nullable().describe('how it is carried out; null where it was not chosen'),
        }),
      ),
    })
    .nullable(),
  day: day.describe('the day of which lights are'),
  rules: RulesData.describe('what lights and grades go by'),
  sums: SumsData.nullable().describe('of what was chosen; null before the vote'),
  documents: z.array(DocumentData),
});
export type CycleData = Value<typeof CycleData>;

/** The schema of a year's data, as others' programs validate it. */
export const cycleSchema = () => ({
  ...z.toJSONSchema(CycleData, { io: 'output' }),
  title: 'A year of a register of livelihood projects',
});

/** A year as data. */
export function cycleData(register: PublicRegister, cycle: PublicCycle): CycleData {
  const { year, from, to, stage, received, answered, list } = cycle;
  const { id, name, congress, key } = register;
  return {
    format: 'hallvote-cycle 1',
    register: { id, name, congress, key },
    cycle: year,
    collection: { from, to },
    ...{ stage, received, answered },
    names: {
      categories: Object.fromEntries(register.categories),
      areas: Object.fromEntries(register.areas),
      grounds: Object.fromEntries(register.grounds),
      bodies: namesOf(register, list, 'bodies'),
      sources: namesOf(register, list, 'sources'),
    },
    proposals: proposalsOf(register, year).map(proposalData),
    list: list && listData(register, list),
    day: register.day,
    rules: register.works.rules,
    sums: list?.vote ? sumsData(sumsOf(worksOf(register, year), register.works, register.day)) : null,
    documents: [...register.works.documents.values()].filter((one) => one.cycle === year).map(documentData),
  };
}

/** The proposals of a year, the oldest first: rows that are added come last. */
export const proposalsOf = ({ proposals }: PublicRegister, year: number): readonly PublicProposal[] =>
  [...proposals.values()].filter(({ cycle }) => cycle === year).toReversed();

const worksOf = ({ works }: PublicRegister, year: number) =>
  [...works.projects.values()].filter(({ cycle }) => cycle === year);

/** Those of the frozen list, and what a change may have brought in since. */
const namesOf = (register: PublicRegister, list: PublicList | null, what: 'bodies' | 'sources') => ({
  ...Object.fromEntries(register[what]),
  ...Object.fromEntries((list?.list.names[what] ?? []).map(({ id, name }) => [id, name])),
});

function proposalData(one: PublicProposal): CycleData['proposals'][number] {
  const { id, received, source, channel, wording, category, area, stage, seconds, answer } = one;
  return {
    ...{ id, received, source, channel, category, area, stage, seconds },
    title: wording?.title ?? '',
    text: wording?.text ?? '',
    answer: answer && { ...answer.outcome, released: answer.day },
  };
}

const iso = (time: number) => new Date(time).toISOString();

function listData(register: PublicRegister, { hash, at, list, vote }: PublicList): CycleData['list'] {
  return {
    hash,
    frozen: iso(at),
    places: list.places,
    result: resultData(vote),
    projects: list.projects.map(({ id, sheet }) => {
      const one = register.projects.get(id);
      const work = register.works.projects.get(id);
      const { title, summary, category, lead, co, content, beneficiaries, parts } = sheet;
      return {
        ...{ id, title, summary, category, lead, co, content, beneficiaries },
        proposals: one?.from ?? [],
        investment: investment(sheet),
        parts: parts.map(partData),
        work: work ? workData(register, work) : null,
        vote: one?.vote
          ? {
              chosen: one.vote.isChosen,
              votes: one.vote.count?.votes ?? null,
              roll: one.vote.count?.roll ?? null,
            }
          : null,
      };
    }),
  };
}

function resultData(vote: PublicList['vote']): NonNullable<CycleData['list']>['result'] {
  if (!vote) return null;
  const entered = iso(vote.at);
  if (vote.how === 'paper') return { how: 'paper', entered, sheet: vote.sheet };
  const { manifest, key, hall, sitting } = vote.result;
  return { how: 'bundle', entered, manifest, key, hall, sitting };
}
