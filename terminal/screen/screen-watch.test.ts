import { expect, test } from 'vitest';
import { manualClock } from '../clock.ts';
import { ScreenWatch } from './screen-watch.ts';

test('a page that is not drawn for a minute is told of once, and once more when it is back', () => {
  const clock = manualClock();
  const told: boolean[] = [];
  const watch = new ScreenWatch(clock, (isLost) => told.push(isLost));
  for (let n = 0; n < 20; n += 1) {
    clock.advance(5_000);
    watch.drawn();
  }
  expect(told).toEqual([]);
  clock.advance(120_000);
  expect(told).toEqual([true]);
  watch.drawn();
  clock.advance(5_000);
  expect(told).toEqual([true, false]);
  watch.stop();
});
