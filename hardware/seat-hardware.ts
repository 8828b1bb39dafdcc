import { noHardware, type SeatHardware } from './capabilities.ts';
import { FirmataBoard, openSerialPort } from './firmata-board.ts';
import { JohnnyFivePanel } from './johnny-five-panel.ts';
import type { BoardConfig, ReaderConfig } from './seat-config.ts';
import { SimulatedBoard } from './simulated-board.ts';

/** The hardware that terminal.yaml names. `simulated`: the board whose keys a page may press, where it is one. */
export interface OpenedHardware extends SeatHardware {
  readonly simulated: SimulatedBoard | null;
}

/** Puts together what the settings name; nothing is opened before `start()`. */
export function seatHardware(board: BoardConfig, _reader: ReaderConfig): OpenedHardware {
  switch (board.kind) {
    case 'none':
      return { ...noHardware(), simulated: null };
    case 'simulated': {
      const simulated = new SimulatedBoard();
      return { panel: simulated.panel(), reader: simulated.reader, simulated };
    }
    case 'firmata': {
      const firmata = new FirmataBoard(() => openSerialPort(board.port));
      const wiring = { keys: board.keys ?? [2, 3, 4, 5, 6], lamps: board.lamps ?? [8, 9, 10, 11, 12] };
      return { panel: new JohnnyFivePanel(firmata, wiring), reader: noHardware().reader, simulated: null };
    }
    case 'raspberry-pi':
      throw new Error('not yet');
  }
}
