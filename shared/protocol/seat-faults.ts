/** Why a terminal cannot keep a ballot on its disk. */
export const DISK_FAULTS = [
  'disk-full',
  'disk-read-only',
  'disk-denied',
  'disk-missing',
  'disk-failing',
] as const;
export type DiskFault = (typeof DISK_FAULTS)[number];

/** What keeps a seat from taking votes although its keys and its computer work. `sealing`: the last choice was not sealed. `screen`: its page is not on its screen. */
export const SEAT_FAULTS = [...DISK_FAULTS, 'sealing', 'screen'] as const;
export type SeatFault = (typeof SEAT_FAULTS)[number];
