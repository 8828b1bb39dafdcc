import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Sessions } from './sessions.ts';
import { type SignIn, Staff } from './staff.ts';

const ADDRESS = '10.0.0.1';

let folder: string;
let staff: Staff;
let start: () => Staff;
let now: number;
let timers: (() => void)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-staff-'));
  const file = join(folder, 'password.json');
  writeFileSync(file, JSON.stringify({ scheme: 'scrypt-17-8-1', salt: '', hash: '' }));
  now = 0;
  timers = [];
  const machine = { boot: 'boot', mono: () => now, wall: () => now };
  const report = (what: string, error: unknown) => {
    throw new Error(what, { cause: error });
  };
  start = () =>
    new Staff({
      file,
      random: randomBytes,
      sessions: new Sessions({ file: join(folder, 'sessions.json'), random: randomBytes, machine, report }),
      now: () => now,
      after: (_ms, then) => {
        timers.push(then);
        return () => {};
      },
      setupCode: '12345678',
      isPassword: async (password) => password === 'right',
    });
  staff = start();
});
afterEach(() => rmSync(folder, { recursive: true }));

const signIn = (password: string, address = ADDRESS, device?: string) =>
  staff.signIn(password, { address, device });

async function device(): Promise<string> {
  const outcome = await signIn('right', '10.0.9.9');
  if (outcome.is !== 'in' || outcome.device === null) throw new Error('a device is made known');
  expect(staff.isSignedIn(outcome.token)).toBe(true);
  return outcome.device;
}

async function fail(times: number, address?: string, known?: string): Promise<SignIn['is'][]> {
  const outcomes: SignIn['is'][] = [];
  for (let n = 0; n < times; n += 1) outcomes.push((await signIn('wrong', address, known)).is);
  return outcomes;
}

it('a right password costs nothing, however often', async () => {
  for (let n = 0; n < 30; n += 1) expect((await signIn('right')).is).toBe('in');
});

it('who guesses from the chair’s address does not keep a known device there waiting', async () => {
  const known = await device();
  expect(await fail(10)).toEqual(Array(10).fill('wrong'));
  expect(await signIn('right', ADDRESS, known)).toMatchObject({ is: 'in', device: null });
  expect(timers).toEqual([]);
});

it('where too many have failed a right password is taken still, more slowly, and guesses are told to wait', async () => {
  await fail(10);
  // The first that comes is looked at, and five seconds go by before the next.
  expect(await signIn('wrong')).toEqual({ is: 'too-often', wait: 6000 });
  const chair = signIn('right');
  const guesses = [1, 2, 3].map(() => signIn('wrong'));
  expect(await signIn('wrong')).toEqual({ is: 'too-often', wait: 6000 });
  now = 5_000;
  timers[0]?.();
  expect((await chair).is).toBe('in');
  for (const turn of [1, 2, 3]) {
    await new Promise(setImmediate);
    now = 5_000 + turn * 5_000;
    timers[turn]?.();
  }
  await Promise.all(guesses);
});

it('a device’s name that was stolen is no session, and has no more tries than an address', async () => {
  const known = await device();
  expect(staff.isSignedIn(known)).toBe(false);
  expect(await fail(20, ADDRESS, known)).toEqual(Array(20).fill('wrong'));
  // Beyond its own tries and the address's it is served as slowly as anybody.
  expect((await signIn('wrong', ADDRESS, known)).is).toBe('too-often');
  const slow = signIn('right', ADDRESS, known);
  await new Promise(setImmediate);
  expect(timers).toHaveLength(1);
  now = 5_000;
  timers[0]?.();
  expect((await slow).is).toBe('in');
});

it('a session is no device, and a device made up is a stranger', async () => {
  const outcome = await signIn('right');
  if (outcome.is !== 'in') throw new Error('the password is right');
  await fail(10);
  await signIn('wrong');
  for (const made of [outcome.token, 'made-up']) {
    const slow = signIn('right', ADDRESS, made);
    await new Promise(setImmediate);
    expect(timers).toHaveLength(1);
    now += 5_000;
    timers.pop()?.();
    expect((await slow).is).toBe('in');
  }
});

it('sessions and devices are those of this password, and worth nothing with another or none', async () => {
  const outcome = await signIn('right');
  if (outcome.is !== 'in' || outcome.device === null) throw new Error('the password is right');
  expect(start().isSignedIn(outcome.token)).toBe(true);
  const file = join(folder, 'password.json');
  writeFileSync(file, JSON.stringify({ scheme: 'scrypt-17-8-1', salt: '', hash: 'another' }));
  staff = start();
  expect(staff.isSignedIn(outcome.token)).toBe(false);
  expect(await signIn('right', ADDRESS, outcome.device)).toMatchObject({ device: expect.any(String) });
  rmSync(file);
  expect(start().isSignedIn(outcome.token)).toBe(false);
});
