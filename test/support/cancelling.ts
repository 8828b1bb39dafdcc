import { ORDER, scalarBytes } from '../../shared/belenios/scalar.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';

/**
 * What two colluding seats seal with: the one draws for its ciphertexts numbers that add up to nothing with the
 * other's. `answers`: so many ciphertexts, of one question. What is drawn behind them is random.
 */
export function cancelling(answers: number, random: RandomBytes): readonly [RandomBytes, RandomBytes] {
  const numbers = Array.from({ length: answers }, (_, i) => BigInt(i + 7));
  return [
    drawing(numbers, random),
    drawing(
      numbers.map((n) => ORDER - n),
      random,
    ),
  ];
}

/** Draws these numbers first. */
export function drawing(numbers: readonly bigint[], random: RandomBytes): RandomBytes {
  const left = [...numbers];
  return (length) => {
    const next = left.shift();
    if (next === undefined) return random(length);
    const bytes = new Uint8Array(length);
    bytes.set(scalarBytes(next));
    return bytes;
  };
}
