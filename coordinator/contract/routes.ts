import { z } from 'zod';
import { CONTENTS, MANIFESTS } from '../../shared/update/fetching.ts';
import { Act, ActAnswer, HandEntry, ScrutineerAct } from './acts.ts';
import { HallAnswer, Session, Stats } from './answers.ts';
import { ReceiptsDocument } from './documents.ts';
import type { ActName } from './rights.ts';
import { download, get, page, post, type Route } from './route.ts';
import { STAFF_ROUTES, Typed } from './staff-routes.ts';
import { Waiting } from './waiting.ts';

const MB = 1024 * 1024;

/** Every page. */
export const PAGES = {
  index: page('/'),
  hall: page('/hall'),
  chair: page('/chair'),
  operator: page('/operator'),
  scrutineer: page('/scrutineer'),
  receipts: page('/receipts'),
  auditor: page('/auditor'),
  admin: page('/admin'),
  account: page('/account'),
} as const satisfies Record<string, Route>;

/** The acts that come in as bodies of this shape. */
const namesOf = (shape: typeof Act | typeof ScrutineerAct): readonly ActName[] =>
  shape.options.flatMap((each) => [...each.shape.act.values]);

const ARCHIVE = { most: 256 * MB, patienceMs: 180_000 };
/** It is made while whoever asked waits. */
const BUNDLE = { most: 1024 * MB, patienceMs: 600_000 };

/** All else that the coordinator serves over HTTP: nothing is that does not stand here or among the pages. */
export const ROUTES = {
  /** What pages are made of. */
  assets: { ...page('/assets/*'), params: z.object({ '*': z.string() }) },
  /** MQTT over WebSocket. */
  mqtt: { ...get('/mqtt', 'anybody', z.never()), as: 'socket' },

  hall: get('/api/hall', 'anybody', HallAnswer),
  receipts: { ...get('/api/receipts', 'anybody', ReceiptsDocument), most: 64 * MB },
  /** The Belenios archive of an election that was added up: `<uuid>.bel`. */
  election: { ...download('/api/elections/:file', 'anybody', z.object({ file: z.string() })), ...ARCHIVE },

  session: { ...get('/api/session', 'anybody', Session), isUse: false },
  ...STAFF_ROUTES,

  /** The administrator too, who has the list of staff read again. */
  act: { ...post('/api/act', [...namesOf(Act), 'staff'], Act, ActAnswer), saysNo: true },
  scrutineerAct: {
    ...post('/api/scrutineer/act', namesOf(ScrutineerAct), ScrutineerAct, ActAnswer),
    saysNo: true,
    // A polynomial or a share of a large motion.
    mostBody: 4 * MB,
  },
  /** What waits for a second person, of what concerns whoever asks. Most is a show of hands on a large motion. */
  waiting: { ...get('/api/waiting', ['second'], Waiting), most: 4 * MB, isUse: false },
  /** `entered`: their own counts, where it is a show of hands; else null. */
  confirmWaiting: {
    ...post(
      '/api/waiting/confirm',
      ['second'],
      z.strictObject({ id: Typed, entered: HandEntry.nullable() }),
      ActAnswer,
    ),
    saysNo: true,
  },
  declineWaiting: {
    ...post('/api/waiting/decline', ['second'], z.strictObject({ id: Typed }), ActAnswer),
    saysNo: true,
  },
  takeBackWaiting: {
    ...post('/api/waiting/take-back', ['second'], z.strictObject({ id: Typed }), ActAnswer),
    saysNo: true,
  },
  stats: { ...get('/api/stats', ['read'], Stats), isUse: false },
  /** The sitting so far, for whoever verifies; not while a vote is open. */
  bundle: { ...download('/api/bundle', ['export'], z.object({})), ...BUNDLE },

  /** What seats fetch of a release. */
  manifest: download(`${MANIFESTS}:hash`, 'anybody', z.object({ hash: z.string() })),
  contents: download(`${CONTENTS}*`, 'anybody', z.object({ '*': z.string() })),
} as const satisfies Record<string, Route>;

export const EVERY_ROUTE: readonly Route[] = [...Object.values(PAGES), ...Object.values(ROUTES)];
