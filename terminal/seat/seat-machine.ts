import { machineState } from '../../hardware/machine-boot.ts';
import { isUndervoltage, VOLTAGE_EVERY_MS } from '../../hardware/undervoltage.ts';
import type { SeatDetails } from '../../shared/protocol/seat-details.ts';
import { type Clock, every } from '../machine/clock.ts';
import type { LastRun } from '../machine/last-run.ts';

export interface SeatMachineParts {
  readonly lastRun: LastRun;
  readonly clock: Clock;
  readonly reader: () => string | null;
  readonly screen: () => SeatDetails['screen'];
  /** `/`, or a folder that a test has made. */
  readonly root?: string;
}

/** The computer at the seat as far as it seldom changes. It watches the voltage, of which the kernel keeps no record. */
export class SeatMachine {
  readonly #parts: SeatMachineParts;
  readonly #rest: () => void;
  #tellsVoltage = false;

  constructor(parts: SeatMachineParts) {
    this.#parts = parts;
    this.#rest = every(parts.clock, VOLTAGE_EVERY_MS, () => void this.#look());
  }

  async details(): Promise<SeatDetails> {
    const { lastRun, reader, screen, root } = this.#parts;
    const [state] = await Promise.all([machineState(root), this.#look()]);
    return {
      ...state,
      boot: lastRun.boot,
      ended: lastRun.ended,
      wasUndervoltage: this.#tellsVoltage ? lastRun.wasUndervoltage : null,
      reader: reader()?.slice(0, 80) ?? null,
      screen: screen(),
    };
  }

  stop(): void {
    this.#rest();
  }

  async #look(): Promise<void> {
    const is = await isUndervoltage(this.#parts.root);
    if (is === null) return;
    this.#tellsVoltage = true;
    if (is) this.#parts.lastRun.undervoltage();
  }
}
