import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;

/** Watches how late this process is for its own timers, until it is stopped. */
export class LoopDelay {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  constructor() {
    this.#delay.enable();
  }

  /** How late since this was last asked, in ms. */
  read(): { readonly p99: number; readonly max: number } {
    const seen = { p99: this.#delay.percentile(99) / 1e6, max: this.#delay.max / 1e6 };
    this.#delay.reset();
    return seen;
  }

  /** Ends it; harmless the second time. */
  stop(): void {
    this.#delay.disable();
  }
}
