import five from 'johnny-five';
import {
  type CardReader,
  KEYS,
  type Key,
  type Lamp,
  type LampRow,
  type Panel,
  type PanelStatus,
} from './capabilities.ts';

/** Which pins the five keys and the five lamps are on, left to right. Keys connect to ground. */
export interface Wiring {
  readonly keys: readonly (number | string)[];
  readonly lamps: readonly (number | string)[];
}

export interface JohnnyFiveParts {
  /** A johnny-five IO plugin. */
  readonly io: object;
  readonly wiring: Wiring;
  readonly cards: CardReader;
}

const READY_MS = 10_000;
const BLINK_MS = 300;

/**
 * Every board ever made: johnny-five keeps them too. After a fault the process is started again, which the
 * outbox makes safe; boards are never rebuilt.
 */
const boards: five.Board[] = [];

/** A panel of keys and lamps on any board that johnny-five can drive. */
export class JohnnyFivePanel implements Panel {
  #parts: JohnnyFiveParts;
  #leds: five.Led[] = [];
  #row: LampRow = ['off', 'off', 'off', 'off', 'off'];
  #shown: (Lamp | null)[] = [];
  #onPress: (key: Key) => void = () => {};
  #onStatus: (status: PanelStatus) => void = () => {};

  constructor(parts: JohnnyFiveParts) {
    this.#parts = parts;
  }

  onCard(listener: (card: string) => void): void {
    this.#parts.cards.onCard(listener);
  }

  onPress(listener: (key: Key) => void): void {
    this.#onPress = listener;
  }

  onStatus(listener: (status: PanelStatus) => void): void {
    this.#onStatus = listener;
  }

  /** Resolves when the board is ready or has failed; a fault is a status, not an error. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      // Without a listener for errors the process would end; with the REPL it ends when stdin is closed.
      const options = { io: this.#parts.io, repl: false, debug: false, sigint: false };
      const board = new five.Board(options);
      boards.push(board);
      const fail = (what: string) => {
        this.#onStatus({ is: 'fault', what });
        resolve();
      };
      const late = setTimeout(() => fail('the board does not answer'), READY_MS);
      board.on('error', (error: unknown) => {
        clearTimeout(late);
        fail(error instanceof Error ? error.message : String(error));
      });
      board.on('ready', () => {
        clearTimeout(late);
        this.#wire(board);
        this.#onStatus({ is: 'ready' });
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    this.show(['off', 'off', 'off', 'off', 'off']);
  }

  show(lamps: LampRow): void {
    this.#row = lamps;
    for (const [i, led] of this.#leds.entries()) {
      const lamp = lamps[i] ?? 'off';
      if (this.#shown[i] === lamp) continue;
      this.#shown[i] = lamp;
      light(led, lamp);
    }
  }

  #wire(board: five.Board): void {
    const { wiring } = this.#parts;
    for (const key of KEYS) {
      const pin = wiring.keys[key - 1];
      if (pin === undefined) continue;
      // A press shorter than the debounce gives `up` without `down`: only `down` counts.
      new five.Button({ board, pin, isPullup: true }).on('down', () => this.#onPress(key));
    }
    this.#leds = wiring.lamps.map((pin) => new five.Led({ board, pin }));
    this.#shown = this.#leds.map(() => null);
    this.show(this.#row);
  }
}

/** Steady: may be pressed. Blinking: chosen, not yet confirmed. Dark: dead. */
function light(led: five.Led, lamp: Lamp): void {
  switch (lamp) {
    case 'off':
      led.stop().off();
      break;
    case 'valid':
    case 'counted':
      led.stop().on();
      break;
    case 'chosen':
      led.stop().on();
      led.blink(BLINK_MS);
      break;
  }
}
