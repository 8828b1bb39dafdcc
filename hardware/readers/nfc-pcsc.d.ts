declare module 'nfc-pcsc' {
  import { EventEmitter } from 'node:events';

  /** As much of nfc-pcsc as we use; it brings no types of its own. */
  export class Reader extends EventEmitter {
    readonly name: string;
    autoProcessing: boolean;
    transmit(apdu: Buffer, maxAnswer: number): Promise<Buffer>;
    close(): void;
  }
  export class NFC extends EventEmitter {
    constructor();
    close(): void;
  }
}
