import { type Bucket, type Rate, takeToken } from '../process/token-bucket.ts';

/** Wrong passwords or codes that one address, or one device, may send. */
export const FAILURES: Rate = { burst: 10, perSecond: 10 / 60 };

/** So many keys are remembered; beyond, the one that failed longest ago is forgotten. */
const MOST_KEYS = 10_000;

/** One try: taken for a failure until it has succeeded. */
export type Try =
  | { readonly ok: true; readonly succeeded: () => void }
  /** Too many have failed; `wait`: ms until the next is allowed. */
  | { readonly ok: false; readonly wait: number };

/** Counts failures by key (an address, a device): each may have so many, and what succeeds costs nothing. */
export class Failures {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  try(key: string): Try {
    const now = this.#now();
    const before = this.#buckets.get(key) ?? { tokens: this.#rate.burst, at: now };
    const taken = takeToken(this.#rate, before, now, 0);
    if (!taken) return { ok: false, wait: this.#wait(before, now) };
    this.#set(key, taken.bucket);
    return { ok: true, succeeded: () => this.#giveBack(key) };
  }

  #wait(bucket: Bucket, now: number): number {
    return takeToken(this.#rate, bucket, now, Number.POSITIVE_INFINITY)?.wait ?? 0;
  }

  #giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket) this.#set(key, { ...bucket, tokens: bucket.tokens + 1 });
  }

  #set(key: string, bucket: Bucket): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MOST_KEYS && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
