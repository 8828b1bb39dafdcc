import type { Sheet } from '../sheet.ts';

export const SAMPLE_YEAR = 2027;

/** A part of two kilometres, paid by the city in the year itself. */
export const part = (id: string) => ({
  id,
  title: '道路改造',
  body: 'transport',
  area: 'north',
  place: '',
  target: { thousandths: 2000, unit: '公里' },
  finish: '2027-11-30',
  funding: [{ source: 'city', year: SAMPLE_YEAR, fen: 120_000_00 }],
});

export const sheet = (title: string, from: readonly string[] = []): Sheet => ({
  title: { zh: title },
  summary: { zh: `${title}，年内完工` },
  category: 'roads',
  lead: 'transport',
  co: [],
  content: '改造老旧道路，方便出行。',
  beneficiaries: '沿线居民约两万人',
  parts: [part('1')],
  from,
});
