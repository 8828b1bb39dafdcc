import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type List, listHash, listText } from './list.ts';
import { finishOf, investment } from './sheet.ts';
import { CYCLE, sheet } from './testing/small-register.ts';

const list = (change: Partial<List> = {}): List => ({
  register: 'town',
  congress: '清河镇人民代表大会',
  cycle: CYCLE,
  places: 1,
  projects: [
    { id: 'road', sheet: sheet('北路改造') },
    { id: 'school', sheet: sheet('学校操场') },
  ],
  ...change,
});

it('a list has one spelling, which stands line for line in the page of the format', () => {
  const [first, ...rest] = listText(list()).split('\n');
  expect(first).toBe('hallvote-list 1');
  expect(rest.slice(0, 7)).toEqual([
    'register "town"',
    'congress "清河镇人民代表大会"',
    'cycle 2027',
    'places 1',
    'candidates 2',
    'project "road"',
    'title.zh "北路改造"',
  ]);
  expect(rest.at(-1)).toBe('');
});

it('the page of the format shows what is written', () => {
  const page = readFileSync(new URL('../list.md', import.meta.url), 'utf8');
  const example = /```\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const road = sheet('北路改造', ['2027-7K3QM0A']);
  expect(example).toBe(
    listText(list({ places: 10, projects: [{ id: 'road', sheet: road }] })).replace(
      'candidates 1\n',
      'candidates 12\n',
    ),
  );
});

it('text composed in another way is the same list', () => {
  const composed = list({ congress: 'é' });
  expect(listHash(list({ congress: 'e\u0301' }))).toBe(listHash(composed));
});

it.each<[string, (one: List) => List]>([
  ['a place', (one) => ({ ...one, places: 2 })],
  ['the order', (one) => ({ ...one, projects: [...one.projects].reverse() })],
  ['a fen', (one) => onPart(one, { funding: [{ source: 'city', year: CYCLE, fen: 120_000_01 }] })],
  ['a day', (one) => onPart(one, { finish: '2027-12-01' })],
  ['a unit', (one) => onPart(one, { target: { thousandths: 2000, unit: '米' } })],
  ['who carries it out', (one) => onPart(one, { body: 'education' })],
  [
    'the year of the money',
    (one) => onPart(one, { funding: [{ source: 'city', year: 2028, fen: 120_000_00 }] }),
  ],
  ['an id', (one) => ({ ...one, projects: one.projects.map((p) => ({ ...p, id: `${p.id}-2` })) })],
  ['a line break in a text', (one) => ({ ...one, congress: '清河镇人民代表大会\nplaces 9' })],
])('%s more or other is another list', (_what, change) => {
  expect(listHash(change(list()))).not.toBe(listHash(list()));
  // Whatever is written into a text, it stays within its line.
  const lines = listText(change(list())).split('\n');
  expect(lines.filter((line) => line.startsWith('places '))).toHaveLength(1);
});

it('money and the last day are computed of the parts', () => {
  const one = sheet('北路改造');
  const [first] = one.parts;
  if (!first) throw new Error('no part');
  const two = { ...one, parts: [first, { ...first, id: '2', finish: '2027-06-30' }] };
  expect(investment(two)).toBe(240_000_00);
  expect(finishOf(two)).toBe('2027-11-30');
});

function onPart(one: List, change: Partial<List['projects'][number]['sheet']['parts'][number]>): List {
  return {
    ...one,
    projects: one.projects.map(({ id, sheet: on }) => ({
      id,
      sheet: { ...on, parts: on.parts.map((part) => ({ ...part, ...change })) },
    })),
  };
}
