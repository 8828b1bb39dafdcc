import type { Logger } from 'pino';
import type { After } from '../../process/clock.ts';
import { type Bucket, takeToken } from '../../process/token-bucket.ts';

/** What a terminal may have recorded: more than any seat needs, and too little to fill a disk or hold up the hall. */
export const PACE = { burst: 60, perSecond: 4 } as const;

/** A message waits for its turn at the most so many ms: below any time after which somebody gives the line up. */
export const MOST_WAIT_MS = 8_000;

/**
 * The pace of each terminal's messages, whatever connections they come by. One that comes too soon waits for its turn,
 * and holds nobody up but those of its own terminal: the broker takes all packets of a chunk at once, and reads on in
 * that connection when they are done. No more of them wait than the rate allows in {@link MOST_WAIT_MS}.
 */
export class Pace {
  readonly #now: () => number;
  readonly #after: After;
  readonly #log: Logger;
  readonly #buckets = new Map<string, Bucket>();
  /** Terminals that the log has named, until they are back within their pace. */
  readonly #named = new Set<string>();
  readonly #waiting = new Set<(isDue: boolean) => void>();
  #isStopped = false;

  /** @param now the time in ms, which never goes back. */
  constructor(now: () => number, after: After, log: Logger) {
    this.#now = now;
    this.#after = after;
    this.#log = log;
  }

  /** Resolves when a message of `terminal` is due; with false where it would wait too long, or the hall stops. */
  turn(terminal: string): Promise<boolean> {
    if (this.#isStopped) return Promise.resolve(false);
    const now = this.#now();
    const bucket = this.#buckets.get(terminal) ?? { tokens: PACE.burst, at: now };
    const taken = takeToken(PACE, bucket, now, MOST_WAIT_MS);
    if (!taken) {
      this.#name(terminal);
      return Promise.resolve(false);
    }
    this.#buckets.set(terminal, taken.bucket);
    if (taken.bucket.tokens === PACE.burst - 1) this.#named.delete(terminal);
    return taken.wait === 0 ? Promise.resolve(true) : this.#wait(taken.wait);
  }

  /** Nobody waits any longer, and nothing is due any more. */
  stop(): void {
    this.#isStopped = true;
    for (const end of this.#waiting) end(false);
  }

  #wait(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isDue: boolean) => {
        cancel();
        this.#waiting.delete(end);
        resolve(isDue);
      };
      const cancel = this.#after(Math.ceil(ms), () => end(true));
      this.#waiting.add(end);
    });
  }

  #name(terminal: string): void {
    if (this.#named.has(terminal)) return;
    this.#named.add(terminal);
    this.#log.warn(
      { terminal },
      'a terminal sends more than it may: its connections are closed until it is slower',
    );
  }
}
