import { KEYS, type Key } from './capabilities.ts';

/** Keys that go down within this time of each other were pressed together. */
const TOGETHER_MS = 40;
/** A key held down longer is stuck: nobody presses for so long. */
const STUCK_MS = 10_000;

export interface KeyNews {
  /** A key that was pressed, alone. */
  readonly press: Key | null;
  /** The keys that are stuck now. */
  readonly stuck: readonly Key[];
}

/**
 * Makes presses out of keys that go down and up: two keys together press nothing, a key that is held presses
 * once, a key that is stuck is reported and no longer in the way of the others. Times in ms of any steady clock.
 */
export class KeyWatch {
  readonly #down = new Map<Key, number>();
  readonly #stuck = new Set<Key>();
  /** The key that will have been pressed when it has been down alone for long enough. */
  #candidate: Key | null = null;

  /** A key goes down. Keys that are down already when the seat starts are held, not pressed. */
  down(key: Key, at: number, isStart = false): void {
    if (this.#down.has(key)) return;
    const others = KEYS.some((other) => this.#down.has(other) && !this.#stuck.has(other));
    this.#down.set(key, at);
    this.#candidate = others || isStart ? null : key;
  }

  up(key: Key, at: number): KeyNews {
    const news = this.look(at);
    // Let go of before the others could have joined it: pressed, and alone.
    const press = news.press ?? (this.#candidate === key ? key : null);
    if (this.#candidate === key) this.#candidate = null;
    this.#down.delete(key);
    this.#stuck.delete(key);
    return { press, stuck: [...this.#stuck] };
  }

  /** What has come of it by `at`; to be asked again when {@link nextLook} is due. */
  look(at: number): KeyNews {
    for (const [key, since] of this.#down) if (at - since >= STUCK_MS) this.#stuck.add(key);
    const key = this.#candidate;
    const since = key === null ? undefined : this.#down.get(key);
    const press = key !== null && since !== undefined && at - since >= TOGETHER_MS ? key : null;
    if (press !== null) this.#candidate = null;
    return { press, stuck: [...this.#stuck] };
  }

  /** When to look next; null while nothing is down that is not stuck. */
  nextLook(): number | null {
    const due = [...this.#down].flatMap(([key, since]) => {
      if (key === this.#candidate) return [since + TOGETHER_MS];
      return this.#stuck.has(key) ? [] : [since + STUCK_MS];
    });
    return due.length > 0 ? Math.min(...due) : null;
  }
}
