import { z } from 'zod';
import { Id } from '../../shared/protocol/ids.ts';
import { CONTENTS, MANIFESTS } from '../../shared/update/fetching.ts';
import { Act, ActAnswer, ScrutineerAct } from './acts.ts';
import {
  Account,
  Fine,
  GivenCode,
  HallAnswer,
  Member,
  OfferedAuthenticator,
  RecoveryCodes,
  Session,
  SignedIn,
  Stats,
} from './answers.ts';
import { ReceiptsDocument } from './documents.ts';
import type { ActName } from './rights.ts';
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
  auditor: page('/auditor'),
  admin: page('/admin'),
  account: page('/account'),
} as const satisfies Record<string, Route>;

/** What somebody types: an id, a code. */
const Typed = z.string().max(100);
/** Far beyond any sentence, in the characters of any language. */
const Secret = z.string().max(512);

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
  signIn: {
    ...post(
      '/api/sign-in',
      'sign-in',
      z.strictObject({ person: Typed, secret: Secret, code: Typed.nullable() }),
      SignedIn,
    ),
    wants: 'a person, a password or one-time code, and the authenticator’s code or null',
  },
  /** With the one-time code; whoever has chosen is in. */
  choosePassword: {
    ...post(
      '/api/sign-in/password',
      'sign-in',
      z.strictObject({ person: Typed, code: Typed, password: Secret }),
      SignedIn,
    ),
    wants: 'a person, their one-time code and a password',
  },
  signOut: post('/api/sign-out', 'anybody', z.unknown(), Fine),
  /** Whoever sits at the page has moved: their session is in use. */
  stillHere: post('/api/session/used', 'person', z.unknown(), Fine),

  account: { ...get('/api/account', 'person', Account), isUse: false },
  newPassword: post(
    '/api/account/password',
    'person',
    z.strictObject({ current: Secret, password: Secret }),
    Fine,
  ),
  newAuthenticator: post(
    '/api/account/authenticator',
    'person',
    z.strictObject({ current: Secret }),
    OfferedAuthenticator,
  ),
  confirmAuthenticator: post(
    '/api/account/authenticator/confirm',
    'person',
    z.strictObject({ code: Typed }),
    RecoveryCodes,
  ),
  removeAuthenticator: post(
    '/api/account/authenticator/remove',
    'person',
    z.strictObject({ current: Secret }),
    Fine,
  ),
  /** One of one's own sessions; null: all but this one. */
  endOwnSession: post(
    '/api/account/sessions/end',
    'person',
    z.strictObject({ session: Typed.nullable() }),
    Fine,
  ),

  staff: { ...get('/api/staff', ['hand-out-codes'], z.array(Member)), most: MB, isUse: false },
  giveCode: post('/api/staff/code', ['hand-out-codes'], z.strictObject({ person: Id }), GivenCode),
  /** One of a person's sessions; null: all of them. */
  endSessions: post(
    '/api/staff/sessions/end',
    ['staff'],
    z.strictObject({ person: Id, session: Typed.nullable() }),
    Fine,
  ),

  /** The administrator too, who has the list of staff read again. */
  act: { ...post('/api/act', [...namesOf(Act), 'staff'], Act, ActAnswer), saysNo: true },
  scrutineerAct: {
    ...post('/api/scrutineer/act', namesOf(ScrutineerAct), ScrutineerAct, ActAnswer),
    saysNo: true,
    // A polynomial or a share of a large motion.
    mostBody: 4 * MB,
  },
  stats: { ...get('/api/stats', ['read'], Stats), isUse: false },
  /** The sitting so far, for whoever verifies; not while a vote is open. */
  bundle: { ...download('/api/bundle', ['export'], z.object({})), ...BUNDLE },

  /** What seats fetch of a release. */
  manifest: download(`${MANIFESTS}:hash`, 'anybody', z.object({ hash: z.string() })),
  contents: download(`${CONTENTS}*`, 'anybody', z.object({ '*': z.string() })),
} as const satisfies Record<string, Route>;

export const EVERY_ROUTE: readonly Route[] = [...Object.values(PAGES), ...Object.values(ROUTES)];
