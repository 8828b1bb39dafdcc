import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MachineClock } from '../process/clock.ts';
import { SESSION_MS, Sessions } from './sessions.ts';

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

function start(machine: MachineClock): Sessions {
  const report = (what: string, error: unknown) => reported.push(`${what}: ${error}`);
  return new Sessions({ file, random: randomBytes, machine, report });
}

const HOUR = 60 * 60 * 1000;

it('a session is its owner’s, survives a start, and ends with its day', () => {
  const token = start(at('boot', 1000, 5_000_000)).open('staff');
  const again = start(at('boot', 1000 + SESSION_MS - 1, 1));
  expect(again.ownerOf(token)).toBe('staff');
  expect(again.ownerOf(`${token}x`)).toBeNull();
  expect(again.ownerOf(undefined)).toBeNull();
  expect(start(at('boot', 1000 + SESSION_MS, 1)).ownerOf(token)).toBeNull();
});

describe('after another boot, when the monotonic clock begins anew,', () => {
  it('the wall clock says what time has passed', () => {
    const token = start(at('one', 90 * HOUR, 1000 * HOUR)).open('staff');
    expect(start(at('two', 0, 1011 * HOUR)).ownerOf(token)).toBe('staff');
    expect(start(at('two', 0, 1013 * HOUR)).ownerOf(token)).toBeNull();
  });

  it('a clock that was set back ends nothing and revives nothing', () => {
    const first = start(at('one', 0, 1000 * HOUR));
    const token = first.open('staff');
    const back = start(at('two', 0, 1 * HOUR));
    expect(back.ownerOf(token)).toBe('staff');
    expect(start(at('two', SESSION_MS, 1 * HOUR)).ownerOf(token)).toBe('staff');
    back.open('another');
    expect(start(at('two', SESSION_MS, 1 * HOUR)).ownerOf(token)).toBeNull();
  });
});

it('what was ended stays ended', () => {
  const machine = at('boot', 0, 0);
  const sessions = start(machine);
  const [one, two, other] = ['staff', 'staff', 'scrutineer j1'].map((owner) => sessions.open(owner));
  if (!one || !two || !other) throw new Error('three were opened');
  sessions.close('scrutineer j1', one);
  expect(start(machine).ownerOf(one)).toBe('staff');
  sessions.close('staff', one);
  expect([one, two, other].map((token) => start(machine).ownerOf(token))).toEqual([
    null,
    'staff',
    'scrutineer j1',
  ]);
});

it('is readable by its owner alone, and holds no token', () => {
  const token = start(at('boot', 0, 0)).open('staff');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(token);
});

it.each(['', '{', '[]', '{"anchor":{},"tokens":[]}', '\0'])(
  'where the file is damaged (%j) everybody signs in again, and one line says so',
  (text) => {
    writeFileSync(file, text);
    const sessions = start(at('boot', 0, 0));
    expect(reported).toEqual([`everybody signs in again: ${file} is damaged`]);
    expect(start(at('boot', 0, 0)).ownerOf(sessions.open('staff'))).toBeNull();
    expect(sessions.ownerOf(sessions.open('staff'))).toBe('staff');
  },
);

it('where nothing can be written people sign in all the same, and nobody who left comes back', () => {
  const machine = at('boot', 0, 0);
  const sessions = start(machine);
  const token = sessions.open('staff');
  // In the way of the file that is written beside.
  mkdirSync(`${file}.new/x`, { recursive: true });
  const late = sessions.open('staff');
  expect(sessions.ownerOf(late)).toBe('staff');
  expect(reported).toHaveLength(1);
  sessions.close('staff', token);
  expect(start(machine).ownerOf(token)).toBeNull();
  chmodSync(`${file}.new`, 0o700);
});

it('keeps no more than a hundred of one owner’s, the latest', () => {
  const sessions = start(at('boot', 0, 0));
  const tokens = Array.from({ length: 101 }, (_, i) => sessions.open('device', 1000 + i));
  expect(sessions.ownerOf(tokens[0])).toBeNull();
  expect(tokens.slice(1).every((token) => sessions.ownerOf(token) === 'device')).toBe(true);
});
