import { SILENT_MS } from '../../shared/protocol/pulse.ts';
import type { Clock } from '../machine/clock.ts';

/** Notices that nothing comes on the line any more, which nothing else would say for half a minute. */
export class Silence {
  readonly #clock: Clock;
  readonly #onChange: (isSilent: boolean) => void;
  #heardAt = 0;
  #isSilent = false;
  #callOff = () => {};

  /** @param onChange hears that the line has fallen silent, and that something comes on it again. */
  constructor(clock: Clock, onChange: (isSilent: boolean) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get is(): boolean {
    return this.#isSilent;
  }

  /** The line stands: from now on something is to come. */
  begin(): void {
    this.end();
    this.#heardAt = this.#clock.now();
    this.#wait(SILENT_MS);
  }

  /** There is no line. */
  end(): void {
    this.#callOff();
    this.#isSilent = false;
  }

  /** Something has come. */
  heard(): void {
    this.#heardAt = this.#clock.now();
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#wait(SILENT_MS);
    this.#onChange(false);
  }

  /** Looks again when it can be so at the soonest: no timer is set anew for every packet. */
  #wait(ms: number): void {
    this.#callOff = this.#clock.after(ms, () => {
      const left = this.#heardAt + SILENT_MS - this.#clock.now();
      if (left > 0) {
        this.#wait(left);
        return;
      }
      this.#isSilent = true;
      this.#onChange(true);
    });
  }
}
