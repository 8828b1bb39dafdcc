import type { Random } from '../../shared/backoff.ts';
import type { Clock } from '../machine/clock.ts';

/** Within so long after they hear of a list the seats of a hall ask for it, not all at once. */
export const FETCH_WITHIN_MS = 30_000;

export interface ListFetchParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Asks for the list with this hash, as often as it is called. */
  readonly ask: (hash: string) => void;
}

/**
 * When a seat asks for the lists of projects that its sitting's agenda names: each once, some time after it hears of it and so
 * before it is voted on, or at once where that vote is open.
 */
export class ListFetch {
  readonly #parts: ListFetchParts;
  readonly #held = new Set<string>();
  /** What calls off the asking, by hash; where it has been asked for, there is nothing to call off. */
  readonly #due = new Map<string, (() => void) | null>();

  constructor(parts: ListFetchParts) {
    this.#parts = parts;
  }

  /** The agenda names `lists`, and the vote in hand is on `now`. */
  wanted(lists: readonly string[], now: string | null): void {
    const { clock, random } = this.#parts;
    for (const hash of lists) {
      if (this.#held.has(hash) || this.#due.has(hash) || hash === now) continue;
      this.#due.set(
        hash,
        clock.after(random() * FETCH_WITHIN_MS, () => this.#ask(hash)),
      );
    }
    if (now !== null && !this.#held.has(now) && this.#due.get(now) !== null) this.#ask(now);
  }

  /** It is here. */
  got(hash: string): void {
    this.#held.add(hash);
    this.#due.delete(hash);
  }

  /** The line is down: what has not come is asked for anew when the sitting is heard of again. */
  linkDown(): void {
    for (const cancel of this.#due.values()) cancel?.();
    this.#due.clear();
  }

  #ask(hash: string): void {
    this.#due.get(hash)?.();
    this.#due.set(hash, null);
    this.#parts.ask(hash);
  }
}
