declare module 'firmata-io' {
  import { EventEmitter } from 'node:events';

  /** As much of firmata-io as we use; it brings no types of its own. */
  class Board extends EventEmitter {
    constructor(transport: EventEmitter, options?: { reportVersionTimeout?: number });
    readonly isReady: boolean;
    readonly firmware: { name: string; version: { major: number; minor: number } };
    readonly version: { major: number; minor: number };
    queryFirmware(done: () => void): void;
    i2cConfig(options?: { address?: number; delay?: number }): void;
    i2cWrite(address: number, bytes: readonly number[]): void;
    i2cReadOnce(address: number, length: number, done: (bytes: number[]) => void): void;
  }
  const firmata: { Firmata: typeof Board };
  export default firmata;
}
