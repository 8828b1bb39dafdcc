import { z } from 'zod';
import { MOST_PROJECTS } from '../../../shared/projects/sheet.ts';
import { Id, words } from '../../../shared/protocol/ids.ts';
import { Appraisers } from '../../register/model/work/fields.ts';
import { Bytes, download, get, post, type Route } from '../route.ts';
import { RegisterActAnswer } from './documents.ts';
import { AppraisalTaken, BundleTaken, HallExchange } from './hall-documents.ts';

const MB = 1024 * 1024;

/** Which projects are to be graded, and by whom. */
const AppraisalOrder = z.strictObject({ by: Appraisers, projects: z.array(Id).min(1).max(MOST_PROJECTS) });

const ofYear = z.object({ year: z.string().regex(/^\d{4}$/) });

/** What goes between register and hall: lists and motions there, bundles back, and both for whoever doubts. */
export const HALL_ROUTES = {
  hall: { ...get('/api/hall', ['hand-over', 'enter-result'], HallExchange), isUse: false },
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
