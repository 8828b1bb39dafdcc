import { fromHex, toHex } from '../hex.ts';
import { mod, scalarBytes } from '../scalar.ts';
import { IMAGE } from './image.ts';

/**
 * Recomputes the commitments of proofs in WebAssembly (`group.c`): several times faster than libsodium, which tests each
 * point's subgroup at every multiplication, and NOT in constant time: for public numbers only.
 */

const BASE = `${'6'.repeat(62)}58`;

const bytes = Uint8Array.from(atob(IMAGE), (character) => character.charCodeAt(0));
const {
  instance: { exports },
} = await WebAssembly.instantiate(bytes);

function exported(name: string): (...given: number[]) => number {
  const call = exports[name];
  if (typeof call !== 'function') throw new Error(`the image has no ${name}`);
  return (...given) => Number(call(...given));
}

/** So many bytes of the image's memory. */
function view(at: number, length: number): Uint8Array {
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('the image has no memory');
  return new Uint8Array(memory.buffer, at, length);
}

const inputAt = exported('inputAt')();
const outputAt = exported('outputAt')();
const [setKey, take, flush] = [exported('setKey'), exported('take'), exported('flush')];
const [clearTotal, addToTotal, keepTotal, takeTotal] = [
  exported('clearTotal'),
  exported('addToTotal'),
  exported('keepTotal'),
  exported('takeTotal'),
];
const [commitTo, addBase] = [exported('commit'), exported('addBase')];

function give(first: Uint8Array, second?: Uint8Array): void {
  const input = view(inputAt, 64);
  input.set(first);
  if (second) input.set(second, 32);
}

const pointBytes = (text: string): Uint8Array | null =>
  /^[0-9a-f]{64}$/.test(text) ? fromHex(text).reverse() : null;

give(fromHex(BASE).reverse());
exported('start')();

let lastKey = '';

/** Which base goes with the point in hand: the group's (g), or the election's public key (y). */
type Base = 'g' | 'y';

interface Answer {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** One point at a time is in hand; commitments made with it are gathered, and written together. */
export const verifier = {
  /** Chooses the election's public key, 64 hexadecimal digits; false where that is no point. */
  useKey(key: string): boolean {
    if (key === lastKey) return true;
    const point = pointBytes(key);
    if (!point) return false;
    give(point);
    const isPoint = setKey() === 1;
    lastKey = isPoint ? key : '';
    return isPoint;
  },

  /** Takes a point in hand; false unless it is canonical, of the prime-order subgroup, and not neutral. */
  take(text: string): boolean {
    const point = pointBytes(text);
    if (!point) return false;
    give(point);
    return take() === 1;
  },

  clearTotals: (): void => void clearTotal(),

  /** Adds the point in hand to the sum of the alphas (0) or of the betas (1). */
  addToTotal: (which: 0 | 1): void => void addToTotal(which),

  /** Gathers the sum itself, and takes it in hand. */
  takeTotal(which: 0 | 1): void {
    keepTotal(which);
    takeTotal(which);
  },

  /** Gathers base^response · (point in hand / g^value)^challenge. */
  commit(base: Base, { challenge, response }: Answer, value = 0n): void {
    give(scalarBytes(response), scalarBytes(challenge));
    commitTo(base === 'g' ? 0 : 1);
    if (value === 0n) return;
    give(scalarBytes(mod(-value * challenge)));
    addBase();
  },

  /** All that was gathered, in order, as 64 hexadecimal digits each. */
  flush(): string[] {
    const count = flush();
    const output = view(outputAt, count * 32);
    return Array.from({ length: count }, (_, i) => toHex(output.slice(32 * i, 32 * i + 32).reverse()));
  },
};
