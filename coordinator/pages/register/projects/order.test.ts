import { expect, it } from 'vitest';
import { moved, orderOf, surplusOf } from './order.ts';

it('one is moved, and the others keep their order', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c']);
  expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
});

it('who is a candidate no longer leaves the order, and a new one comes last', () => {
  expect(orderOf(['c', 'x', 'a'], ['a', 'b', 'c'])).toEqual(['c', 'a', 'b']);
});

it.each([
  [12, 10, { more: 2, percent: 20 }],
  [30, 24, { more: 6, percent: 25 }],
  [20, 10, { more: 10, percent: 100 }],
  [10, 10, null],
  [3, 0, null],
  [3, 1.5, null],
])('%i candidates for %d places', (candidates, places, surplus) => {
  expect(surplusOf(candidates, places)).toEqual(surplus);
});
