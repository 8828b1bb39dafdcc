import { z } from 'zod';
import type { Value } from '../shared/protocol/value.ts';
import { PI_PINS, PI_WIRING } from './raspberry-pi/pins.ts';
import { PANEL_PINS, type Wiring, wiringProblems } from './wiring.ts';

/** What terminal.yaml says of the hardware at the seat: `board` and `reader`. */

const Pin = z.union([z.number().int().nonnegative(), z.string().min(1).max(10)]);
const FivePins = z.tuple([Pin, Pin, Pin, Pin, Pin], 'name five pins, left to right');

const Card = z.strictObject({ card: z.string().regex(/^[0-9A-Z]{4,32}$/), label: z.string().min(1) });
const wiring = { keys: FivePins.optional(), lamps: FivePins.optional() };

const Board = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('simulated'),
    /** Cards that lie on the simulated seat's desk. */
    cards: z.array(Card).default([]),
  }),
  z.strictObject({ kind: z.literal('none') }),
  /** A panel with a microcontroller of its own on USB. */
  z.strictObject({ kind: z.literal('firmata'), port: z.string().startsWith('/dev/'), ...wiring }),
  /** Keys and lamps on the pins of the Raspberry Pi itself. */
  z.strictObject({ kind: z.literal('raspberry-pi'), ...wiring }),
]);

const Reader = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** On the board's own I2C bus. */
  z.strictObject({ kind: z.literal('pn532') }),
  /** A USB PC/SC reader; the first whose name contains `name`. */
  z.strictObject({ kind: z.literal('pcsc'), name: z.string().min(1).optional() }),
  /** A USB reader that types like a keyboard. */
  z.strictObject({ kind: z.literal('input'), device: z.string().startsWith('/dev/input/') }),
]);

/** A kind that needs nothing more may be written as a word. */
const BoardSetting = z
  .preprocess((value) => (typeof value === 'string' ? { kind: value } : value), Board)
  .default({ kind: 'none' });
const ReaderSetting = z
  .preprocess((value) => (typeof value === 'string' ? { kind: value } : value), Reader)
  .default({ kind: 'none' });

export const hardwareSettings = { board: BoardSetting, reader: ReaderSetting };
export type BoardConfig = Value<typeof Board>;
export type ReaderConfig = Value<typeof Reader>;

/** A panel on a Nano or Uno: keys to ground on 2–6, lamps on 8–12, I2C on A4 and A5. */
export const PANEL_WIRING = { keys: [2, 3, 4, 5, 6], lamps: [8, 9, 10, 11, 12] } as const;

/** The pins that the settings name, or the usual ones; null for a board that has none. */
export function wiringOf(board: BoardConfig): Wiring | null {
  if (board.kind !== 'firmata' && board.kind !== 'raspberry-pi') return null;
  const usual = board.kind === 'firmata' ? PANEL_WIRING : PI_WIRING;
  return { keys: board.keys ?? usual.keys, lamps: board.lamps ?? usual.lamps };
}

/** What does not go together in these settings, and where; null where all does. */
export function hardwareMismatch(
  board: BoardConfig,
  reader: ReaderConfig,
): { readonly path: 'board' | 'reader'; readonly message: string } | null {
  const wiring = wiringOf(board);
  const pins = board.kind === 'firmata' ? PANEL_PINS : PI_PINS;
  const [pin] = wiring ? wiringProblems(wiring, pins) : [];
  if (pin !== undefined) return { path: 'board', message: pin };
  if (reader.kind === 'pn532' && wiring === null) {
    const message = 'a pn532 reader hangs on the I2C bus of a board; set board: to firmata or raspberry-pi';
    return { path: 'reader', message };
  }
  if (board.kind === 'simulated' && reader.kind !== 'none')
    return { path: 'reader', message: 'the simulated board has a reader of its own; remove reader:' };
  return null;
}
