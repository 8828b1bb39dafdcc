import { type MachineClock, machineClock } from '../../coordinator/process/clock.ts';

/** The machine's own clock, which can be put on by hand: timers go by their own. */
export class AheadClock implements MachineClock {
  readonly #machine = machineClock();
  readonly boot = this.#machine.boot;
  #ahead = 0;
  mono = () => this.#machine.mono() + this.#ahead;
  wall = () => this.#machine.wall() + this.#ahead;

  putOn(ms: number): void {
    this.#ahead += ms;
  }
}
