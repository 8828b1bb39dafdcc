import { z } from 'zod';

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
export type BoardConfig = z.infer<typeof Board>;
export type ReaderConfig = z.infer<typeof Reader>;

/** Why board and reader do not go together; null where they do. */
export function hardwareMismatch(board: BoardConfig, reader: ReaderConfig): string | null {
  if (reader.kind === 'pn532' && board.kind !== 'firmata' && board.kind !== 'raspberry-pi')
    return 'a pn532 reader hangs on the I2C bus of a board; set board: to firmata or raspberry-pi';
  if (board.kind === 'simulated' && reader.kind !== 'none')
    return 'the simulated board has a reader of its own; remove reader:';
  return null;
}
