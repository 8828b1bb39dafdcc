import { expect, it } from 'vitest';
import { selectionMotion } from '../parts/testing/sample-motions.ts';
import { listFacts } from './chair-facts.ts';
import { chairWords } from './chair-words.ts';

it('a motion on a frozen list names it by the fingerprint that people compare; another motion names none', () => {
  const motion = selectionMotion('m', 4, 2);
  expect(listFacts(motion, chairWords.zh)).toEqual([]);
  const list = '0123456789abcdef'.repeat(4);
  expect(listFacts({ ...motion, list }, chairWords.zh)).toEqual([
    ['候选项目清单指纹', '0123 4567 89ab cdef'],
  ]);
});
