/** Linux input events (linux/input.h, linux/input-event-codes.h) of a reader that types like a keyboard. */

export interface KeyEvent {
  readonly code: number;
  readonly isDown: boolean;
}

const EV_KEY = 1;
const DOWN = 1;
const ENTER = new Set([28, 96]);
/** Characters by key code, from the first code on; a space is no character. */
const RUNS: readonly (readonly [first: number, characters: string])[] = [
  [2, '1234567890'],
  [16, 'QWERTYUIOP'],
  [30, 'ASDFGHJKL'],
  [44, 'ZXCVBNM'],
  [71, '789 456 1230'],
];
const CHARACTERS = new Map(
  RUNS.flatMap(([first, characters]) =>
    [...characters].map((character, i) => [first + i, character] as const),
  ),
);

/** `struct input_event` is two words of time, type and code of 16 bits, a value of 32. */
export const EVENT_SIZE = { 32: 16, 64: 24 } as const;

/** The key events in `bytes`, which hold whole events of `size` bytes. */
export function* keyEvents(bytes: Uint8Array, size: number): Generator<KeyEvent> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + size <= bytes.length; at += size) {
    if (view.getUint16(at + size - 8, true) !== EV_KEY) continue;
    const value = view.getInt32(at + size - 4, true);
    // 2 is the repetition of a key held down.
    if (value === 0 || value === DOWN)
      yield { code: view.getUint16(at + size - 6, true), isDown: value === DOWN };
  }
}

const PAUSE_MS = 500;
const SHORTEST = 4;
const LONGEST = 32;

/** Gathers what a reader types into card numbers: digits and letters up to Enter, without a pause. */
export class TypedCards {
  #typed = '';
  #last = Number.NEGATIVE_INFINITY;

  /** The card's number that `event`, at `at` ms of a steady clock, completes; null for none. */
  take({ code, isDown }: KeyEvent, at: number): string | null {
    if (!isDown) return null;
    if (at - this.#last > PAUSE_MS) this.#typed = '';
    this.#last = at;
    if (!ENTER.has(code)) {
      // What is no digit or letter, shift apart, spoils the number: better none than another card's.
      this.#typed += code === 42 || code === 54 ? '' : (CHARACTERS.get(code) ?? ' ');
      return null;
    }
    const typed = this.#typed;
    this.#typed = '';
    return typed.length >= SHORTEST && typed.length <= LONGEST && !typed.includes(' ') ? typed : null;
  }
}
