import { noHardware, type SeatHardware } from './capabilities.ts';
import { FirmataBoard, type FirmataTransport, openSerialPort } from './firmata-board.ts';
import { JohnnyFivePanel } from './johnny-five-panel.ts';
import { Pn532Reader } from './readers/pn532-reader.ts';
import type { BoardConfig, ReaderConfig } from './seat-config.ts';
import { SimulatedBoard } from './simulated-board.ts';

/** The hardware that terminal.yaml names. `simulated`: the board whose keys a page may press, where it is one. */
export interface OpenedHardware extends SeatHardware {
  readonly simulated: SimulatedBoard | null;
}

/** A panel on a Nano or Uno: keys to ground on 2–6, lamps on 8–12, I2C on A4 and A5. */
const PANEL_WIRING = { keys: [2, 3, 4, 5, 6], lamps: [8, 9, 10, 11, 12] } as const;

/** Puts together what the settings name; nothing is opened before `start()`. */
export function seatHardware(board: BoardConfig, reader: ReaderConfig): OpenedHardware {
  switch (board.kind) {
    case 'none':
      return { ...noHardware(), simulated: null };
    case 'simulated': {
      const simulated = new SimulatedBoard();
      return { panel: simulated.panel(), reader: simulated.reader, simulated };
    }
    case 'firmata':
      return { ...firmataHardware(() => openSerialPort(board.port), board, reader), simulated: null };
    case 'raspberry-pi':
      throw new Error('not yet');
  }
}

/** Panel and reader behind a serial line that speaks Firmata. */
export function firmataHardware(
  open: () => Promise<FirmataTransport>,
  wiring: {
    readonly keys?: readonly (number | string)[] | undefined;
    readonly lamps?: readonly (number | string)[] | undefined;
  },
  reader: ReaderConfig,
): SeatHardware {
  const board = new FirmataBoard(open);
  const panel = new JohnnyFivePanel(board, {
    keys: wiring.keys ?? PANEL_WIRING.keys,
    lamps: wiring.lamps ?? PANEL_WIRING.lamps,
  });
  if (reader.kind !== 'pn532') return { panel, reader: noHardware().reader };
  const now = () => performance.now();
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  return { panel, reader: new Pn532Reader({ bus: () => board.bus, now, sleep }) };
}
