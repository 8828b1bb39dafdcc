import { createConnection } from 'node:net';
import type { NFC, Reader } from 'nfc-pcsc';
import type { CardLink, LendingReader } from '../card-link.ts';
import { AnnouncingReader } from './announcing-reader.ts';
import { TapFilter } from './tap-filter.ts';
import { readTapMessage } from './tap-message.ts';

const AGAIN_MS = 1_000;
const MAX_ANSWER = 260;
/** PC/SC part 3, 3.2.2.1.3: the UID of a contactless card. */
const GET_UID = Buffer.from('ffca000000', 'hex');
const SERVICE = '/run/pcscd/pcscd.comm';
const NO_READER = {
  is: 'fault',
  what: 'no card reader is plugged in; check its cable',
  zh: '未接读卡器，请检查连线',
} as const;

export interface PcscReaderParts {
  /** Only readers whose name contains this; any without. */
  readonly name?: string | undefined;
  readonly now: () => number;
}

/**
 * A USB card reader of the PC/SC class, through the system's pcscd. A reader that is plugged out and in again, and a
 * pcscd that was started again, are found by themselves.
 */
export class PcscReader extends AnnouncingReader implements LendingReader {
  readonly #parts: PcscReaderParts;
  readonly #taps = new TapFilter();
  readonly #readers = new Set<Reader>();
  #nfc: NFC | null = null;
  #again: NodeJS.Timeout | undefined;
  #isStopped = false;
  #work: ((card: CardLink) => Promise<void>) | null = null;

  constructor(parts: PcscReaderParts) {
    super();
    this.#parts = parts;
  }

  lend(work: (card: CardLink) => Promise<void>): void {
    this.#work = work;
  }

  async start(): Promise<void> {
    await this.#open();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#again);
    this.#close();
  }

  async #open(): Promise<void> {
    let library: typeof import('nfc-pcsc');
    try {
      library = await import('nfc-pcsc');
    } catch {
      const what = 'nfc-pcsc is not installed; install libpcsclite-dev, then run npm ci again';
      return this.tell({ is: 'fault', what, zh: '读卡器驱动未安装' });
    }
    // Without its service the library waits for it in a loop that nothing else runs beside.
    const isUp = await isListening(SERVICE);
    if (this.#isStopped) return;
    if (!isUp) return this.#wait('it is not running');
    this.tell(NO_READER);
    const nfc = new library.NFC();
    this.#nfc = nfc;
    nfc.on('reader', (reader: Reader) => this.#found(reader));
    nfc.on('error', (error: Error) => this.#lost(nfc, error));
  }

  /** pcscd is gone, or was never there. */
  #lost(nfc: NFC, error: Error): void {
    if (nfc !== this.#nfc || this.#isStopped) return;
    this.#close();
    this.#wait(error.message.split('\n')[0] ?? '');
  }

  #wait(reason: string): void {
    const what = `the card reader service pcscd does not answer (${reason}); start it`;
    this.tell({ is: 'fault', what, zh: '读卡服务没有应答' });
    this.#again = setTimeout(() => void this.#open(), AGAIN_MS);
  }

  #close(): void {
    const nfc = this.#nfc;
    this.#nfc = null;
    this.#readers.clear();
    // Closing reports an error that nobody needs.
    nfc?.removeAllListeners('error').on('error', () => {});
    nfc?.close();
  }

  #found(reader: Reader): void {
    const { name } = this.#parts;
    reader.on('error', () => {});
    if (name !== undefined && !reader.name.includes(name)) return;
    this.#readers.add(reader);
    this.model = reader.name;
    reader.autoProcessing = false;
    reader.on('card', () => void this.#card(reader));
    reader.on('end', () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0 && this.#nfc) this.tell(NO_READER);
    });
    this.tell({ is: 'ready' });
  }

  async #card(reader: Reader): Promise<void> {
    const transceive = (apdu: Uint8Array) => reader.transmit(Buffer.from(apdu), MAX_ANSWER);
    try {
      const answer = await transceive(GET_UID);
      const isFine = answer.length > 2 && answer.at(-2) === 0x90 && answer.at(-1) === 0x00;
      if (!isFine) return;
      const card = answer.subarray(0, -2).toString('hex').toUpperCase();
      if (!this.#taps.isTap(card, this.#parts.now())) return;
      if (this.#work) return await this.#work({ uid: card, transceive });
      const proof = await readTapMessage(transceive).catch(() => null);
      this.tap(proof === null ? { card } : { card, proof });
    } catch {
      // Taken away before it was read: its next tap will be.
    }
  }
}

/** Whether somebody answers on the Unix socket at `path`. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const say = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', say(true)).once('error', say(false));
  });
}
