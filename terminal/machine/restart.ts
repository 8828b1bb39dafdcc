import type { DeviceStatus } from '../../hardware/capabilities.ts';
import { type Clock, every } from './clock.ts';

/** The exit code that asks the service to start the program again (EX_TEMPFAIL of sysexits.h). */
export const START_AGAIN = 75;

const LOOK_MS = 1_000;
/** A panel that worked is tried again soon, one that never did less often: the screen is gone meanwhile. */
const AFTER_FAULT_MS = 3_000;
const NEVER_READY_MS = 30_000;

/**
 * Watches the panel. Boards are never rebuilt in a running process; the outbox makes it safe to start again. Calls
 * `startAgain` when the fault has been shown and reported, and what the panel hangs on is there.
 */
export class RestartWatch {
  readonly #clock: Clock;
  readonly #mayComeBack: () => boolean;
  readonly #startAgain: () => void;
  #wasReady = false;
  #since: number | null = null;
  #cancel = () => {};

  constructor(clock: Clock, mayComeBack: () => boolean, startAgain: () => void) {
    this.#clock = clock;
    this.#mayComeBack = mayComeBack;
    this.#startAgain = startAgain;
  }

  /** Takes note of the panel's status. */
  look(panel: DeviceStatus): void {
    if (panel.is === 'ready') this.#wasReady = true;
    if (panel.is !== 'fault' || panel.isFinal !== true || this.#since !== null) return;
    this.#since = this.#clock.now();
    const wait = this.#wasReady ? AFTER_FAULT_MS : NEVER_READY_MS;
    this.#cancel = every(this.#clock, LOOK_MS, () => {
      if (this.#clock.now() - (this.#since ?? 0) < wait || !this.#mayComeBack()) return;
      this.#cancel();
      this.#startAgain();
    });
  }

  stop(): void {
    this.#cancel();
  }
}
