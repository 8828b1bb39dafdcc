import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { describeProblem, failed } from './problem.ts';
import { readRoll } from './roll-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-roll-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const path = join(folder, 'roll.csv');
  writeFileSync(path, text);
  return readRoll(path, 'roll.csv');
}
const deputies = (text: string) => {
  const roll = read(text);
  if (!roll.ok) throw new Error(roll.problems.map(describeProblem).join('\n'));
  return roll.value;
};
const problems = (text: string) => {
  const roll = read(text);
  return roll.ok ? [] : roll.problems.map(describeProblem);
};
const ids = (text: string) => deputies(text).map(({ id }) => id);

describe('a roll that can be read', () => {
  it('is the same with any delimiter, line end, and order of Chinese or English columns', () => {
    const titles = {
      id: ['id', '编号', 'ID'],
      name: ['name', '姓名'],
      delegation: ['delegation', '代表团'],
      seat: ['seat', '席位'],
      card: ['card', '卡号'],
      title: ['title', '职务'],
    };
    const cells = {
      id: 'D1',
      name: '王,一;"三"',
      delegation: '东\t团',
      seat: 'A1',
      card: 'ABCD;1234',
      title: '书\n记',
    };
    type Column = keyof typeof titles;
    const columns: Column[] = ['id', 'name', 'delegation', 'seat', 'card', 'title'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(columns, { minLength: 6 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\r\n', '\n', '\r'),
        fc.nat(1),
        (order, delimiter, record_delimiter, spelling) => {
          const header = order.map((column) => titles[column][spelling] ?? column);
          const text = stringify([header, order.map((column) => cells[column])], {
            delimiter,
            record_delimiter,
            quoted: true,
          });
          expect(deputies(text)).toEqual([
            {
              id: 'D1',
              name: '王,一;"三"',
              delegation: '东 团',
              seat: 'A1',
              cards: ['ABCD', '1234'],
              title: '书 记',
            },
          ]);
        },
      ),
    );
  });

  it('may mix line ends, leave lines empty and leave out empty cells at a line’s end, as Excel does', () => {
    expect(
      ids('\r\nid,name,seat,card,title,,\r\nD1,王,A1,ABCD,书记,,\nD2,李,A2\n\n,,,,\nD3,张,A3,,\r\n'),
    ).toEqual(['D1', 'D2', 'D3']);
  });

  it('has full-width letters, digits and spaces, and invisible marks, made plain in ids, seats and cards', () => {
    expect(
      deputies('id,name,seat,card\nＤ０１\u200B,王　芳,０１－０５　,０４ａ1：b2 abcd；ＡＢＣＤ\n'),
    ).toMatchObject([{ id: 'D01', name: '王　芳', seat: '01-05', cards: ['04A1B2', 'ABCD'] }]);
  });

  it('counts 序号 as the id only where there is no other', () => {
    expect(ids('序号,编号,姓名,席位\n1,D7,王,A1\n')).toEqual(['D7']);
    expect(ids('序号,姓名,席位\n1,王,A1\n')).toEqual(['1']);
  });

  it('leaves out columns under titles nobody asked for', () => {
    expect(deputies('性别,id,name,seat,__proto__\n女,D1,王,A1,x\n')).toEqual([
      { id: 'D1', name: '王', seat: 'A1', delegation: '', title: '', cards: [] },
    ]);
  });
});

describe('a roll with mistakes', () => {
  it.each([
    [
      'id,name,seat,姓名\nD1,王,A1,李\n',
      ['1: the header names the column name twice: name, 姓名 → keep one'],
    ],
    ['\n\nid,seat\nD1,A1\n', ['3: the header has no column name/姓名/代表姓名 → let the first line']],
    ['', ['1: the header has no column id/编号']],
    ['id,name,seat\n', ['2: the roll is empty → write one line for each deputy']],
    ['id,name,seat,title\nD1,王,A1,"a\nb"\nD1,李,A2,x\n', ['4: id D1 stands in line 2 already → give every']],
    ['id,name,seat\nD1,王,Ａ1\nD2,李,A1\n', ['3: seat A1 stands in line 2 already → give every']],
    [
      'id,name,seat,card\nD1,王,A1,abcd\nD2,李,A2,1234;ABCD\n',
      ['3: card ABCD stands in line 2 already → a card'],
    ],
    [
      'id,name,seat\n 1/2,,\n',
      ['2: id: “1/2” cannot', '2: name: the cell is empty', '2: seat: the cell is empty'],
    ],
    ['id,name,seat,card\nD1,王,A1,1.2E+09 x\n', ['2: card: “1.2E+09 x” cannot stand here → write 4 to 32']],
    [`id,name,seat\nD1,${'王'.repeat(61)},A1\n`, ['2: name: “王']],
    ['id,name,seat\nD1,王\u0007,A1\n', ['2: name: a character in the cell cannot be printed → delete']],
    [
      'id,name,seat\nD1,王\nD2,李,A2,x\n',
      [
        '2: there are 2 cells where the header has 3 → ',
        '3: cell 4 stands under no title → name its column in line 1',
      ],
    ],
    ['id,name,seat\nD1,王,A1\n\nD2,"李,A2\nD3,张,A3\n', ['4: a quote " that opens here is never closed → ']],
    ['id,name,seat\nD1,王"小"明,A1\n', ['2: a quote " stands where none can → ']],
  ])('%j: names every line and cure', (text, expected) => {
    expect(problems(text)).toEqual(
      expected.map((start) => expect.stringMatching(startingWith(`roll.csv:${start}`))),
    );
  });

  it('never loses a deputy in a quote that was not closed', () => {
    // Read generously, the first name would hold the whole of the second deputy.
    expect(problems('id,name,seat\nD1,"王一,A1\nD2,"李二",A2\nD3,张三,A3\n')).toHaveLength(1);
    expect(problems('id,name,seat\nD1,"王一,A1\nD2,李二",A2\n')[0]).toMatch(
      /^roll\.csv:2: name: .*close all quotes$/,
    );
  });

  it('is told 20 mistakes at a time, however many there are', () => {
    expect(problems(`id,name,seat\n${'D1,,A1\n'.repeat(50)}`)).toHaveLength(20);
    // More than a call can have arguments.
    const many = Array.from({ length: 150_000 }, () => ({ file: 'f', line: 1, what: 'wrong', cure: 'mend' }));
    expect(failed(many)).toEqual({ ok: false, problems: many.slice(0, 20) });
  });
});

function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
