import { z } from 'zod';
import { HashHex, Id } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { ProposalId } from '../../register/model/entries.ts';
import { LEVELS } from '../../register/model/level.ts';
import { download, page, post, type Route } from '../route.ts';
import { ProposalStage } from './documents.ts';

/** What everybody may look for among the proposals; what is left out, empty or nonsense is not asked for. */
export const PublicSearch = z.object({
  q: z.string().max(200).catch(''),
  category: Id.optional().catch(undefined),
  area: Id.optional().catch(undefined),
  stage: ProposalStage.optional().catch(undefined),
  cycle: z.coerce.number().int().positive().optional().catch(undefined),
  page: z.coerce.number().int().min(0).max(10_000).catch(0),
});
export type PublicSearch = Value<typeof PublicSearch>;

/** What of a year somebody looks at; nonsense is not asked for. */
export const CycleSearch = z.object({
  category: Id.optional().catch(undefined),
  area: Id.optional().catch(undefined),
});

const Year = z.coerce.number().int().min(1954).max(2200);
/** From which year to which somebody adds up; nonsense is not asked for. */
export const YearsSearch = z.object({
  from: Year.optional().catch(undefined),
  to: Year.optional().catch(undefined),
});
export type YearsSearch = Value<typeof YearsSearch>;

/** What of three levels somebody looks at; nonsense is not asked for. */
export const LevelsSearch = z.object({
  year: Year.nullable().catch(null),
  level: z.enum(LEVELS).nullable().catch(null),
  category: z.string().min(1).max(200).nullable().catch(null),
  area: Id.nullable().catch(null),
});

const ofYear = z.object({ year: z.string().regex(/^\d{4}$/) });
const ofProject = z.object({ id: Id });
const ofPart = ofProject.extend({ part: Id });

const posterSize = z.enum(['a4.pdf', 'a3.pdf']);

const KB = 1024;
const MB = 1024 * KB;

/** A form of a page, which is answered by a page. What it brings is read by whoever serves it, and said wrong in words. */
const form = (path: string, mostBody: number) => ({
  ...post(path, 'anybody', z.unknown(), z.string()),
  as: 'page' as const,
  mostBody,
});

/** So many files go with a proposal. */
export const MOST_FILES = 5;

/** What everybody sees of a register, without an account: pages that are made on the server. */
export const PUBLIC_ROUTES = {
  overview: page('/'),
  publicCycle: { ...page('/cycles/:year'), params: ofYear },
  publicProject: { ...page('/projects/:id'), params: ofProject },
  /** What the code at a site opens. */
  publicPart: { ...page('/projects/:id/parts/:part'), params: ofPart },
  /** What somebody says there: the words, and then the whole with photographs. */
  voiceWords: { ...form('/projects/:id/parts/:part/voice/words', 20 * KB), params: ofPart },
  voice: { ...form('/projects/:id/parts/:part/voice', 31 * MB), params: ofPart },
  years: page('/years'),
  /** What it has together with the registers beneath it. */
  levels: page('/levels'),
  level: { ...page('/levels/:id'), params: ofProject },
  levelsData: download(
    '/data/levels/:file',
    'anybody',
    z.object({ file: z.string().regex(/^(all|\d{4})\.(json|csv|xlsx)$/) }),
  ),
  publicProposals: page('/proposals'),
  publicProposal: { ...page('/proposals/:id'), params: z.object({ id: ProposalId }) },
  propose: page('/propose'),
  /** The longest text, each of its characters percent-encoded. */
  matter: form('/propose/matter', 40 * KB),
  /** A press on the plan: the form again, with the place on it. */
  pointed: form('/propose/place', 48 * KB),
  plan: download('/plan.jpg', 'anybody', z.object({})),
  proposed: form('/propose', 52 * MB),
  receipt: form('/propose/receipt.pdf', 4 * KB),
  follow: page('/follow'),
  followed: form('/follow', 4 * KB),
  letter: form('/follow/letter.pdf', 4 * KB),
  /** A file that everybody may see: evidence, documents, signed sheets. */
  evidence: {
    ...download(
      '/evidence/:hash/:size',
      'anybody',
      z.object({ hash: HashHex, size: z.enum(['whole', 'small']) }),
    ),
    most: 64 * MB,
  },
  notices: page('/notices'),
  notice: { ...page('/notices/:id'), params: ofProject },
  noticePaper: { ...download('/notices/:id/notice.pdf', 'anybody', ofProject), most: 32 * MB },
  noticeText: { ...download('/notices/:id/notice.json', 'anybody', ofProject), most: 32 * MB },
  openData: page('/open-data'),
  schema: download('/data/schema.json', 'anybody', z.object({})),
  /** A year as it is here, and as a package of OC4IDS; that of all years. */
  cycleData: download(
    '/data/cycles/:file',
    'anybody',
    z.object({ file: z.string().regex(/^\d{4}\.(oc4ids\.)?json$/) }),
  ),
  oc4ids: download('/data/oc4ids.json', 'anybody', z.object({})),
  cycleTable: download(
    '/data/cycles/:year/:file',
    'anybody',
    ofYear.extend({ file: z.string().regex(/^[a-z]{1,20}\.(csv|xlsx)$/) }),
  ),
  feed: download('/feed.atom', 'anybody', z.object({})),
  /** What is public of the ledger, as it stands there: whole, its signed end, and in pieces; `feed.md`. */
  feedWhole: { ...download('/feed.jsonl', 'anybody', z.object({})), most: 1024 * MB },
  feedHead: download('/feed/head.jws', 'anybody', z.object({})),
  feedPiece: {
    ...download('/feed/:file', 'anybody', z.object({ file: z.string().regex(/^[1-9]\d{0,5}\.jsonl$/) })),
    most: 64 * MB,
  },
  /** A file that a public entry speaks of. */
  publicFile: {
    ...download(
      '/attachments/:file',
      'anybody',
      z.object({ file: z.string().regex(/^[0-9a-f]{64}\.[a-z]{2,5}$/) }),
    ),
    most: 64 * MB,
  },
  registerBundle: {
    ...download('/data/register.zip', 'anybody', z.object({})),
    most: 1024 * MB,
    patienceMs: 10 * 60_000,
  },
  style: page('/public.css'),
  script: page('/public.js'),
  booklet: download('/cycles/:year/list.pdf', 'anybody', ofYear),
  sheet: download('/projects/:id/sheet.pdf', 'anybody', ofProject),
  /** 公示牌: what hangs at the site of a part, with the code of its page; all of a project in one file. */
  posters: download('/projects/:id/posters/:size', 'anybody', ofProject.extend({ size: posterSize })),
  poster: download(
    '/projects/:id/parts/:part/poster/:size',
    'anybody',
    ofProject.extend({ part: Id, size: posterSize }),
  ),
} as const satisfies Record<string, Route>;
