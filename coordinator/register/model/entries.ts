import { z } from 'zod';
import { Year } from '../../../shared/projects/money.ts';
import { MOST_PROJECTS, Sheet } from '../../../shared/projects/sheet.ts';
import { HashHex, Id, Millis, PublicKey, Text, words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { own } from './entry-shape.ts';
import { HallResult } from './hall-result.ts';
import { LEVELS } from './level.ts';
import { RegisterPerson } from './person.ts';
import { WORK_ENTRIES } from './work/work-entries.ts';

/** Whom a proposal is from, and how it came in. */
export const Source = z.enum(['public', 'deputy', 'department']);
export const Channel = z.enum(['online', 'letter', 'telephone', 'station', 'meeting']);

/** A proposal's name in public. Drawn by lot, so that neither order nor number of what is decided shows in it. */
export const ProposalId = z.string().regex(/^\d{4}-[0-9A-HJKMNP-TV-Z]{7}$/, 'such as 2027-7K3QM0A');

/** 群众有需求, 工作有要求, 财政有保障. */
export const QUESTIONS = ['needed', 'required', 'affordable'] as const;
export const Question = z.enum(QUESTIONS);
export type Question = Value<typeof Question>;

export const Opinion = z.strictObject({
  question: Question,
  answer: z.enum(['yes', 'no', 'unclear']),
  reason: words(1, 1000),
});
export type Opinion = Value<typeof Opinion>;

const reason = words(1, 1000);

/** What becomes of a proposal: 合并, 不列入, 未采纳, 采纳. */
export const Outcome = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('merged'), into: ProposalId }),
  z.strictObject({ is: z.literal('excluded'), ground: Id, reason }),
  z.strictObject({ is: z.literal('not-adopted'), reason }),
  z.strictObject({ is: z.literal('adopted'), project: Id }),
]);
export type Outcome = Value<typeof Outcome>;

/** A name of the register's own lists, in its languages. */
const Named = z.strictObject({ id: Id, name: Text });
const names = z
  .array(Named)
  .max(1000)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'ids must differ');

/** Everything that a register enters, signed by it: one schema an entry type. */
export const RegisterEntry = z.discriminatedUnion('typ', [
  /** Always the first entry. */
  z.strictObject({
    ...own('begun'),
    name: Text,
    congress: Text,
    level: z.enum(LEVELS),
    key: PublicKey,
  }),
  /** A start of the program, as in a hall's ledger. */
  z.strictObject({ ...own('started'), boot: words(0, 64), mono: Millis, version: words(0, 40) }),
  z.strictObject({ ...own('staff-set'), staff: z.array(RegisterPerson).max(2000) }),
  /** What is spoken of by id: categories, grounds of exclusion, bodies, areas, sources of money. */
  z.strictObject({
    ...own('vocabulary-set'),
    categories: names,
    grounds: names,
    bodies: names,
    areas: names,
    sources: names,
  }),
  /** 年度: collection lasts from the first to the last day, both included. */
  z.strictObject({ ...own('cycle-opened'), cycle: Year, from: z.iso.date(), to: z.iso.date() }),
  /**
   * A proposal came in. What it says, and who says it, stands beside the chain: here is only what cannot be undone of it.
   * `words`: a salted hash of its wording; `proposer`: one of who it is from, null where nobody gave a name.
   */
  z.strictObject({
    ...own('received'),
    proposal: ProposalId,
    cycle: Year,
    source: Source,
    channel: Channel,
    words: HashHex,
    proposer: HashHex.nullable(),
    attachments: z.array(HashHex).max(20),
  }),
  /** The wording was read, holds no personal data, and is public from now on. */
  z.strictObject({
    ...own('wording-cleared'),
    proposal: ProposalId,
    title: words(1, 200),
    text: words(1, 4000),
  }),
  z.strictObject({ ...own('classified'), proposal: ProposalId, category: Id, area: Id.nullable() }),
  /** A deputy stands behind it too (附议). */
  z.strictObject({ ...own('seconded'), proposal: ProposalId }),
  z.strictObject({ ...own('opinion'), proposal: ProposalId, opinion: Opinion }),
  /** What is to become of it; nobody outside the offices sees this before its release. Null: undecided again. */
  z.strictObject({ ...own('decision-drafted'), proposal: ProposalId, outcome: Outcome.nullable() }),
  /** Answers that hold from this moment, all together. */
  z.strictObject({
    ...own('released'),
    cycle: Year,
    outcomes: z.array(z.strictObject({ proposal: ProposalId, outcome: Outcome })).min(1),
  }),
  /** What tied a name and a wording to the proposal is gone for good, salt included. */
  z.strictObject({ ...own('erased'), proposal: ProposalId, reason }),
  z.strictObject({ ...own('project-drafted'), project: Id, cycle: Year, sheet: Sheet }),
  z.strictObject({ ...own('project-changed'), project: Id, sheet: Sheet }),
  z.strictObject({ ...own('project-dropped'), project: Id, reason }),
  z.strictObject({ ...own('candidate-named'), project: Id }),
  z.strictObject({ ...own('candidate-withdrawn'), project: Id, reason }),
  /** The government hands in its candidates, in the order of the ballot. */
  z.strictObject({
    ...own('list-submitted'),
    cycle: Year,
    places: z.number().int().positive().max(MOST_PROJECTS),
    projects: z.array(Id).min(1).max(MOST_PROJECTS),
  }),
  /** From now on the list is what its hash says, to the letter. */
  z.strictObject({ ...own('list-frozen'), cycle: Year, list: HashHex }),
  /** A frozen list that is not to be voted on after all; its hash decides nothing any more. */
  z.strictObject({ ...own('list-withdrawn'), cycle: Year, list: HashHex, reason }),
  /** A hall has decided, and its bundle was verified whole. */
  z.strictObject({ ...own('voted'), cycle: Year, result: HallResult }),
  /** The congress voted on paper: two persons, and the signed sheet. */
  z.strictObject({
    ...own('voted-on-paper'),
    cycle: Year,
    list: HashHex,
    roll: z.number().int().positive(),
    present: z.number().int().nonnegative(),
    cast: z.number().int().nonnegative(),
    votes: z.array(z.strictObject({ project: Id, votes: z.number().int().nonnegative() })).min(1),
    chosen: z.array(Id),
    sheet: HashHex,
    reason,
  }),
  /** How staff came in and left, and what became of their codes and sessions: entered as it happened, without a decision. */
  z.strictObject({ ...own('signed-in') }),
  z.strictObject({ ...own('signed-out') }),
  /** Attempts that failed, counted together; `person` null: somebody who is not on the list. */
  z.strictObject({
    ...own('sign-ins-failed'),
    counts: z.array(z.strictObject({ person: Id.nullable(), count: z.number().int().positive() })).min(1),
  }),
  z.strictObject({ ...own('code-given'), person: Id }),
  z.strictObject({ ...own('password-chosen') }),
  z.strictObject({ ...own('authenticator-set'), on: z.boolean() }),
  z.strictObject({ ...own('sessions-ended'), person: Id, count: z.number().int().positive() }),
  /** Somebody takes away what is not public. */
  z.strictObject({ ...own('exported'), what: z.enum(['proposals', 'projects', 'register']) }),
  ...WORK_ENTRIES,
  /** The register above saw the feed of `child` up to its entry `at`, with that hash: another history of it shows from now on. */
  z.strictObject({
    ...own('child-witnessed'),
    child: Id,
    key: PublicKey,
    at: z.number().int().positive(),
    hash: HashHex,
  }),
  z.strictObject({ ...own('checkpoint'), at: z.number().int().nonnegative(), hash: HashHex, time: Millis }),
]);
export type RegisterEntry = Value<typeof RegisterEntry>;
export type RegisterEntryType = RegisterEntry['typ'];

type Place = 'v' | 'seq' | 'prev' | 'feed' | 'by' | 'with';
/** An own entry before it has a place, and before it is said by whom it is. The first one names the register. */
export type Draft = RegisterEntry extends infer E
  ? E extends RegisterEntry
    ? Omit<E, E extends { readonly typ: 'begun' } ? Place : Place | 'register'>
    : never
  : never;
