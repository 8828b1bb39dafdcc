import type { EventEmitter } from 'node:events';
import firmata from 'firmata-io';
import { SerialPort } from 'serialport';
import { type After, machineAfter } from './after.ts';
import { firmataLine } from './firmata-line.ts';
import { type FoundFirmware, firmwareProblem, OUR_FIRMWARE } from './firmware.ts';
import type { I2cBus } from './i2c.ts';
import { openBoard, type PanelBoard } from './johnny-five-board.ts';
import { JohnnyFiveI2c } from './johnny-five-i2c.ts';

/** A byte stream to a microcontroller that speaks Firmata: a serial port, or a simulated one. */
export type FirmataTransport = EventEmitter & {
  write(bytes: Buffer, done?: (error?: Error | null) => void): void;
  close?(done?: (error: Error | null) => void): void;
};

type Firmata = InstanceType<typeof firmata.Firmata>;

const BAUD = 57_600;
const BEAT_MS = 1_000;
const BEAT_LIMIT_MS = 300;
/** One late answer may be this machine's own fault. */
const MISSES = 2;
/** Messages in all. */
const MOST_UNREAD = 20;
const HELLO_MS = 5_000;
const CAUSE_MS = 500;
/** Bytes of one I2C transfer: firmware of ours, and StandardFirmata, which cuts longer ones without a word. */
const OUR_LIMIT = { write: 96, read: 96 };
const STANDARD_LIMIT = { write: 30, read: 32 };

/** The serial port at `path`, opened. @throws with one line for the operator. */
export function openSerialPort(path: string): Promise<FirmataTransport> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: BAUD, autoOpen: false });
    port.open((error) => {
      if (error === null) resolve(port);
      else reject(new Error(`the panel at ${path} cannot be opened: ${cure(error.message)}`));
    });
  });
}

function cure(message: string): string {
  if (/permission|EACCES/i.test(message)) return 'permission denied; add the user to the group dialout';
  if (/no such file|ENOENT|ENODEV|ENXIO/i.test(message))
    return 'nothing is plugged in there; check the cable';
  return message;
}

/**
 * A panel with a microcontroller of its own. Its firmware is looked at before anything is wired, and from then
 * on it must answer a heartbeat and must not start again: StandardFirmata says neither that it hangs nor that it
 * was reset.
 */
export class FirmataBoard implements PanelBoard {
  readonly #open: () => Promise<FirmataTransport>;
  readonly #after: After;
  #transport: FirmataTransport | null = null;
  #bus: I2cBus | null = null;
  #stopBeat = () => {};
  #misses = 0;
  #unread = 0;
  #stopped = false;
  #fail: (what: string) => void = () => {};

  /** @param after by whose clock a panel is late. */
  constructor(open: () => Promise<FirmataTransport>, after = machineAfter) {
    this.#open = open;
    this.#after = after;
  }

  /** The I2C bus of the board, for a card reader on it; null where the board has failed. */
  get bus(): I2cBus | null {
    return this.#bus;
  }

  onFault(listener: (what: string) => void): void {
    this.#fail = (what) => {
      this.#stopBeat();
      if (!this.#stopped) listener(what);
    };
  }

  async start(): ReturnType<PanelBoard['start']> {
    try {
      this.#transport = await this.#open();
    } catch (error) {
      return { ok: false, what: error instanceof Error ? error.message : String(error) };
    }
    const line = firmataLine(this.#transport, () => this.#damaged());
    const io = new firmata.Firmata(line, { reportVersionTimeout: 1_000 });
    this.#transport.on('error', (error: Error) => this.#fail(`the panel's line failed: ${error.message}`));
    this.#transport.on('close', () => this.#fail('the panel was unplugged; check its cable'));
    const isReady = new Promise<void>((resolve) => io.once('ready', () => resolve()));
    const found = await firmwareOf(io, this.#after);
    if (found === null)
      return { ok: false, what: 'the panel does not answer; flash hardware/panel/panel.hex' };
    const problem = firmwareProblem(found);
    if (problem !== null) return { ok: false, what: problem };
    // johnny-five waits for the line to open, which it has long been, unless the board is ready already.
    await Promise.race([isReady, new Promise<void>((resolve) => this.#after(HELLO_MS, resolve))]);
    const opened = await openBoard(io, (what) => this.#fail(what), this.#after);
    if (!opened.ok) return opened;
    const isOurs = found.name.startsWith(OUR_FIRMWARE);
    io.once('reportversion', () => this.#reset(io));
    this.#bus = new JohnnyFiveI2c(io, isOurs ? OUR_LIMIT : STANDARD_LIMIT, this.#after);
    this.#beat(io);
    const firmware = `${found.name} ${found.version.major}.${found.version.minor}`;
    return { ...opened, firmware, isDebounced: isOurs };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopBeat();
    const transport = this.#transport;
    await new Promise<void>((resolve) => (transport?.close ? transport.close(() => resolve()) : resolve()));
  }

  /** A disturbance spoils a message now and then; a cable that spoils many is a fault. */
  #damaged(): void {
    this.#unread += 1;
    if (this.#unread >= MOST_UNREAD) this.#fail('what the panel sends cannot be read; check its cable');
  }

  /** A second version report is a reset; firmware of ours says next why. */
  #reset(io: Firmata): void {
    const callOff = this.#after(CAUSE_MS, () => this.#fail('the panel was reset'));
    io.on('string', (text: string) => {
      if (!text.startsWith('reset: ')) return;
      callOff();
      this.#fail(`the panel was reset (${text.slice('reset: '.length)})`);
    });
  }

  #beat(io: Firmata): void {
    this.#stopBeat = this.#after(BEAT_MS, () => {
      this.#beat(io);
      this.#ask(io);
    });
  }

  #ask(io: Firmata): void {
    const callOff = this.#after(BEAT_LIMIT_MS, () => {
      this.#misses += 1;
      if (this.#misses >= MISSES) this.#fail('the panel does not answer any more');
    });
    io.queryFirmware(() => {
      callOff();
      this.#misses = 0;
    });
  }
}

/** What the microcontroller says it runs; null where it says nothing in time. */
function firmwareOf(io: Firmata, after: After): Promise<FoundFirmware | null> {
  return new Promise((resolve) => {
    const callOff = after(HELLO_MS, () => resolve(null));
    io.once('queryfirmware', () => {
      callOff();
      resolve({ name: io.firmware.name, version: io.firmware.version });
    });
  });
}
