import type { Act, ActAnswer, HandEntry, ScrutineerAct } from '../../contract/acts.ts';
import type {
  Account,
  Member,
  OfferedAuthenticator,
  Session,
  ShownSession,
  SignedIn,
} from '../../contract/answers.ts';
import { Client, type Outcome } from '../../contract/client.ts';
import type { ReceiptsDocument } from '../../contract/documents.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { Waiting } from '../../contract/waiting.ts';

export type { Account, Member, OfferedAuthenticator, Session, ShownSession };

/** A sentence in the languages of these pages. */
interface Said {
  readonly zh: string;
  readonly en: string;
}

/** Something was not done, and why. */
export interface Problem {
  readonly is: 'problem';
  readonly text: Said;
}

export const OFFLINE: Extract<ActAnswer, { ok: false }> = {
  ok: false,
  reason: 'offline',
  text: {
    zh: '连不上主机，操作没有送达；请检查网络后重试',
    en: 'The coordinator cannot be reached; nothing was done',
  },
};
export const SIGNED_OUT: ActAnswer = {
  ok: false,
  reason: 'signed-out',
  text: {
    zh: '登录已失效，没有送达；登录后请再试一次',
    en: 'You were signed out and nothing was done; sign in and try again',
  },
};
const WRONG: Said = {
  zh: '编号、密码或码不对',
  en: 'Wrong person, password or code',
};
const TOO_OFTEN: Said = {
  zh: '尝试过于频繁，请一分钟后再试',
  en: 'Too many attempts; try again in a minute',
};

/** The coordinator that this page came from. */
const coordinator = new Client({ base: '', fetch: (...asked) => fetch(...asked) });

/** The answer; null where there is none. */
export function answerOf<T>(outcome: Outcome<T>): T | null {
  return outcome.is === 'answered' ? outcome.value : null;
}

function actAnswer(outcome: Outcome<ActAnswer>): ActAnswer {
  if (outcome.is === 'refused' && outcome.status === 401) return SIGNED_OUT;
  if (outcome.is === 'refused' && outcome.text)
    return { ok: false, reason: 'not-allowed', text: outcome.text };
  return answerOf(outcome) ?? OFFLINE;
}

/** The answer, or why there is none. */
export function orProblem<T>(outcome: Outcome<T>): T | Problem {
  if (outcome.is === 'answered') return outcome.value;
  if (outcome.is !== 'refused') return { is: 'problem', text: OFFLINE.text };
  const { status, text, why } = outcome;
  if (text) return { is: 'problem', text };
  if (status === 401) return { is: 'problem', text: WRONG };
  if (status === 429 || status === 503) return { is: 'problem', text: TOO_OFTEN };
  return { is: 'problem', text: { zh: why, en: why } };
}

/** Whether something was not done. */
export function isProblem(outcome: object): outcome is Problem {
  return 'is' in outcome && outcome.is === 'problem';
}

/** The coordinator's HTTP side, as pages use it; no call throws. */
export const api = {
  session: async (): Promise<Session | null> => answerOf(await coordinator.ask(ROUTES.session)),
  /** The hall's id, which its topics begin with; null while the coordinator cannot be reached. */
  hall: async (): Promise<string | null> => answerOf(await coordinator.ask(ROUTES.hall))?.hall ?? null,
  /** Where phones reach the pages: as the hall's file says, else where this page came from. */
  address: async (): Promise<string> =>
    answerOf(await coordinator.ask(ROUTES.hall))?.address ?? location.origin,
  /** The receipt codes of the closed secret votes; null while the coordinator cannot be reached. */
  receipts: async (): Promise<ReceiptsDocument | null> => answerOf(await coordinator.ask(ROUTES.receipts)),

  /** @param secret a password or a one-time code; @param code of the authenticator, null where none was typed. */
  signIn: async (person: string, secret: string, code: string | null): Promise<SignedIn | Problem> =>
    orProblem(await coordinator.ask(ROUTES.signIn, { body: { person, secret, code } })),
  choosePassword: async (person: string, code: string, password: string): Promise<SignedIn | Problem> =>
    orProblem(await coordinator.ask(ROUTES.choosePassword, { body: { person, code, password } })),
  signOut: async () => {
    await coordinator.ask(ROUTES.signOut);
  },
  /** Somebody sits here and does something. */
  stillHere: async () => {
    await coordinator.ask(ROUTES.stillHere);
  },

  account: async () => orProblem(await coordinator.ask(ROUTES.account)),
  newPassword: async (current: string, password: string) =>
    orProblem(await coordinator.ask(ROUTES.newPassword, { body: { current, password } })),
  newAuthenticator: async (current: string) =>
    orProblem(await coordinator.ask(ROUTES.newAuthenticator, { body: { current } })),
  confirmAuthenticator: async (code: string) =>
    orProblem(await coordinator.ask(ROUTES.confirmAuthenticator, { body: { code } })),
  removeAuthenticator: async (current: string) =>
    orProblem(await coordinator.ask(ROUTES.removeAuthenticator, { body: { current } })),
  /** Ends one of one's own sessions; null: all but this one. */
  endOwnSession: async (session: string | null) =>
    orProblem(await coordinator.ask(ROUTES.endOwnSession, { body: { session } })),

  staff: async () => orProblem(await coordinator.ask(ROUTES.staff)),
  giveCode: async (person: string) => orProblem(await coordinator.ask(ROUTES.giveCode, { body: { person } })),
  /** Ends one of a person's sessions; null: all of them. */
  endSessions: async (person: string, session: string | null) =>
    orProblem(await coordinator.ask(ROUTES.endSessions, { body: { person, session } })),

  /** The archive of an election that was added up; null where it cannot be had. */
  election: async (uuid: string): Promise<Uint8Array | null> =>
    answerOf(await coordinator.ask(ROUTES.election, { params: { file: `${uuid}.bel` } })),
  /** The sitting so far, and the file it belongs in. */
  bundle: () => coordinator.ask(ROUTES.bundle),
  act: async (act: Act) => actAnswer(await coordinator.ask(ROUTES.act, { body: act })),
  /** What waits for a second person, of what concerns whoever is signed in; null where that cannot be learnt. */
  waiting: async (): Promise<Waiting | null> => answerOf(await coordinator.ask(ROUTES.waiting)),
  /** @param entered their own counts, of a show of hands; else null. */
  confirmWaiting: async (id: string, entered: HandEntry | null) =>
    actAnswer(await coordinator.ask(ROUTES.confirmWaiting, { body: { id, entered } })),
  declineWaiting: async (id: string) =>
    actAnswer(await coordinator.ask(ROUTES.declineWaiting, { body: { id } })),
  takeBackWaiting: async (id: string) =>
    actAnswer(await coordinator.ask(ROUTES.takeBackWaiting, { body: { id } })),
  scrutineerAct: async (act: ScrutineerAct) =>
    actAnswer(await coordinator.ask(ROUTES.scrutineerAct, { body: act })),
};
