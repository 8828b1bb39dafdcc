import type { PinKind } from '../wiring.ts';

/** The 40-pin header of a Raspberry Pi: GPIO line by header pin. */
const HEADER: Readonly<Record<number, number>> = {
  3: 2,
  5: 3,
  7: 4,
  8: 14,
  10: 15,
  11: 17,
  12: 18,
  13: 27,
  15: 22,
  16: 23,
  18: 24,
  19: 10,
  21: 9,
  22: 25,
  23: 11,
  24: 8,
  26: 7,
  27: 0,
  28: 1,
  29: 5,
  31: 6,
  32: 12,
  33: 13,
  35: 19,
  36: 16,
  37: 26,
  38: 20,
  40: 21,
};

/** Keys on GPIO 17, 27, 22, 23, 24, lamps on 5, 6, 13, 19, 26. */
export const PI_WIRING = { keys: [17, 27, 22, 23, 24], lamps: [5, 6, 13, 19, 26] } as const;

const RESERVED: Readonly<Record<number, string>> = {
  0: 'the identification of add-on boards',
  1: 'the identification of add-on boards',
  2: 'the I2C bus',
  3: 'the I2C bus',
  14: 'the serial console',
  15: 'the serial console',
};

/** The GPIO line that `pin` names: `17`, `GPIO17`, or `P11` for the header's pin 11; null for none. */
export function gpioLine(pin: number | string): number | null {
  const [, kind = '', digits] = /^(GPIO|P)?(\d{1,2})$/i.exec(String(pin)) ?? [];
  if (digits === undefined) return null;
  const number = Number(digits);
  if (kind.toUpperCase() === 'P') return HEADER[number] ?? null;
  return number <= 27 ? number : null;
}

/** What a Raspberry Pi's header offers. */
export const PI_PINS: PinKind = {
  number: gpioLine,
  reserved: RESERVED,
  offer: 'GPIO0 to GPIO27, or P3 to P40 for the header',
  other: 'GPIO16',
};
