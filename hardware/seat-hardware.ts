import { existsSync } from 'node:fs';
import { machineAfter } from './after.ts';
import { type CardReader, noHardware, type SeatHardware } from './capabilities.ts';
import { FirmataBoard, type FirmataTransport, openSerialPort } from './firmata-board.ts';
import type { I2cBus } from './i2c.ts';
import { JohnnyFivePanel } from './johnny-five-panel.ts';
import { PiBoard, realPi } from './raspberry-pi/pi-board.ts';
import { PI_WIRING } from './raspberry-pi/pins.ts';
import { InputReader } from './readers/input-reader.ts';
import { grab } from './readers/keyboard-grab.ts';
import { PcscReader } from './readers/pcsc-reader.ts';
import { Pn532Reader } from './readers/pn532-reader.ts';
import { type BoardConfig, PANEL_WIRING, type ReaderConfig, wiringOf } from './seat-config.ts';
import { SimulatedBoard } from './simulated-board.ts';
import type { Wiring } from './wiring.ts';

/** The hardware that terminal.yaml names. */
export interface OpenedHardware extends SeatHardware {
  /** The board whose keys a page may press, where it is one. */
  readonly simulated: SimulatedBoard | null;
  /** Whether starting again may cure a board that has failed: what it hangs on is there. */
  readonly mayComeBack: () => boolean;
}

const now = () => performance.now();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const always = () => true;

/** Puts together what the settings name; nothing is opened before `start()`. */
export function seatHardware(board: BoardConfig, reader: ReaderConfig): OpenedHardware {
  switch (board.kind) {
    case 'none':
      return {
        panel: noHardware().panel,
        reader: openReader(reader, () => null),
        simulated: null,
        mayComeBack: always,
      };
    case 'simulated': {
      const simulated = new SimulatedBoard();
      return { panel: simulated.panel(), reader: simulated.reader, simulated, mayComeBack: always };
    }
    case 'firmata': {
      const { port } = board;
      const wiring = wiringOf(board) ?? PANEL_WIRING;
      const hardware = firmataHardware(() => openSerialPort(port), wiring, reader);
      return { ...hardware, simulated: null, mayComeBack: () => existsSync(port) };
    }
    case 'raspberry-pi': {
      const wiring = wiringOf(board) ?? PI_WIRING;
      const pi = new PiBoard(realPi(wiring, reader.kind === 'pn532'));
      const panel = new JohnnyFivePanel(pi, wiring);
      return { panel, reader: openReader(reader, () => pi.bus), simulated: null, mayComeBack: always };
    }
  }
}

/** Panel and reader behind a serial line that speaks Firmata. */
export function firmataHardware(
  open: () => Promise<FirmataTransport>,
  wiring: Wiring,
  reader: ReaderConfig,
  after = machineAfter,
): SeatHardware {
  const board = new FirmataBoard(open, after);
  return { panel: new JohnnyFivePanel(board, wiring), reader: openReader(reader, () => board.bus) };
}

/** The reader that the settings name; `bus` is the board's, once it is open. */
export function openReader(reader: ReaderConfig, bus: () => I2cBus | null): CardReader {
  switch (reader.kind) {
    case 'none':
      return noHardware().reader;
    case 'pn532':
      return new Pn532Reader({ bus, now, sleep });
    case 'pcsc':
      return new PcscReader({ name: reader.name, now });
    case 'input':
      return new InputReader({ device: reader.device, now, grab, bits: process.arch === 'arm' ? 32 : 64 });
  }
}
