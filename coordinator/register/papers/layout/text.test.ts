import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dateText, printable, shortened } from './text.ts';
import { ordinal } from './words.ts';

const seen = (text: string) => text.replaceAll('\u200B', '');

it.each([
  ['control characters', 'a\u0000b\u001Bc', 'a\uFFFDb\uFFFDc'],
  ['marks that turn the direction', 'fdp.\u202Eexe', 'fdp.\uFFFDexe'],
  ['what joins and is not seen', 'a\u200Bb\u2060', 'a\uFFFDb\uFFFD'],
  ['halves of a pair', '\uD83D \uDE00', '\uFFFD \uFFFD'],
  ['line ends of other systems', 'a\r\nb\rc', 'a\nb\nc'],
])('%s are seen or replaced', (_what, text, printed) => {
  expect(printable(text)).toBe(printed);
});

it.each(['𠮷㐂䶮', '😀', '#eval("1")', 'ཏ ئ', 'é'])('%s stays as it is', (text) => {
  expect(printable(text)).toBe(text);
});

it('lines may end within what is longer than any word, in an address at its signs first', () => {
  expect(printable('W'.repeat(30))).toBe(Array.from({ length: 5 }, () => 'WWWWWW').join('\u200B'));
  expect(printable('https://a.example/follow/2027-7K3QM0A')).toBe(
    'https:/\u200B/\u200Ba.\u200Bexample/\u200Bfollow/\u200B2027-\u200B7K3QM0A',
  );
  expect(printable('infrastructure')).toBe('infrastructure');
});

it('whatever is printed says what was written, and nothing else can hide in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const printed = printable(text);
      expect(seen(printed)).not.toMatch(/[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]|\p{Cs}/u);
      expect(printable(seen(printed))).toBe(printed);
    }),
  );
});

it('long texts are shortened by characters, not by halves of them', () => {
  expect(shortened('一二\n三', 4)).toBe('一二 三');
  expect(shortened('𠮷𠮷𠮷𠮷', 3)).toBe('𠮷𠮷…');
});

it('dates have no zero before a figure', () => {
  expect(dateText('2026-09-03', 'zh')).toBe('2026年9月3日');
  expect(dateText('2026-09-03', 'en')).toBe('3 September 2026');
});

it.each([
  [1, '一、'],
  [10, '十、'],
  [11, '十一、'],
  [20, '二十、'],
  [43, '四十三、'],
  [100, '一百、'],
])('section %i is %s', (n, zh) => {
  expect(ordinal(n, 'zh')).toBe(zh);
  expect(ordinal(n, 'en')).toBe(`${n}. `);
});
