import { EventEmitter } from 'node:events';
import firmata from 'firmata-io';
import { firmataLine, MOST_MESSAGE } from '../../../hardware/firmata-line.ts';
import { JohnnyFiveI2c } from '../../../hardware/johnny-five-i2c.ts';
import { mustEqual, mustHold, type Target } from '../target.ts';
import type { Targets } from './all.ts';

/** What a panel's microcontroller sends, or a bad cable makes of it. */

const VERSION = [0xf9, 2, 5];
const sevenBit = (text: string): number[] =>
  [...Buffer.from(text)].flatMap((byte) => [byte & 0x7f, byte >> 7]);
const FIRMWARE = [0xf0, 0x79, 1, 0, ...sevenBit('HallvotePanel'), 0xf7];
const STRING = [0xf0, 0x71, ...sevenBit('well'), 0xf7];
const CAPABILITIES = [
  0xf0,
  0x6c,
  ...Array.from({ length: 20 }, () => [0, 1, 1, 1, 2, 10, 0x7f]).flat(),
  0xf7,
];
const MAPPING = [0xf0, 0x6a, ...Array.from({ length: 20 }, (_, i) => (i < 14 ? 127 : i - 14)), 0xf7];

/** What a board on this line has heard, the stream cut into pieces of `size` bytes. */
function heard(input: Uint8Array, size: number): string[] {
  const port = Object.assign(new EventEmitter(), { write: () => {} });
  let damaged = 0;
  const line = firmataLine(port, () => {
    damaged += 1;
  });
  const io = new firmata.Firmata(line, { reportVersionTimeout: 1_000_000 });
  const events: string[] = [];
  const emit = io.emit.bind(io);
  Object.assign(io, {
    emit: (name: string, ...values: unknown[]) => {
      events.push(`${name} ${JSON.stringify(values)}`);
      return emit(name, ...values);
    },
  });
  const bus = new JohnnyFiveI2c(io, { write: 30, read: 32 });
  mustHold(bus.limit.read === 32, 'a bus without a limit');
  for (let at = 0; at < input.length; at += size)
    port.emit('data', Buffer.from(input.subarray(at, at + size)));
  // Whatever came, what is in order is heard again; and the timer of the first version ends.
  events.length = Math.min(events.length, 500);
  port.emit('data', Buffer.from([...VERSION, ...STRING]));
  mustHold(events.at(-1) === 'string ["well"]', 'the panel is not heard any more');
  mustHold(damaged <= input.length, 'more was damaged than came');
  return events;
}

const firmataBytes: Target = {
  run: (input) => {
    const whole = heard(input, Math.max(1, input.length));
    mustEqual(heard(input, 1), whole, 'cuts change what is heard');
    mustHold(MOST_MESSAGE < 10_000, 'a message without an end');
  },
  seeds: () => ({
    hello: Uint8Array.from([...VERSION, ...FIRMWARE, ...CAPABILITIES, ...MAPPING]),
    digital: Uint8Array.from([
      ...VERSION,
      ...FIRMWARE,
      ...CAPABILITIES,
      ...MAPPING,
      0x90,
      4,
      0,
      0x91,
      1,
      1,
      0xe0,
      1,
      2,
    ]),
    i2c: Uint8Array.from([...VERSION, ...FIRMWARE, 0xf0, 0x77, 0x24, 0, 0, 0, 1, 0, 2, 0, 0xf7, ...STRING]),
    'pin-state': Uint8Array.from([...VERSION, 0xf0, 0x6e, 3, 1, 1, 0xf7]),
    string: Uint8Array.from([
      ...VERSION,
      0xf0,
      0x71,
      ...sevenBit('I2C: failed'),
      0xf7,
      0xf0,
      0x71,
      ...sevenBit('reset: x'),
      0xf7,
    ]),
  }),
};

export const panel: Targets = { firmata: firmataBytes };
