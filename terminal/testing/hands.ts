import type { Key, LampRow, SeatHardware } from '../../hardware/capabilities.ts';

/** For tests: a seat's panel and reader, pressed and tapped by hand. */
export class Hands implements SeatHardware {
  tap: (card: string) => void = () => {};
  readonly #device = { onStatus: () => {}, start: async () => {}, stop: async () => {} };
  press: (key: Key) => void = () => {};
  lamps: LampRow = ['off', 'off', 'off', 'off', 'off'];
  readonly panel: SeatHardware['panel'] = {
    ...this.#device,
    firmware: 'HallvotePanel 1.0',
    onPress: (listener) => {
      this.press = listener;
    },
    show: (lamps) => {
      this.lamps = lamps;
    },
  };
  readonly reader: SeatHardware['reader'] = {
    ...this.#device,
    onTap: (listener) => {
      this.tap = (card) => listener({ card });
    },
  };
}
