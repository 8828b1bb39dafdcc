import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeProblem } from '../config/problem.ts';
import type { RegisteredCard } from '../sitting/entries.ts';
import { Register } from './register.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-register-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'cards.csv');

const CARD = '04A1B2C3D4E5F6';
const card = (change: Partial<RegisteredCard> = {}): RegisteredCard => ({
  card: CARD,
  deputy: 'D1',
  kind: 'ntag424',
  status: 'active',
  counter: 0,
  ...change,
});

function open(content: string | Buffer | null): Register {
  rmSync(path, { force: true });
  if (content !== null) writeFileSync(path, content);
  const register = Register.open(path);
  if (!register.ok) throw new Error(register.problems.map(describeProblem).join());
  return register.value;
}

/** The file after `change`. */
function rewritten(content: string | Buffer | null, change: (register: Register) => void): string {
  const register = open(content);
  change(register);
  register.save();
  return readFileSync(path, 'utf8');
}

const problems = (content: string): string[] => {
  writeFileSync(path, content);
  const register = Register.open(path);
  return register.ok ? [] : register.problems.map(describeProblem);
};

describe('the register of cards', () => {
  it('is begun with a header that spreadsheets read', () => {
    const text = rewritten(null, (register) => register.put(card({ counter: 3 })));
    expect(text).toBe(`\uFEFFcard,deputy,kind,status,counter\r\n${CARD},D1,ntag424,active,3\r\n`);
    expect(open(text).cards).toEqual([card({ counter: 3 })]);
  });

  it('keeps every byte of what is not changed: columns, blanks, spellings, order', () => {
    const text =
      '备注;卡号;代表编号;状态\r\n"说 ""好""";04:a1:b2:c3:d4:e5:f6;D1;有效\r\n\r\n乙 ; CARD2;D2;挂失\r\n';
    expect(rewritten(text, () => {})).toBe(text);
    const kind = { kind: 'uid' } as const;
    expect(rewritten(text, (register) => register.put(card({ ...kind, status: 'lost' })))).toBe(
      text.replace('"说 ""好""";04:a1:b2:c3:d4:e5:f6;D1;有效', '"说 ""好""";04:a1:b2:c3:d4:e5:f6;D1;lost'),
    );
    const more = rewritten(text, (register) =>
      register.put(card({ ...kind, card: 'CARD3', deputy: 'D3', counter: 0 })),
    );
    expect(more).toBe(`${text.replace('状态', '状态;kind;counter')};CARD3;D3;active;uid;0\r\n`);
    expect(open(more).cards).toHaveLength(3);
  });

  it('adds a line to a file whose last line has no end', () => {
    const text = 'card,deputy\nCARD1,D1';
    expect(rewritten(text, (register) => register.put(card({ card: 'CARD2', kind: 'uid' })))).toMatch(
      /^card,deputy,kind,status,counter\nCARD1,D1\nCARD2,D1,uid,active,0\n$/,
    );
  });

  it('keeps a byte-order mark, and writes what was GBK as UTF-8 with one', () => {
    expect(rewritten('\uFEFFcard,deputy\nCARD1,D1\n', () => {})).toBe('\uFEFFcard,deputy\nCARD1,D1\n');
    const gbk = Buffer.concat([
      Buffer.from([0xbf, 0xa8, 0xba, 0xc5]),
      Buffer.from(','),
      Buffer.from([0xb4, 0xfa, 0xb1, 0xed]),
      Buffer.from('\r\nCARD1,D1\r\n'),
    ]);
    expect(rewritten(gbk, () => {})).toBe('\uFEFF卡号,代表\r\nCARD1,D1\r\n');
  });

  it('leaves nothing else in the folder, and who may read the file as it was', () => {
    rmSync(path);
    writeFileSync(path, 'card,deputy\n', { mode: 0o640 });
    const register = Register.open(path);
    if (!register.ok) throw new Error('it can be read');
    register.value.put(card());
    register.value.save();
    expect(readdirSync(folder)).toEqual(['cards.csv']);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it.each([
    ['card\nX\n', 'cards.csv:1: the header has no column deputy/代表/代表编号/编号'],
    ['card,deputy\nX,D1\n', 'cards.csv:2: card: “X” cannot stand here → write 4 to 32 letters'],
    ['card,deputy\nCARD1,\n', 'cards.csv:2: deputy: the cell is empty → '],
    [
      'card,deputy,kind\nCARD1,D1,gold\n',
      'cards.csv:2: kind: “gold” cannot stand here → write uid or ntag424',
    ],
    ['card,deputy,kind\nCARD1,D1,NTAG 424 DNA\n', 'cards.csv:2: card: “CARD1” is no UID of an NTAG 424 DNA'],
    ['card,deputy,status\nCARD1,D1,gone\n', 'cards.csv:2: status: “gone” cannot stand here → write active,'],
    ['card,deputy,counter\nCARD1,D1,-1\n', 'cards.csv:2: counter: “-1” cannot stand here → write a whole'],
    ['card,deputy,counter\nCARD1,D1,99999999\n', 'cards.csv:2: counter: “99999999” cannot stand here → '],
    ['card,deputy\nCARD1,D1\ncard-1,D2\n', 'cards.csv:3: card CARD1 stands in line 2 already → '],
  ])('%j: names line and cure', (text, expected) => {
    expect(problems(text)).toEqual([expect.stringContaining(expected)]);
  });
});
