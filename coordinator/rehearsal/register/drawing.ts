/** A whole number from 0 to below `below`. */
export type Draw = (below: number) => number;

/** Whole numbers that look drawn and are always the same (mulberry32). */
export function drawing(seed: number): Draw {
  let at = seed;
  return (below) => {
    at = (at + 0x6d2b79f5) | 0;
    let t = Math.imul(at ^ (at >>> 15), 1 | at);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** From `least` to `most`, both included. */
export const between = (draw: Draw, least: number, most: number): number => least + draw(most - least + 1);

/** All of them, in an order that is drawn. */
export function shuffled<T>(draw: Draw, all: readonly T[]): readonly T[] {
  const rest = [...all];
  return all.flatMap(() => rest.splice(draw(rest.length), 1));
}

/**
 * `total` in whole pieces, one for each weight, as near to it as whole pieces are. They add up to `total` whatever the weights
 * are: each is what lies between two rounded sums, and the last sum is the total.
 */
export function shares(total: number, weights: readonly number[]): readonly number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let weighed = 0;
  let given = 0;
  return weights.map((weight) => {
    weighed += weight;
    const upTo = Math.floor((total * weighed) / all);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}
