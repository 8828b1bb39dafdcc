import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayOf, fenOf, quantityOf, thousandthsOf, wanOf } from './amounts.ts';

it.each([
  ['120', 120_000_000],
  ['0.1', 100_000],
  ['0.07', 70_000],
  ['123.456789', 123_456_789],
  ['1,234.5', 1_234_500_000],
  ['１２３．５', 123_500_000],
  ['120万元', 120_000_000],
  ['1.2亿元', 12_000_000_000],
  ['1.2 亿', 12_000_000_000],
  ['350元', 35_000],
  ['350.05 元', 35_005],
  ['0', 0],
  ['1.50000000000', 1_500_000],
])('%s are %i fen', (text, fen) => {
  expect(fenOf(text)).toBe(fen);
});

it.each([
  '',
  '约120',
  '120左右',
  '一百二十',
  '-5',
  '+5',
  '1e3',
  '0.0000001',
  '350.005元',
  '12,34',
  '1.2.3',
  '.5',
  '5.',
  '120美元',
  '120constructor',
  'NaN',
  '=1+1',
  '1'.repeat(40),
  '10000001',
])('“%s” is no amount', (text) => {
  expect(fenOf(text)).toBeNull();
});

it('every amount is read back as it was written, also by way of the numbers of a spreadsheet', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000_000_000), (fen) => {
      expect(fenOf(wanOf(fen))).toBe(fen);
      expect(fenOf(String(Number(wanOf(fen))).includes('e') ? wanOf(fen) : String(Number(wanOf(fen))))).toBe(
        fen,
      );
    }),
  );
});

it('every quantity is read back as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), (value) => {
      expect(thousandthsOf(quantityOf(value))).toBe(value);
    }),
  );
  expect([thousandthsOf('2.5'), thousandthsOf('0'), thousandthsOf('2.0005')]).toEqual([2500, null, null]);
});

it.each([
  '2027-11-30',
  '2027/11/30',
  '2027.11.30',
  '2027年11月30日',
  '２０２７－１１－３０',
  '2027-11-30 00:00:00',
])('%s is a day', (text) => {
  expect(dayOf(text)).toBe('2027-11-30');
});

it.each(['', '46356', '2027-02-30', '2027-13-01', '2027年11月', '11/30/2027', '2027-11-30T10:00', '年底'])(
  '“%s” is no day',
  (text) => {
    expect(dayOf(text)).toBeNull();
  },
);
