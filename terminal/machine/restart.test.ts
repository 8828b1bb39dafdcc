import { expect, test } from 'vitest';
import { manualClock } from './clock.ts';
import { RestartWatch } from './restart.ts';

function watch() {
  const clock = manualClock();
  const seen = { isThere: true, restarts: 0 };
  const made = new RestartWatch(
    clock,
    () => seen.isThere,
    () => {
      seen.restarts += 1;
    },
  );
  return { clock, seen, watch: made };
}
const FAULT = { is: 'fault', what: 'unplugged', isFinal: true } as const;

test('a panel that worked is tried again when its fault has been shown, and when it is plugged in again', () => {
  const { clock, seen, watch: made } = watch();
  made.look({ is: 'ready' });
  seen.isThere = false;
  made.look(FAULT);
  clock.advance(60_000);
  expect(seen.restarts).toBe(0);
  seen.isThere = true;
  clock.advance(1_000);
  expect(seen.restarts).toBe(1);
  clock.advance(60_000);
  expect(seen.restarts).toBe(1);
});

test('a panel that never worked is tried every half minute, not at once', () => {
  const { clock, seen, watch: made } = watch();
  made.look(FAULT);
  clock.advance(29_000);
  expect(seen.restarts).toBe(0);
  clock.advance(2_000);
  expect(seen.restarts).toBe(1);
});

test('a stuck key, and a seat without a panel, are no reason', () => {
  const { clock, seen, watch: made } = watch();
  made.look({ is: 'none' });
  made.look({ is: 'fault', what: 'key 1 is stuck' });
  clock.advance(120_000);
  expect(seen.restarts).toBe(0);
});
