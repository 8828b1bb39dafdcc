import type { After } from '../process/clock.ts';

/** Who waits where: known devices, strangers, and those of whom too many have failed. */
export type Lane = 'known' | 'stranger' | 'slow';

/** The lanes in the order in which they are served, and how many may wait in each. */
const PLACES = [
  ['known', 4],
  ['stranger', 8],
  ['slow', 4],
] as const satisfies readonly (readonly [Lane, number])[];

/** The slow lane is served once in so many ms, so that guessing takes no processor from the hall. */
const SLOW_MS = 5_000;

/** The line for hashing passwords, which takes 128 MB and a processor for a third of a second: one at a time. */
export class HashQueue {
  readonly #now: () => number;
  readonly #after: After;
  readonly #waiting: Readonly<Record<Lane, (() => Promise<void>)[]>> = { known: [], stranger: [], slow: [] };
  #isBusy = false;
  #isWaiting = false;
  #nextSlow = 0;

  constructor(now: () => number, after: After) {
    this.#now = now;
    this.#after = after;
  }

  /** What `work` gives when its turn has come; null where too many wait in that lane. */
  run<T>(lane: Lane, work: () => Promise<T>): Promise<T> | null {
    const line = this.#waiting[lane];
    const places = PLACES.find(([name]) => name === lane)?.[1] ?? 0;
    if (line.length >= places) return null;
    return new Promise((resolve, reject) => {
      line.push(() => work().then(resolve, reject));
      this.#serve();
    });
  }

  #serve(): void {
    if (this.#isBusy) return;
    const turn = PLACES.find(([lane]) => this.#waiting[lane].length > 0)?.[0];
    if (turn === undefined) return;
    const now = this.#now();
    if (turn === 'slow' && now < this.#nextSlow) {
      this.#wait(this.#nextSlow - now);
      return;
    }
    if (turn === 'slow') this.#nextSlow = now + SLOW_MS;
    this.#isBusy = true;
    const work = this.#waiting[turn].shift();
    void work?.().finally(() => {
      this.#isBusy = false;
      this.#serve();
    });
  }

  #wait(ms: number): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#after(Math.ceil(ms), () => {
      this.#isWaiting = false;
      this.#serve();
    });
  }
}
