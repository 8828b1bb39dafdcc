import { describe, expect, it } from 'vitest';
import { Failures } from '../failures.ts';
import { attempt, type Trying } from './sign-in-attempts.ts';

function bench() {
  const clock = { now: 0 };
  const failures = new Failures({ burst: 3, perSecond: 1 }, () => clock.now);
  const by = (trying: Partial<Trying>) =>
    attempt(failures, { person: 'chair', address: '10.0.0.1', device: null, ...trying });
  return { clock, by };
}
const times = (count: number) => Array.from({ length: count }, (_, i) => i);

it('beyond an allowance attempts wait in the slow line, and are told how long', () => {
  const { clock, by } = bench();
  expect(times(4).map(() => by({}).lane)).toEqual(['stranger', 'stranger', 'stranger', 'slow']);
  expect(by({}).wait).toBe(1000);
  clock.now = 1000;
  expect(by({})).toMatchObject({ lane: 'stranger', wait: 0 });
});

it('counts by address, whoever they try to be', () => {
  const { by } = bench();
  const lanes = times(4).map((i) => by({ person: `p${i}` }).lane);
  expect(lanes).toEqual(['stranger', 'stranger', 'stranger', 'slow']);
  expect(by({ person: 'p9', address: '10.0.0.2' }).lane).toBe('stranger');
});

it('counts by person, wherever it is tried from', () => {
  const { by } = bench();
  const lanes = times(4).map((i) => by({ address: `10.0.1.${i}` }).lane);
  expect(lanes).toEqual(['stranger', 'stranger', 'stranger', 'slow']);
  expect(by({ person: 'operator', address: '10.0.2.1' }).lane).toBe('stranger');
});

it('what succeeds costs nothing', () => {
  const { by } = bench();
  for (const _ of times(20)) {
    const each = by({});
    expect(each.lane).toBe('stranger');
    each.succeeded();
  }
});

describe('a device on which the person has signed in', () => {
  it('is not slowed down by others, however many try to be that person, even from its address', () => {
    const { by } = bench();
    for (const i of times(50)) by({ address: i % 2 === 0 ? '10.0.0.1' : `10.0.1.${i}` });
    expect(by({}).lane).toBe('slow');
    expect(by({ device: 'tablet' })).toMatchObject({ lane: 'known', wait: 0 });
  });

  it('has an allowance too, and is then as any other', () => {
    const { by } = bench();
    expect(times(7).map(() => by({ device: 'tablet' }).lane)).toEqual([
      ...times(3).map(() => 'known'),
      ...times(3).map(() => 'stranger'),
      'slow',
    ]);
  });

  it('is known for that person only', () => {
    const { by } = bench();
    for (const _ of times(3)) by({ device: 'tablet' });
    expect(by({ device: 'tablet', person: 'operator' }).lane).toBe('known');
  });
});
