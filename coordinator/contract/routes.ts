import { z } from 'zod';
import { Id } from '../../shared/protocol/ids.ts';
import { CONTENTS, MANIFESTS } from '../../shared/update/fetching.ts';
import { Act, ActAnswer, ScrutineerAct } from './acts.ts';
import { EntryCode, Fine, HallAnswer, Scrutineer, Session, Stats } from './answers.ts';
import { ReceiptsDocument } from './documents.ts';
import { download, get, post, type Route } from './route.ts';

const MB = 1024 * 1024;

const page = (path: string) => ({ ...get(path, 'anybody', z.string()), as: 'page' as const });

/** Every page. */
export const PAGES = {
  index: page('/'),
  hall: page('/hall'),
  chair: page('/chair'),
  operator: page('/operator'),
  scrutineer: page('/scrutineer'),
  receipts: page('/receipts'),
} as const satisfies Record<string, Route>;

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

  session: get('/api/session', 'anybody', Session),
  setUp: {
    ...post(
      '/api/setup',
      'sign-in',
      z.strictObject({ code: z.string().max(20), password: z.string().min(8).max(200) }),
      Fine,
    ),
    wants: 'a code and a password of at least 8 characters',
  },
  signIn: {
    ...post('/api/login', 'sign-in', z.strictObject({ password: z.string().max(200) }), Fine),
    wants: 'a password',
  },
  signOut: post('/api/logout', 'anybody', z.unknown(), Fine),

  act: { ...post('/api/act', 'staff', Act, ActAnswer), saysNo: true },
  stats: get('/api/stats', 'staff', Stats),
  /** The sitting so far, for whoever verifies; not while a vote is open. */
  bundle: { ...download('/api/bundle', 'staff', z.object({})), ...BUNDLE },

  scrutineerSignIn: {
    ...post('/api/scrutineer/sign-in', 'sign-in', z.strictObject({ code: z.string().max(40) }), Scrutineer),
    wants: 'a code',
  },
  scrutineerSession: get(
    '/api/scrutineer/session',
    'anybody',
    z.object({ scrutineer: Scrutineer.nullable() }),
  ),
  scrutineerSignOut: post('/api/scrutineer/sign-out', 'anybody', z.unknown(), Fine),
  scrutineerAct: { ...post('/api/scrutineer/act', 'scrutineer', ScrutineerAct, ActAnswer), saysNo: true },
  /** The operator hands out the codes. */
  entryCodes: get('/api/scrutineers', 'staff', z.array(EntryCode)),
  renewCode: {
    ...post('/api/scrutineers/renew', 'staff', z.strictObject({ id: Id }), z.array(EntryCode)),
    wants: 'no such scrutineer',
  },

  /** What seats fetch of a release. */
  manifest: download(`${MANIFESTS}:hash`, 'anybody', z.object({ hash: z.string() })),
  contents: download(`${CONTENTS}*`, 'anybody', z.object({ '*': z.string() })),
} as const satisfies Record<string, Route>;

export const EVERY_ROUTE: readonly Route[] = [...Object.values(PAGES), ...Object.values(ROUTES)];
