import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

it('a thousand a minute from one address keep nobody out elsewhere', () => {
  let now = 0;
  const pace = new Pace(() => now);
  let taken = 0;
  for (let n = 0; n < 1_000; n += 1) {
    now += 60;
    if (pace.take('flood').ok) taken += 1;
    if (n % 100 === 0) expect(pace.take(`honest ${n}`)).toEqual({ ok: true });
  }
  expect(taken).toBeLessThan(25);
  expect(pace.take('flood')).toMatchObject({ ok: false, wait: expect.any(Number) });
});

it('nor do a thousand addresses with one a minute each, for an hour: whoever comes new has a measure of their own', () => {
  let now = 0;
  const pace = new Pace(() => now);
  let taken = 0;
  for (let minute = 0; minute < 60; minute += 1) {
    for (let n = 0; n < 1_000; n += 1) {
      now += 60;
      if (pace.take(`flood ${n}`).ok) taken += 1;
    }
    for (let n = 0; n < 20; n += 1) expect(pace.take(`honest ${minute} ${n}`)).toEqual({ ok: true });
  }
  // All of them once, and then two a second.
  expect(taken).toBeLessThan(1_000 + 200 + 2 * 3_600 + 1);
});
