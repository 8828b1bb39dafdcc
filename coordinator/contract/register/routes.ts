import { z } from 'zod';
import { MOST_PROJECTS } from '../../../shared/projects/sheet.ts';
import { HashHex, Id, words } from '../../../shared/protocol/ids.ts';
import { MOST_ATTACHMENT_BYTES } from '../../register/attachments/refusals.ts';
import { RegisterAct } from '../../register/model/acts.ts';
import { Channel, ProposalId } from '../../register/model/entries.ts';
import type { RegisterActName } from '../../register/model/rights.ts';
import { Proposer, Wording } from '../../register/model/wording.ts';
import { Appraisers } from '../../register/model/work/fields.ts';
import { Bytes, download, get, page, post, type Route } from '../route.ts';
import { STAFF_ROUTES, Typed } from '../staff-routes.ts';
import {
  AppraisalTaken,
  BundleTaken,
  ChildDocument,
  CycleDocument,
  EntryAnswer,
  EntryTable,
  HallExchange,
  ProposalDetail,
  ProposalFilter,
  ProposalQueue,
  Received,
  RegisterActAnswer,
  RegisterNames,
  RegisterSession,
  TableAnswer,
  TakenFile,
  WaitingAct,
} from './documents.ts';
import { DutiesDocument } from './duties.ts';
import {
  CalendarDocument,
  DraftParams,
  PreviewAnswer,
  PreviewAsked,
  PublishAnswer,
  PublishAsked,
} from './notices.ts';
import { PUBLIC_ROUTES } from './public-routes.ts';
import { VoicesDocument } from './voices.ts';
import { EligibleMember, WorkDocument, WorksDocument } from './works.ts';

const KB = 1024;
const MB = 1024 * KB;

/** The pages on which the register's staff works. */
export const REGISTER_PAGES = {
  desk: page('/desk'),
  projects: page('/projects'),
  works: page('/works'),
  voices: page('/voices'),
  notices: page('/notices-desk'),
  admin: page('/admin'),
  account: page('/account'),
  reports: page('/reports'),
  /** At the site, on a telephone: it opens without a network. */
  visits: page('/visits'),
} as const satisfies Record<string, Route>;

/** Where a receipt's code is followed: the page, and the address for a QR code, whose last part a browser keeps to itself. */
export const followAddress = (origin: string, code: string) => {
  const page = new URL('/follow', origin).href;
  return { page, address: `${page}#${code}` };
};

/** What the program enters itself: nobody asks for it in so many words. */
const OF_THE_PROGRAM: readonly string[] = [
  'propose',
  'enter-result',
  'enter-appraisal',
  'publish',
  'speak',
] satisfies RegisterActName[];

/** Whoever may attach something to what they do. */
const UPLOADS: readonly RegisterActName[] = [
  'propose',
  'enter-paper-result',
  'report',
  'answer-finding',
  'explain',
  'visit',
  'find',
  'look-back',
  'inspect',
  'ask-change',
  'decide-change',
];

/** An act as staff asks for it. */
export const StaffRegisterAct = RegisterAct.refine(({ act }) => !OF_THE_PROGRAM.includes(act), {
  message: 'is no act that is asked for by name',
});

const actNames: readonly RegisterActName[] = RegisterAct.options
  .flatMap((each) => [...each.shape.act.values])
  .filter((name) => !OF_THE_PROGRAM.includes(name));

/** What comes in of a deputy, a department, or by paper and telephone through the congress office. */
export const StaffProposal = z.strictObject({
  cycle: z.number().int(),
  channel: Channel,
  wording: Wording,
  proposer: Proposer.nullable(),
  attachments: z.array(HashHex).max(20),
});

/** Which projects are to be graded, and by whom. */
const AppraisalOrder = z.strictObject({ by: Appraisers, projects: z.array(Id).min(1).max(MOST_PROJECTS) });

const ofYear = z.object({ year: z.string().regex(/^\d{4}$/) });
const mine = { isUse: false } as const;

/** All else that a register serves to its staff. */
export const REGISTER_ROUTES = {
  assets: { ...page('/assets/*'), params: z.object({ '*': z.string() }) },
  /** What keeps the page of visits on a telephone; a browser lets it see nothing else than what begins with that page’s address. */
  visitsWorker: page('/visits-worker.js'),
  session: { ...get('/api/session', 'anybody', RegisterSession), ...mine, most: MB },
  ...STAFF_ROUTES,

  names: { ...get('/api/names', 'person', RegisterNames), ...mine, most: 4 * MB },
  /** Deputies find what has been cleared, so that they can stand behind it; `second` is theirs. */
  proposals: {
    ...post('/api/proposals/find', ['read', 'second'], ProposalFilter, ProposalQueue),
    most: 4 * MB,
  },
  proposal: {
    ...get('/api/proposals/:id', ['read', 'second'], ProposalDetail),
    params: z.object({ id: ProposalId }),
    most: MB,
  },
  cycle: { ...get('/api/cycles/:year', ['read'], CycleDocument), params: ofYear, most: 32 * MB },
  /** What was decided, as it is carried out. */
  works: { ...get('/api/cycles/:year/works', 'person', WorksDocument), params: ofYear, most: 8 * MB },
  /** What is owed, and by when: a department sees its own. */
  duties: {
    ...get('/api/cycles/:year/duties', ['report', 'remind', 'read'], DutiesDocument),
    params: ofYear,
    most: 8 * MB,
  },
  work: {
    ...get('/api/works/:id', 'person', WorkDocument),
    params: z.object({ id: Id }),
    most: 32 * MB,
  },
  /** What people have said at sites: for who reads and clears it, answers it, or makes a finding of it. */
  voices: { ...get('/api/voices', 'person', VoicesDocument), ...mine, most: 16 * MB },
  /** What is due and who owes it, and what was published. */
  calendar: { ...get('/api/calendar', 'person', CalendarDocument), most: 8 * MB },
  /** A document as it would be published now; words that come with it are kept for whoever wrote them. */
  previewNotice: {
    ...post('/api/notices/preview', ['publish'], PreviewAsked, PreviewAnswer),
    saysNo: true,
    mostBody: 256 * KB,
    most: 32 * MB,
  },
  /** The same on paper, with the words that were kept. */
  draftNotice: {
    ...download('/api/notices/draft/:kind/:cycle/:period/:project', ['publish'], DraftParams),
    most: 64 * MB,
    patienceMs: 90_000,
  },
  publishNotice: {
    ...post('/api/notices', ['publish'], PublishAsked, PublishAnswer),
    saysNo: true,
    mostBody: 256 * KB,
    most: 32 * MB,
    patienceMs: 90_000,
  },
  /** Who may be of a group, and of what they know something. */
  members: { ...get('/api/members', ['appoint-group'], z.array(EligibleMember)), most: 4 * MB },
  act: {
    ...post('/api/act', actNames, StaffRegisterAct, RegisterActAnswer),
    saysNo: true,
    // A sheet of two hundred parts.
    mostBody: 2 * MB,
  },
  /** Answered `received` with the code for the receipt, which nobody can say again. */
  propose: { ...post('/api/proposals', ['propose'], StaffProposal, Received), saysNo: true },
  /** A picture or a PDF: cleaned, kept, and named by the hash under which a proposal, or a result on paper, speaks of it. */
  upload: {
    ...post('/api/attachments', UPLOADS, Bytes, TakenFile),
    saysNo: true,
    mostBody: MOST_ATTACHMENT_BYTES,
    patienceMs: 60_000,
  },
  /** What came with a proposal, for who may read people; what was attached to public acts, for everybody on the staff who works with it. */
  attachment: {
    ...download(
      '/api/attachments/:hash/:size',
      ['read', 'visit'],
      z.object({ hash: HashHex, size: z.enum(['whole', 'small']) }),
    ),
    ...mine,
    most: 2 * MOST_ATTACHMENT_BYTES,
  },
  /** The registers beneath: how far each was read; and that they be read now. */
  children: { ...get('/api/children', 'person', z.array(ChildDocument)), ...mine, most: MB },
  pullChildren: {
    ...post('/api/children/pull', ['pull'], z.unknown(), z.array(ChildDocument)),
    most: MB,
    patienceMs: 6 * 60_000,
  },
  waiting: { ...get('/api/waiting', 'person', z.array(WaitingAct)), ...mine, most: 32 * MB },
  confirmWaiting: {
    ...post('/api/waiting/confirm', 'person', z.strictObject({ id: Typed }), RegisterActAnswer),
    saysNo: true,
  },
  declineWaiting: {
    ...post('/api/waiting/decline', 'person', z.strictObject({ id: Typed }), RegisterActAnswer),
    saysNo: true,
  },
  /** Plans and reports of one's own parts (of all, for the offices) as a workbook, and back in the same way. */
  reportsTable: {
    ...download('/api/cycles/:year/reports.xlsx', ['report', 'remind', 'export'], ofYear),
    most: 32 * MB,
  },
  previewReports: {
    ...post('/api/cycles/:year/reports/preview', ['report'], Bytes, TableAnswer),
    params: ofYear,
    mostBody: 10_000_000,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 60_000,
  },
  importReports: {
    ...post('/api/cycles/:year/reports/import/:fingerprint', ['report'], Bytes, TableAnswer),
    params: ofYear.extend({ fingerprint: HashHex }),
    mostBody: 10_000_000,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 60_000,
  },
  hall: { ...get('/api/hall', ['hand-over', 'enter-result'], HallExchange), ...mine },
  /** Leaves the frozen list of a cycle, and the agenda that votes on it, in the folder of register and hall. */
  handOver: {
    ...post('/api/cycles/:year/hand-over', ['hand-over'], z.unknown(), RegisterActAnswer),
    params: ofYear,
    saysNo: true,
  },
  /** A hall's bundle, sent as it is; or (`takeBundle`) one that lies in that folder. */
  bundle: {
    ...post('/api/cycles/:year/bundle', ['enter-result'], Bytes, BundleTaken),
    params: ofYear,
    saysNo: true,
    mostBody: 256 * MB,
    patienceMs: 15 * 60_000,
  },
  takeBundle: {
    ...post(
      '/api/cycles/:year/bundle/take',
      ['enter-result'],
      z.strictObject({ name: words(1, 200) }),
      BundleTaken,
    ),
    params: ofYear,
    saysNo: true,
    patienceMs: 15 * 60_000,
  },
  /** The same for an appraisal: leaves its motion in the folder, and takes the bundle that proves how it went. */
  handOverAppraisal: {
    ...post('/api/cycles/:year/appraisal/hand-over', ['hand-over'], AppraisalOrder, RegisterActAnswer),
    params: ofYear,
    saysNo: true,
  },
  appraisalBundle: {
    ...post('/api/cycles/:year/appraisal/bundle', ['enter-appraisal'], Bytes, AppraisalTaken),
    params: ofYear,
    saysNo: true,
    mostBody: 256 * MB,
    patienceMs: 15 * 60_000,
  },
  takeAppraisal: {
    ...post(
      '/api/cycles/:year/appraisal/bundle/take',
      ['enter-appraisal'],
      z.strictObject({ name: words(1, 200) }),
      AppraisalTaken,
    ),
    params: ofYear,
    saysNo: true,
    patienceMs: 15 * 60_000,
  },
  /** Workbooks for clerks: everything of a cycle as the offices have it. */
  projectsTable: {
    ...download('/api/cycles/:year/projects.xlsx', ['export'], ofYear),
    most: 32 * MB,
  },
  proposalsTable: {
    ...download('/api/cycles/:year/proposals.xlsx', ['export'], ofYear),
    most: 64 * MB,
  },
  /** A workbook of projects that comes back: what it would change; and, sent once more with the preview's fingerprint, that done. */
  previewProjects: {
    ...post('/api/cycles/:year/projects/preview', ['change-project'], Bytes, TableAnswer),
    params: ofYear,
    mostBody: 10_000_000,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 60_000,
  },
  importProjects: {
    ...post('/api/cycles/:year/projects/import/:fingerprint', ['change-project'], Bytes, TableAnswer),
    params: ofYear.extend({ fingerprint: HashHex }),
    mostBody: 10_000_000,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 60_000,
  },
  /** An empty table for what came on paper, its numbers drawn; and such a table filled in, to be seen first and then entered. */
  entryTemplate: {
    ...download('/api/cycles/:year/entry.xlsx', ['enter-table'], ofYear),
    most: MB,
  },
  enterTable: {
    ...post('/api/cycles/:year/entry', ['enter-table'], EntryTable, EntryAnswer),
    params: ofYear,
    // Ten megabytes in base64, and the names of the scans.
    mostBody: 14 * MB,
    most: 16 * MB,
    saysNo: true,
    patienceMs: 120_000,
  },
  /** What the hall is given of a frozen list: its agenda, and the list's text. */
  agenda: download('/cycles/:year/agenda.yaml', 'anybody', ofYear),
  /** The bundle that a result was taken from, by the hash of its manifest. */
  bundleFile: {
    ...download('/bundles/:file', 'anybody', z.object({ file: words(1, 80) })),
    most: 256 * MB,
    patienceMs: 180_000,
  },
  /** A frozen list, as its agenda calls it; or, by its hash, any that ever was. */
  list: download('/lists/:file', 'anybody', z.object({ file: words(1, 80) })),
} as const satisfies Record<string, Route>;

export const EVERY_REGISTER_ROUTE: readonly Route[] = [
  ...Object.values(REGISTER_PAGES),
  ...Object.values(REGISTER_ROUTES),
  ...Object.values(PUBLIC_ROUTES),
];
