import type { EventEmitter } from 'node:events';
import { type After, machineAfter } from './after.ts';
import { type I2cBus, I2cError } from './i2c.ts';

/** The I2C calls of a johnny-five IO plugin; firmata-io's and the Raspberry Pi plugin's are the same. */
export type I2cIo = EventEmitter & {
  i2cConfig(): void;
  i2cWrite(address: number, bytes: readonly number[]): void;
  i2cReadOnce(address: number, length: number, done: (bytes: number[]) => void): void;
  /** Where it has firmware, its answer comes after everything that was asked before. */
  queryFirmware?(done: () => void): void;
};

const READ_MS = 400;
const DRAIN_MS = 1_000;

/**
 * The I2C bus of a johnny-five board. Calls go out one after the other: replies carry no number, so two reads at
 * once would both get the first reply. Firmware of ours says what failed in a string that begins with `I2C:`.
 */
export class JohnnyFiveI2c implements I2cBus {
  readonly limit: I2cBus['limit'];
  readonly #io: I2cIo;
  readonly #after: After;
  #queue: Promise<unknown> = Promise.resolve();
  #reject: (error: I2cError) => void = () => {};
  #isConfigured = false;

  /**
   * @param limit 96 bytes each way with our firmware; 30 and 32 with StandardFirmata.
   * @param after by whose clock an answer is late.
   */
  constructor(io: I2cIo, limit: I2cBus['limit'], after = machineAfter) {
    this.#io = io;
    this.#after = after;
    this.limit = limit;
    io.on('string', (text: string) => {
      if (text.startsWith('I2C:')) this.#reject(new I2cError(text.slice('I2C: '.length)));
    });
  }

  write(address: number, bytes: Uint8Array): Promise<void> {
    if (bytes.length > this.limit.write)
      throw new RangeError(`${bytes.length} bytes are too many for one write`);
    return this.#inTurn(async () => {
      this.#configure();
      await this.#failing((resolve) => {
        this.#io.i2cWrite(address, [...bytes]);
        // A write is not answered; only its failure is, before whatever is asked next.
        if (this.#io.queryFirmware) this.#io.queryFirmware(resolve);
        else resolve();
      });
    });
  }

  read(address: number, length: number): Promise<Uint8Array> {
    if (length > this.limit.read) throw new RangeError(`${length} bytes are too many for one read`);
    return this.#inTurn(async () => {
      this.#configure();
      const bytes = await this.#failing<number[]>((resolve) => {
        this.#io.i2cReadOnce(address, length, resolve);
      });
      if (bytes.length !== length) throw new I2cError(`${bytes.length} bytes instead of ${length}`);
      return Uint8Array.from(bytes);
    });
  }

  #configure(): void {
    if (!this.#isConfigured) this.#io.i2cConfig();
    this.#isConfigured = true;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** What `work` resolves with, unless the board says that it failed, or nothing in time. */
  async #failing<T = void>(work: (resolve: (value: T) => void) => void): Promise<T> {
    let callOff = () => {};
    let isLate = false;
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#reject = reject;
        callOff = this.#after(READ_MS, () => {
          isLate = true;
          reject(new I2cError('no answer'));
        });
        work(resolve);
      });
    } finally {
      callOff();
      this.#reject = () => {};
      if (isLate) await this.#drain();
    }
  }

  /** Waits until a late reply can no longer be taken for the next one. */
  #drain(): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.#after(DRAIN_MS, resolve);
      this.#io.queryFirmware?.(() => {
        callOff();
        resolve();
      });
    });
  }
}
