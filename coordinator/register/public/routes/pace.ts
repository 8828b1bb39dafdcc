import { type Bucket, type Rate, takeToken } from '../../../process/token-bucket.ts';
import { Failures } from '../../../staff/failures.ts';

/** Of one address: a family, a liaison station, the school behind one line. */
const PLACE: Rate = { burst: 20, perSecond: 2 / 60 };
/** Of all addresses that have sent nothing lately: a whole town on the first evening. */
const NEW: Rate = { burst: 1_000, perSecond: 10 };
/** Of all those that have. */
const KNOWN: Rate = { burst: 200, perSecond: 2 };

/** So many addresses are remembered. */
const MOST_PLACES = 10_000;

/** Nobody presses that soon; whoever needs nothing of the second step may press as soon as they see it. */
export const LEAST_AGE_MS = 1_000;

export type Turn = { readonly ok: true } | { readonly ok: false; readonly wait: number };

/**
 * How many proposals come in, so that who sends a thousand keeps out nobody else: each address has its own measure, and
 * those that have sent nothing lately share one of their own, which no number of proposals from the others can use up.
 */
export class Pace {
  readonly #now: () => number;
  readonly #places: Failures;
  readonly #known = new Set<string>();
  #buckets: { readonly new: Bucket; readonly known: Bucket };

  constructor(now: () => number) {
    this.#now = now;
    this.#places = new Failures(PLACE, now);
    const full = ({ burst }: Rate): Bucket => ({ tokens: burst, at: now() });
    this.#buckets = { new: full(NEW), known: full(KNOWN) };
  }

  /** Whether a proposal of this place is taken now; else `wait` ms until the next may be. */
  take(place: string): Turn {
    const now = this.#now();
    const of = this.#known.has(place) ? 'known' : 'new';
    const rate = of === 'known' ? KNOWN : NEW;
    const taken = takeToken(rate, this.#buckets[of], now, 0);
    if (!taken) return { ok: false, wait: Math.ceil(1000 / rate.perSecond) };
    const mine = this.#places.try(place);
    if (!mine.ok) return mine;
    this.#buckets = { ...this.#buckets, [of]: taken.bucket };
    this.#remember(place);
    return { ok: true };
  }

  #remember(place: string): void {
    this.#known.delete(place);
    this.#known.add(place);
    const [oldest] = this.#known;
    if (this.#known.size > MOST_PLACES && oldest !== undefined) this.#known.delete(oldest);
  }
}
