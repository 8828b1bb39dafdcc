import { z } from 'zod';
import { type Act, ActAnswer, type ScrutineerAct } from '../../contract/acts.ts';
import { ReceiptsDocument } from '../../contract/documents.ts';

const Session = z.object({ setUp: z.boolean(), signedIn: z.boolean() });
export type Session = z.infer<typeof Session>;
const HallName = z.object({ hall: z.string(), address: z.string().nullable() });

const EntryCode = z.object({ owner: z.number(), id: z.string(), name: z.string(), code: z.string() });
export type EntryCode = z.infer<typeof EntryCode>;

const Scrutineer = z.object({ owner: z.number(), id: z.string(), name: z.string() });
export type Scrutineer = z.infer<typeof Scrutineer>;
const ScrutineerSession = z.object({ scrutineer: Scrutineer.nullable() });

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

/** An answer that has not come by then is taken for lost; the archive of a large vote is some tens of megabytes. */
const PATIENCE_MS = 30_000;
const DOWNLOAD_MS = 180_000;

async function post(path: string, body: object): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return null;
  }
}

async function entryCodes(response: Response | null): Promise<EntryCode[] | null> {
  const codes = z.array(EntryCode).safeParse(await response?.json().catch(() => null));
  return codes.success ? codes.data : null;
}

async function actAnswer(response: Response | null): Promise<ActAnswer> {
  if (response === null) return OFFLINE;
  if (response.status === 401) return SIGNED_OUT;
  const answer = ActAnswer.safeParse(await response.json().catch(() => null));
  return answer.success ? answer.data : OFFLINE;
}

function signInOutcome(response: Response | null): SignIn {
  if (response === null) return 'offline';
  if (response.status === 429 || response.status === 503) return 'too-often';
  return response.ok ? 'ok' : 'wrong';
}

/** The coordinator's HTTP side, as pages use it; no call throws. */
export const api = {
  async session(): Promise<Session | null> {
    try {
      return Session.parse(await (await fetch('/api/session')).json());
    } catch {
      return null;
    }
  },
  /** The hall's id, which its topics begin with; null while the coordinator cannot be reached. */
  async hall(): Promise<string | null> {
    try {
      return HallName.parse(await (await fetch('/api/hall')).json()).hall;
    } catch {
      return null;
    }
  },
  /** Where phones reach the pages: as the hall's file says, else where this page came from. */
  async address(): Promise<string> {
    try {
      return HallName.parse(await (await fetch('/api/hall')).json()).address ?? location.origin;
    } catch {
      return location.origin;
    }
  },
  /** The receipt codes of the closed secret votes; null while the coordinator cannot be reached. */
  async receipts(): Promise<ReceiptsDocument | null> {
    try {
      return ReceiptsDocument.parse(await (await fetch('/api/receipts')).json());
    } catch {
      return null;
    }
  },
  /** The scrutineers' entry codes, for staff; null where they cannot be had. */
  async entryCodes(): Promise<EntryCode[] | null> {
    return entryCodes(await fetch('/api/scrutineers').catch(() => null));
  },
  /** Gives a scrutineer another code. */
  renewCode: async (id: string) => entryCodes(await post('/api/scrutineers/renew', { id })),
  setUp: async (code: string, password: string) =>
    signInOutcome(await post('/api/setup', { code, password })),
  signIn: async (password: string) => signInOutcome(await post('/api/login', { password })),
  signOut: async () => {
    await post('/api/logout', {});
  },
  scrutineer: {
    async session(): Promise<Scrutineer | null> {
      try {
        const response = await fetch('/api/scrutineer/session');
        return ScrutineerSession.parse(await response.json()).scrutineer;
      } catch {
        return null;
      }
    },
    signIn: async (code: string) => signInOutcome(await post('/api/scrutineer/sign-in', { code })),
    signOut: async () => {
      await post('/api/scrutineer/sign-out', {});
    },
    act: async (act: ScrutineerAct) => actAnswer(await post('/api/scrutineer/act', act)),
  },
  /** The archive of an election that was added up; null where it cannot be had. */
  async election(uuid: string): Promise<Uint8Array | null> {
    try {
      const signal = AbortSignal.timeout(DOWNLOAD_MS);
      const response = await fetch(`/api/elections/${encodeURIComponent(uuid)}.bel`, { signal });
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    } catch {
      return null;
    }
  },
  async act(act: Act): Promise<ActAnswer> {
    return actAnswer(await post('/api/act', act));
  },
};
