import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type List, namesIn } from '../../../shared/projects/list.ts';
import { readList } from '../../../shared/projects/read-list.ts';
import { sheet } from '../../../shared/projects/testing/sample-sheet.ts';
import { USUAL_RULES } from '../model/work/fields.ts';
import { appraisalOf, appraisersOf, motionOf } from './agenda.ts';
import { HallFolder } from './hall-folder.ts';

const none = new Map<string, { zh: string }>();
const list = (places: number): List => ({
  register: 'town',
  congress: '清河镇人民代表大会',
  cycle: 2027,
  places,
  names: namesIn([], { categories: none, bodies: none, areas: none, sources: none }),
  projects: ['road', 'school'].map((id) => ({ id, sheet: sheet(id) })),
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

it('a list goes into the agenda that lies there, once, and leaves the rest of it as it is', () => {
  writeFileSync(
    join(folder, 'agenda.yaml'),
    '# 议程\nmotions:\n  - id: report # 报告\n    kind: decision\n    title: 报告\n',
  );
  const hall = new HallFolder(folder);
  expect(hall.handOver(list(1), motionOf(list(1)))).toBe(true);
  expect(hall.handOver(list(2), motionOf(list(2)))).toBe(true);
  expect(read('agenda.yaml')).toContain('# 议程\n');
  expect(read('agenda.yaml')).toContain('# 报告');
  const { motions } = parse(read('agenda.yaml'));
  expect(motions.map(({ id }: { id: string }) => id)).toEqual(['report', 'projects-2027']);
  expect(motions[1]).toMatchObject({
    kind: 'selection',
    voting: 'secret',
    places: 2,
    list: 'list-town-2027.txt',
  });
  expect(readList(read('list-town-2027.txt'))?.places).toBe(2);
});

it('an appraisal stands beside the vote, is of some projects of the list, and its id says who grades', () => {
  const hall = new HallFolder(folder);
  hall.handOver(list(1), motionOf(list(1)));
  const order = { by: 'standing-committee', projects: ['school'], rules: USUAL_RULES } as const;
  expect(hall.handOver(list(1), appraisalOf(list(1), order))).toBe(true);
  const { motions } = parse(read('agenda.yaml'));
  expect(motions[1]).toMatchObject({
    ...{ id: 'appraisal-2027-committee', kind: 'appraisal', list: 'list-town-2027.txt' },
    items: [{ id: 'school' }],
  });
  expect(appraisersOf(motions[1].id, 2027)).toBe('standing-committee');
  expect(appraisersOf('appraisal-2027', 2027)).toBe('congress');
  expect(appraisersOf('appraisal-2027', 2026)).toBeNull();
});

it.each(['motions: 7', '{', 'other: []'])('%s is no agenda: nothing is written', (text) => {
  writeFileSync(join(folder, 'agenda.yaml'), text);
  expect(new HallFolder(folder).handOver(list(1), motionOf(list(1)))).toBe(false);
  expect(read('agenda.yaml')).toBe(text);
});

it('bundles are read by the names that lie there and no others', () => {
  writeFileSync(join(folder, 'sitting.zip'), 'one');
  const hall = new HallFolder(folder);
  expect(hall.bundles()).toMatchObject([{ name: 'sitting.zip', bytes: 3 }]);
  expect(Buffer.from(hall.read('sitting.zip') ?? []).toString()).toBe('one');
  for (const name of ['../sitting.zip', 'other.zip', '', join(folder, 'sitting.zip')])
    expect(hall.read(name)).toBeNull();
});
