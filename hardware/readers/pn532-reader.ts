import type { DeviceStatus } from '../capabilities.ts';
import type { CardLink, LendingReader } from '../card-link.ts';
import { type I2cBus, I2cError } from '../i2c.ts';
import { AnnouncingReader } from './announcing-reader.ts';
import { type FoundCard, Pn532, type Sleep } from './pn532.ts';
import { TapFilter } from './tap-filter.ts';
import { readTapMessage } from './tap-message.ts';

const POLL_MS = 25;
const AGAIN_MS = 1_000;
/** One bad transfer is noise; that many in a row are a fault. */
const FAILURES = 3;
/** A card's message is tried for so long, while the card is there; then the tap goes without. */
const MESSAGE_MS = 1_000;

export interface Pn532ReaderParts {
  /** The bus, once the board is open; null where the board has failed. */
  readonly bus: () => I2cBus | null;
  readonly now: () => number;
  readonly sleep: Sleep;
}

/**
 * The PN532 as a card reader: looks for cards all the time, reads the one-time message of those that have one, and
 * begins anew by itself when the chip was gone. A card that shows another UID each time serves nobody; it is
 * reported as it is, and no roll will know it.
 */
export class Pn532Reader extends AnnouncingReader implements LendingReader {
  readonly #parts: Pn532ReaderParts;
  readonly #taps = new TapFilter();
  #isStopped = false;
  #running: Promise<void> = Promise.resolve();
  #began = () => {};
  #work: ((card: CardLink) => Promise<void>) | null = null;
  #unread: { uid: string; since: number } | null = null;

  constructor(parts: Pn532ReaderParts) {
    super();
    this.#parts = parts;
  }

  lend(work: (card: CardLink) => Promise<void>): void {
    this.#work = work;
  }

  async start(): Promise<void> {
    const known = new Promise<void>((resolve) => {
      this.#began = resolve;
    });
    this.#running = this.#run();
    await known;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { bus: busOf, sleep } = this.#parts;
    const bus = busOf();
    if (bus === null)
      return this.tell({
        is: 'fault',
        what: 'the card reader hangs on a board that has failed',
        zh: '读卡器所接的板出了故障',
      });
    const chip = new Pn532(bus, sleep);
    while (!this.#isStopped) {
      try {
        this.model = await chip.begin();
        this.tell({ is: 'ready' });
        await this.#look(chip);
      } catch (error) {
        if (!(error instanceof I2cError)) throw error;
        if (this.#isStopped) break;
        const what = `the card reader (PN532) does not answer: ${error.message}; check its cable`;
        this.tell({ is: 'fault', what, zh: '读卡器没有应答，请检查连线' });
        await sleep(AGAIN_MS);
      }
    }
    this.#began();
  }

  async #look(chip: Pn532): Promise<void> {
    const { sleep } = this.#parts;
    let failures = 0;
    while (!this.#isStopped) {
      try {
        const card = await chip.find();
        if (card) await this.#found(chip, card);
        else this.#unread = null;
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!(error instanceof I2cError) || failures >= FAILURES) throw error;
      }
      await sleep(POLL_MS);
    }
  }

  async #found(chip: Pn532, { uid, hasApdus }: FoundCard): Promise<void> {
    const now = this.#parts.now();
    if (!this.#taps.isTap(uid, now)) {
      if (hasApdus) await chip.release();
      return;
    }
    if (this.#work) {
      await this.#work({ uid, transceive: (apdu) => chip.exchange(apdu) });
      return chip.release();
    }
    if (!hasApdus) return this.tap({ card: uid });
    if (this.#unread?.uid !== uid) this.#unread = { uid, since: now };
    try {
      const proof = await readTapMessage((apdu) => chip.exchange(apdu));
      this.tap(proof === null ? { card: uid } : { card: uid, proof });
    } catch (error) {
      if (!(error instanceof I2cError)) throw error;
      if (now - this.#unread.since < MESSAGE_MS) this.#taps.forget(uid);
      else this.tap({ card: uid });
    }
    await chip.release();
  }

  protected override tell(status: DeviceStatus): void {
    this.#began();
    super.tell(status);
  }
}
