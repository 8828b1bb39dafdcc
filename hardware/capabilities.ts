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

/** How a panel is; `none` where the seat has no panel at all. */
export type PanelStatus =
  | { readonly is: 'ready' }
  | { readonly is: 'fault'; readonly what: string }
  | { readonly is: 'none' };

export interface CardReader {
  /** Calls `listener` with the number of every card tapped: upper-case hexadecimal UID or printed digits. */
  onCard(listener: (card: string) => void): void;
}

export interface Buttons {
  /** Calls `listener` once for every press, when the key goes down. */
  onPress(listener: (key: Key) => void): void;
}

export interface Lamps {
  show(lamps: LampRow): void;
}

/** A seat's whole panel. Listeners are set before `start()`; `stop()` leaves all lamps dark. */
export interface Panel extends CardReader, Buttons, Lamps {
  onStatus(listener: (status: PanelStatus) => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A seat without hardware: nothing is ever pressed. */
export function noPanel(): Panel {
  return {
    onCard: () => {},
    onPress: () => {},
    onStatus: (listener) => listener({ is: 'none' }),
    show: () => {},
    start: async () => {},
    stop: async () => {},
  };
}
