import type { SeatDetails } from '../../shared/protocol/seat-details.ts';
import { type Clock, every } from '../machine/clock.ts';
import { DRAWN_EVERY_MS } from './drawn.ts';

/** A browser that starts anew is given this long. */
const LOST_AFTER_MS = 60_000;

/** Knows whether the seat's page is on its screen: the page says so each time it has been drawn. */
export class ScreenWatch {
  #clock: Clock;
  /** When it was drawn last; of one that never was, when that began to be awaited. */
  #lastDrawn: number;
  /** Since when it is drawn without a gap; null while it is not. */
  #drawnSince: number | null = null;
  #build: string | null = null;
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
      if (isLost) this.#drawnSince = null;
      tell(isLost);
    });
  }

  /** The page of this build has been drawn. */
  drawn(build: string | null): void {
    this.#lastDrawn = this.#clock.now();
    this.#drawnSince ??= this.#lastDrawn;
    this.#build = build;
  }

  /** What the screen shows, and for how long so. */
  get state(): NonNullable<SeatDetails['screen']> {
    const is = this.#drawnSince !== null ? 'drawn' : this.#isLost ? 'lost' : 'starting';
    const seconds = Math.round((this.#clock.now() - (this.#drawnSince ?? this.#lastDrawn)) / 1000);
    return { is, seconds, build: this.#build };
  }

  stop(): void {
    this.#rest();
  }
}
