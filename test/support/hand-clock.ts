import type { MachineClock } from '../../coordinator/process/clock.ts';

interface Timer {
  readonly due: number;
  readonly then: () => void;
}

/** A machine whose clocks stand still until they are moved by hand, timers included. */
export class HandClock implements MachineClock {
  boot = 'boot-1';
  monoNow = 1_000;
  wallNow = 1_800_000_000_000;
  readonly #timers = new Set<Timer>();
  mono = () => this.monoNow;
  wall = () => this.wallNow;

  after = (ms: number, then: () => void): (() => void) => {
    const timer = { due: this.monoNow + ms, then };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** How many timers run. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time go by; what is due goes off in its order. */
  pass(ms: number): void {
    const end = this.monoNow + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#set(Math.max(this.monoNow, next.due));
      next.then();
    }
    this.#set(end);
  }

  #set(mono: number): void {
    this.wallNow += mono - this.monoNow;
    this.monoNow = mono;
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
  }
}
