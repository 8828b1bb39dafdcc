import type { Logger } from 'pino';
import { throttle } from './token-bucket.ts';

/** So many lines of one kind at once, then one a minute. */
const LINES = { burst: 3, perSecond: 1 / 60 } as const;

/** A log for what strangers can bring about: few lines of each kind, with how many were left out. */
export class QuietLog {
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #kinds = new Map<string, { readonly mayWrite: () => boolean; leftOut: number }>();

  /** @param now the time in ms, which never goes back. */
  constructor(log: Logger, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** Something failed: `what` is of a few kinds, the error may say anything. Never throws. */
  readonly error = (what: string, error: unknown): void => this.#write('error', what, String(error));

  warn(what: string, detail: string): void {
    this.#write('warn', what, detail);
  }

  #write(level: 'error' | 'warn', what: string, detail: string): void {
    const kind = this.#kinds.get(what) ?? { mayWrite: throttle(LINES, this.#now), leftOut: 0 };
    this.#kinds.set(what, kind);
    if (!kind.mayWrite()) {
      kind.leftOut += 1;
      return;
    }
    const { leftOut } = kind;
    kind.leftOut = 0;
    this.#log[level]({ error: detail.slice(0, 300), ...(leftOut > 0 ? { leftOut } : {}) }, what);
  }
}
