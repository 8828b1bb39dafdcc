import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../contract/person.ts';
import { mayDo, roleFor, USUAL_SETTINGS } from '../contract/rights.ts';
import type { StaffNote } from './notes.ts';
import type { StoredPassword } from './password.ts';
import { withCode, withPassword } from './persons/credentials.ts';
import { writeCredentials } from './persons/staff-file.ts';
import { Persons } from './persons.ts';
import type { From, SignIn } from './sign-in.ts';

const STAFF: readonly Person[] = [
  { id: 'chair', name: '周立新', roles: ['chair'] },
  { id: 'operator', name: '吴晓敏', roles: ['operator'] },
  { id: 'admin', name: '钱志强', roles: ['administrator'] },
];

let folder: string;
let persons: Persons;
let now: number;
let isVoting: boolean;
let notes: StaffNote[];
/** Timers that wait, by when they are due. */
let timers: { at: number; then: () => void }[];
/** How many secrets were hashed, and with which. */
let compared: string[];
let staff: readonly Person[];

const hash = (text: string): StoredPassword => ({
  scheme: 'scrypt-17-8-1',
  salt: '',
  hash: `hash of ${text}`,
});

function start(): Persons {
  return new Persons({
    folder,
    hall: 'hall',
    staff: () => ({ persons: staff, idleMs: 3_600_000 }),
    roleFor: (person, act) => roleFor(person, act, USUAL_SETTINGS),
    isHeld: (person) => isVoting && mayDo(person, 'close', USUAL_SETTINGS),
    note: (note) => notes.push(note),
    random: randomBytes,
    machine: { boot: 'boot', mono: () => now, wall: () => now },
    after: (ms, then) => {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    report: (what, error) => {
      throw new Error(what, { cause: error });
    },
    hashes: {
      isPassword: async (password, stored) => {
        compared.push(stored.hash);
        return hash(password).hash === stored.hash;
      },
      hashPassword: async (password) => hash(password),
    },
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-staff-'));
  const credentials = STAFF.map(({ id }) => [id, withPassword(withCode(hash('')), hash(`${id} comes`))]);
  writeCredentials(join(folder, 'staff.json'), Object.fromEntries(credentials));
  now = 0;
  isVoting = false;
  notes = [];
  timers = [];
  compared = [];
  staff = STAFF;
  persons = start();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Lets time go by, and what waits for it happen. */
async function pass(ms: number): Promise<void> {
  const end = now + ms;
  for (;;) {
    await new Promise(setImmediate);
    const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    if (!next) break;
    timers = timers.filter((each) => each !== next);
    now = Math.max(now, next.at);
    next.then();
  }
  now = end;
}

const from = (address: string, device?: string): From => ({ address, browser: 'a browser', device });
const signIn = (
  person: string,
  secret: string,
  address = '10.0.0.1',
  device?: string,
  code: string | null = null,
) => persons.signIns.signIn({ person, secret, code }, from(address, device));

async function enter(person = 'chair', address?: string, device?: string) {
  const outcome = await signIn(person, `${person} comes`, address, device);
  if (outcome.is !== 'in') throw new Error(`${person}: ${outcome.is}`);
  return outcome;
}

async function fail(times: number, person = 'chair', address?: string, device?: string) {
  const outcomes: SignIn['is'][] = [];
  for (let n = 0; n < times; n += 1) outcomes.push((await signIn(person, 'wrong', address, device)).is);
  return outcomes;
}

it('a right password costs nothing, however often', async () => {
  for (let n = 0; n < 30; n += 1) expect((await enter()).failed).toBe(0);
});

it('a secret is hashed for somebody who is not on the staff, too, and what they are told is the same', async () => {
  expect([await signIn('nobody', 'x'), await signIn('constructor', 'x')]).toEqual([
    { is: 'wrong' },
    { is: 'wrong' },
  ]);
  expect(compared).toHaveLength(2);
  // They share what they may fail, by the name that was typed and by the address.
  expect(await fail(8, 'nobody')).toEqual(Array(8).fill('wrong'));
  expect(await signIn('nobody', 'x')).toMatchObject({ is: 'too-often' });
});

describe('while somebody guesses,', () => {
  it('the chair comes in from a device that is known, at once, and their session goes on', async () => {
    const { token, device } = await enter();
    for (let n = 0; n < 10; n += 1) await fail(1, 'chair', '10.0.0.1');
    expect(await enter('chair', '10.0.0.1', device ?? '')).toMatchObject({ device: null, failed: 10 });
    expect(persons.of(token)?.person.id).toBe('chair');
  });

  it('from a thousand addresses, all at once and for an hour, the chair works on and comes in from a new device in seconds', async () => {
    const { token, device } = await enter();
    isVoting = true;
    persons.holdChanged();
    const answers: Promise<SignIn>[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      for (let n = 0; n < 17; n += 1) answers.push(signIn('chair', 'guess', `10.1.${minute}.${n}`));
      await pass(60_000);
      const visitor = persons.of(token);
      expect(visitor?.person.id).toBe('chair');
    }
    await Promise.all(answers);
    expect(await enter('chair', '10.0.0.1', device ?? '')).toMatchObject({ device: null });
    // A tablet that nobody knows waits in the slow line, and its right password is looked at.
    const before = now;
    const fresh = signIn('chair', 'chair comes', '10.2.0.1');
    await pass(20_000);
    expect(await fresh).toMatchObject({ is: 'in' });
    expect(now - before).toBeLessThanOrEqual(20_000);
    // Of a thousand guesses the ledger has a line a minute.
    const floods = notes.filter(({ typ }) => typ === 'sign-ins-failed');
    expect(floods.length).toBeLessThanOrEqual(62);
    expect(floods.length).toBeGreaterThan(50);
  });

  it('they are slowed down at the person, from wherever they come, and at the address, whoever they try to be', async () => {
    for (let n = 0; n < 10; n += 1) await fail(1, 'chair', `10.0.1.${n}`);
    expect(await signIn('chair', 'wrong', '10.0.1.99')).toMatchObject({ is: 'too-often' });
    expect(await fail(10, 'operator', '10.0.2.1')).toEqual(Array(10).fill('wrong'));
    await pass(5_000);
    const other = signIn('admin', 'wrong', '10.0.2.1');
    await pass(5_000);
    expect(await other).toMatchObject({ is: 'too-often' });
    // Somebody else from elsewhere has nothing to do with it.
    expect((await enter('admin', '10.0.3.1')).is).toBe('in');
  });
});

it('a device’s name is no session, and a session no device', async () => {
  const { token, device } = await enter();
  expect(persons.of(device ?? '')).toBeNull();
  await fail(10);
  const slow = signIn('chair', 'chair comes', '10.0.0.1', token);
  await pass(10_000);
  expect(await slow).toMatchObject({ is: 'in', device: expect.any(String) });
});

it('whoever is no longer on the staff is out at once, and does not come in', async () => {
  const { token } = await enter('operator');
  staff = STAFF.filter(({ id }) => id !== 'operator');
  expect(persons.of(token)).toBeNull();
  expect(await signIn('operator', 'operator comes')).toEqual({ is: 'wrong' });
});

describe('the first start', () => {
  beforeEach(() => {
    rmSync(join(folder, 'staff.json'));
    persons = start();
  });

  it('gives the administrator a code, anew at every start until it is used, and then no more', async () => {
    const first = await persons.administration.firstCode();
    const again = start();
    const second = await again.administration.firstCode();
    expect(first?.person.id).toBe('admin');
    expect(second?.code).not.toBe(first?.code);
    const choose = { person: 'admin', secret: second?.code ?? '', code: null };
    const outcome = await again.signIns.choose(choose, '会场东门的石狮子有两只', from('10.0.0.1'));
    expect(outcome).toMatchObject({ is: 'in' });
    expect(await start().administration.firstCode()).toBeNull();
    expect(notes.map(({ typ }) => typ)).toEqual(['code-given', 'code-given', 'signed-in', 'password-chosen']);
  });

  it('nobody else comes in before they are given a code', async () => {
    expect(await signIn('chair', '')).toEqual({ is: 'wrong' });
    const given = await persons.administration.giveCode(STAFF[1] ?? { id: '', name: '', roles: [] }, 'chair');
    expect(given).toMatchObject({ is: 'given' });
    expect(notes.at(-1)).toMatchObject({ typ: 'code-given', person: 'chair', by: { role: 'operator' } });
  });
});

it('an authenticator is asked for once it was shown to work, and its recovery codes stand in for it', async () => {
  const visitor = persons.of((await enter()).token);
  if (!visitor) throw new Error('the chair is in');
  const self = { ...visitor, from: from('10.0.0.1') };
  expect(await persons.own.offerAuthenticator(self, 'wrong')).toEqual({ is: 'wrong' });
  const offer = await persons.own.offerAuthenticator(self, 'chair comes');
  if (offer.is !== 'offered') throw new Error(offer.is);
  const codeAt = (timestamp: number) => TOTP.generate({ secret: Secret.fromBase32(offer.key), timestamp });
  expect(persons.own.confirmAuthenticator(visitor, '000000')).toBeNull();
  expect((await enter()).is).toBe('in');
  now += 60_000;
  const recovery = persons.own.confirmAuthenticator(visitor, codeAt(now)) ?? [];
  expect(recovery).toHaveLength(10);
  expect(await signIn('chair', 'chair comes')).toEqual({ is: 'code-wanted' });
  now += 60_000;
  expect(await signIn('chair', 'chair comes', undefined, undefined, codeAt(now))).toMatchObject({ is: 'in' });
  expect(await signIn('chair', 'chair comes', undefined, undefined, recovery[0] ?? '')).toMatchObject({
    is: 'in',
  });
  expect(persons.account(visitor)).toMatchObject({ authenticator: true, recovery: 9 });
  expect(await persons.own.removeAuthenticator(self, 'chair comes')).toEqual({ is: 'done' });
  expect((await enter()).is).toBe('in');
  expect(notes.filter(({ typ }) => typ === 'authenticator-set')).toMatchObject([{ on: true }, { on: false }]);
});
