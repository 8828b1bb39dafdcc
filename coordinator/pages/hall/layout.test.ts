import { expect, test } from 'vitest';
import { PAGE_MS, PER_SCREEN, pageAt, pagesOf, titleSize } from './layout.ts';

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

test('thirty entries stay on one screen; more are turned in even pages that lose and repeat none', () => {
  expect(pagesOf(numbers(PER_SCREEN))).toHaveLength(1);
  for (const n of [31, 59, 60, 61, 100]) {
    const pages = pagesOf(numbers(n));
    expect(pages.flat()).toEqual(numbers(n));
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(PER_SCREEN);
    expect(pages.every((page) => page.length > 0)).toBe(true);
  }
});

test('an empty list is one empty page', () => {
  expect(pagesOf([])).toEqual([[]]);
});

test('pages turn by themselves, from the first to the last and round again', () => {
  const shown = [0, PAGE_MS - 1, PAGE_MS, 2 * PAGE_MS, 3 * PAGE_MS].map((ms) => pageAt(ms, 3));
  expect(shown).toEqual([0, 0, 1, 2, 0]);
  expect(pageAt(7 * PAGE_MS, 1)).toBe(0);
});

test('a title stands on one line while that stays large, and takes more lines when it is long', () => {
  const vw = (characters: number) => Number(/, ([\d.]+)vw/.exec(titleSize('决'.repeat(characters), 9))?.[1]);
  expect(vw(20)).toBeCloseTo(92 / 20);
  expect(vw(25)).toBeLessThan(vw(20));
  // One line of forty characters would be too small to read, so that they get two.
  expect(vw(40)).toBeGreaterThan(92 / 40);
});
