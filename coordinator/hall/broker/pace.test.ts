import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { HandClock } from '../../../test/support/hand-clock.ts';
import { Pace } from './pace.ts';

let clock: HandClock;
let pace: Pace;
let log: string[];
let turns: string[];

beforeEach(() => {
  clock = new HandClock();
  log = [];
  turns = [];
  pace = new Pace(clock.mono, clock.after, pino({}, { write: (line: string) => log.push(line) }));
});

/** Asks for `count` turns; what comes of each is written down as it comes. */
async function ask(terminal: string, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1)
    void pace.turn(terminal).then((isDue) => turns.push(`${terminal} ${isDue}`));
  await settled();
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const count = (turn: string) => turns.filter((each) => each === turn).length;

async function pass(ms: number): Promise<void> {
  clock.pass(ms);
  await settled();
}

describe('the pace of a terminal', () => {
  it('is 60 at once, then four a second, and nothing that waits is lost', async () => {
    await ask('T1', 80);
    expect(count('T1 true')).toBe(60);
    await pass(999);
    expect(count('T1 true')).toBe(63);
    await pass(1);
    expect(count('T1 true')).toBe(64);
    await pass(4_000);
    expect(turns).toEqual(Array.from({ length: 80 }, () => 'T1 true'));
    expect(log).toEqual([]);
  });

  it('slows no other terminal', async () => {
    await ask('T1', 90);
    await ask('T2', 60);
    expect(count('T2 true')).toBe(60);
  });

  it('lets nothing wait longer than 8 s, says so once, and again when it was slow in between', async () => {
    await ask('T1', 60 + 32 + 5);
    expect(count('T1 false')).toBe(5);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('"terminal":"T1"');
    await pass(250);
    await ask('T1', 2);
    expect(count('T1 false')).toBe(6);
    expect(log).toHaveLength(1);
    await pass(60_000);
    await ask('T1', 60 + 32 + 1);
    expect(log).toHaveLength(2);
  });

  it('ends: who waits is told so at once, and no timer is left', async () => {
    await ask('T1', 62);
    pace.stop();
    await ask('T1', 1);
    expect(turns.slice(60)).toEqual(['T1 false', 'T1 false', 'T1 false']);
    expect(clock.timers).toBe(0);
  });
});
