import { z } from 'zod';
import { Id } from '../../shared/protocol/ids.ts';
import {
  Account,
  Fine,
  GivenCode,
  Member,
  OfferedAuthenticator,
  RecoveryCodes,
  SignedIn,
} from './answers.ts';
import { get, post, type Route } from './route.ts';

const MB = 1024 * 1024;

/** What somebody types: an id, a code. */
export const Typed = z.string().max(100);
/** Far beyond any sentence, in the characters of any language. */
const Secret = z.string().max(512);

/** How staff comes in and leaves, and what is done about their accounts: the same in every program that has a staff. */
export const STAFF_ROUTES = {
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
} as const satisfies Record<string, Route>;
