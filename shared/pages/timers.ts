import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Ends what it came from, if that is not over yet. */
export type Cancel = () => void;

/** What a page waits for, and does again and again: nothing of it outlives the page. */
export class Timers implements ReactiveController {
  readonly #always: (() => Cancel)[] = [];
  readonly #running = new Set<Cancel>();
  #isConnected = false;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#isConnected = true;
    for (const start of this.#always) start();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    for (const cancel of this.#running) cancel();
  }

  /** Does `act` every `ms` milliseconds for as long as the page is there, and again when it comes back. */
  always(ms: number, act: () => void): void {
    const start = () => this.every(ms, act);
    this.#always.push(start);
    if (this.#isConnected) start();
  }

  /** Does `act` every `ms` milliseconds from now on, until it is cancelled or the page is gone. */
  every(ms: number, act: () => void): Cancel {
    const timer = setInterval(act, ms);
    return this.#keep(() => clearInterval(timer));
  }

  /** Does `act` once in `ms` milliseconds, unless it is cancelled or the page is gone by then. */
  after(ms: number, act: () => void): Cancel {
    const timer = setTimeout(() => {
      this.#running.delete(cancel);
      act();
    }, ms);
    const cancel = this.#keep(() => clearTimeout(timer));
    return cancel;
  }

  #keep(end: () => void): Cancel {
    const cancel = () => {
      this.#running.delete(cancel);
      end();
    };
    this.#running.add(cancel);
    return cancel;
  }
}

/** Ends in `ms` milliseconds, with the page or without it. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
