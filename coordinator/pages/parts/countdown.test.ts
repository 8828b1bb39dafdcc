import { expect, test } from 'vitest';
import { clock, fingerprint, remainingAt } from './countdown.ts';

test('a countdown shows what is left since it was told, and never less than nothing', () => {
  expect(remainingAt(60_000, 1_000, 3_500)).toBe(57_500);
  expect(remainingAt(60_000, 1_000, 99_000)).toBe(0);
});

test('nothing is counted down where no live turnout came, or the chair closes the vote', () => {
  expect(remainingAt(60_000, null, 3_500)).toBeNull();
  expect(remainingAt(null, 1_000, 3_500)).toBeNull();
});

test('seconds are shown in two digits; nothing left is 0:00', () => {
  expect(clock(0)).toBe('0:00');
  expect(clock(8_000)).toBe('0:08');
  expect(clock(65_000)).toBe('1:05');
});

test('a fingerprint is the first sixteen characters in groups of four', () => {
  expect(fingerprint('4317e3b355651773ffff')).toBe('4317 e3b3 5565 1773');
  expect(fingerprint('')).toBe('');
});
