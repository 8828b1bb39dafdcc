import { expect, test } from 'vitest';
import { manualClock } from '../machine/clock.ts';
import { ScreenWatch } from './screen-watch.ts';

test('a page that is not drawn for a minute is told of once, and once more when it is back', () => {
  const clock = manualClock();
  const told: boolean[] = [];
  const watch = new ScreenWatch(clock, (isLost) => told.push(isLost));
  expect(watch.state).toEqual({ is: 'starting', seconds: 0, build: null });
  for (let n = 0; n < 20; n += 1) {
    clock.advance(5_000);
    watch.drawn('b1');
  }
  expect(told).toEqual([]);
  expect(watch.state).toEqual({ is: 'drawn', seconds: 95, build: 'b1' });
  clock.advance(120_000);
  expect(told).toEqual([true]);
  expect(watch.state).toEqual({ is: 'lost', seconds: 120, build: 'b1' });
  watch.drawn('b2');
  clock.advance(5_000);
  expect(told).toEqual([true, false]);
  expect(watch.state).toEqual({ is: 'drawn', seconds: 5, build: 'b2' });
  watch.stop();
});
