import { EventEmitter } from 'node:events';
import { type I2cBus, I2cError } from '../i2c.ts';
import { GpioError, type GpioKernel } from './gpio-kernel.ts';
import {
  chipLabel,
  emptyChipInfo,
  FLAG,
  grantedDescriptor,
  IOCTL,
  lineEvents,
  lineRequest,
  lineValues,
  valueBits,
} from './gpio-uapi.ts';
import { gpioLine } from './pins.ts';

/** The chip that the 40-pin header is on, by its label: Pi 5, Pi 4, Pi 3 and Zero 2. */
const CHIPS = ['pinctrl-rp1', 'pinctrl-bcm2711', 'pinctrl-bcm2835'];
const CONSUMER = 'hallvote';
const DEBOUNCE_US = 4_000;
const MODES = { INPUT: 0x00, OUTPUT: 0x01, I2C: 0x06, PULLUP: 0x0b } as const;
const NOT_ANALOG = 127;
const LINES = 28;

export interface RaspberryPiParts {
  readonly kernel: GpioKernel;
  /** GPIO lines of the keys and the lamps. */
  readonly keys: readonly number[];
  readonly lamps: readonly number[];
  /** Null where nothing hangs on the bus. */
  readonly bus: I2cBus | null;
}

/**
 * A Raspberry Pi's own pins as a johnny-five IO plugin, over the kernel's GPIO character device. Keys and lamps are
 * asked for once each, all together, so that one descriptor tells of every key.
 */
export class RaspberryPi extends EventEmitter {
  readonly name = 'Raspberry Pi';
  readonly MODES = MODES;
  readonly HIGH = 1;
  readonly LOW = 0;
  readonly analogPins: number[] = [];
  readonly pins: {
    supportedModes: number[];
    mode: number;
    value: number;
    report: number;
    analogChannel: number;
  }[];
  isReady = false;
  readonly #parts: RaspberryPiParts;
  #keys = -1;
  #lamps = -1;
  #lit = 0n;
  #unfollow = () => {};

  constructor(parts: RaspberryPiParts) {
    super();
    this.#parts = parts;
    this.pins = Array.from({ length: LINES }, (_, line) => ({
      supportedModes: parts.keys.includes(line)
        ? [MODES.INPUT]
        : parts.lamps.includes(line)
          ? [MODES.OUTPUT]
          : [],
      mode: MODES.INPUT,
      value: 1,
      report: 0,
      analogChannel: NOT_ANALOG,
    }));
  }

  /** Takes the lines. @throws {Error} with one line for the operator. */
  open(): void {
    const { kernel, keys, lamps } = this.#parts;
    const chip = this.#header();
    try {
      const flags = FLAG.input | FLAG.pullUp | FLAG.rising | FLAG.falling;
      this.#keys = this.#request(chip, keys, flags, DEBOUNCE_US);
      this.#lamps = this.#request(chip, lamps, FLAG.output, 0);
    } finally {
      kernel.close(chip);
    }
    const values = lineValues(0n, (1n << BigInt(keys.length)) - 1n);
    kernel.ioctl(this.#keys, IOCTL.getValues, values);
    for (const [i, line] of keys.entries()) this.#level(line, Number((valueBits(values) >> BigInt(i)) & 1n));
    this.#unfollow = kernel.follow(
      this.#keys,
      (bytes) => {
        for (const { line, isHigh } of lineEvents(bytes)) this.#level(line, isHigh ? 1 : 0);
      },
      (why) => this.#keys >= 0 && this.emit('error', new Error(`the keys cannot be read any more: ${why}`)),
    );
    this.isReady = true;
    this.emit('connect');
    this.emit('ready');
  }

  /** Lamps dark, lines given back. */
  close(): void {
    const { kernel } = this.#parts;
    this.#unfollow();
    if (this.#lamps >= 0) this.#write(0n);
    for (const fd of [this.#lamps, this.#keys]) if (fd >= 0) kernel.close(fd);
    this.#lamps = -1;
    this.#keys = -1;
  }

  // ---- what johnny-five calls ------------------------------------------------------------------------

  normalize(pin: number | string): number {
    const line = gpioLine(pin);
    if (line === null) throw new RangeError(`there is no pin ${pin}`);
    return line;
  }

  pinMode(line: number, mode: number): void {
    const pin = this.pins[line];
    if (pin) pin.mode = mode;
  }

  /** Lights a lamp; on a key, where this asks for the pull-up, there is nothing to do: it has it. */
  digitalWrite(line: number, value: number): void {
    const i = this.#parts.lamps.indexOf(line);
    if (i < 0 || this.#lamps < 0) return;
    const bit = 1n << BigInt(i);
    this.#write(value ? this.#lit | bit : this.#lit & ~bit);
  }

  digitalRead(line: number, listener: (value: number) => void): void {
    const pin = this.pins[line];
    if (!pin) return;
    pin.report = 1;
    this.on(`digital-read-${line}`, listener);
    // A key that is held already is told of, as a microcontroller does.
    setImmediate(() => listener(pin.value));
  }

  i2cConfig(): void {}

  i2cWrite(address: number, bytes: readonly number[]): void {
    this.#i2c(async (bus) => bus.write(address, Uint8Array.from(bytes)));
  }

  i2cReadOnce(address: number, length: number, done: (bytes: number[]) => void): void {
    this.#i2c(async (bus) => done([...(await bus.read(address, length))]));
  }

  /** Answers when all that was asked of the I2C bus before is done. */
  queryFirmware(done: () => void): void {
    void this.#pending.then(done);
  }

  // ---- the lines -------------------------------------------------------------------------------------

  #pending: Promise<void> = Promise.resolve();

  /** Failures are told of as panel firmware does, in a string. */
  #i2c(work: (bus: I2cBus) => Promise<void>): void {
    const { bus } = this.#parts;
    this.#pending = this.#pending.then(async () => {
      try {
        if (bus) await work(bus);
      } catch (error) {
        if (!(error instanceof I2cError)) throw error;
        this.emit('string', `I2C: ${error.message}`);
      }
    });
  }

  #header(): number {
    const { kernel } = this.#parts;
    for (const path of kernel.chips()) {
      const fd = opened(kernel, path);
      const info = emptyChipInfo();
      kernel.ioctl(fd, IOCTL.chipInfo, info);
      if (CHIPS.includes(chipLabel(info))) return fd;
      kernel.close(fd);
    }
    throw new Error('this is no Raspberry Pi: no GPIO chip of one is here; set board: to another kind');
  }

  #request(chip: number, lines: readonly number[], flags: bigint, debounce: number): number {
    const request = lineRequest({ consumer: CONSUMER, lines, flags, debounce });
    try {
      this.#parts.kernel.ioctl(chip, IOCTL.requestLines, request);
    } catch (error) {
      if (!(error instanceof GpioError)) throw error;
      const names = lines.map((line) => `GPIO${line}`).join(', ');
      if (error.code === 'EBUSY')
        throw new Error(`one of ${names} is in use by another program; stop it, or choose other pins`);
      throw new Error(`${names} cannot be used: ${error.code}`);
    }
    return grantedDescriptor(request);
  }

  #write(bits: bigint): void {
    this.#lit = bits;
    const mask = (1n << BigInt(this.#parts.lamps.length)) - 1n;
    this.#parts.kernel.ioctl(this.#lamps, IOCTL.setValues, lineValues(bits, mask));
  }

  #level(line: number, value: number): void {
    const pin = this.pins[line];
    if (!pin || pin.value === value) return;
    pin.value = value;
    if (pin.report) this.emit(`digital-read-${line}`, value);
  }
}

function opened(kernel: GpioKernel, path: string): number {
  try {
    return kernel.open(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : String(error);
    throw new Error(
      code === 'EACCES' ? `${path}: permission denied; add the user to the group gpio` : `${path}: ${code}`,
    );
  }
}
