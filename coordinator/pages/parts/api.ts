import type { Act, ActAnswer, ScrutineerAct } from '../../contract/acts.ts';
import type { EntryCode, Scrutineer, Session } from '../../contract/answers.ts';
import { Client, type Outcome } from '../../contract/client.ts';
import type { ReceiptsDocument } from '../../contract/documents.ts';
import { ROUTES } from '../../contract/routes.ts';

export type { EntryCode, Scrutineer, Session };

/** How signing in went. */
export type SignIn = 'ok' | 'wrong' | 'too-often' | 'offline';

export const OFFLINE: ActAnswer = {
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
  text: { zh: '登录已失效，请重新登录', en: 'You are signed out; sign in again' },
};

/** The coordinator that this page came from. */
const coordinator = new Client({ base: '', fetch: (...asked) => fetch(...asked) });

/** The answer; null where there is none. */
function answerOf<T>(outcome: Outcome<T>): T | null {
  return outcome.is === 'answered' ? outcome.value : null;
}

function actAnswer(outcome: Outcome<ActAnswer>): ActAnswer {
  if (outcome.is === 'refused' && outcome.status === 401) return SIGNED_OUT;
  return answerOf(outcome) ?? OFFLINE;
}

function signInOutcome(outcome: Outcome<unknown>): SignIn {
  if (outcome.is === 'unreachable') return 'offline';
  if (outcome.is !== 'refused') return 'ok';
  return outcome.status === 429 || outcome.status === 503 ? 'too-often' : 'wrong';
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
  /** The scrutineers' entry codes, for staff; null where they cannot be had. */
  entryCodes: async (): Promise<EntryCode[] | null> => answerOf(await coordinator.ask(ROUTES.entryCodes)),
  /** Gives a scrutineer another code. */
  renewCode: async (id: string): Promise<EntryCode[] | null> =>
    answerOf(await coordinator.ask(ROUTES.renewCode, { body: { id } })),
  setUp: async (code: string, password: string) =>
    signInOutcome(await coordinator.ask(ROUTES.setUp, { body: { code, password } })),
  signIn: async (password: string) =>
    signInOutcome(await coordinator.ask(ROUTES.signIn, { body: { password } })),
  signOut: async () => {
    await coordinator.ask(ROUTES.signOut);
  },
  scrutineer: {
    session: async (): Promise<Scrutineer | null> =>
      answerOf(await coordinator.ask(ROUTES.scrutineerSession))?.scrutineer ?? null,
    signIn: async (code: string) =>
      signInOutcome(await coordinator.ask(ROUTES.scrutineerSignIn, { body: { code } })),
    signOut: async () => {
      await coordinator.ask(ROUTES.scrutineerSignOut);
    },
    act: async (act: ScrutineerAct) => actAnswer(await coordinator.ask(ROUTES.scrutineerAct, { body: act })),
  },
  /** The archive of an election that was added up; null where it cannot be had. */
  election: async (uuid: string): Promise<Uint8Array | null> =>
    answerOf(await coordinator.ask(ROUTES.election, { params: { file: `${uuid}.bel` } })),
  /** The sitting so far, and the file it belongs in. */
  bundle: () => coordinator.ask(ROUTES.bundle),
  act: async (act: Act) => actAnswer(await coordinator.ask(ROUTES.act, { body: act })),
};
