import type { I2cBus } from '../i2c.ts';
import { openBoard, type PanelBoard } from '../johnny-five-board.ts';
import { JohnnyFiveI2c } from '../johnny-five-i2c.ts';
import { type Wiring, wiringProblems } from '../wiring.ts';
import { type GpioKernel, linuxGpio } from './gpio-kernel.ts';
import { linuxI2c } from './linux-i2c.ts';
import { gpioLine, PI_PINS } from './pins.ts';
import { RaspberryPi } from './raspberry-pi.ts';

export interface PiBoardParts {
  readonly wiring: Wiring;
  readonly kernel: () => Promise<GpioKernel>;
  /** Null where nothing hangs on the bus. */
  readonly i2c: (() => Promise<I2cBus>) | null;
}

/** The parts of a real Raspberry Pi. */
export const realPi = (wiring: Wiring, hasI2c: boolean): PiBoardParts => ({
  wiring,
  kernel: linuxGpio,
  i2c: hasI2c ? linuxI2c : null,
});

/** Keys, lamps and I2C on a Raspberry Pi's own header. */
export class PiBoard implements PanelBoard {
  readonly #parts: PiBoardParts;
  #io: RaspberryPi | null = null;
  #bus: I2cBus | null = null;
  #fail: (what: string) => void = () => {};

  constructor(parts: PiBoardParts) {
    this.#parts = parts;
  }

  get bus(): I2cBus | null {
    return this.#bus;
  }

  onFault(listener: (what: string) => void): void {
    this.#fail = listener;
  }

  async start(): ReturnType<PanelBoard['start']> {
    const { wiring, kernel, i2c } = this.#parts;
    const [problem] = wiringProblems(wiring, PI_PINS);
    if (problem !== undefined) return { ok: false, what: problem };
    const lines = (pins: Wiring['keys']) => pins.flatMap((pin) => gpioLine(pin) ?? []);
    let io: RaspberryPi;
    try {
      const bus = i2c ? await i2c() : null;
      io = new RaspberryPi({
        kernel: await kernel(),
        keys: lines(wiring.keys),
        lamps: lines(wiring.lamps),
        bus,
      });
      io.open();
      if (bus) this.#bus = new JohnnyFiveI2c(io, bus.limit);
    } catch (error) {
      return { ok: false, what: error instanceof Error ? error.message : String(error) };
    }
    this.#io = io;
    const opened = await openBoard(io, (what) => this.#fail(what));
    // The kernel debounces.
    return opened.ok ? { ...opened, firmware: null, isDebounced: true } : opened;
  }

  async stop(): Promise<void> {
    this.#io?.close();
  }
}
