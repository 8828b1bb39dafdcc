import { type I2cBus, I2cError } from '../i2c.ts';
import { commandFrame, NACK, OVERHEAD, parseFrame } from './pn532-frames.ts';

const ADDRESS = 0x24;
const PN532 = 0x32;
const READY = 0x01;
const ACK_LENGTH = 6;

/** Commands of UM0701-02 §7. */
const GET_FIRMWARE_VERSION = 0x02;
const SAM_CONFIGURATION = 0x14;
const RF_CONFIGURATION = 0x32;
const IN_LIST_PASSIVE_TARGET = 0x4a;
const IN_DATA_EXCHANGE = 0x40;
const IN_RELEASE = 0x52;

const COMMAND_MS = 300;
const POLL_MS = 4;
const RESENDS = 2;

/** A card of ISO 14443 type A in the field. */
export interface FoundCard {
  /** UID in upper-case hexadecimal. */
  readonly uid: string;
  /** Whether it speaks ISO 14443-4, and so APDUs. */
  readonly hasApdus: boolean;
}

/** Milliseconds pass. */
export type Sleep = (ms: number) => Promise<void>;

/** The PN532 on an I2C bus. Every call rejects with an {@link I2cError} where the chip does not do it. */
export class Pn532 {
  readonly #bus: I2cBus;
  readonly #sleep: Sleep;

  constructor(bus: I2cBus, sleep: Sleep) {
    this.#bus = bus;
    this.#sleep = sleep;
  }

  /** Wakes the chip and makes it a reader that answers "no card" at once. Gives its name and its firmware's version. */
  async begin(): Promise<string> {
    const [chip, major = 0, minor = 0] = await this.#command(Uint8Array.of(GET_FIRMWARE_VERSION));
    if (chip !== PN532) throw new I2cError('the chip at 0x24 is no PN532');
    // Normal mode, time-out 1 s, no interrupt line.
    await this.#command(Uint8Array.of(SAM_CONFIGURATION, 0x01, 0x14, 0x00));
    // Item 5: retries for ATR, PSL and activation; one activation retry.
    await this.#command(Uint8Array.of(RF_CONFIGURATION, 0x05, 0xff, 0x01, 0x01));
    return `PN532 ${major}.${minor}`;
  }

  /** The card in the field; null for none. */
  async find(): Promise<FoundCard | null> {
    const answer = await this.#command(Uint8Array.of(IN_LIST_PASSIVE_TARGET, 0x01, 0x00));
    const [count, , , , sak = 0, length = 0] = answer;
    if (count !== 1) return null;
    const uid = answer.subarray(6, 6 + length);
    if (length === 0 || uid.length !== length) throw new I2cError('the answer of the PN532 is damaged');
    return { uid: Buffer.from(uid).toString('hex').toUpperCase(), hasApdus: (sak & 0x20) !== 0 };
  }

  /** Sends an APDU to the card found last, and gives its answer, status bytes included. */
  async exchange(apdu: Uint8Array): Promise<Uint8Array> {
    const [status = 0xff, ...answer] = await this.#command(Uint8Array.of(IN_DATA_EXCHANGE, 0x01, ...apdu));
    if ((status & 0x3f) !== 0) throw new I2cError('the card was taken away');
    return Uint8Array.from(answer);
  }

  /** Lets go of the card, so that it can be found again. */
  async release(): Promise<void> {
    await this.#command(Uint8Array.of(IN_RELEASE, 0x00));
  }

  async #command(command: Uint8Array): Promise<Uint8Array> {
    const frame = commandFrame(command);
    if (frame.length > this.#bus.limit.write) throw new RangeError('the command is too long for this bus');
    await this.#bus.write(ADDRESS, frame);
    const acknowledged = parseFrame(await this.#answer(ACK_LENGTH));
    if (acknowledged.is !== 'ack') throw new I2cError('the PN532 does not acknowledge');
    let length = Math.min(this.#bus.limit.read - 1, OVERHEAD + 24);
    for (let attempt = 0; attempt <= RESENDS; attempt += 1) {
      const answer = parseFrame(await this.#answer(length));
      if (answer.is === 'data' && answer.data[0] === (command[0] ?? 0) + 1) return answer.data.slice(1);
      if (answer.is === 'error') throw new I2cError('the PN532 refused a command');
      if (answer.is === 'short') {
        if (answer.length >= this.#bus.limit.read) throw new I2cError('the answer is too long for this bus');
        length = answer.length;
      }
      await this.#bus.write(ADDRESS, NACK);
    }
    throw new I2cError('the answers of the PN532 are damaged');
  }

  /** Waits until the chip is ready and reads `length` bytes after its ready byte (§6.2.4). */
  async #answer(length: number): Promise<Uint8Array> {
    for (let waited = 0; waited <= COMMAND_MS; waited += POLL_MS) {
      const bytes = await this.#bus.read(ADDRESS, length + 1);
      if (((bytes[0] ?? 0) & READY) !== 0) return bytes.subarray(1);
      await this.#sleep(POLL_MS);
    }
    throw new I2cError('the PN532 is never ready');
  }
}
