import { describe, expect, it } from 'vitest';
import { breaches, breachesOfAll, latency, percentile, type Row } from './figures.ts';
import { table } from './table.ts';

const PHASE = { rss: 200e6, loopP99: 20, loopMax: 30 };
const QUIET = { ballots: 500, median: 5, p99: 40, max: 60 };
const GOOD: Row = {
  attack: 'x',
  seed: 1,
  seconds: 10,
  connections: 1,
  packets: 1,
  bytes: 1,
  seen: {},
  strangers: { entries: 1, bytes: 999_999 },
  rogues: { entries: 9_999, bytes: 9_999_999 },
  before: PHASE,
  during: { ...PHASE, rss: 900e6 },
  after: { ...PHASE, rss: 239e6 },
  quiet: QUIET,
  attacked: { ...QUIET, p99: 199 },
  deaths: [],
  isYoung: false,
  endsTheProcess: false,
  findings: [],
};

describe('figures', () => {
  it('gives the value below which a share lies, and of nothing 0', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect([0.5, 0.99, 1].map((p) => percentile(hundred, p))).toEqual([50, 99, 100]);
    expect(percentile([7], 0.5)).toBe(7);
    expect(percentile([], 0.99)).toBe(0);
  });

  it('sorts by size and not by spelling', () => {
    expect(latency([100, 9, 20])).toEqual({ ballots: 3, median: 20, p99: 100, max: 100 });
  });
});

describe('bounds', () => {
  it('hold for a hall that was slower, but not too slow, and came back', () => {
    expect(breachesOfAll([GOOD])).toEqual([]);
  });

  it.each<[string, Partial<Row>, RegExp]>([
    ['a coordinator that ended', { deaths: ['SIGSEGV'] }, /ended: SIGSEGV/],
    ['ballots five times slower', { attacked: { ...QUIET, p99: 201 } }, /p99 201 ms beside 40 ms/],
    ['a hall in which hardly anybody could vote', { attacked: { ...QUIET, ballots: 20 } }, /only 20 honest/],
    ['memory that stays', { after: { ...PHASE, rss: 241e6 } }, /memory 241 MB after, 200 MB before/],
    ['what the attack found itself', { findings: ['no sign-in'] }, /no sign-in/],
  ])('name %s', (_, change, what) => {
    expect(breaches({ ...GOOD, ...change })).toEqual([expect.stringMatching(what)]);
  });

  it('take what is fast for anybody as fast, and few ballots as no measure', () => {
    const fast = { ...GOOD, quiet: { ...QUIET, p99: 5 }, attacked: { ...QUIET, p99: 99 } };
    expect(breaches(fast)).toEqual([]);
    const few = { ...QUIET, ballots: 10 };
    expect(breaches({ ...GOOD, quiet: few, attacked: { ...few, p99: 9_000 } })).toEqual([]);
  });

  it('let a coordinator that has just started grow', () => {
    expect(breaches({ ...GOOD, isYoung: true, after: { ...PHASE, rss: 300e6 } })).toEqual([]);
    expect(breaches({ ...GOOD, isYoung: true, after: { ...PHASE, rss: 310e6 } })).toHaveLength(1);
  });

  it('are about the whole sitting for what strangers write', () => {
    expect(breachesOfAll([GOOD, GOOD])).toEqual([expect.stringMatching(/2\.00 MB/)]);
  });

  it('ask of an attack that ends the process neither speed nor memory', () => {
    const killed = {
      ...GOOD,
      endsTheProcess: true,
      attacked: { ...QUIET, p99: 9_000 },
      after: { ...PHASE, rss: 1e9 },
    };
    expect(breaches(killed)).toEqual([]);
  });
});

it('the table has a line a row, its columns under each other', () => {
  const lines = table([GOOD, { ...GOOD, attack: 'a-longer-name' }]).split('\n');
  expect(lines).toHaveLength(3);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});
