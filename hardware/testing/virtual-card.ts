import { createConnection, type Socket } from 'node:net';

/** The port of vsmartcard's virtual reader, as Debian's package sets it. */
const VPCD_PORT = 35_963;
/** ATR of a contactless card of ISO 14443-4 behind a PC/SC reader (PC/SC part 3). */
const ATR = Buffer.from('3b8180018080', 'hex');
const POWER_OFF = 0;
const POWER_ON = 1;
const RESET = 2;
const GET_ATR = 4;

/** A card laid on the virtual reader of `vpcd`; it speaks its protocol: lengths of two bytes, then one message. */
export class VirtualCard {
  #socket: Socket | null = null;

  /** Lays the card on the reader. `activate` gives what answers APDUs, anew at each power-on. */
  insert(activate: () => (apdu: Uint8Array) => Uint8Array): Promise<void> {
    let answer = activate();
    let bytes = Buffer.alloc(0);
    const socket = createConnection(VPCD_PORT, '127.0.0.1');
    this.#socket = socket;
    const say = (message: Uint8Array) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(message.length);
      socket.write(Buffer.concat([length, message]));
    };
    const take = (message: Buffer) => {
      const [control] = message;
      if (message.length > 1) say(answer(message));
      else if (control === GET_ATR) say(ATR);
      else if (control === POWER_ON || control === RESET) answer = activate();
      else if (control !== POWER_OFF) socket.destroy();
    };
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) {
        const end = 2 + bytes.readUInt16BE(0);
        take(bytes.subarray(2, end));
        bytes = bytes.subarray(end);
      }
    });
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.on('error', reject);
    });
  }

  remove(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }
}
