import Database from 'better-sqlite3';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FindableText, indexable, SEARCH_SCHEMA, SearchIndex } from './search.ts';

let db: Database.Database;
let index: SearchIndex;
beforeEach(() => {
  db = new Database(':memory:');
  db.exec(SEARCH_SCHEMA);
  index = new SearchIndex(db, 'sent');
  for (const [proposal, title, text, place] of TEXTS) put({ proposal, cycle: 2027, title, text, place });
});
const put = (found: FindableText, into = index) => into.put(indexable(found));

const TEXTS = [
  ['lamp', '修好路灯', '南门小区东侧的路灯坏了三年，夜里很黑。', '南门小区'],
  ['lift', '老旧小区加装电梯', '文化东路12号院的老人上下楼不便，建议加装电梯。', '文化东路'],
  ['well', '改水', '喀喇沁旗二道河子村井水含氟高，请通自来水。', '二道河子村'],
  ['road', '修路', '𠮷祥路到柳树沟的路面破损，雨天积水。', '柳树沟'],
  ['wifi', '公交站装WiFi', '人民路公交站希望有 5G 和 Wi-Fi，ＥＶ充电桩也要。', '人民路'],
] as const;

const names = (found: readonly { readonly proposal: string }[]) =>
  found.map(({ proposal }) => proposal).sort();

describe('a search finds each text that holds what was typed, and no other', () => {
  it.each([
    ['氟', ['well']],
    ['灯', ['lamp']],
    ['楼', ['lift']],
    ['路', ['lamp', 'lift', 'road', 'wifi']],
    ['路灯', ['lamp']],
    ['东路', ['lift']],
    ['二道', ['well']],
    ['𠮷祥', ['road']],
    ['柳树沟', ['road']],
    ['喀喇沁', ['well']],
    ['文化东路', ['lift']],
    ['电梯 老人', ['lift']],
    ['老旧，小区', ['lift']],
    ['小区', ['lamp', 'lift']],
    ['灯路', []],
    ['wifi', ['wifi']],
    ['５Ｇ', ['wifi']],
    ['EV充电', ['wifi']],
    ['12号', ['lift']],
  ])('%s', (typed, expected) => {
    expect(names(index.find(typed))).toEqual(expected);
  });
});

it('a word in the title counts for more than one in the text', () => {
  put({
    proposal: 'by-the-way',
    cycle: 2027,
    title: '其他',
    text: '顺便说一句，路灯也要修。',
    place: '',
  });
  expect(index.find('路灯').map(({ proposal }) => proposal)).toEqual(['lamp', 'by-the-way']);
});

it('a search stays within a cycle where it is asked to, and within a number', () => {
  put({ proposal: 'older', cycle: 2026, title: '路灯', text: '路灯', place: '' });
  expect(names(index.find('路灯', { cycle: 2026 }))).toEqual(['older']);
  expect(index.find('路', { most: 2 })).toHaveLength(2);
});

it('proposals that say the like are found by what they have in common, the nearest first', () => {
  expect(index.similar('我们南门小区的路灯一直不亮，夜里太黑')[0]?.proposal).toBe('lamp');
  expect(index.similar('希望给老楼装电梯')[0]?.proposal).toBe('lift');
  expect(index.similar('全然无关之事')).toEqual([]);
});

it('what is sent is found in the one index and in nothing of the other', () => {
  const cleared = new SearchIndex(db, 'cleared');
  expect([...cleared.find('路灯'), ...cleared.similar('南门小区的路灯')]).toEqual([]);
  put({ proposal: 'lift', cycle: 2027, title: '加装电梯', text: '老楼加装电梯', place: '' }, cleared);
  expect(names(cleared.find('电梯'))).toEqual(['lift']);
});

describe('what somebody types is never more than words', () => {
  it.each([
    '"',
    '路灯" OR "电梯',
    "'); DROP TABLE sent_texts; --",
    '路灯 NEAR(电梯, 5)',
    'title : 路灯',
    '路灯*',
    '*',
    '^路灯',
    '-路灯',
    '{title text}: 灯',
    'AND',
    'NOT 路灯',
    '路灯 AND',
    '\0',
    '路\0灯',
    '\uD800',
    '灯'.repeat(10_000),
    'a '.repeat(10_000),
    '('.repeat(10_000),
  ])('%j', (typed) => {
    expect(() => [index.find(typed), index.similar(typed)]).not.toThrow();
  });

  it('whatever it is', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.constantFrom('路灯', '"', "'", '*', ' OR ', ' NEAR(', ')', '^', ':', '-', '\0', '氟'), {
          maxLength: 20,
        })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(nasty, (typed) => {
        for (const { proposal } of [...index.find(typed), ...index.similar(typed)])
          expect(TEXTS.some(([id]) => id === proposal)).toBe(true);
      }),
    );
  });

  it('operators are looked for as the words that they are', () => {
    expect(index.find('路灯 OR 电梯')).toEqual([]);
    expect(index.find('路灯" OR "电梯')).toEqual([]);
    put({ proposal: 'or', cycle: 2027, title: 'or', text: '路灯与电梯', place: '' });
    expect(names(index.find('路灯 OR 电梯'))).toEqual(['or']);
  });
});

it('any piece of an indexed text finds it', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'路灯小区东南西北𠮷a1，'),
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(letters, fc.nat(), fc.integer({ min: 1, max: 4 }), (text, from, length) => {
      put({ proposal: 'any', cycle: 2027, title: '', text, place: '' });
      const all = [...text];
      // A run of letters or digits is a word, and found whole.
      const piece = all.slice(from % all.length, (from % all.length) + length).join('');
      if (/^\p{Script=Han}+$/u.test(piece)) expect(names(index.find(piece))).toContain('any');
    }),
  );
});
