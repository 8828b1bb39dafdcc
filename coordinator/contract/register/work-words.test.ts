import { expect, it } from 'vitest';
import { LIGHTS, REASONS } from '../../register/model/work/light.ts';
import { monthText, percentText, whyLight } from './work-words.ts';
import type { ShownLight } from './works.ts';

const light = (more: Partial<ShownLight>): ShownLight => ({
  ...{ light: 'yellow', because: 'behind', planned: 500, actual: 325, month: '2027-06', part: null },
  ...more,
});

it('says why a light is yellow, with the numbers it was made of', () => {
  expect(whyLight(light({}), 'zh')).toBe('截至 2027 年 6 月：计划 50%，实际 32.5%，落后 17.5 个百分点');
  expect(whyLight(light({}), 'en')).toBe(
    'By the end of Jun 2027: planned 50%, done 32.5%, 17.5 points behind',
  );
  expect(whyLight(light({ because: 'report-overdue', month: '2027-05', planned: null }), 'zh')).toMatch(
    /^2027 年 5 月的月报逾期未报；此前已报进度 32.5%/,
  );
});

it('has a sentence in both languages for every reason, whatever numbers are missing', () => {
  for (const because of REASONS)
    for (const shade of LIGHTS)
      for (const language of ['zh', 'en'] as const) {
        const said = whyLight(
          light({ light: shade, because, planned: null, actual: null, month: null }),
          language,
        );
        expect(said).toMatch(/\S{4}|\S+ \S+/);
        expect(said).not.toMatch(/undefined|NaN|null/);
      }
});

it('a whole per cent has no place behind the point', () => {
  expect([percentText(500), percentText(1), percentText(0), monthText('2027-12', 'en')]).toEqual([
    ...['50%', '0.1%', '0%', 'Dec 2027'],
  ]);
});
