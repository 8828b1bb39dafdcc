import { seededRandom } from '../../terminal/machine/random.ts';

/** Chance that can be repeated: the same seed gives the same attack. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number below `n`. */
  below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  /** True in one of `n` cases. */
  one(n: number): boolean {
    return this.below(n) === 0;
  }

  /** @throws where there is nothing to pick from. */
  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }

  bytes(n: number): Buffer {
    return Buffer.from(Array.from({ length: n }, () => this.below(256)));
  }
}

/** A number for each name under one seed, so that an attack stays the same whatever runs before it. */
export function seedOf(seed: number, name: string): number {
  let hash = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
