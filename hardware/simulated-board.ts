import { EventEmitter } from 'node:events';
import type { CardReader, Key, Tap } from './capabilities.ts';
import { simpleBoard } from './johnny-five-board.ts';
import { JohnnyFivePanel } from './johnny-five-panel.ts';

const MODES = { INPUT: 0x00, OUTPUT: 0x01, ANALOG: 0x02, PWM: 0x03, SERVO: 0x04, PULLUP: 0x0b } as const;
const LOW = 0;
const HIGH = 1;
const NOT_ANALOG = 127;

/** The wiring of the simulated panel: keys to ground on 2–6, lamps on 8–12. */
export const SIMULATED_WIRING = {
  keys: [2, 3, 4, 5, 6],
  lamps: [8, 9, 10, 11, 12],
} as const;
const PIN_COUNT = 14;

interface Pin {
  supportedModes: number[];
  mode: number;
  value: number;
  report: number;
  analogChannel: number;
}

/**
 * A board without hardware: a johnny-five IO plugin whose input pins are moved by code. What is written to its
 * output pins can be read and watched. A card reader that is tapped by code lies beside it.
 */
export class SimulatedBoard extends EventEmitter {
  readonly name = 'Hallvote simulated board';
  readonly MODES = MODES;
  readonly HIGH = HIGH;
  readonly LOW = LOW;
  readonly analogPins: number[] = [];
  readonly pins: Pin[] = Array.from({ length: PIN_COUNT }, () => ({
    supportedModes: [MODES.INPUT, MODES.OUTPUT, MODES.PULLUP],
    mode: MODES.INPUT,
    value: LOW,
    report: 0,
    analogChannel: NOT_ANALOG,
  }));
  isReady = false;
  #held = new Set<number>();

  constructor() {
    super();
    // johnny-five listens for `connect`, then `ready`, after it was given the board.
    setImmediate(() => {
      this.isReady = true;
      this.emit('connect');
      this.emit('ready');
    });
  }

  // ---- what johnny-five calls ------------------------------------------------------------------------

  normalize(pin: number | string): number {
    return Number(pin);
  }

  pinMode(pin: number, mode: number): void {
    this.#pin(pin).mode = mode;
  }

  /** On an input, HIGH asks for the pull-up, as on an AVR. */
  digitalWrite(pin: number, value: number): void {
    const level = value ? HIGH : LOW;
    if (this.#pin(pin).mode === MODES.OUTPUT) {
      this.#set(pin, level);
      return;
    }
    this.#pin(pin).mode = level === HIGH ? MODES.PULLUP : MODES.INPUT;
    this.#settle(pin);
  }

  digitalRead(pin: number, listener: (value: number) => void): void {
    this.#pin(pin).report = 1;
    this.on(`digital-read-${pin}`, listener);
  }

  // ---- what a hand does ------------------------------------------------------------------------------

  /** Presses or lets go of a key, as a finger does. */
  hold(key: Key, isDown: boolean): void {
    const pin = SIMULATED_WIRING.keys[key - 1] ?? 0;
    if (isDown) this.#held.add(pin);
    else this.#held.delete(pin);
    this.#settle(pin);
  }

  /** Holds a card to the reader. */
  tap(card: string, proof?: string): void {
    this.emit('card', proof === undefined ? { card } : { card, proof });
  }

  /** The card reader beside the board. */
  get reader(): CardReader {
    return {
      model: 'simulated',
      onTap: (listener: (tap: Tap) => void) => void this.on('card', listener),
      onStatus: (listener) => listener({ is: 'ready' }),
      start: async () => {},
      stop: async () => {},
    };
  }

  /** The panel on this board, driven through johnny-five. */
  panel(): JohnnyFivePanel {
    return new JohnnyFivePanel(simpleBoard(this), SIMULATED_WIRING);
  }

  /** Which lamps are lit, left to right. */
  lamps(): boolean[] {
    return SIMULATED_WIRING.lamps.map((pin) => this.#pin(pin).value === HIGH);
  }

  /** Calls `listener` whenever a lamp changes, until the returned function is called. */
  onLamps(listener: (lamps: boolean[]) => void): () => void {
    const changed = () => listener(this.lamps());
    this.on('lamps', changed);
    return () => this.off('lamps', changed);
  }

  // ---- the pins --------------------------------------------------------------------------------------

  #pin(pin: number): Pin {
    const found = this.pins[pin];
    if (!found) throw new RangeError(`the simulated board has no pin ${pin}`);
    return found;
  }

  /** A key connects its pin to ground; otherwise the pull-up holds it high. */
  #settle(pin: number): void {
    const level = this.#pin(pin).mode === MODES.PULLUP && !this.#held.has(pin) ? HIGH : LOW;
    this.#set(pin, level);
  }

  #set(pin: number, level: number): void {
    const held = this.#pin(pin);
    if (held.value === level) return;
    held.value = level;
    if (held.mode === MODES.OUTPUT) this.emit('lamps');
    else if (held.report) this.emit(`digital-read-${pin}`, level);
  }
}
