import type { AVRTWI } from 'avr8js';

/** A device on the simulated I2C bus. */
export interface TwiSlave {
  /** Addressed; false for no acknowledgement. */
  connect(write: boolean): boolean;
  /** A byte from the master; false for no acknowledgement. */
  writeByte(byte: number): boolean;
  readByte(ack: boolean): number;
  stop(): void;
}

/** Cycles of one byte with its acknowledgement at 100 kHz. */
const BYTE = 1_440;

/** The I2C bus of a simulated chip: devices by address, and what goes wrong on wires. */
export class AvrBus {
  readonly #slaves = new Map<number, TwiSlave>();
  #slave: TwiSlave | null = null;
  /** Some device holds the clock: nothing is completed. */
  isHung = false;
  /** Called with every byte read; gives what arrives. */
  noise: (byte: number) => number = (byte) => byte;

  attach(address: number, slave: TwiSlave): void {
    this.#slaves.set(address, slave);
  }

  detach(address: number): void {
    this.#slaves.delete(address);
  }

  /** Wires the bus to a chip that has just started. */
  connect(twi: AVRTWI, after: (then: () => void, cycles: number) => unknown): void {
    const later = (complete: () => void) => {
      if (!this.isHung) after(complete, BYTE);
    };
    twi.eventHandler = {
      start: () => later(() => twi.completeStart()),
      stop: () => {
        this.#slave?.stop();
        this.#slave = null;
        later(() => twi.completeStop());
      },
      connectToSlave: (address, write) => {
        this.#slave = this.#slaves.get(address) ?? null;
        const ack = this.#slave?.connect(write) ?? false;
        later(() => twi.completeConnect(ack));
      },
      writeByte: (byte) => {
        const ack = this.#slave?.writeByte(byte) ?? false;
        later(() => twi.completeWrite(ack));
      },
      readByte: (ack) => {
        const byte = this.noise(this.#slave?.readByte(ack) ?? 0xff);
        later(() => twi.completeRead(byte));
      },
    };
  }
}
