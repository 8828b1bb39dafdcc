import { expect, test } from 'vitest';
import { largestFitting } from './fit.ts';

test('type is as large as fits: all of it, the last scale that fits, or the least', () => {
  expect(largestFitting(() => true)).toBe(1);
  for (const limit of [0.31, 0.5, 0.73, 0.99]) expect(largestFitting((scale) => scale <= limit)).toBe(limit);
  expect(largestFitting(() => false)).toBe(0.3);
});
