import type { Lamp } from './capabilities.ts';

/** Lit and dark times in ms, in turn, from the start of the cycle; steady lamps have none. */
const PATTERNS: Readonly<Record<Lamp, { readonly start: boolean; readonly turns: readonly number[] }>> = {
  off: { start: false, turns: [] },
  valid: { start: true, turns: [] },
  /** In hand, not cast: an even blink, 100 a minute. */
  chosen: { start: true, turns: [300, 300] },
  /** Counted: lit, with two short winks every two seconds. */
  counted: { start: true, turns: [1_500, 150, 200, 150] },
};

/** Whether `lamp` is lit `elapsed` ms after it began to show this; told by rhythm alone, never by colour. */
export function isLit(lamp: Lamp, elapsed: number): boolean {
  const { start, turns } = PATTERNS[lamp];
  const cycle = turns.reduce((sum, turn) => sum + turn, 0);
  if (cycle === 0) return start;
  let rest = elapsed % cycle;
  let lit = start;
  for (const turn of turns) {
    if (rest < turn) return lit;
    rest -= turn;
    lit = !lit;
  }
  return start;
}

export function isSteady(lamp: Lamp): boolean {
  return PATTERNS[lamp].turns.length === 0;
}
