import { beforeEach, expect, it } from 'vitest';
import { Attempts, type Outcome, outcomeOf } from './offered-steps.ts';

let pauses: (() => void)[];
let attempts: Attempts;
let tries: string[];
const take = (outcome: Outcome, state = 'a') =>
  attempts.take('step', state, async () => {
    tries.push(outcome);
    return outcome;
  });

beforeEach(() => {
  pauses = [];
  tries = [];
  attempts = new Attempts((then) => pauses.push(then));
});

it('takes a step again that failed, after a pause', async () => {
  await take('failed');
  await take('done');
  expect(tries).toEqual(['failed']);
  pauses.pop()?.();
  await take('done');
  expect(tries).toEqual(['failed', 'done']);
});

it('takes a step no more that is done', async () => {
  await take('done');
  await take('done', 'b');
  attempts.again();
  await take('done', 'c');
  expect(tries).toEqual(['done']);
});

it('leaves a step alone that was refused, until the state is another or somebody asks', async () => {
  await take('refused');
  await take('refused');
  expect(pauses).toEqual([]);
  expect(tries).toEqual(['refused']);
  await take('refused', 'b');
  await take('refused', 'b');
  expect(tries).toHaveLength(2);
  attempts.again();
  await take('done', 'b');
  expect(tries).toEqual(['refused', 'refused', 'done']);
});

it('takes a step once at a time, and again after a fault', async () => {
  const both = [take('done'), take('done')];
  await Promise.all(both);
  expect(tries).toEqual(['done']);
  const fault = attempts.take('other', 'a', async () => {
    throw new Error('a fault');
  });
  await expect(fault).rejects.toThrow('a fault');
  expect(attempts.isOpen('other', 'a')).toBe(false);
  pauses.pop()?.();
  expect(attempts.isOpen('other', 'a')).toBe(true);
});

it('tells what was not heard from what was refused, and from what had been done already', () => {
  const no = (reason: string) => outcomeOf({ ok: false, reason, text: { zh: '', en: '' } });
  expect(outcomeOf({ ok: true })).toBe('done');
  expect(['offline', 'unavailable', 'signed-out'].map(no)).toEqual(['failed', 'failed', 'failed']);
  expect(['share-given', 'contributed-already'].map(no)).toEqual(['done', 'done']);
  expect(['bad-contribution', 'wrong-share'].map(no)).toEqual(['refused', 'refused']);
});
