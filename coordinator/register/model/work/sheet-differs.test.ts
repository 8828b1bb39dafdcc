import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Funding } from '../../../../shared/projects/money.ts';
import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';
import { part, sheet } from '../../../../shared/projects/testing/sample-sheet.ts';
import { twoParts } from '../testing/small-works.ts';
import { sheetBefore, sheetDiffers } from './sheet-differs.ts';

const none = { fields: [], parts: [] };

it('what differs is said as it was and as it would be, money by source and year', () => {
  const [one, two] = twoParts.parts;
  if (!one || !two) throw new Error('two parts');
  const changed: Part = {
    ...one,
    target: { thousandths: 1600, unit: '公里' },
    finish: '2027-12-20',
    funding: [
      { source: 'city', year: 2028, fen: 30_000_00 },
      { source: 'city', year: 2027, fen: 40_000_00 },
      { source: 'city', year: 2027, fen: 60_000_00 },
    ],
  };
  const now: Sheet = {
    ...twoParts,
    title: { ...twoParts.title, en: 'One' },
    lead: 'education',
    beneficiaries: '沿线居民',
    parts: [{ ...part('3'), title: '新桥' }, changed],
  };
  const found = sheetDiffers(twoParts, now);
  expect(found.fields).toEqual([
    { what: 'title', language: 'en', was: null, now: 'One' },
    { what: 'lead', was: 'transport', now: 'education' },
    { what: 'beneficiaries', was: '沿线居民约两万人', now: '沿线居民' },
    { what: 'investment', was: 200_000_00, now: 250_000_00 },
    { what: 'finish', was: '2027-11-30', now: '2027-12-20' },
  ]);
  expect(found.parts).toEqual([
    { is: 'added', part: now.parts[0] },
    {
      is: 'changed',
      part: changed,
      in: [
        { what: 'target', was: one.target, now: changed.target },
        { what: 'finish', was: '2027-11-30', now: '2027-12-20' },
        { what: 'money', source: 'city', year: 2027, was: 120_000_00, now: 100_000_00 },
        { what: 'money', source: 'city', year: 2028, was: null, now: 30_000_00 },
      ],
    },
    { is: 'removed', part: two },
  ]);
});

const few = (...of: string[]) => fc.constantFrom(...of);
const anyFunding: fc.Arbitrary<Funding> = fc.record({
  source: few('city', 'town'),
  year: fc.integer({ min: 2027, max: 2028 }),
  fen: fc.integer({ min: 0, max: 2 }),
});
const anyPart: fc.Arbitrary<Part> = fc.record({
  ...{ id: few('1', '2', '3'), title: few('路', '桥'), body: few('x', 'y'), area: few('n', 's') },
  ...{ place: few('', '东街'), finish: few('2027-01-01', '2027-02-01') },
  target: fc.record({ thousandths: fc.integer({ min: 1, max: 2 }), unit: few('米', '处') }),
  funding: fc.array(anyFunding, { maxLength: 3 }),
});
const anySheet: fc.Arbitrary<Sheet> = fc.record({
  ...{
    title: fc.constantFrom({ zh: '一' }, { zh: '一', en: 'One' }),
    summary: fc.constantFrom({ zh: '甲' }),
  },
  ...{ category: few('c', 'd'), lead: few('x', 'y'), content: few('', '铺路'), beneficiaries: few('', '众') },
  ...{ co: fc.subarray(['x', 'y']), from: fc.subarray(['p', 'q']) },
  parts: fc.uniqueArray(anyPart, { selector: ({ id }) => id, maxLength: 3 }),
});

/** A sheet in one spelling: money summed up by source and year, in their order. */
const spelled = (of: Sheet) =>
  JSON.stringify({
    ...of,
    parts: of.parts.map(({ funding, ...rest }) => {
      const sums: Record<string, number> = {};
      for (const { source, year, fen } of funding)
        sums[`${year} ${source}`] = (sums[`${year} ${source}`] ?? 0) + fen;
      return [rest, Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1))];
    }),
  });

it('nothing is said of sheets that say the same, and something of all others', () => {
  fc.assert(
    fc.property(anySheet, anySheet, (one, other) => {
      expect(sheetDiffers(one, one)).toEqual(none);
      const { fields, parts } = sheetDiffers(one, other);
      expect(fields.length + parts.length === 0).toBe(spelled(one) === spelled(other));
    }),
  );
});

it('a single change anywhere in a sheet is found', () => {
  const changes: readonly ((of: Sheet) => Sheet)[] = [
    (of) => ({ ...of, summary: { zh: '别的' } }),
    (of) => ({ ...of, category: 'schools' }),
    (of) => ({ ...of, co: ['education'] }),
    (of) => ({ ...of, content: '' }),
    (of) => ({ ...of, from: ['P'] }),
    (of) => ({ ...of, parts: of.parts.toReversed() }),
    ...['title', 'body', 'area', 'place', 'finish'].map((key) => (of: Sheet) => ({
      ...of,
      parts: of.parts.map((each) => ({ ...each, [key]: '2027-12-01' })),
    })),
  ];
  for (const change of changes) expect(sheetDiffers(twoParts, change(twoParts))).not.toEqual(none);
});

it('a request is held against what holds now, and an answered one against what held then', () => {
  const [a, b, c] = [sheet('一'), sheet('二'), sheet('三')];
  const asked = { seq: 5, answer: null };
  const change = (seq: number, before: Sheet, kind: 'changed' | 'suspended' = 'changed') => ({
    seq,
    kind,
    before,
  });
  expect(sheetBefore({ sheet: b, changes: [change(3, a), change(7, b, 'suspended')] }, asked)).toEqual({
    before: b,
    isOutdated: false,
  });
  const since = { sheet: c, changes: [change(3, a), change(8, b)] };
  expect(sheetBefore(since, asked)).toEqual({ before: c, isOutdated: true });
  const answered = { seq: 5, answer: { is: 'decided', words: '决定', at: 8 } } as const;
  expect(sheetBefore(since, answered)).toEqual({ before: b, isOutdated: false });
});
