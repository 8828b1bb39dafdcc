import { expect, it } from 'vitest';
import { smallRegister } from '../model/testing/small-register.ts';
import { MID_YEAR, plannedRegister, reportOf } from '../model/testing/small-works.ts';
import type { FeedPlace } from './feed-places.ts';
import { levelState } from './level-state.ts';
import { pullChild } from './pull.ts';
import { about, happens, newStore, pause, plain, pull, running, WHEN } from './testing/pulling.ts';
import { childOf, type FeedFiles, feedFiles, placeOf } from './testing/small-feed.ts';
import { ToldHistory } from './told-history.ts';

it('a pull that breaks off loses nothing, and goes on where it was', async () => {
  const register = running();
  for (let n = 0; n < 130; n += 1)
    happens(register, {
      by: 'congress',
      act: { act: 'link', project: 'a', to: { register: 'x', project: `${n}` } },
    });
  const store = newStore();
  const files = feedFiles(register);
  const { length } = [...files.entries()].find(([name]) => name.endsWith('.jsonl'))?.[1] ?? '';
  const seen: number[] = [];
  for (const upTo of [length / 2, length - 3000]) {
    const { fault } = await pull(
      register,
      store,
      placeOf(() => files, { upTo }),
    );
    expect(fault?.problem).toBe('unreachable');
    seen.push(store.kept('town').position?.seq ?? 0);
  }
  expect(seen[0]).toBeGreaterThan(20);
  expect(seen[1]).toBeGreaterThan(seen[0] ?? 0);
  expect(store.kept('town').pulled).toBeNull();
  const { entries, fault, level } = await pull(
    register,
    store,
    placeOf(() => files),
  );
  expect(fault).toBeNull();
  expect(entries).toBe(register.rows.length - (seen[1] ?? 0));
  expect(plain(level)).toEqual(plain(levelState(register.state())));
  expect(store.kept('town')).toMatchObject({ pulled: WHEN, fault: null });
  // What has not changed is not read again.
  expect(
    await pull(
      register,
      store,
      placeOf(() => new Map([...files].slice(-1))),
    ),
  ).toEqual({
    entries: 0,
    fault: null,
    level: null,
  });
});

/** The feed with its lines changed. */
function withLines(files: FeedFiles, change: (lines: string[]) => string[]): FeedFiles {
  return new Map(
    [...files].map(([name, text]) => [
      name,
      name.endsWith('.jsonl') ? `${change(text.trimEnd().split('\n')).join('\n')}\n` : text,
    ]),
  );
}

it('a dropped, reordered, altered or foreign entry is named; what was believed before it stays', async () => {
  const register = running();
  const store = newStore();
  await pull(register, store);
  const { position } = store.kept('town');
  happens(register, { by: 'transport', act: reportOf('2027-03', 500) });
  happens(register, { by: 'transport', act: reportOf('2027-04', 700) });
  happens(register, { by: 'congress', act: { act: 'link', project: 'b', to: null } });
  const at = position?.seq ?? 0;
  const files = feedFiles(register);
  const wrong = async (change: (lines: string[]) => string[]) => {
    const { fault } = await pull(
      register,
      store,
      placeOf(() => withLines(files, change)),
    );
    expect(store.kept('town')).toMatchObject({ pulled: WHEN, fault });
    return fault && `${fault.problem} ${(fault.seq ?? 0) - at}`;
  };
  const swap = (lines: string[]) => [...lines.slice(0, at), ...lines.slice(at).toReversed()];
  expect(await wrong(swap)).toMatch(/^sequence/);
  expect(await wrong((lines) => lines.filter((_, i) => i !== at))).toBe('sequence 2');
  expect(
    await wrong((lines) => lines.map((line, i) => (i === at ? line.replace('reported', 'planned') : line))),
  ).toBe('hash 1');
  expect(await wrong((lines) => lines.map((line, i) => (i === at ? 'x' : line)))).toBe('unreadable 1');
  expect(await wrong((lines) => lines.slice(0, at + 1))).toBe('unfinished 1');
  // The first of them was believed then; the rest is read as if nothing had been.
  expect(store.kept('town').position?.seq).toBe(at + 1);
  expect((await pull(register, store)).fault).toBeNull();
  // A copy of an earlier day.
  const { fault } = await pull(
    register,
    store,
    placeOf(() => files),
  );
  expect(fault).toBeNull();
  const earlier = feedFiles(running());
  expect(
    (
      await pull(
        register,
        store,
        placeOf(() => earlier),
      )
    ).fault?.problem,
  ).toBe('another-key');
});

it('two histories are named: against what was read, what was witnessed, and what the end says', async () => {
  const register = running();
  const other = plannedRegister({ key: register.key, about: about('town', 'town') });
  other.clock.pass(Date.parse(`${MID_YEAR}T00:00:00Z`) - other.clock.wall());
  for (const month of ['2027-03', '2027-04']) {
    happens(register, { by: 'transport', act: reportOf(month, 500 + Number(month.slice(-1))) });
    happens(other, { by: 'transport', act: reportOf(month, 600 + Number(month.slice(-1))) });
  }
  const store = newStore();
  const { level } = await pull(register, store);
  const forks = async (into: ReturnType<typeof newStore>, witnessed: Parameters<typeof pull>[3] = null) =>
    (
      await pull(
        register,
        into,
        placeOf(() => feedFiles(other)),
        witnessed,
      )
    ).fault?.problem;
  expect(await forks(store)).toBe('forked');
  happens(other, { by: 'transport', act: reportOf('2027-05', 900) });
  expect(await forks(store)).toBe('forked');
  expect(store.kept('town').forked).toBe(WHEN);
  // The last good state stays.
  const again = await ToldHistory.kept(store, 'town', pause);
  expect(again.level).toEqual(level);
  // The file was lost: the ledger of the register above remembers.
  const { seq, hash: seen } = register.state().feed.shown;
  const witnessed = { key: register.key.x, at: seq, hash: seen, seq: 9, time: WHEN };
  expect(await forks(newStore(), witnessed)).toBe('forked');
  const old = { ...witnessed, at: seq + 50 };
  expect(await forks(newStore(), old)).toBe('cut-off');
});

it('another register, another level, and what never ends are refused', async () => {
  const register = running();
  const child = childOf(register);
  const place = placeOf(() => feedFiles(register));
  const parts = { witnessed: null, now: () => WHEN, pause };
  const problem = async (as: Partial<typeof child>, at = place) =>
    (await pullChild({ ...child, ...as }, at, { ...parts, store: newStore() })).fault?.problem;
  expect(await problem({ id: 'village' })).toBe('another-register');
  expect(await problem({ level: 'county' })).toBe('another-level');
  expect(await problem({ key: smallRegister().key.x })).toBe('another-key');
  expect(
    await problem(
      {},
      placeOf(() => new Map()),
    ),
  ).toBe('no-feed');
  const files = feedFiles(register);
  const lists = new Map([...files].filter(([name]) => !name.startsWith('lists/')));
  expect(
    await problem(
      {},
      placeOf(() => lists),
    ),
  ).toBe('list-missing');
  const altered = new Map(
    [...files].map(([name, text]) => [name, name.startsWith('lists/') ? text.replace('一', '二') : text]),
  );
  expect(
    await problem(
      {},
      placeOf(() => altered),
    ),
  ).toBe('list-other');
  let asked = 0;
  const endless: FeedPlace = {
    read: async () =>
      (async function* () {
        for (; asked < 1_000_000; asked += 1) yield Buffer.alloc(1000, 0x41);
      })(),
  };
  expect(await problem({}, endless)).toBe('too-large');
  expect(asked).toBeLessThan(20);
});
