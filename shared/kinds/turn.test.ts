import { expect, it } from 'vitest';
import { turnsOf } from './turn.ts';

it('tells a first vote, a vote held anew, a runoff and a vote for open places apart', () => {
  expect(turnsOf({ id: 'm1' }, 'm1/1')).toEqual([]);
  expect(turnsOf({ id: 'm1' }, null)).toEqual([]);
  expect(turnsOf({ id: 'm1' }, 'm1/2')).toEqual(['again']);
  expect(turnsOf({ id: 'm1-r1', follows: 'm1/1' }, 'm1-r1/1')).toEqual(['runoff']);
  expect(turnsOf({ id: 'm1-s2', follows: 'm1/2' }, null)).toEqual(['open-places']);
  expect(turnsOf({ id: 'm1-r1-s1', follows: 'm1-r1/1' }, 'm1-r1-s1/12')).toEqual(['open-places', 'again']);
});

it('counts no rehearsal, and takes no name for more than it is', () => {
  expect(turnsOf({ id: 'm1' }, 'm1/t3')).toEqual([]);
  expect(turnsOf({ id: 'budget-r1' }, 'budget-r1/1')).toEqual([]);
});
