import { expect, it } from 'vitest';
import { HashQueue, type Lane } from './hash-queue.ts';

/** A queue whose work ends when told, and whose time is set by hand. */
function bench() {
  const clock = { now: 0 };
  const timers: (() => void)[] = [];
  const queue = new HashQueue(
    () => clock.now,
    (_ms, then) => {
      timers.push(then);
      return () => {};
    },
  );
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (lane: Lane, name: string) =>
    queue.run(lane, () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.push(() => resolve(name)));
    });
  /** Ends what is being done. */
  const end = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { clock, timers, begun, ask, end };
}

it('does one thing at a time, for known devices first, and gives back what came of it', async () => {
  const { ask, begun, end } = bench();
  const first = ask('stranger', 'a');
  void ask('stranger', 'b');
  void ask('known', 'c');
  expect(begun).toEqual(['a']);
  await end();
  expect(await first).toBe('a');
  expect(begun).toEqual(['a', 'c']);
  await end();
  expect(begun).toEqual(['a', 'c', 'b']);
});

it('has so many places in each lane, so that strangers take none of a known device’s', async () => {
  const { ask, begun, end } = bench();
  for (let i = 0; i < 9; i += 1) expect(ask('stranger', `${i}`)).not.toBeNull();
  expect(ask('stranger', 'too many')).toBeNull();
  expect(ask('known', 'the chair')).not.toBeNull();
  await end();
  expect(begun).toEqual(['0', 'the chair']);
});

it('serves those of whom too many have failed once in a while, when nobody else waits', async () => {
  const { clock, timers, ask, begun, end } = bench();
  void ask('slow', 'a');
  void ask('slow', 'b');
  await end();
  expect(begun).toEqual(['a']);
  void ask('stranger', 'c');
  await end();
  expect(begun).toEqual(['a', 'c']);
  clock.now = 5_000;
  timers[0]?.();
  expect(begun).toEqual(['a', 'c', 'b']);
});

it('goes on after work that failed', async () => {
  const { ask, begun } = bench();
  const queue = new HashQueue(
    () => 0,
    () => () => {},
  );
  await expect(queue.run('known', () => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
  expect(await queue.run('known', async () => 'well')).toBe('well');
  expect(ask('known', 'x')).not.toBeNull();
  expect(begun).toEqual(['x']);
});
