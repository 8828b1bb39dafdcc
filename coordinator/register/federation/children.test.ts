import { Map as Dictionary } from 'immutable';
import { expect, it, vi } from 'vitest';
import type { Witnessed } from '../model/state.ts';
import type { SmallRegister } from '../model/testing/small-register.ts';
import { reportOf } from '../model/testing/small-works.ts';
import { Children } from './children.ts';
import type { FeedPlace } from './feed-places.ts';
import { standingOf } from './level-members.ts';
import { levelState } from './level-state.ts';
import { PullEnds, pullFault } from './pull-faults.ts';
import { happens, newStore, pause, pull, running } from './testing/pulling.ts';
import { childOf, feedFiles, placeOf } from './testing/small-feed.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const EVERY = 15 * MINUTE;

/** Timers that go when the test says so. */
class HandTimers {
  now = 1_800_000_000_000;
  readonly #set = new Set<{ readonly at: number; readonly then: () => void }>();

  readonly after = (ms: number, then: () => void) => {
    const one = { at: this.now + ms, then };
    this.#set.add(one);
    return () => void this.#set.delete(one);
  };

  /** In how many ms each goes, the next first. */
  get waits(): readonly number[] {
    return [...this.#set].map(({ at }) => at - this.now).sort((a, b) => a - b);
  }

  pass(ms: number): void {
    this.now += ms;
    for (const one of [...this.#set].filter(({ at }) => at <= this.now)) {
      this.#set.delete(one);
      one.then();
    }
  }
}

type Place = (register: SmallRegister, signal: AbortSignal) => FeedPlace;
const asItIs: Place = (register) => placeOf(() => feedFiles(register));
const dead: FeedPlace = { read: async () => Promise.reject(new PullEnds(pullFault('unreachable'))) };
/** Answers nothing until it is given up. */
const silent: Place = (_, signal) => ({
  read: () =>
    new Promise((_resolve, no) => {
      signal.addEventListener('abort', () => no(new PullEnds(pullFault('too-slow'))));
    }),
});

/** The registers beneath, read by the hands of a test. */
function scheduled(registers: readonly SmallRegister[], witnessed = Dictionary<string, Witnessed>()) {
  const timers = new HandTimers();
  const store = newStore();
  const asked: string[] = [];
  const entered: string[] = [];
  const reported: string[] = [];
  const is = { timers, store, asked, entered, reported, witnessed, place: asItIs };
  const byId = new Map(registers.map((each) => [childOf(each).id, each]));
  const children = new Children({
    children: registers.map(childOf),
    pulling: { everyMinutes: 15, staleHours: 48 },
    store,
    placeOf: ({ id }, signal) => {
      is.asked.push(id);
      const register = byId.get(id);
      return register ? is.place(register, signal) : dead;
    },
    register: () => is,
    witness: ({ child, key, at, hash }) => {
      is.entered.push(`${child} ${at}`);
      is.witnessed = is.witnessed.set(child, {
        ...{ key, at, hash },
        ...{ seq: is.entered.length, time: timers.now },
      });
    },
    now: () => timers.now,
    ledgerNow: () => timers.now,
    after: timers.after,
    random: () => 1,
    pause,
    report: (_, error) => reported.push(error instanceof Error ? error.message : String(error)),
  });
  /** As soon as nobody is being read any more. */
  const waiting = (...waits: readonly number[]) =>
    vi.waitFor(() => expect(timers.waits).toEqual(waits), { interval: 1 });
  return Object.assign(is, { children, waiting });
}

const seqOf = (register: SmallRegister) => register.state().feed.shown.seq;
const goesOn = (register: SmallRegister, month: string) =>
  expect(happens(register, { by: 'transport', act: reportOf(month, 500) }).ok).toBe(true);

it('all are read soon after a start and every so often from then on; a head is witnessed once an hour, or when somebody asks', async () => {
  const [county, town] = [running('county', 'county'), running('town')];
  const { children, timers, entered, waiting, store, asked } = scheduled([county, town]);
  children.start();
  expect(timers.waits).toEqual([2 * SECOND, 2 * SECOND]);
  timers.pass(2 * SECOND);
  await waiting(EVERY, EVERY);
  const first = [`county ${seqOf(county)}`, `town ${seqOf(town)}`];
  expect(entered.toSorted()).toEqual(first);
  expect(children.all().map(({ level, fault }) => [level?.works.size, fault])).toEqual([
    [2, null],
    [2, null],
  ]);
  expect(children.all()).toBe(children.all());

  goesOn(town, '2027-03');
  for (let quarter = 1; quarter < 4; quarter += 1) {
    timers.pass(EVERY);
    await waiting(EVERY, EVERY);
    expect(store.kept('town').position?.seq).toBe(seqOf(town));
    expect(entered).toHaveLength(2);
  }
  timers.pass(EVERY);
  await waiting(EVERY, EVERY);
  expect(entered.slice(2)).toEqual([`town ${seqOf(town)}`]);
  goesOn(town, '2027-04');
  await children.pullNow('town');
  expect(entered.slice(3)).toEqual([`town ${seqOf(town)}`]);
  expect(asked.filter((id) => id === 'county')).toHaveLength(5);
  await children.stop();
  expect(timers.waits).toEqual([]);
});

it('one that fails is asked again soon and then ever later, keeps what was read of it, and holds up no other', async () => {
  const [county, town] = [running('county', 'county'), running('town')];
  const is = scheduled([county, town]);
  const { children, timers, waiting } = is;
  await children.pullNow();
  const before = children.all()[1]?.level;
  is.place = (register, signal) => (register === town ? dead : asItIs(register, signal));
  timers.pass(EVERY);
  await waiting(30 * SECOND, EVERY);
  for (const [passed, next] of [
    [30 * SECOND, MINUTE],
    [MINUTE, 2 * MINUTE],
    [2 * MINUTE, 4 * MINUTE],
  ] as const) {
    timers.pass(passed);
    await waiting(next, EVERY - (timers.now - (1_800_000_000_000 + EVERY)));
  }
  expect(children.all()[1]).toMatchObject({ fault: { problem: 'unreachable' }, level: before });
  expect(children.all()[0]?.fault).toBeNull();
  is.place = asItIs;
  timers.pass(4 * MINUTE);
  await waiting(EVERY - 7.5 * MINUTE, EVERY);
  expect(children.all()[1]?.fault).toBeNull();
  is.place = () => dead;
  // After a success it begins anew.
  await children.pullNow('town');
  await waiting(30 * SECOND, EVERY - 7.5 * MINUTE);
  await children.stop();
});

it('two are read at once and the others wait; one that does not answer is given up, and stopping waits for nobody', async () => {
  const registers = ['a', 'b', 'c', 'd', 'e'].map((id) => running(id));
  const is = scheduled(registers);
  const { children, timers, asked, store } = is;
  is.place = silent;
  children.start();
  timers.pass(2 * SECOND);
  await vi.waitFor(() => expect(asked).toHaveLength(2), { interval: 1 });
  timers.pass(5 * MINUTE);
  await vi.waitFor(() => expect(asked).toHaveLength(4), { interval: 1 });
  for (const id of ['a', 'b']) expect(store.kept(id).fault?.problem).toBe('too-slow');
  await children.stop();
  expect([asked.length, timers.waits]).toEqual([4, []]);
});

it('whoever asks while it is being read waits for that one pull, and its head is witnessed then', async () => {
  const town = running();
  const is = scheduled([town]);
  const { children, timers, asked, entered } = is;
  await children.pullNow();
  goesOn(town, '2027-03');
  timers.pass(EVERY);
  await Promise.all([children.pullNow(), children.pullNow('town'), children.pullNow('nobody')]);
  expect([asked.length, entered.length]).toEqual([2, 2]);
  expect(entered[1]).toBe(`town ${seqOf(town)}`);
  await children.stop();
});

it('what another program reads in is folded and witnessed as soon as somebody looks', async () => {
  const town = running();
  const { children, store, entered } = scheduled([town]);
  expect(children.all()[0]?.level).toBeNull();
  await pull(town, store);
  expect(children.all()[0]?.kept.position?.seq).toBe(seqOf(town));
  await children.folded();
  expect(children.all()[0]?.level?.works.size).toBe(2);
  expect(entered).toEqual([`town ${seqOf(town)}`]);
  await children.stop();
});

it('where the disk is full nothing is believed that is not kept, it is told as what it is, and reading goes on when there is room', async () => {
  const town = running();
  const { children, timers, store, entered, reported, waiting } = scheduled([town]);
  await children.pullNow();
  const [before] = children.all();
  goesOn(town, '2027-03');
  const full = vi.spyOn(store, 'keep').mockImplementation(() => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  });
  timers.pass(EVERY);
  await waiting(30 * SECOND);
  expect(reported).toEqual(['database or disk is full']);
  expect(children.all()[0]).toMatchObject({ level: before?.level, kept: before?.kept });
  full.mockRestore();
  timers.pass(30 * SECOND);
  await waiting(EVERY);
  expect(store.kept('town').position?.seq).toBe(seqOf(town));
  await children.pullNow();
  expect(entered[1]).toBe(`town ${seqOf(town)}`);
  await children.stop();
});

it('what was read by a clock that was wrong is called old when the clock is right again, and not fresh for a year', () => {
  const known = (pulled: number) => ({
    child,
    kept: { ...NOTHING, pulled },
    level,
    witnessed: null,
    fault: null,
  });
  const child = childOf(running());
  const level = levelState(running().state());
  const [now, hour] = [1_800_000_000_000, 3_600_000];
  const is = (pulled: number) => standingOf(known(pulled), now, 48 * hour);
  expect(is(now - hour)).toMatchObject({ is: 'fresh', hours: 1 });
  expect(is(now - 49 * hour)).toMatchObject({ is: 'stale', hours: 49 });
  expect(is(now + 365 * 24 * hour)).toMatchObject({ is: 'stale', hours: 0 });
});
const NOTHING = { position: null, told: 0, pulled: null, tried: null, fault: null, forked: null };

it.each([
  ['ends before what the ledger has witnessed is called cut off', 50, 'cut-off', 2],
  ['is not what the ledger has witnessed counts nowhere', 0, 'forked', undefined],
] as const)('a kept history that %s, and is never witnessed', async (_, later, problem, counted) => {
  const town = running();
  const held = { key: town.key.x, at: seqOf(town) + later, hash: 'f'.repeat(64), seq: 7, time: 1 };
  const { children, store, entered } = scheduled([town], Dictionary({ town: held }));
  await pull(town, store);
  children.all();
  await children.folded();
  const [known] = children.all();
  expect([known?.fault?.problem, known?.level?.works.size]).toEqual([problem, counted]);
  expect(entered).toEqual([]);
  await children.stop();
});
