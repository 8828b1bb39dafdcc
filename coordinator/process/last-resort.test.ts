import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { HandClock } from '../../test/support/hand-clock.ts';
import { lastResort } from './last-resort.ts';

let clock: HandClock;
let log: string[];
let ends: number;
beforeEach(() => {
  clock = new HandClock();
  log = [];
  ends = 0;
});

const resort = (isSound: () => Promise<boolean> = async () => true) =>
  lastResort({
    log: pino({}, { write: (line: string) => log.push(line) }),
    now: clock.mono,
    after: clock.after,
    isSound,
    end: () => {
      ends += 1;
    },
  });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('an exception nobody caught', () => {
  it('is recorded with its stack, as fatal, and the process lives', async () => {
    resort()(new Error('leaked'));
    await settled();
    clock.pass(60_000);
    expect(ends).toBe(0);
    expect(log.join()).toMatch(/"level":60.*leaked.*last-resort\.test/);
  });

  it('ends the process where the hall no longer works, or does not answer', async () => {
    resort(async () => false)(new Error('leaked'));
    await settled();
    expect(ends).toBe(1);
    resort(async () => {
      throw new Error('no answer');
    })('not even an error');
    await settled();
    expect(ends).toBe(2);
    resort(() => new Promise(() => {}))(new Error('leaked'));
    await settled();
    expect(ends).toBe(2);
    clock.pass(2_000);
    expect(ends).toBe(3);
  });

  it('ends the process the sixth time within a minute, and not where they come one by one', async () => {
    const leak = resort();
    for (let n = 0; n < 20; n += 1) {
      leak(new Error('leaked'));
      await settled();
      clock.pass(12_001);
    }
    expect(ends).toBe(0);
    for (let n = 0; n < 2; n += 1) leak(new Error('leaked'));
    expect(ends).toBe(1);
  });

  it('ends the process at once where the database is broken', () => {
    const corrupt = Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT_VTAB' });
    resort()(corrupt);
    expect(ends).toBe(1);
  });
});
