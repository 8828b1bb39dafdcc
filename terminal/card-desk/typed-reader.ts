import type { CardLink, LendingReader } from '../../hardware/card-link.ts';
import { SimulatedNtag424 } from '../../hardware/ntag424/simulated-ntag424.ts';
import { AnnouncingReader } from '../../hardware/readers/announcing-reader.ts';
import { readTapMessage } from '../../hardware/readers/tap-message.ts';

const LINE = /^([0-9A-Z]{4,32})(?:\s+(\S+))?$/;
const NTAG424_UID = /^[0-9A-F]{14}$/;

/**
 * A reader without hardware: a card is tapped by typing its number, with its message behind it where there is one. A
 * UID of 7 bytes is a simulated NTAG 424 DNA, fresh from the factory until it is personalised.
 */
export class TypedReader extends AnnouncingReader implements LendingReader {
  readonly #cards = new Map<string, SimulatedNtag424>();
  readonly #random: () => Uint8Array;
  #work: ((card: CardLink) => Promise<void>) | null = null;

  constructor(random: () => Uint8Array) {
    super();
    this.#random = random;
  }

  lend(work: (card: CardLink) => Promise<void>): void {
    this.#work = work;
  }

  async start(): Promise<void> {
    this.tell({ is: 'ready' });
  }

  async stop(): Promise<void> {}

  /** A line was typed. */
  async type(line: string): Promise<void> {
    const [, card, proof] = LINE.exec(line.trim()) ?? [];
    if (card === undefined) return;
    const chip = NTAG424_UID.test(card) ? this.#chip(card) : null;
    chip?.layDown();
    if (this.#work) {
      await this.#work(chip ?? { uid: card, transceive: async () => Uint8Array.of(0x6a, 0x82) });
      return;
    }
    const message = proof ?? (chip && (await readTapMessage(chip.transceive)));
    this.tap(message ? { card, proof: message } : { card });
  }

  #chip(uid: string): SimulatedNtag424 {
    const known = this.#cards.get(uid) ?? new SimulatedNtag424(uid, this.#random);
    this.#cards.set(uid, known);
    return known;
  }
}
