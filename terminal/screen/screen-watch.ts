import { type Clock, every } from '../clock.ts';
import { DRAWN_EVERY_MS } from './drawn.ts';

/** A browser that starts anew is given this long. */
const LOST_AFTER_MS = 60_000;

/** Knows whether the seat's page is on its screen: the page says so each time it has been drawn. */
export class ScreenWatch {
  #clock: Clock;
  #lastDrawn: number;
  #isLost = false;
  #rest: () => void;

  /** `tell` hears of every change, first when the page has not been drawn for a minute. */
  constructor(clock: Clock, tell: (isLost: boolean) => void) {
    this.#clock = clock;
    this.#lastDrawn = clock.now();
    this.#rest = every(clock, DRAWN_EVERY_MS, () => {
      const isLost = clock.now() - this.#lastDrawn > LOST_AFTER_MS;
      if (isLost === this.#isLost) return;
      this.#isLost = isLost;
      tell(isLost);
    });
  }

  drawn(): void {
    this.#lastDrawn = this.#clock.now();
  }

  stop(): void {
    this.#rest();
  }
}
