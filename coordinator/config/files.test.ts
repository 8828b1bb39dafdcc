import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KindName, Motion } from '../../shared/kinds/kinds.ts';
import { type List, listHash, listText } from '../../shared/projects/list.ts';
import { SAMPLE_YEAR, sheet } from '../../shared/projects/testing/sample-sheet.ts';
import { sampleHall } from '../rehearsal/sample/sample-hall.ts';
import { readAgenda } from './agenda-file.ts';
import { loadFiles, loadHall } from './hall-file.ts';
import { describeProblem, type Loaded } from './problem.ts';
import { readRoll } from './roll-file.ts';
import { readTerminals } from './terminals-file.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');
const QUORUM = { num: 2, den: 3 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const problems = (loaded: Loaded<unknown>): string[] =>
  loaded.ok ? [] : loaded.problems.map(describeProblem);
const roll = (text: string) => readRoll(write('roll.csv', text), 'roll.csv');
const agenda = (text: string) => readAgenda(write('agenda.yaml', text), 'agenda.yaml', QUORUM);
const hall = (text: string) => loadHall(write('hall.yaml', text));

describe('the roll as Excel saves it', () => {
  it.each(['roll-gbk.csv', 'roll-bom.csv', 'roll-utf16.txt'])('reads %s', (name) => {
    expect(readRoll(join(FIXTURES, name), name)).toEqual({
      ok: true,
      value: [
        {
          id: 'D1',
          name: '欧阳建国',
          delegation: '城东区代表团',
          title: '社区书记',
          seat: '01-01',
          cards: ['04A1B2C3'],
        },
        {
          id: 'D2',
          name: '李娜',
          delegation: '城西区代表团',
          title: '',
          seat: '01-02',
          cards: ['04D5E6F7', '12345678'],
        },
      ],
    });
  });

  it('reads columns in any order, semicolons and quotes', () => {
    expect(roll('seat;name;id\nA1;"O\'Neil; 王";D1\n')).toMatchObject({
      ok: true,
      value: [{ id: 'D1', seat: 'A1', name: "O'Neil; 王", cards: [] }],
    });
  });

  it('names line and cure of every mistake', () => {
    expect(problems(roll('id,name,seat,card\nD1,王一,A1,CARD1\nD1,王二,A1,CARD1\nD 3,,A3,\n'))).toEqual([
      'roll.csv:3: id D1 stands in line 2 already → give every deputy an id of their own',
      'roll.csv:3: seat A1 stands in line 2 already → give every deputy a seat of their own',
      'roll.csv:3: card CARD1 stands in line 2 already → a card belongs to one deputy',
      expect.stringMatching(/^roll\.csv:4: id: /),
      expect.stringMatching(/^roll\.csv:4: name: /),
    ]);
    expect(problems(roll('姓名,席位\n王一,A1\n'))[0]).toContain(
      'roll.csv:1: the header has no column id/编号',
    );
    expect(problems(roll('id,name,seat\n'))[0]).toContain('the roll is empty');
    expect(problems(roll('id,name,seat\nD1,王一\n'))[0]).toMatch(
      /^roll\.csv:2: .* → give every line as many cells/,
    );
    expect(problems(readRoll(join(folder, 'missing.csv'), 'missing.csv'))[0]).toContain(
      'there is no such file',
    );
  });
});

describe('the terminals', () => {
  it('refuses a key that is none, and one named twice', () => {
    const file = write(
      'terminals.csv',
      'terminal,seat,key\nT1,A1,AAAA\nT2,A2,11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\nT3,A3,11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\n',
    );
    const found = problems(readTerminals(file, 'terminals.csv'));
    expect(found[0]).toMatch(/^terminals\.csv:2: key is not valid/);
    expect(found[1]).toMatch(/^terminals\.csv:4: key .* stands in line 3 already/);
  });
});

describe('the agenda', () => {
  it('fills in the usual rules and numbers the candidates', () => {
    const read = agenda(
      'motions:\n  - id: m1\n    kind: selection\n    title: 票决\n    places: 1\n    candidates: [甲, { title: { zh: 乙, en: B }, note: 说明 }]\n',
    );
    expect(read).toMatchObject({
      ok: true,
      value: {
        lists: [],
        motions: [
          {
            voting: 'open',
            press: 'last',
            seconds: null,
            basis: 'roll',
            quorum: QUORUM,
            threshold: { kind: 'more-than', num: 1, den: 2 },
            candidates: [
              { id: 'c1', title: { zh: '甲' } },
              { id: 'c2', title: { zh: '乙', en: 'B' } },
            ],
          },
        ],
      },
    });
  });

  it('takes a list of appointments as bare names, and a rule of its own with any of them', () => {
    const read = agenda(
      'motions:\n  - id: m1\n    kind: itemised\n    title: 任命\n    items:\n      - 甲\n      - { title: 乙, threshold: 三分之二以上 }\n      - { id: x, title: 丙, basis: cast, threshold: more than 1/3 }\n',
    );
    const [motion] = read.ok ? read.value.motions : [];
    expect(motion?.kind === 'itemised' && motion.items).toEqual([
      { id: 'i1', title: { zh: '甲' } },
      { id: 'i2', title: { zh: '乙' }, threshold: { kind: 'at-least', num: 2, den: 3 } },
      { id: 'x', title: { zh: '丙' }, threshold: { kind: 'more-than', num: 1, den: 3 }, basis: 'cast' },
    ]);
    expect(motion).toMatchObject({ basis: 'roll', threshold: { kind: 'more-than', num: 1, den: 2 } });
  });

  it('takes motions of every kind, and of no other', () => {
    const parts = {
      decision: '',
      selection: ', places: 1, candidates: [甲]',
      appraisal: ', items: [甲]',
      itemised: ', items: [甲]',
    } satisfies Record<KindName, string>;
    for (const [kind, more] of Object.entries(parts)) {
      const read = agenda(`motions:\n  - { id: m, kind: ${kind}, title: 甲${more} }\n`);
      expect(read.ok && read.value.motions.map((motion) => motion.kind), kind).toEqual([kind]);
    }
    expect(Object.keys(parts).sort()).toEqual(Motion.options.map(({ shape }) => shape.kind.value).sort());
  });

  it.each([
    [
      'motions:\n  - id: m\n    kind: itemised\n    title: 甲\n    items:\n      - 一\n      - { title: 二, threshold: most }\n',
      'agenda.yaml:7: motions.0.items.1.threshold: write “more than 1/2”',
    ],
    [
      'motions:\n  - id: m\n    kind: itemised\n    title: 甲\n    items:\n      - 一\n      - title: 二\n        basis: hall\n',
      'agenda.yaml:8: motions.0.items.1.basis',
    ],
    [
      'motions:\n  - id: m\n    kind: itemised\n    title: 甲\n    items:\n      - { id: a, title: 一 }\n      - { id: a, title: 二 }\n',
      'agenda.yaml:7: motions.0.items.1.id: there are two items a',
    ],
    [
      'motions:\n  - id: m\n    kind: itemised\n    title: 甲\n    items:\n      - title: 一\n        places: 2\n',
      'agenda.yaml:7: motions.0.items.0.places is not a setting here → remove it',
    ],
    [
      'motions:\n  - id: m\n    kind: itemised\n    title: 甲\n    items: []\n',
      'agenda.yaml:5: motions.0.items',
    ],
    [
      'motions:\n  - id: m1\n    kind: decision\n    title: 甲\n    theshold: 过半数\n',
      'agenda.yaml:5: motions.0.theshold is not a setting here → remove it',
    ],
    [
      'motions:\n  - id: m1\n    kind: decision\n    title: 甲\n    threshold: half\n',
      'agenda.yaml:5: motions.0.threshold: write “more than 1/2”',
    ],
    [
      'motions:\n  - id: m1\n    kind: decision\n    title: 甲\n    seconds: 3\n',
      'agenda.yaml:5: motions.0.seconds',
    ],
    ['motions:\n  - id: m1\n    kind: vote\n    title: 甲\n', 'agenda.yaml:3: motions.0.kind'],
    [
      'motions:\n  - id: a/b\n    kind: decision\n    title: 甲\n',
      'agenda.yaml:2: motions.0.id: letters, digits',
    ],
    [
      'motions:\n  - { id: m, kind: decision, title: 甲 }\n  - { id: m, kind: decision, title: 乙 }\n',
      'agenda.yaml:3: motions.1.id: there are two motions m',
    ],
    [
      'motions:\n  - id: m\n    kind: selection\n    title: 甲\n    places: 3\n    candidates: [一, 二]\n',
      'agenda.yaml:5: motions.0.places: there are fewer candidates than places',
    ],
    [
      'motions:\n  - id: m\n    kind: decision\n    title: "甲\\u202E乙"\n',
      'agenda.yaml:4: motions.0.title: holds a character that cannot be seen; write it anew',
    ],
    [
      'motions:\n  - id: m\n    kind: decision\n    title: { zh: 甲, en: "a\\a" }\n',
      'agenda.yaml:4: motions.0.title',
    ],
    ['motions:\n\t- id: m\n', 'agenda.yaml:2: not valid YAML'],
    ['motions: []\n', 'agenda.yaml:1: motions'],
    ['', 'agenda.yaml:1: the file'],
  ])('says of %j where the mistake is', (text, expected) => {
    const [first] = problems(agenda(text));
    expect(first).toContain(expected);
    expect(first).toMatch(/ → \S/);
  });
});

describe('an agenda with the register’s list', () => {
  const LIST: List = {
    register: 'town',
    congress: '清河镇人民代表大会',
    cycle: SAMPLE_YEAR,
    places: 1,
    names: { categories: [], bodies: [], areas: [], sources: [] },
    projects: [
      { id: 'road', sheet: sheet('北路改造') },
      { id: 'school', sheet: sheet('学校操场') },
    ],
  };
  const HASH = listHash(LIST);
  beforeAll(() => void write('list-2027.txt', listText(LIST)));
  const projects = LIST.projects.map(({ id, sheet: of }) => ({ id, title: of.title, note: of.summary }));
  const HEAD = 'motions:\n  - id: m\n    title: 票决\n    list: list-2027.txt\n    kind: ';
  const of = (kind: string, ...lines: string[]) => agenda(`${HEAD}${[kind, ...lines].join('\n    ')}\n`);

  it('needs no candidates and places: they are the list’s, and the motion carries its hash', () => {
    const read = of('selection');
    expect(read).toMatchObject({
      ok: true,
      value: { motions: [{ candidates: projects, places: 1, list: HASH }], lists: [listText(LIST)] },
    });
  });

  it('may write them for whoever reads it, as the list does', () => {
    const read = of(
      'selection',
      'candidates: [{ id: road, title: 北路改造 }, { id: school, title: 学校操场, note: 学校操场，年内完工 }]',
      'places: 1',
    );
    expect(read).toMatchObject({ ok: true, value: { motions: [{ candidates: projects, places: 1 }] } });
  });

  it('takes some of them for an appraisal', () => {
    const read = of('appraisal', 'items: [{ id: school, title: 学校操场 }]');
    expect(read).toMatchObject({ ok: true, value: { motions: [{ items: [projects[1]], list: HASH }] } });
    expect(of('appraisal')).toMatchObject({ ok: true, value: { motions: [{ items: projects }] } });
  });

  it.each<[string, () => Loaded<unknown>, string]>([
    [
      'no such file',
      () => agenda('motions:\n  - { id: m, kind: selection, title: 甲, list: list-2026.txt }\n'),
      'agenda.yaml:2: motions.0.list: list-2026.txt: there is no such file → put the list',
    ],
    [
      'a file elsewhere',
      () => agenda('motions:\n  - { id: m, kind: selection, title: 甲, list: ../list.txt }\n'),
      'agenda.yaml:2: motions.0.list: ../list.txt is not the name of a file → put the list beside agenda.yaml',
    ],
    [
      'no list',
      () => agenda('motions:\n  - { id: m, kind: selection, title: 甲, list: agenda.yaml }\n'),
      'agenda.yaml:2: motions.0.list: agenda.yaml is no list of projects in its one spelling → copy it',
    ],
    [
      'another title',
      () =>
        of(
          'selection',
          'candidates:',
          '  - { id: road, title: 北路 }',
          '  - { id: school, title: 学校操场 }',
        ),
      'agenda.yaml:7: motions.0.candidates.0: is not what list-2027.txt says: road 北路改造 → write it as',
    ],
    [
      'another order',
      () => of('selection', 'candidates: [{ id: school, title: 学校操场 }, { id: road, title: 北路改造 }]'),
      'agenda.yaml:6: motions.0.candidates.0',
    ],
    [
      'one too few',
      () => of('selection', 'candidates: [{ id: road, title: 北路改造 }]'),
      'agenda.yaml:6: motions.0.candidates.1: is not what list-2027.txt says: school',
    ],
    [
      'other places',
      () => of('selection', 'places: 2'),
      'agenda.yaml:6: motions.0.places: the list has 1 places → write 1, or leave it out',
    ],
    [
      'a project of no list',
      () => of('appraisal', 'items: [{ id: park, title: 公园 }]'),
      'agenda.yaml:6: motions.0.items.0: is not what list-2027.txt says',
    ],
    ['a list for another kind', () => of('decision'), 'agenda.yaml:4: motions.0.list is not a setting here'],
    [
      'neither list nor candidates',
      () => agenda('motions:\n  - { id: m, kind: selection, title: 甲, places: 1 }\n'),
      'agenda.yaml:2: motions.0.candidates: is missing → add the setting candidates, or list:',
    ],
  ])('says of %s where the mistake is', (_what, read, expected) => {
    expect(problems(read())[0]).toContain(expected);
  });
});

describe('the hall', () => {
  it('reads the sample it writes, of any size', () => {
    for (const seats of [3, 164, 3376]) {
      for (const [name, text] of Object.entries(sampleHall(seats))) write(name, text);
      const config = loadHall(join(folder, 'hall.yaml'));
      if (!config.ok) throw new Error(problems(config).join('\n'));
      const files = loadFiles(config.value);
      expect(problems(files)).toEqual([]);
      expect(files.ok && files.value.deputies.length).toBe(seats);
      expect(files.ok && files.value.motions.map(({ kind }) => kind)).toEqual([
        'decision',
        'selection',
        'appraisal',
        'itemised',
      ]);
    }
  });

  it('tells the mistakes of all files together', () => {
    for (const [name, text] of Object.entries(sampleHall(3))) write(name, text);
    write('roll.csv', 'id,name,seat\n');
    write('agenda.yaml', 'motions: 5\n');
    const config = loadHall(join(folder, 'hall.yaml'));
    expect(config.ok && problems(loadFiles(config.value)).map((line) => line.split(':')[0])).toEqual([
      'roll.csv',
      'agenda.yaml',
    ]);
  });

  it.each([
    ['hall: { id: x, name: 甲 }\n', 'hall.yaml:1: congress'],
    [
      sampleHall(3)['hall.yaml'].replace('quorum: 2/3', 'quorum: most'),
      /hall\.yaml:\d+: quorum: write a fraction as 2\/3/,
    ],
    [
      sampleHall(3)['hall.yaml'].replace('seating: fixed', 'seating: anywhere'),
      /hall\.yaml:\d+: seating: .* → write one of: fixed, free/,
    ],
    [sampleHall(3)['hall.yaml'].replace('port: 8080', 'port: 80800'), /hall\.yaml:\d+: listen\.http\.port/],
  ])('names line and cure (%#)', (text, expected) => {
    expect(problems(hall(text))[0]).toMatch(expected);
  });
});

describe('rubbish', () => {
  it('never throws, whatever is in the files', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          const file = write('rubbish', bytes);
          for (const read of [
            () => readRoll(file, 'r'),
            () => readTerminals(file, 'r'),
            () => readAgenda(file, 'r', QUORUM),
            () => loadHall(file),
          ])
            expect(read().ok).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  const sample = sampleHall(3);
  it.each([
    ['hall.yaml', loadHall],
    ['roll.csv', (path: string) => readRoll(path, 'roll.csv')],
    ['agenda.yaml', (path: string) => readAgenda(path, 'agenda.yaml', QUORUM)],
    ['terminals.csv', (path: string) => readTerminals(path, 'terminals.csv')],
  ] as const)('never throws, and names a line that is there, where %s is damaged', (name, read) => {
    const whole = Buffer.from(sample[name]);
    const damage = fc.record({
      at: fc.nat(whole.length),
      length: fc.nat(8),
      by: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom(...'":,\n\t-[{*&').map((c) => Buffer.from(c)),
      ),
    });
    let refused = 0;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const bytes = damages.reduce(
          (all, { at, length, by }) => Buffer.concat([all.subarray(0, at), by, all.subarray(at + length)]),
          whole,
        );
        const loaded = read(write(name, bytes));
        if (loaded.ok) return;
        refused += 1;
        const lines = bytes.toString('latin1').split(/\r\n|\n|\r/).length;
        for (const { file, line, what, cure } of loaded.problems) {
          expect(file).toBe(name);
          expect(line === null || (line >= 1 && line <= lines), `${line} of ${lines}`).toBe(true);
          expect(what && cure).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(30);
  });
});
