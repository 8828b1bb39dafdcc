/**
 * What a seat's hardware can do, capability by capability. The terminal knows nothing else of it, so that a
 * Raspberry Pi, a microcontroller on USB, the simulated board and a test's script are all the same to it.
 */

/** The five keys, left to right. */
export const KEYS = [1, 2, 3, 4, 5] as const;
export type Key = (typeof KEYS)[number];

/** What a key's lamp says: dead, may be pressed, is the choice in hand, or "counted". */
export const LAMPS = ['off', 'valid', 'chosen', 'counted'] as const;
export type Lamp = (typeof LAMPS)[number];

/** One lamp a key, left to right. */
export type LampRow = readonly [Lamp, Lamp, Lamp, Lamp, Lamp];
export const ALL_OFF: LampRow = ['off', 'off', 'off', 'off', 'off'];

/** How a device is; `none` where the seat has no such device at all. `what` is one line for the operator, `zh` the same in Chinese. */
export type DeviceStatus =
  | { readonly is: 'ready' }
  | {
      readonly is: 'fault';
      readonly what: string;
      /** Left out where nobody has put it into words, as of what a driver says. */
      readonly zh?: string;
      /** Only starting the program again can cure it. */
      readonly isFinal?: true;
    }
  | { readonly is: 'none' };

/**
 * A device at the seat. Listeners are set before `start()`, which resolves when the first status is known; a
 * fault is a status, never an error. `stop()` lets go of everything, and may be called twice.
 */
export interface Device {
  onStatus(listener: (status: DeviceStatus) => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A card tapped once, however long it is held. */
export interface Tap {
  /** The card's number: UID in upper-case hexadecimal, or the digits a keyboard-type reader gives. */
  readonly card: string;
  /** From a card with a key of its own: the one-time message of this tap, as text. */
  readonly proof?: string;
}

export interface CardReader extends Device {
  /** What it says it is, its firmware's version with it where it has one; absent or null while that is not known. */
  readonly model?: string | null;
  onTap(listener: (tap: Tap) => void): void;
}

export interface Buttons {
  /** Calls `listener` once for every press, when the key goes down. Keys pressed together press nothing. */
  onPress(listener: (key: Key) => void): void;
}

export interface Lamps {
  show(lamps: LampRow): void;
}

/** Five keys with a lamp each. `stop()` leaves all lamps dark. */
export interface Panel extends Device, Buttons, Lamps {
  /** Name and version of the panel's firmware; null where it has none of its own. */
  readonly firmware: string | null;
}

/** All that stands on a desk. */
export interface SeatHardware {
  readonly panel: Panel;
  readonly reader: CardReader;
}

const NOTHING = {
  onStatus: (listener: (status: DeviceStatus) => void) => listener({ is: 'none' }),
  start: async () => {},
  stop: async () => {},
};

/** A seat without hardware: nothing is ever pressed or tapped. */
export function noHardware(): SeatHardware {
  return {
    panel: { ...NOTHING, firmware: null, onPress: () => {}, show: () => {} },
    reader: { ...NOTHING, onTap: () => {} },
  };
}
