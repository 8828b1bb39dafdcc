import { z } from 'zod';
import { Sheet } from '../../../shared/projects/sheet.ts';
import { HashHex, Id, Millis, Text } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { RegisterAct } from '../../register/model/acts.ts';
import { Channel, Opinion, Outcome, ProposalId, Source } from '../../register/model/entries.ts';
import { HallResult } from '../../register/model/hall-result.ts';
import { LEVELS } from '../../register/model/level.ts';
import { RegisterActor } from '../../register/model/person.ts';
import { Place } from '../../register/model/wording.ts';
import { StaffPerson } from '../person.ts';
import { Wire } from '../wire.ts';

const count = z.number().int().nonnegative();
const Said = z.object({ zh: z.string(), en: z.string() });

/** Which register this is. */
export const RegisterAbout = z.object({
  id: Id,
  name: Text,
  congress: Text,
  level: z.enum(['city', 'county', 'town']),
});

/** A cycle, as far as its name tells what to do in it. */
export const CycleStage = z.object({
  year: z.number(),
  from: z.string(),
  to: z.string(),
  stage: z.enum(['before', 'collecting', 'screening', 'submitted', 'frozen', 'decided']),
});
export type CycleStage = Value<typeof CycleStage>;

/** `GET /api/session`: who has signed in here, what they may do by the table of rights, and where the register stands. */
export const RegisterSession = z.object({
  person: StaffPerson.nullable(),
  rights: z.array(z.string()),
  register: RegisterAbout,
  /** Under which people reach it, where its file says so: for receipts that are printed at the machine itself. */
  address: z.string().nullable(),
  /** Whose days and hours are the register's. */
  timezone: z.string(),
  wire: Wire,
  cycles: z.array(CycleStage),
  /** The last entry's number: another means that something has changed. */
  seq: count,
});
export type RegisterSession = Value<typeof RegisterSession>;

const named = z.array(z.object({ id: Id, name: Text }));

/** What is spoken of by id, with its names, in the order in which the register’s file has it. */
export const RegisterNames = z.object({
  categories: named,
  grounds: named,
  bodies: named,
  areas: named,
  sources: named,
});
export type RegisterNames = Value<typeof RegisterNames>;

/** Where a proposal stands; what is drafted shows in none of these. */
export const ProposalStage = z.enum([
  'received',
  'under-screening',
  'merged',
  'excluded',
  'not-adopted',
  'adopted',
]);

/** A proposal as a line of a queue. `title` null: this reader may not see words that are not cleared. */
export const ProposalRow = z.object({
  id: ProposalId,
  cycle: z.number(),
  title: z.string().nullable(),
  isCleared: z.boolean(),
  at: Millis,
  source: Source,
  channel: Channel,
  category: Id.nullable(),
  area: Id.nullable(),
  stage: ProposalStage,
  seconds: count,
  opinions: count,
  attachments: count,
  /** What is drafted; null where nothing is, or for who may not see it. */
  draft: Outcome.nullable(),
  answer: Outcome.nullable(),
});
export type ProposalRow = Value<typeof ProposalRow>;

/** What to look for; what is left out is not asked for. `text`: full text, else the newest first. */
export const ProposalFilter = z.strictObject({
  cycle: z.number().int(),
  stage: z.enum(['all', 'open', 'drafted', ...ProposalStage.options]).default('all'),
  category: Id.or(z.literal('none')).optional(),
  area: Id.or(z.literal('none')).optional(),
  source: Source.optional(),
  text: z.string().max(200).optional(),
  page: count.default(0),
});
export type ProposalFilter = z.input<typeof ProposalFilter>;

/** So many lines on a page. */
export const PAGE_ROWS = 50;

export const ProposalQueue = z.object({
  rows: z.array(ProposalRow),
  total: count,
  /** Of the whole cycle, whatever is looked for. */
  counts: z.object({
    stage: z.record(z.string(), count),
    category: z.record(z.string(), count),
    /** Answers that are drafted and not released, and as what; null for who may not see them. */
    drafted: count.nullable(),
    /** The hash of them, which whoever releases them sends back. */
    drafts: HashHex.nullable(),
    draftedAs: z.record(z.string(), count).nullable(),
  }),
});
export type ProposalQueue = Value<typeof ProposalQueue>;

export const Similar = z.object({ id: ProposalId, title: z.string().nullable(), stage: ProposalStage });

/** A proposal whole. What this reader may not see is null. */
export const ProposalDetail = ProposalRow.extend({
  /** As it was sent. */
  sent: z
    .object({
      title: z.string(),
      text: z.string(),
      place: Place.nullable(),
    })
    .nullable(),
  wording: z.object({ title: z.string(), text: z.string() }).nullable(),
  proposer: z
    .object({
      name: z.string().nullable(),
      telephone: z.string().nullable(),
      address: z.string().nullable(),
    })
    .nullable(),
  isErased: z.boolean(),
  enteredBy: z.string().nullable(),
  files: z.array(z.object({ hash: HashHex, type: z.enum(['jpg', 'pdf']) })),
  secondedBy: z.array(z.string()),
  opinionsGiven: z.array(z.object({ ...Opinion.shape, person: z.string(), body: Id.nullable(), at: Millis })),
  /** Proposals that are merged into this one, drafted or released; drafted ones only for who may see them. */
  mergedHere: z.array(ProposalId),
  similar: z.array(Similar),
});
export type ProposalDetail = Value<typeof ProposalDetail>;

/** Something that is missing before a project may be listed. */
export const ShownGap = z.object({ what: z.string(), part: z.string().optional(), text: Said });

export const ProjectDocument = z.object({
  id: Id,
  cycle: z.number(),
  state: z.enum(['draft', 'candidate', 'listed', 'chosen', 'not-chosen', 'dropped']),
  sheet: Sheet,
  /** Which sheet it is, for whoever changes it. */
  sheetHash: HashHex,
  investment: count,
  finish: z.string().nullable(),
  gaps: z.array(ShownGap),
  /** Proposals whose answer points to it; drafted ones only for who may see them. */
  answers: count,
});
export type ProjectDocument = Value<typeof ProjectDocument>;

/** `GET /api/cycles/:year`: a cycle with its projects, as the offices see it. */
export const CycleDocument = z.object({
  ...CycleStage.shape,
  projects: z.array(ProjectDocument),
  /** What the government handed in, and the hash that two persons would freeze. */
  submitted: z.object({ places: count, projects: z.array(Id), hash: HashHex }).nullable(),
  frozen: z.object({ hash: HashHex, places: count, projects: z.array(Id), at: Millis }).nullable(),
  decided: z
    .discriminatedUnion('how', [
      z.object({ how: z.literal('bundle'), result: HallResult, at: Millis }),
      z.object({
        how: z.literal('paper'),
        sheet: HashHex,
        roll: count,
        votes: z.array(z.object({ project: Id, votes: count })),
        chosen: z.array(Id),
        at: Millis,
      }),
    ])
    .nullable(),
});
export type CycleDocument = Value<typeof CycleDocument>;

/** An act that waits for another person, as who may confirm it, or proposed it, is shown it. */
export const WaitingAct = z.object({
  id: z.string(),
  act: RegisterAct,
  by: RegisterActor,
  at: Millis,
  /** ms until it is worth nothing. */
  left: Millis,
  as: z.enum(['proposed', 'to-confirm']),
});
export type WaitingAct = Value<typeof WaitingAct>;

/** What became of an act. */
export const RegisterActAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('done') }),
  /** Another person has to confirm it. */
  z.object({ is: z.literal('waiting'), id: z.string() }),
  z.object({
    is: z.literal('refused'),
    reason: z.string(),
    text: Said,
    gaps: z.array(ShownGap.extend({ project: Id })).optional(),
  }),
]);
export type RegisterActAnswer = Value<typeof RegisterActAnswer>;

/** What became of a file that somebody has sent. */
export const TakenFile = z.discriminatedUnion('is', [
  z.object({ is: z.literal('taken'), hash: HashHex }),
  z.object({ is: z.literal('refused'), reason: z.string(), text: Said }),
]);
export type TakenFile = Value<typeof TakenFile>;

/** What came of a proposal that somebody of the register has entered. `code`: for its receipt, said once. */
export const Received = z.discriminatedUnion('is', [
  z.object({ is: z.literal('received'), proposal: ProposalId, code: z.string() }),
  z.object({ is: z.literal('refused'), reason: z.string(), text: Said }),
]);
export type Received = Value<typeof Received>;

/** A register beneath, for who looks after the line to it: how far it was read, and what was wrong. */
export const ChildDocument = z.object({
  id: Id,
  name: Text,
  level: z.enum(LEVELS),
  place: z.enum(['web', 'folder']),
  is: z.enum(['self', 'fresh', 'stale', 'broken', 'forked', 'unread']),
  /** So many hours since all that it told was read. */
  hours: z.number().nullable(),
  why: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** Its last entry that was read, that it told, and that is witnessed. */
  read: z.number(),
  told: z.number(),
  witnessed: z.number().nullable(),
});
export type ChildDocument = Value<typeof ChildDocument>;
