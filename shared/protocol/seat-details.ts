import { z } from 'zod';
import type { Value } from './value.ts';

/**
 * Why the seat's machine started last. `power-cut`, `watchdog`, `unclean`: the one before did not end in order; by a cut, by a
 * hang or crash that the watchdog ended, or by either. `orderly`: shut down or restarted in order, whichever.
 */
export const BOOT_REASONS = [
  'power-on',
  'reboot',
  'orderly',
  'power-cut',
  'under-voltage',
  'watchdog',
  'unclean',
] as const;
export type BootReason = (typeof BOOT_REASONS)[number];

/** Why the seat's program says goodbye. `panel`: it starts again to have its panel back; `fault`: one that nobody caught. */
export const GOODBYES = ['orderly', 'panel', 'fault'] as const;
export type Goodbye = (typeof GOODBYES)[number];

/** How the program ended the time before this one. `machine`: its machine went down under it. */
export const PROGRAM_ENDS = [...GOODBYES, 'killed', 'machine'] as const;
export type ProgramEnd = (typeof PROGRAM_ENDS)[number];

/** The seat's page on the seat's own screen. `starting`: not drawn yet, and not late. */
export const SCREENS = ['drawn', 'lost', 'starting'] as const;

const line = z.string().max(80);

/** What seldom changes at a seat, for the operator to see which seats differ; null for what it cannot tell. */
export const SeatDetails = z.strictObject({
  /** The image that its card was written from. */
  image: line.nullable(),
  /** Seconds since its machine started. */
  uptime: z.number().nonnegative().nullable(),
  boot: z.enum(BOOT_REASONS).nullable(),
  ended: z.enum(PROGRAM_ENDS).nullable(),
  /** Whether the voltage was seen too low since the machine started. */
  wasUndervoltage: z.boolean().nullable(),
  isClockSynchronised: z.boolean().nullable(),
  /** The card reader's model, its firmware with it where it says so. */
  reader: line.nullable(),
  /** Null where no screen belongs to the seat. `seconds`: for how long so. `build`: of the page that was drawn last. */
  screen: z
    .strictObject({ is: z.enum(SCREENS), seconds: z.number().nonnegative(), build: line.nullable() })
    .nullable(),
});
export type SeatDetails = Value<typeof SeatDetails>;
