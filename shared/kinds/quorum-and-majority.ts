import { z } from 'zod';

/** A fraction of whole numbers, 0 < num ≤ den, never a float. */
export interface Fraction {
  readonly num: number;
  readonly den: number;
}

const part = z.number().int().positive().max(1000);
const ordered = (f: Fraction) => f.num <= f.den;

export const Fraction = z.union([
  z.strictObject({ num: part, den: part }).refine(ordered, 'a fraction is at most 1'),
  z
    .string()
    .regex(/^[1-9]\d{0,2}\/[1-9]\d{0,2}$/, 'write a fraction as 2/3')
    .transform((text): Fraction => {
      const [num, den] = text.split('/').map(Number);
      return { num: num ?? 0, den: den ?? 0 };
    })
    .refine(ordered, 'a fraction is at most 1'),
]);

/** 通过线: how much of the basis is enough. */
export interface Threshold {
  readonly kind: 'more-than' | 'at-least';
  readonly num: number;
  readonly den: number;
}

const SPOKEN: Readonly<Record<string, Threshold>> = {
  过半数: { kind: 'more-than', num: 1, den: 2 },
  三分之二以上: { kind: 'at-least', num: 2, den: 3 },
};

const THRESHOLD = /^(more than|at least|超过|不少于) ?([1-9]\d{0,2})\/([1-9]\d{0,2})$/;

function parseThreshold(text: string): Threshold | null {
  const spoken = SPOKEN[text];
  if (spoken) return spoken;
  const [, words, num, den] = THRESHOLD.exec(text) ?? [];
  if (!words) return null;
  const kind = words === 'more than' || words === '超过' ? 'more-than' : 'at-least';
  return { kind, num: Number(num), den: Number(den) };
}

/** Reads `more than 1/2`, `at least 2/3`, `过半数`, `三分之二以上`, `超过 1/2`, `不少于 2/3`, or the object itself. */
export const Threshold = z.union([
  z
    .strictObject({ kind: z.enum(['more-than', 'at-least']), num: part, den: part })
    .refine(ordered, 'a fraction is at most 1'),
  z
    .string()
    .transform((text, context): Threshold => {
      const threshold = parseThreshold(text);
      if (threshold) return threshold;
      context.addIssue('write “more than 1/2”, “at least 2/3”, 过半数 or 三分之二以上');
      return z.NEVER;
    })
    .refine(ordered, 'a fraction is at most 1'),
]);

/** Whether `votes` of `basis` reach the threshold; whole numbers only. No votes reach nothing. */
export function reaches(votes: number, basis: number, threshold: Threshold): boolean {
  if (votes === 0) return false;
  const left = votes * threshold.den;
  const right = basis * threshold.num;
  return threshold.kind === 'more-than' ? left > right : left >= right;
}

/** The smallest number of votes that reaches the threshold. */
export function needed(basis: number, threshold: Threshold): number {
  const exact = basis * threshold.num;
  const floor = Math.floor(exact / threshold.den);
  if (threshold.kind === 'more-than') return floor + 1;
  return Math.max(1, floor * threshold.den === exact ? floor : floor + 1);
}

/** Whether `present` of `roll` make the quorum: at least the fraction. */
export function meetsQuorum(present: number, roll: number, quorum: Fraction): boolean {
  return reaches(present, roll, { kind: 'at-least', ...quorum });
}
