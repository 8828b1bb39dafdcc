import { closeSync, constants, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CardReader } from '../capabilities.ts';
import { AnnouncingReader } from './announcing-reader.ts';
import { EVENT_SIZE, type KeyEvent, keyEvents, TypedCards } from './input-events.ts';
import { TapFilter } from './tap-filter.ts';

const AGAIN_MS = 1_000;
const EVENTS = 64;
const LOOK_MS = 20;

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
  #close: () => void = () => {};

  constructor(parts: InputReaderParts) {
    super();
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { device, grab } = this.#parts;
    try {
      // A read that waits would hold one of Node's threads, and the process could not end before a card is read.
      const fd = openSync(device, constants.O_RDONLY | constants.O_NONBLOCK);
      await grab(fd);
      this.model = nameOf(device);
      this.#follow(fd);
    } catch (error) {
      this.#lost(reasonOf(error));
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#again);
    this.#close();
  }

  #follow(fd: number): void {
    const typed = new TypedCards();
    const size = EVENT_SIZE[this.#parts.bits];
    const buffer = Buffer.alloc(size * EVENTS);
    const timer = setInterval(() => {
      const length = readNow(fd, buffer);
      if (typeof length === 'string') {
        this.#close();
        this.#lost(length);
      } else {
        for (const event of keyEvents(buffer.subarray(0, length), size)) this.#take(typed, event);
      }
    }, LOOK_MS);
    this.#close = () => {
      clearInterval(timer);
      closeSync(fd);
      this.#close = () => {};
    };
    this.tell({ is: 'ready' });
  }

  #take(typed: TypedCards, event: KeyEvent): void {
    const now = this.#parts.now();
    const card = typed.take(event, now);
    if (card !== null && this.#taps.isTap(card, now)) this.tap({ card });
  }

  #lost(why: string): void {
    const { device } = this.#parts;
    const what = `the card reader ${device} cannot be read: ${why}`;
    this.tell({ is: 'fault', what, zh: '读卡器读不出来，请检查连线' });
    if (this.#isStopped) return;
    this.#again = setTimeout(() => void this.start(), AGAIN_MS);
  }
}

/** What the kernel calls the input device; null where it does not say. */
function nameOf(device: string): string | null {
  try {
    const event = basename(realpathSync(device));
    return readFileSync(join('/sys/class/input', event, 'device/name'), 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/** Bytes that can be read now; 0 for none, or why there will be no more. */
function readNow(fd: number, buffer: Buffer): number | string {
  try {
    return readSync(fd, buffer) || 'it was unplugged';
  } catch (error) {
    return codeOf(error) === 'EAGAIN' ? 0 : reasonOf(error);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === 'EACCES') return 'permission denied; add the user to the group input';
  if (code === 'ENOENT' || code === 'ENODEV') return 'it is not plugged in; check its cable';
  return code;
}
