import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MachineClock } from '../process/clock.ts';
import { SessionBook } from './session-book.ts';

const HOUR = 60 * 60 * 1000;
const LIMITS = { idleMs: 20 * HOUR, mostMs: 12 * HOUR };

let folder: string;
let file: string;
let reported: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-sessions-'));
  file = join(folder, 'sessions.json');
  reported = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A machine whose clocks stand at these times. */
function at(boot: string, mono: number, wall: number): MachineClock {
  return { boot, mono: () => mono, wall: () => wall };
}

function start(machine: MachineClock, limits = LIMITS): SessionBook {
  const report = (what: string, error: unknown) => reported.push(`${what}: ${error}`);
  return new SessionBook({
    file,
    random: randomBytes,
    machine,
    after: () => () => {},
    report,
    limits: () => limits,
  });
}

const come = (book: SessionBook, person = 'chair') =>
  book.open({ person, browser: 'b', address: 'a', held: false });

it('a session is its person’s, survives a start, and ends with its day', () => {
  const token = come(start(at('boot', 1000, 5_000_000)));
  const again = start(at('boot', 1000 + LIMITS.mostMs - 1, 1));
  expect(again.of(token)).toMatchObject({ person: 'chair' });
  expect(again.of(`${token}x`)).toBeNull();
  expect(again.of(undefined)).toBeNull();
  expect(start(at('boot', 1000 + LIMITS.mostMs, 1)).of(token)).toBeNull();
});

describe('after another boot, when the monotonic clock begins anew,', () => {
  it('the wall clock says what time has passed', () => {
    const token = come(start(at('one', 90 * HOUR, 1000 * HOUR)));
    expect(start(at('two', 0, 1011 * HOUR)).of(token)).not.toBeNull();
    expect(start(at('two', 0, 1013 * HOUR)).of(token)).toBeNull();
  });

  it('a clock that was set back ends nothing and revives nothing', () => {
    const token = come(start(at('one', 0, 1000 * HOUR)));
    const back = start(at('two', 0, 1 * HOUR));
    expect(back.of(token)).not.toBeNull();
    come(back, 'another');
    expect(start(at('two', LIMITS.mostMs, 1 * HOUR)).of(token)).toBeNull();
  });
});

it('idleness counts from what was done last, and a vote that is open holds its people’s sessions', () => {
  let mono = 0;
  const limits = { idleMs: HOUR, mostMs: 12 * HOUR };
  const book = start({ boot: 'b', mono: () => mono, wall: () => mono }, limits);
  const [chair, auditor] = [come(book), come(book, 'auditor')];
  mono = HOUR - 1;
  book.used(book.of(chair)?.id ?? '');
  mono = HOUR;
  expect([book.of(chair) === null, book.of(auditor) === null]).toEqual([false, true]);
  book.hold(new Set(['chair']));
  mono = 40 * HOUR;
  expect(book.isHeld('chair')).toBe(true);
  expect(book.of(chair)).not.toBeNull();
  book.hold(new Set());
  mono = 41 * HOUR - 1;
  expect(book.of(chair)).not.toBeNull();
  mono = 41 * HOUR;
  expect(book.of(chair)).toBeNull();
});

it('what was ended stays ended, and says how many it was', () => {
  const machine = at('boot', 0, 0);
  const book = start(machine);
  const [one, two, other] = [come(book), come(book), come(book, 's1')];
  expect(book.end('s1', book.of(one)?.id ?? '')).toBe(0);
  expect(book.end('chair', book.of(one)?.id ?? '')).toBe(1);
  const again = start(machine);
  expect([one, two, other].map((token) => again.of(token)?.person ?? null)).toEqual([null, 'chair', 's1']);
  expect(again.endBut('chair', null)).toBe(1);
  expect(start(machine).of(two)).toBeNull();
});

it('is readable by its owner alone, and holds neither a token nor the name of a device', () => {
  const book = start(at('boot', 0, 0));
  const token = come(book);
  const device = book.learn(undefined, 'chair') ?? '';
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(token);
  expect(readFileSync(file, 'utf8')).not.toContain(device);
});

describe('a device', () => {
  it('is known for whom it was named for, and named once however many people sign in on it', () => {
    const book = start(at('boot', 0, 0));
    const name = book.learn(undefined, 'chair') ?? '';
    expect(name).toMatch(/^[\w-]{43}$/);
    expect(book.learn(name, 'chair')).toBeNull();
    expect([book.isKnown(name, 'chair'), book.isKnown(name, 'operator')]).toEqual([true, false]);
    expect(book.learn(name, 'operator')).toBeNull();
    expect(start(at('boot', 0, 0)).isKnown(name, 'operator')).toBe(true);
    book.forgetDevices('chair');
    expect([book.isKnown(name, 'chair'), book.isKnown(name, 'operator')]).toEqual([false, true]);
  });

  it('whose name nobody gave it gets another', () => {
    const book = start(at('boot', 0, 0));
    expect(book.learn('made-up', 'chair')).toMatch(/^[\w-]{43}$/);
    expect(book.isKnown('made-up', 'chair')).toBe(false);
  });

  it('is forgotten where a person has signed in on thirty others since', () => {
    let mono = 0;
    const book = start({ boot: 'b', mono: () => mono, wall: () => mono });
    const names = Array.from({ length: 31 }, () => {
      mono += 1;
      return book.learn(undefined, 'chair') ?? '';
    });
    expect(names.map((name) => book.isKnown(name, 'chair'))).toEqual([false, ...Array(30).fill(true)]);
  });
});

it.each(['', '{', '[]', '{"anchor":{},"tokens":[]}', '\0'])(
  'where the file is damaged (%j) everybody signs in again, and one line says so',
  (text) => {
    writeFileSync(file, text);
    const book = start(at('boot', 0, 0));
    expect(reported).toEqual([`everybody signs in again: ${file} is damaged`]);
    expect(book.of(come(book))).not.toBeNull();
  },
);

it('where nothing can be written people sign in all the same, and nobody who left comes back', () => {
  const machine = at('boot', 0, 0);
  const book = start(machine);
  const token = come(book);
  // In the way of the file that is written beside.
  mkdirSync(`${file}.new/x`, { recursive: true });
  const late = come(book);
  expect(book.of(late)).not.toBeNull();
  expect(reported).toHaveLength(1);
  book.end('chair', book.of(token)?.id ?? '');
  expect(start(machine).of(token)).toBeNull();
});
