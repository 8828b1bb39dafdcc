import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as terms from './terms.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Every term's Chinese. */
function everyWord(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh' in value && typeof value.zh === 'string') return [value.zh];
  return Object.values(value).flatMap(everyWord);
}
const { MARK_TERMS, LOOP_TERMS, ...tables } = terms;
/** `选` alone also stands on a key, `政府办` is also an office, and `筛选` what a filter does: other words there. */
const WORDS = new Set(Object.values(tables).flatMap(everyWord));

/** Names of columns in files that people write are the files’ own words; `held-election` is a sample for tests. */
const ITS_OWN =
  /^coordinator\/config\/|^coordinator\/rehearsal\/sample\/|^terminal\/rehearsal\/fleet-files\.ts$|^shared\/belenios\/held-election\.ts$/;

test('a word of the trade stands in the table of terms and nowhere else', () => {
  const sources = ['shared', 'terminal', 'coordinator']
    .flatMap((room) =>
      readdirSync(`${ROOT}/${room}`, { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
    )
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|\/testing\/|\/terms\.ts$/.test(name))
    .filter((name) => !ITS_OWN.test(name));
  expect(sources.length).toBeGreaterThan(150);
  const again = sources.flatMap((name) =>
    [...readFileSync(`${ROOT}/${name}`, 'utf8').matchAll(/'([^'\n]+)'/g)]
      .filter(([, word]) => WORDS.has(word ?? ''))
      .map(([, word]) => `${name}: ${word}`),
  );
  expect(again).toEqual([]);
});

test('a term is said in Chinese where a language has no such term, and heads a column with a capital', () => {
  const term = { zh: '赞成', en: 'for', bo: 'འཐད།' };
  expect([terms.label(term, 'bo'), terms.label(term, 'ug'), terms.label(term, 'en')]).toEqual([
    'འཐད།',
    '赞成',
    'For',
  ]);
  expect(terms.labels(terms.OPTION_TERMS, 'mn-Mong')).toEqual({
    for: '赞成',
    against: '反对',
    abstain: '弃权',
  });
});
