import type { CardReader } from './capabilities.ts';
import { FirmataBoard, openSerialPort } from './firmata-board.ts';
import { PiBoard, realPi } from './raspberry-pi/pi-board.ts';
import { PI_WIRING } from './raspberry-pi/pins.ts';
import { openReader } from './seat-hardware.ts';

const INPUT_DEVICE = '/dev/input/event0';

/**
 * A reader for the desk where cards are made. `device`: the input device of a keyboard-type reader; the serial port
 * of the panel a PN532 hangs on, or nothing for one on this Raspberry Pi's own bus.
 */
export function deskReader(kind: string, device?: string): CardReader {
  switch (kind) {
    case 'input':
      return openReader({ kind, device: device ?? INPUT_DEVICE }, async () => null);
    case 'pn532':
      return onBoard(device === undefined ? new PiBoard(realPi(PI_WIRING, true)) : panelAt(device));
    default:
      return openReader({ kind: 'pcsc', name: device }, async () => null);
  }
}

const panelAt = (port: string) => new FirmataBoard(() => openSerialPort(port));

/** A PN532 whose board is opened for its sake alone. */
function onBoard(board: FirmataBoard | PiBoard): CardReader {
  const opened = async () => {
    await board.start();
    return board.bus;
  };
  return openReader({ kind: 'pn532' }, opened);
}
