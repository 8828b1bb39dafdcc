/** Which pins the five keys and the five lamps are on, left to right. Keys connect to ground. */
export interface Wiring {
  readonly keys: readonly (number | string)[];
  readonly lamps: readonly (number | string)[];
}

/** The pins of a kind of board, for a wiring to be checked against. */
export interface PinKind {
  /** The pin's number; null where there is none of that name. */
  readonly number: (pin: number | string) => number | null;
  /** Pins that belong to something else, by number. */
  readonly reserved: Readonly<Record<number, string>>;
  /** How pins are written, and one that is usually free. */
  readonly offer: string;
  readonly other: string;
}

const SERIAL = 'the serial line';
const I2C = 'the I2C bus';

/** A panel's ATmega328P by Arduino numbers: D2 to D13, and A0 to A3 as 14 to 17. */
export const PANEL_PINS: PinKind = {
  number: (pin) => {
    const number = Number(String(pin).replace(/^D/i, ''));
    return Number.isInteger(number) && number >= 0 && number <= 19 ? number : null;
  },
  reserved: { 0: SERIAL, 1: SERIAL, 18: I2C, 19: I2C },
  offer: '2 to 17',
  other: '7',
};

/** What is wrong with a wiring, one line each, with the pin and the cure; none where it is fine. */
export function wiringProblems(
  { keys, lamps }: Wiring,
  { number, reserved, offer, other }: PinKind,
): string[] {
  const used = new Map<number, string>();
  const named = [
    ...keys.map((pin, i) => ({ pin, what: `key ${i + 1}` })),
    ...lamps.map((pin, i) => ({ pin, what: `lamp ${i + 1}` })),
  ];
  return named.flatMap(({ pin, what }) => {
    const line = number(pin);
    if (line === null) return [`${what}: there is no pin ${pin}; write ${offer}`];
    const taken = used.get(line);
    used.set(line, what);
    if (taken) return [`${what}: ${pin} is ${taken}'s already; give every key and lamp a pin of its own`];
    const owner = reserved[line];
    return owner ? [`${what}: ${pin} belongs to ${owner}; use another, such as ${other}`] : [];
  });
}
