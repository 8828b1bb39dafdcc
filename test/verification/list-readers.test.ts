import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { listText } from '../../shared/projects/list.ts';
import { readList } from '../../shared/projects/read-list.ts';
import { SAMPLE_LIST_TEXT } from '../support/list-sample.ts';

/** The reader that is written from the page of the format alone. */
const { readList: independent } = z
  .object({ readList: z.custom<(text: string) => unknown>((f) => typeof f === 'function') })
  .parse(await import(String(new URL('./independent-lists.mjs', import.meta.url))));

function isList(text: string): boolean {
  try {
    independent(text);
    return true;
  } catch {
    return false;
  }
}

/** What a line may become, and pieces that somebody could put into it. */
const PIECES = [
  '"',
  '\\',
  ',',
  '[',
  ']',
  '{',
  ' ',
  '\n',
  '0',
  '-1',
  '1e3',
  '.',
  'é',
  'e\u0301',
  '\u202e',
  'null',
];
const SPECIAL = [
  'part "1"',
  'title.en "x"',
  'title.zh ""',
  'summary.bo "x"',
  'areas.zh ["a","x"]',
  'from []',
  'co []',
  '',
];
const LINES = [...new Set(SAMPLE_LIST_TEXT.split('\n')), ...SPECIAL];

const change = fc.oneof(
  fc.record({ is: fc.constant('piece'), at: fc.nat(), with: fc.nat(PIECES.length - 1), cut: fc.nat(3) }),
  fc.record({ is: fc.constant('line'), at: fc.nat(), with: fc.nat(LINES.length - 1), cut: fc.nat(1) }),
  fc.record({ is: fc.constant('swap'), at: fc.nat(), with: fc.nat(), cut: fc.nat(1) }),
);

it('both readers take the same texts for lists, and what is one has one spelling', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const text = changes.reduce((now, { is, at, with: other, cut }) => {
        if (is === 'piece') {
          const i = at % now.length;
          return now.slice(0, i) + PIECES[other] + now.slice(i + cut);
        }
        const lines = now.split('\n');
        const i = at % lines.length;
        if (is === 'line') return lines.toSpliced(i, cut, LINES[other] ?? '').join('\n');
        const j = other % lines.length;
        return lines
          .with(i, lines[j] ?? '')
          .with(j, lines[i] ?? '')
          .join('\n');
      }, SAMPLE_LIST_TEXT);
      const list = readList(text);
      expect(isList(text), JSON.stringify(text)).toBe(list !== null);
      if (list) {
        expect(listText(list)).toBe(text);
        taken += 1;
      }
    }),
    { numRuns: Number(process.env.LIST_RUNS ?? 3000) },
  );
  // Some changes leave a list.
  expect(taken).toBeGreaterThan(20);
});
