import type { CardReader, DeviceStatus } from '../../hardware/capabilities.ts';
import { type CardLink, isLending } from '../../hardware/card-link.ts';
import { personalise } from '../../hardware/ntag424/personalise.ts';
import { type FromCardDesk, ToCardDesk } from '../../shared/protocol/card-desk.ts';
import { fromHex } from '../../shared/protocol/ntag424.ts';

export interface CardDeskOptions {
  readonly reader: CardReader;
  /** Cards are lent for personalising, each when it is laid down. */
  readonly personalise: boolean;
  /** No more cards are coming. */
  readonly onEnd: () => void;
  readonly print: (line: FromCardDesk) => void;
  /** 16 random bytes a call. */
  readonly random: () => Uint8Array;
}

type Order = Extract<ToCardDesk, { personalise: unknown }>['personalise'];

/**
 * A card reader on somebody's desk: prints every tap or, for personalising, every card laid down, and writes into it
 * what it is told to.
 */
export class CardDesk {
  readonly #options: CardDeskOptions;
  /** Takes the answer to the card that lies there. */
  #answer: ((order: Order | null) => void) | null = null;

  constructor(options: CardDeskOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { reader, print } = this.#options;
    reader.onStatus((status) => print(statusLine(status)));
    if (!this.#options.personalise) reader.onTap((tap) => print(tap));
    else if (isLending(reader)) reader.lend((card) => this.#lent(card));
    else {
      print({
        status: 'fault',
        what: 'this reader cannot write cards; use one that speaks PC/SC, or a PN532',
      });
      return;
    }
    await reader.start();
  }

  /** Takes a line of its input; what is none for it is left to others. */
  take(line: string): boolean {
    const order = ToCardDesk.safeParse(parse(line));
    if (!order.success) return false;
    if ('end' in order.data) this.#options.onEnd();
    else this.#answer?.('personalise' in order.data ? order.data.personalise : null);
    return true;
  }

  async stop(): Promise<void> {
    this.#answer?.(null);
    await this.#options.reader.stop();
  }

  async #lent(card: CardLink): Promise<void> {
    const { print, random } = this.#options;
    const answered = new Promise<Order | null>((resolve) => {
      this.#answer = resolve;
    });
    print({ card: card.uid });
    const order = await answered;
    this.#answer = null;
    if (order?.uid !== card.uid) return;
    const keys = order.keys.flatMap((key) => fromHex(key) ?? []);
    try {
      print({ personalised: card.uid, proof: await personalise(card, keys, random) });
    } catch (error) {
      print({ failed: card.uid, what: error instanceof Error ? error.message : String(error) });
    }
  }
}

function statusLine(status: DeviceStatus): FromCardDesk {
  switch (status.is) {
    case 'ready':
      return { status: 'ready' };
    case 'fault':
      return { status: 'fault', what: status.what };
    case 'none':
      return { status: 'fault', what: 'there is no reader; name one with --reader' };
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
