import { expect, it } from 'vitest';
import { offered } from './group-match.ts';

const all = [
  { id: 'a', name: '周敏', fields: [] },
  { id: 'b', name: '吴刚', fields: ['housing', 'health'] },
  { id: 'c', name: '冯宁', fields: ['schooling'] },
  { id: 'd', name: '韩梅', fields: ['housing'] },
];
const ids = (category: string, chosen: readonly string[], typed = '') =>
  offered(all, category, new Set(chosen), typed)
    .map(({ id }) => id)
    .join('');

it('whoever knows the project’s category comes first, behind who is chosen already', () => {
  expect(ids('housing', [])).toBe('bdac');
  expect(ids('schooling', ['d'])).toBe('dcab');
  expect(ids('work', [])).toBe('abcd');
});

it('looking for a name leaves who is chosen in sight', () => {
  expect(ids('housing', ['c'], '梅')).toBe('cd');
  expect(ids('housing', [], 'B')).toBe('b');
});
