/** Numbers from 0 up to and without 1. */
export type Random = () => number;

/** Makes inputs out of inputs. */
export interface Mutator {
  readonly random: Random;
  /** What code or format asks for by name. */
  readonly words: readonly string[];
  /** The most bytes an input may have. */
  readonly most: number;
}

export const below = (random: Random, n: number): number => Math.floor(random() * n);

export const oneOf = <T>(random: Random, all: readonly T[]): T | undefined => all[below(random, all.length)];
