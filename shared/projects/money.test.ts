import { expect, it } from 'vitest';
import { inWan, ofYear, total } from './money.ts';

it.each([
  [0, '0.00'],
  [10_000, '0.01'],
  [1_000_000, '1.00'],
  [123_456_789_00, '12345.68'],
])('%i fen are %s 万元', (fen, wan) => {
  expect(inWan(fen)).toBe(wan);
});

it('total and annual investment are two figures', () => {
  const lines = [
    { source: 'city', year: 2027, fen: 100 },
    { source: 'town', year: 2027, fen: 20 },
    { source: 'city', year: 2028, fen: 3 },
  ];
  expect(total(lines)).toBe(123);
  expect(ofYear(lines, 2027)).toBe(120);
  expect(ofYear(lines, 2029)).toBe(0);
});
