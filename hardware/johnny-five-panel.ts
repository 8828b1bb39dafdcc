import five from 'johnny-five';
import { ALL_OFF, type DeviceStatus, KEYS, type Key, type LampRow, type Panel } from './capabilities.ts';
import type { PanelBoard } from './johnny-five-board.ts';
import { KeyWatch } from './key-watch.ts';
import { isLit, isSteady } from './lamp-pattern.ts';
import type { Wiring } from './wiring.ts';

const LAMP_TICK_MS = 50;
/** Keys that are found down so soon after the start were down before it. */
const START_MS = 150;

/** Five keys and five lamps on any board that johnny-five can drive. */
export class JohnnyFivePanel implements Panel {
  readonly #board: PanelBoard;
  readonly #wiring: Wiring;
  readonly #watch = new KeyWatch();
  #firmware: string | null = null;
  #leds: five.Led[] = [];
  #row: LampRow = ALL_OFF;
  #since = [0, 0, 0, 0, 0];
  #lit: (boolean | null)[] = [];
  #startedAt = 0;
  #fault: string | null = null;
  #told = '';
  #keyTimer: NodeJS.Timeout | undefined;
  #lampTimer: NodeJS.Timeout | undefined;
  #onPress: (key: Key) => void = () => {};
  #onStatus: (status: DeviceStatus) => void = () => {};

  constructor(board: PanelBoard, wiring: Wiring) {
    this.#board = board;
    this.#wiring = wiring;
  }

  get firmware(): string | null {
    return this.#firmware;
  }

  onPress(listener: (key: Key) => void): void {
    this.#onPress = listener;
  }

  onStatus(listener: (status: DeviceStatus) => void): void {
    this.#onStatus = listener;
  }

  async start(): Promise<void> {
    this.#board.onFault((what) => this.#fail(what));
    const opened = await this.#board.start();
    if (!opened.ok) return this.#fail(opened.what);
    this.#firmware = opened.firmware;
    this.#wire(opened.board, opened.isDebounced);
    this.#tell([]);
  }

  async stop(): Promise<void> {
    this.show(ALL_OFF);
    clearTimeout(this.#keyTimer);
    clearInterval(this.#lampTimer);
    await this.#board.stop();
  }

  show(lamps: LampRow): void {
    const now = performance.now();
    this.#since = this.#since.map((since, i) => (lamps[i] === this.#row[i] ? since : now));
    this.#row = lamps;
    this.#light();
    clearInterval(this.#lampTimer);
    if (!lamps.every(isSteady)) this.#lampTimer = setInterval(() => this.#light(), LAMP_TICK_MS);
  }

  #light(): void {
    const now = performance.now();
    for (const [i, led] of this.#leds.entries()) {
      const lit = isLit(this.#row[i] ?? 'off', now - (this.#since[i] ?? 0));
      if (this.#lit[i] === lit) continue;
      this.#lit[i] = lit;
      if (lit) led.on();
      else led.off();
    }
  }

  #wire(board: five.Board, isDebounced: boolean): void {
    this.#startedAt = performance.now();
    for (const key of KEYS) {
      const pin = this.#wiring.keys[key - 1];
      if (pin === undefined) continue;
      if (isDebounced) this.#watchPin(board, pin, key);
      else this.#watchButton(board, pin, key);
    }
    this.#leds = this.#wiring.lamps.map((pin) => new five.Led({ board, pin }));
    this.#lit = this.#leds.map(() => null);
    this.#light();
  }

  /**
   * A board that debounces by itself is taken at its word. To debounce again, by this machine's clock, would lose a
   * press whenever this machine is so busy that "down" and "up" are read together.
   */
  #watchPin(board: five.Board, pin: number | string, key: Key): void {
    let isDown = false;
    board.pinMode(pin, five.Pin.INPUT);
    board.digitalWrite(pin, 1);
    board.digitalRead(pin, (level) => {
      if ((level === 0) === isDown) return;
      isDown = level === 0;
      if (isDown) this.#down(key);
      else this.#up(key);
    });
  }

  /** A press shorter than the debounce of johnny-five gives `up` without `down`: a press begins with `down`. */
  #watchButton(board: five.Board, pin: number | string, key: Key): void {
    const button = new five.Button({ board, pin, isPullup: true });
    button.on('down', () => this.#down(key));
    button.on('up', () => this.#up(key));
  }

  #down(key: Key): void {
    const now = performance.now();
    this.#watch.down(key, now, now - this.#startedAt < START_MS);
    this.#look();
  }

  #up(key: Key): void {
    const { press, stuck } = this.#watch.up(key, performance.now());
    this.#news(press, stuck);
  }

  #look(): void {
    const { press, stuck } = this.#watch.look(performance.now());
    this.#news(press, stuck);
  }

  #news(press: Key | null, stuck: readonly Key[]): void {
    clearTimeout(this.#keyTimer);
    const next = this.#watch.nextLook();
    if (next !== null)
      this.#keyTimer = setTimeout(() => this.#look(), Math.max(1, Math.ceil(next - performance.now())));
    if (this.#fault !== null) return;
    this.#tell(stuck);
    if (press !== null) this.#onPress(press);
  }

  #tell(stuck: readonly Key[]): void {
    const status: DeviceStatus =
      stuck.length === 0
        ? { is: 'ready' }
        : {
            is: 'fault',
            what: `key ${stuck.join(' and ')} is stuck: held down for over 10 s`,
            zh: `第 ${stuck.join('、')} 键卡住：按下超过 10 秒`,
          };
    const text = JSON.stringify(status);
    if (text === this.#told) return;
    this.#told = text;
    this.#onStatus(status);
  }

  #fail(what: string): void {
    if (this.#fault !== null) return;
    this.#fault = what;
    this.#onStatus({ is: 'fault', what, isFinal: true });
  }
}
