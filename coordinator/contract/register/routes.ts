import { z } from 'zod';
import { HashHex, Id } from '../../../shared/protocol/ids.ts';
import { MOST_ATTACHMENT_BYTES } from '../../register/attachments/refusals.ts';
import { RegisterAct } from '../../register/model/acts.ts';
import { Channel, ProposalId } from '../../register/model/entries.ts';
import type { RegisterActName } from '../../register/model/rights.ts';
import { Proposer, Wording } from '../../register/model/wording.ts';
import { Bytes, download, get, page, post, type Route } from '../route.ts';
import { STAFF_ROUTES, Typed } from '../staff-routes.ts';
import {
  ChildDocument,
  CycleDocument,
  ProposalDetail,
  ProposalFilter,
  ProposalQueue,
  Received,
  RegisterActAnswer,
  RegisterNames,
  RegisterSession,
  TakenFile,
  WaitingAct,
} from './documents.ts';
import { DutiesDocument } from './duties.ts';
import { HALL_ROUTES } from './hall-routes.ts';
import {
  CalendarDocument,
  DraftParams,
  PreviewAnswer,
  PreviewAsked,
  PublishAnswer,
  PublishAsked,
} from './notices.ts';
import { PUBLIC_ROUTES } from './public-routes.ts';
import { TABLE_ROUTES } from './table-routes.ts';
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
  ...HALL_ROUTES,
  ...TABLE_ROUTES,
  waiting: { ...get('/api/waiting', 'person', z.array(WaitingAct)), ...mine, most: 32 * MB },
  confirmWaiting: {
    ...post('/api/waiting/confirm', 'person', z.strictObject({ id: Typed }), RegisterActAnswer),
    saysNo: true,
  },
  declineWaiting: {
    ...post('/api/waiting/decline', 'person', z.strictObject({ id: Typed }), RegisterActAnswer),
    saysNo: true,
  },
} as const satisfies Record<string, Route>;

export const EVERY_REGISTER_ROUTE: readonly Route[] = [
  ...Object.values(REGISTER_PAGES),
  ...Object.values(REGISTER_ROUTES),
  ...Object.values(PUBLIC_ROUTES),
];
