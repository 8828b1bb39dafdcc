import { expect, it } from 'vitest';
import { exactWan, fenOfWan, inWan, inYuan, ofYear, total, wanText } from './money.ts';

it.each([
  [0, '0.00'],
  [10_000, '0.01'],
  [1_000_000, '1.00'],
  [123_456_789_00, '12345.68'],
])('%i fen are %s 万元', (fen, wan) => {
  expect(inWan(fen)).toBe(wan);
});

it.each([
  [0, '0.00'],
  [1, '0.01'],
  [120, '1.20'],
  [123_456_789_01, '123456789.01'],
])('%i fen are %s 元', (fen, yuan) => {
  expect(inYuan(fen)).toBe(yuan);
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

it.each([
  ['1280.5', 1_280_500_000],
  ['0.000001', 1],
  [' 1,280 ', 1_280_000_000],
  ['１', null],
  ['1.0000001', null],
  ['-3', null],
  ['', null],
  ['1e3', null],
  ['99999999', null],
])('%j 万元 are %s fen', (typed, fen) => {
  expect(fenOfWan(typed)).toBe(fen);
});

it('what is shown to be typed again is the same money', () => {
  for (const fen of [0, 1, 10, 999_999, 1_000_000, 1_280_500_000, 10_000_000_000_000])
    expect(fenOfWan(exactWan(fen))).toBe(fen);
});

it('money is written in one way wherever two places are exact, and rounded to two where they are not', () => {
  for (const wan of ['0', '10', '608', '608.5', '100.05', '1280.01']) {
    const fen = fenOfWan(wan) ?? -1;
    expect([exactWan(fen), wanText(fen)]).toEqual([wan, wan]);
  }
  expect([exactWan(123_456_789_00), wanText(123_456_789_00)]).toEqual(['12345.6789', '12345.68']);
});
