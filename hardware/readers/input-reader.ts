import { type FileHandle, open } from 'node:fs/promises';
import type { CardReader } from '../capabilities.ts';
import { AnnouncingReader } from './announcing-reader.ts';
import { EVENT_SIZE, keyEvents, TypedCards } from './input-events.ts';
import { TapFilter } from './tap-filter.ts';

const AGAIN_MS = 1_000;
const EVENTS = 64;

export interface InputReaderParts {
  /** `/dev/input/by-id/…-event-kbd`: the name that stays when other devices come and go. */
  readonly device: string;
  readonly now: () => number;
  /** Keeps the reader's typing from every other program; false where that cannot be done. */
  readonly grab: (fd: number) => Promise<boolean>;
  /** The word size of this machine's programs. */
  readonly bits: 32 | 64;
}

/** A USB card reader that types the card's number and Enter. */
export class InputReader extends AnnouncingReader implements CardReader {
  readonly #parts: InputReaderParts;
  readonly #taps = new TapFilter();
  #isStopped = false;
  #again: NodeJS.Timeout | undefined;

  constructor(parts: InputReaderParts) {
    super();
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { device, grab } = this.#parts;
    try {
      const file = await open(device, 'r');
      await grab(file.fd);
      this.tell({ is: 'ready' });
      void this.#read(file);
    } catch (error) {
      this.#lost(reasonOf(error));
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#again);
  }

  async #read(file: FileHandle): Promise<void> {
    const typed = new TypedCards();
    const size = EVENT_SIZE[this.#parts.bits];
    const buffer = Buffer.alloc(size * EVENTS);
    let why = 'it was unplugged';
    try {
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
        if (this.#isStopped || bytesRead === 0) break;
        for (const event of keyEvents(buffer.subarray(0, bytesRead), size)) {
          const now = this.#parts.now();
          const card = typed.take(event, now);
          if (card !== null && this.#taps.isTap(card, now)) this.tap({ card });
        }
      }
    } catch (error) {
      why = reasonOf(error);
    }
    await file.close().catch(() => {});
    if (!this.#isStopped) this.#lost(why);
  }

  #lost(why: string): void {
    const { device } = this.#parts;
    this.tell({ is: 'fault', what: `the card reader ${device} cannot be read: ${why}` });
    this.#again = setTimeout(() => void this.start(), AGAIN_MS);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'EACCES') return 'permission denied; add the user to the group input';
  if (code === 'ENOENT' || code === 'ENODEV') return 'it is not plugged in; check its cable';
  return code;
}
