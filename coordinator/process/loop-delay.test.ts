import { expect, it } from 'vitest';
import { LoopDelay } from './loop-delay.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets timers be on time, holds them up for a moment, and lets them go on. */
async function held(): Promise<void> {
  await pause(30);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
  await pause(30);
}

it('says how late timers were since it was last asked, and watches no more once it is stopped', async () => {
  const delay = new LoopDelay();
  await held();
  expect(delay.read().max).toBeGreaterThan(30);
  delay.stop();
  delay.read();
  await held();
  expect(delay.read().max).toBe(0);
  delay.stop();
});
