import { expect, it } from 'vitest';
import { Failures } from './failures.ts';

let now = 0;
const failures = new Failures({ burst: 3, perSecond: 1 }, () => now);

it('counts what fails, for each key by itself, and not what succeeds', () => {
  for (let i = 0; i < 20; i += 1) {
    const attempt = failures.try('a');
    expect(attempt.ok).toBe(true);
    if (attempt.ok) attempt.succeeded();
  }
  expect([1, 2, 3].map(() => failures.try('a').ok)).toEqual([true, true, true]);
  expect(failures.try('a')).toEqual({ ok: false, wait: 1000 });
  expect(failures.try('b').ok).toBe(true);
  now = 1000;
  expect(failures.try('a').ok).toBe(true);
  expect(failures.try('a').ok).toBe(false);
});

it('takes tries that are still going on for failures', () => {
  const going = [1, 2, 3].map(() => failures.try('c'));
  expect(failures.try('c').ok).toBe(false);
  for (const attempt of going) if (attempt.ok) attempt.succeeded();
  expect(failures.try('c').ok).toBe(true);
});

it('remembers so many keys and no more', () => {
  for (let i = 0; i < 3; i += 1) failures.try('first');
  for (let i = 0; i < 10_000; i += 1) failures.try(`${i}`);
  expect(failures.try('first').ok).toBe(true);
});
