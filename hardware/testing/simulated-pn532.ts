import type { I2cBus } from '../i2c.ts';
import { I2cError } from '../i2c.ts';
import type { TwiSlave } from './avr-bus.ts';

/** A card of ISO 14443 type A as the chip sees it. */
export interface SimulatedCard {
  /** Upper-case hexadecimal. */
  readonly uid: string;
  /** Answers APDUs; cards without are plain UIDs. Called anew at each activation of the card. */
  readonly activate?: () => (apdu: Uint8Array) => Uint8Array;
}

const ACK = [0x00, 0x00, 0xff, 0x00, 0xff, 0x00];
const NOT_READY = 0x00;
const READY = 0x01;

function frame(data: readonly number[]): number[] {
  const all = [0xd5, ...data];
  const sum = all.reduce((sum, byte) => sum + byte, 0);
  return [0x00, 0x00, 0xff, all.length, -all.length & 0xff, ...all, -sum & 0xff, 0x00];
}

/**
 * A PN532 as it is on the wire (UM0701-02): ready byte, acknowledgement, answer, NACK for once more. Stands behind
 * the I2C unit of a simulated chip, and behind a plain bus. It knows no more than what a reader at a seat asks.
 */
export class SimulatedPn532 implements TwiSlave {
  #card: SimulatedCard | null = null;
  #apdus: ((apdu: Uint8Array) => Uint8Array) | null = null;
  #written: number[] = [];
  #isWriting = false;
  /** Frames still to be fetched, and how far the first has been read. */
  #out: number[][] = [];
  #last: number[] = [];
  #at = -1;
  #isSet = false;
  /** Ready bytes that say "not yet" before each answer. */
  delay = 1;
  #waits = 0;
  /** Not there at all. */
  isAbsent = false;

  place(card: SimulatedCard): void {
    this.#card = card;
  }

  remove(): void {
    this.#card = null;
    this.#apdus = null;
  }

  /** Power fails for a moment: it must be set up again. */
  powerCycle(): void {
    this.#out = [];
    this.#isSet = false;
    this.#apdus = null;
  }

  connect(write: boolean): boolean {
    this.#isWriting = write;
    this.#written = [];
    this.#at = -1;
    return !this.isAbsent;
  }

  writeByte(byte: number): boolean {
    this.#written.push(byte);
    return !this.isAbsent;
  }

  readByte(): number {
    const [first] = this.#out;
    this.#at += 1;
    if (this.#at === 0) {
      if (first === undefined || this.#waits > 0) {
        this.#waits -= first ? 1 : 0;
        this.#at = Number.MIN_SAFE_INTEGER;
        return NOT_READY;
      }
      return READY;
    }
    if (this.#at < 0) return NOT_READY;
    return first?.[this.#at - 1] ?? 0x00;
  }

  stop(): void {
    if (this.#isWriting) this.#take(this.#written);
    else if (this.#at >= (this.#out[0]?.length ?? 0)) this.#fetched();
    else if (this.#at > 0) this.#fetched();
    this.#isWriting = false;
  }

  #fetched(): void {
    const done = this.#out.shift();
    if (done && done.length > ACK.length) this.#last = done;
    this.#waits = this.delay;
  }

  #take(bytes: readonly number[]): void {
    const start = bytes.indexOf(0xff);
    const length = bytes[start + 1] ?? 0;
    if (length === 0xff) {
      // NACK: the last answer once more.
      this.#out = [this.#last];
      return;
    }
    const data = bytes.slice(start + 3, start + 3 + length);
    const sum = data.reduce((all, byte) => all + byte, bytes[start + 3 + length] ?? 0);
    if (data[0] !== 0xd4 || (sum & 0xff) !== 0) return;
    const answer = this.#answer(data.slice(1));
    this.#waits = this.delay;
    this.#out = [ACK, answer === null ? [0x00, 0x00, 0xff, 0x01, 0xff, 0x7f, 0x81, 0x00] : frame(answer)];
  }

  /** What the chip answers to a command; null for one it does not know. */
  #answer([command = 0, ...data]: readonly number[]): number[] | null {
    const code = command + 1;
    switch (command) {
      case 0x02:
        return [code, 0x32, 0x01, 0x06, 0x07];
      case 0x14:
        this.#isSet = true;
        return [code];
      case 0x32:
        return [code];
      case 0x4a: {
        const card = this.#isSet ? this.#card : null;
        if (card === null) return [code, 0];
        const uid = [...Buffer.from(card.uid, 'hex')];
        this.#apdus = card.activate?.() ?? null;
        const ats = this.#apdus ? [0x06, 0x77, 0x77, 0x71, 0x02, 0x80] : [];
        return [code, 1, 1, 0x03, 0x44, this.#apdus ? 0x20 : 0x00, uid.length, ...uid, ...ats];
      }
      case 0x40:
        if (this.#apdus === null) return [code, 0x01];
        return [code, 0x00, ...this.#apdus(Uint8Array.from(data.slice(1)))];
      case 0x52:
        this.#apdus = null;
        return [code, 0x00];
      default:
        return null;
    }
  }
}

/** A bus with devices on it and nothing between: what a Raspberry Pi's own I2C is. */
export function plainBus(slaves: ReadonlyMap<number, TwiSlave>): I2cBus {
  const open = (address: number, write: boolean): TwiSlave => {
    const slave = slaves.get(address);
    if (!slave?.connect(write)) throw new I2cError(`no answer from 0x${address.toString(16)}`);
    return slave;
  };
  return {
    limit: { write: 255, read: 255 },
    write: async (address, bytes) => {
      const slave = open(address, true);
      for (const byte of bytes) slave.writeByte(byte);
      slave.stop();
    },
    read: async (address, length) => {
      const slave = open(address, false);
      const bytes = Uint8Array.from({ length }, (_, i) => slave.readByte(i < length - 1));
      slave.stop();
      return bytes;
    },
  };
}
