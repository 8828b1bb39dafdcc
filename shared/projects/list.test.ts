import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type List, listHash, listText, namesIn } from './list.ts';
import { readList } from './read-list.ts';
import { finishOf, investment } from './sheet.ts';
import { SAMPLE_YEAR, sheet } from './testing/sample-sheet.ts';

const NAMES = {
  categories: new Map([['roads', { zh: '道路交通', en: 'Roads' }]]),
  bodies: new Map([
    ['transport', { zh: '交通运输局' }],
    ['water', { zh: '水务局' }],
  ]),
  areas: new Map([['north', { zh: '北片' }]]),
  sources: new Map([['city', { zh: '市级财政' }]]),
};

const list = (change: Partial<List> = {}): List => ({
  register: 'town',
  congress: '清河镇人民代表大会',
  cycle: SAMPLE_YEAR,
  places: 1,
  names: namesIn([{ sheet: sheet('北路改造') }], NAMES),
  projects: [
    { id: 'road', sheet: sheet('北路改造') },
    { id: 'school', sheet: sheet('学校操场') },
  ],
  ...change,
});

it('a list has one spelling, which stands line for line in the page of the format', () => {
  const [first, ...rest] = listText(list()).split('\n');
  expect(first).toBe('hallvote-list 1');
  expect(rest.slice(0, 12)).toEqual([
    'register "town"',
    'congress "清河镇人民代表大会"',
    'cycle 2027',
    'places 1',
    'categories.zh ["roads","道路交通"]',
    'categories.en ["roads","Roads"]',
    'bodies.zh ["transport","交通运输局"]',
    'areas.zh ["north","北片"]',
    'sources.zh ["city","市级财政"]',
    'candidates 2',
    'project "road"',
    'title.zh "北路改造"',
  ]);
  expect(rest.at(-1)).toBe('');
});

it('the page of the format shows what is written', () => {
  const page = readFileSync(new URL('./list.md', import.meta.url), 'utf8');
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
  ['a fen', (one) => onPart(one, { funding: [{ source: 'city', year: SAMPLE_YEAR, fen: 120_000_01 }] })],
  ['a day', (one) => onPart(one, { finish: '2027-12-01' })],
  ['a unit', (one) => onPart(one, { target: { thousandths: 2000, unit: '米' } })],
  ['who carries it out', (one) => onPart(one, { body: 'education' })],
  [
    'the year of the money',
    (one) => onPart(one, { funding: [{ source: 'city', year: 2028, fen: 120_000_00 }] }),
  ],
  [
    'a name',
    (one) => ({ ...one, names: { ...one.names, bodies: [{ id: 'transport', name: { zh: '水务局' } }] } }),
  ],
  ['an id', (one) => ({ ...one, projects: one.projects.map((p) => ({ ...p, id: `${p.id}-2` })) })],
  ['a line break in a text', (one) => ({ ...one, congress: '清河镇人民代表大会\nplaces 9' })],
])('%s more or other is another list', (_what, change) => {
  expect(listHash(change(list()))).not.toBe(listHash(list()));
  // Whatever is written into a text, it stays within its line.
  expect(readList(listText(change(list())))).toEqual(change(list()));
  const lines = listText(change(list())).split('\n');
  expect(lines.filter((line) => line.startsWith('places '))).toHaveLength(1);
});

it.each<[string, (text: string) => string]>([
  ['nothing', () => ''],
  ['another version', (text) => text.replace('list 1', 'list 2')],
  ['a line twice', (text) => text.replace('places 1\n', 'places 1\nplaces 1\n')],
  ['a line more', (text) => `${text}rest 1\n`],
  ['no last line end', (text) => text.slice(0, -1)],
  [
    'another order',
    (text) => text.replace(/(places .*\n)/, '').replace('candidates', 'places 1\ncandidates'),
  ],
  ['a space', (text) => text.replace('[2000,', '[2000, ')],
  ['another count', (text) => text.replace('candidates 2', 'candidates 3')],
  ['a number that is none', (text) => text.replace('cycle 2027', 'cycle "2027"')],
  ['a text that is composed otherwise', (text) => text.replace('清河镇', 'e\u0301')],
  ['a member of every object', (text) => text.replace('candidates', '__proto__ {"a":1}\ncandidates')],
  ['a hundred thousand parts', (text) => text + 'part "1"\n'.repeat(100_000)],
])('%s is no list', (_what, change) => {
  expect(readList(listText(list()))).toEqual(list());
  expect(readList(change(listText(list())))).toBeNull();
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
