import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, takeToken, throttle } from './token-bucket.ts';

const RATE = { burst: 3, perSecond: 2 };
const FULL: Bucket = { tokens: 3, at: 0 };

/** The waits of takes at these times, one after another; null where nothing was to be had. */
function waits(times: readonly number[], patience: number): (number | null)[] {
  let bucket = FULL;
  return times.map((now) => {
    const taken = takeToken(RATE, bucket, now, patience);
    if (taken) bucket = taken.bucket;
    return taken?.wait ?? null;
  });
}

describe('a token bucket', () => {
  it('gives the burst at once, then one each half second, and none beyond the patience', () => {
    expect(waits([0, 0, 0, 0, 0, 0], 1000)).toEqual([0, 0, 0, 500, 1000, null]);
  });

  it('takes nothing where the wait would be too long', () => {
    expect(waits([0, 0, 0, 0, 0, 0, 500], 1000)).toEqual([0, 0, 0, 500, 1000, null, 1000]);
  });

  it('is full again after a rest, and not fuller', () => {
    expect(waits([0, 0, 0, 0, 60_000, 60_000, 60_000, 60_000], 0)).toEqual([0, 0, 0, null, 0, 0, 0, null]);
  });

  it('never lets more through in any time than the burst and the rate allow, in the order they came', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 10_000 }), (between, patience) => {
        let now = 0;
        const times = between.map((gap) => {
          now += gap;
          return now;
        });
        const due = waits(times, patience).flatMap((wait, i) =>
          wait === null ? [] : [(times[i] ?? 0) + wait],
        );
        due.forEach((from, i) => {
          expect(from).toBeGreaterThanOrEqual(due[i - 1] ?? 0);
          for (let j = i; j < due.length; j += 1)
            expect(j - i + 1).toBeLessThanOrEqual(3 + (((due[j] ?? 0) - from) / 1000) * 2 + 1e-6);
        });
      }),
    );
  });
});

it('a throttle allows the burst, then what time brings', () => {
  let now = 1_000;
  const isAllowed = throttle(RATE, () => now);
  expect([isAllowed(), isAllowed(), isAllowed(), isAllowed()]).toEqual([true, true, true, false]);
  now += 499;
  expect(isAllowed()).toBe(false);
  now += 1;
  expect([isAllowed(), isAllowed()]).toEqual([true, false]);
});
