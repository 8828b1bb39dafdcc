import { HANG_MS } from '../support/hang.ts';
import { passwords } from './attacks/guesses.ts';
import { type Beside, outside } from './beside.ts';
import { PASSWORD } from './hall.ts';
import type { Scene } from './scene.ts';
import { pause } from './waiting.ts';

/** A person who signs in waits no longer than this; or than so many times what it takes while nobody guesses. */
const PATIENCE = { ms: 10_000, times: 40 } as const;
const EVERY_MS = 6_500;

/** The browser of a chair: keeps all cookies, as browsers do. */
class Browser {
  readonly #cookies = new Map<string, string>();

  /** @returns what came of signing in, and how long it took. */
  async signIn(http: string): Promise<{ readonly status: number; readonly ms: number }> {
    const from = performance.now();
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    try {
      const answer = await fetch(`${http}/api/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ person: 'chair', secret: PASSWORD, code: null }),
        signal: AbortSignal.timeout(HANG_MS),
      });
      for (const each of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = each.split(';')[0]?.split('=') ?? [];
        this.#cookies.set(name, value);
      }
      return { status: answer.status, ms: performance.now() - from };
    } catch {
      return { status: 0, ms: performance.now() - from };
    }
  }
}

/** Signs in again and again, from a browser in which the chair has signed in before. */
async function signIns({ hall }: Scene, browser: Browser, calm: number, milliseconds: number) {
  const patience = Math.max(PATIENCE.ms, PATIENCE.times * calm);
  const findings: string[] = [];
  const seen: Record<string, number> = { 'sign-ins of the chair': 0, 'slowest sign-in, ms': 0 };
  const end = performance.now() + milliseconds;
  do {
    await pause(Math.min(EVERY_MS, Math.max(0, end - performance.now()) / 2));
    const { status, ms } = await browser.signIn(hall.ready.http);
    seen['sign-ins of the chair'] = (seen['sign-ins of the chair'] ?? 0) + 1;
    seen['slowest sign-in, ms'] = Math.max(seen['slowest sign-in, ms'] ?? 0, Math.round(ms));
    if (status !== 200) findings.push(`the chair could not sign in: ${status}`);
    else if (ms > patience) findings.push(`the chair took ${ms.toFixed(0)} ms to sign in`);
  } while (performance.now() + EVERY_MS < end);
  return { findings, seen };
}

const guesses = outside(passwords);

export const whileTheChairSignsIn: Beside = {
  ...guesses,
  deed: async (scene, seed, milliseconds) => {
    const browser = new Browser();
    const { ms: calm } = await browser.signIn(scene.hall.ready.http);
    const [{ counts }, { findings, seen }] = await Promise.all([
      guesses.deed(scene, seed, milliseconds),
      signIns(scene, browser, calm, milliseconds),
    ]);
    return { counts: { ...counts, seen: { ...counts.seen, ...seen } }, findings };
  },
};
