import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { sheet } from '../../../shared/projects/testing/sample-sheet.ts';
import type { RegisterAct } from '../model/acts.ts';
import { CYCLE, hash, type SmallRegister, smallRegister } from '../model/testing/small-register.ts';
import {
  decidedRegister,
  MID_YEAR,
  plannedRegister,
  reportOf,
  twoParts,
  workOf,
} from '../model/testing/small-works.ts';
import { added, sumsOf } from '../model/work/sums.ts';
import { ChildrenStore } from './children-store.ts';
import { type FeedPlace, linesOf } from './feed-places.ts';
import { type LevelState, levelState } from './level-state.ts';
import { type LevelMember, levelsOf, projectsOf } from './levels.ts';
import { pullChild } from './pull.ts';
import { childOf, type FeedFiles, feedFiles, placeOf } from './testing/small-feed.ts';
import { ToldHistory } from './told-history.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-children-'));
const opened: ChildrenStore[] = [];
let stores = 0;
const newStore = () => {
  stores += 1;
  const store = ChildrenStore.open(join(folder, `${stores}.db`));
  opened.push(store);
  return store;
};
afterAll(() => {
  for (const store of opened) store.close();
  rmSync(folder, { recursive: true, force: true });
});

const pause = async () => {};
const WHEN = 1_800_000_000_000;
const pull = (
  register: SmallRegister,
  store: ChildrenStore,
  place: FeedPlace = placeOf(() => feedFiles(register)),
  witnessed: Parameters<typeof pullChild>[2]['witnessed'] = null,
) => pullChild(childOf(register), place, { store, witnessed, now: () => WHEN, pause });

const about = (register: string, level: 'city' | 'county' | 'town') => ({
  register,
  level,
  name: { zh: `${register}民生实事项目库` },
  congress: { zh: `${register}人民代表大会` },
});

/** A register in the middle of the year, so that what is said of months can be said. */
function running(id = 'town', level: 'county' | 'town' = 'town'): SmallRegister {
  const register = plannedRegister({ about: about(id, level) });
  register.clock.pass(Date.parse(`${MID_YEAR}T00:00:00Z`) - register.clock.wall());
  return register;
}

const half = {
  ...twoParts,
  parts: twoParts.parts.map((each) => ({
    ...each,
    funding: each.funding.map((line) => ({ ...line, fen: line.fen / 2 })),
  })),
};
const project = fc.constantFrom('a', 'b');
/** What happens to projects in a year, refused or not. */
const anything: fc.Arbitrary<{ act: RegisterAct; by: string; second?: string }> = fc.oneof(
  fc
    .record({
      month: fc.integer({ min: 3, max: 6 }),
      done: fc.nat(1900),
      paid: fc.nat(100),
      why: fc.boolean(),
    })
    .map(({ month, done, paid, why }) => ({
      by: 'transport',
      act: reportOf(`2027-0${month}`, done, {
        ...{ appropriated: paid * 100, paid: paid * 100, reason: why ? '更正' : null },
      }),
    })),
  fc.record({ found: fc.nat(1900), id: fc.integer({ min: 1, max: 4 }) }).map(({ found, id }) => ({
    by: 'deputy-a',
    act: {
      ...{
        act: 'visit' as const,
        project: 'a',
        part: '1',
        visit: `v${id}`,
        day: '2027-06-01',
        words: '',
        photos: [],
      },
      figure: { verdict: 'disputed' as const, report: -1, found },
    },
  })),
  fc
    .record({
      project,
      kind: fc.constantFrom('changed' as const, 'suspended' as const, 'resumed' as const, 'ended' as const),
    })
    .map(({ project: id, kind }) => ({
      by: 'committee',
      second: 'congress',
      act: {
        ...{
          act: 'decide-change' as const,
          project: id,
          kind,
          request: null,
          reason: '变更',
          decision: '决定',
        },
        ...{
          sheet: kind === 'changed' ? (id === 'a' ? half : sheet('改')) : null,
          document: hash('decision'),
        },
      },
    })),
  fc
    .record({
      project,
      to: fc.constantFrom(null, { register: 'city', project: 'a' }, { register: 'city', project: 'x' }),
    })
    .map(({ project: id, to }) => ({ by: 'congress', act: { act: 'link' as const, project: id, to } })),
  fc.record({ project, satisfied: fc.nat(50) }).map(({ project: id, satisfied }) => ({
    by: 'congress',
    second: 'congress-2',
    act: {
      act: 'enter-paper-appraisal' as const,
      paper: {
        ...{ cycle: CYCLE, by: 'congress' as const, roll: 60, present: 50, cast: 50 },
        items: [{ project: id, satisfied, basic: 0, dissatisfied: 50 - satisfied, 'dont-know': 0 }],
        ...{ sheet: hash('graded'), reason: '纸质票' },
      },
    },
  })),
);

function happens(
  register: SmallRegister,
  { act, by, second }: { act: RegisterAct; by: string; second?: string },
) {
  const latest = workOf(register).parts.get('1')?.latest?.seq ?? 0;
  const asked =
    act.act === 'visit' && act.figure ? { ...act, figure: { ...act.figure, report: latest } } : act;
  return register.act(asked, by, second, MID_YEAR);
}

/** As a plain object: what two ways have made. */
const plain = (level: LevelState | null) =>
  level && {
    ...level,
    works: JSON.stringify([...level.works.values()].map(({ work }) => work)),
  };

const memberOf = (register: SmallRegister, state: LevelState | null): LevelMember => {
  const { begun, head } = register.state();
  if (!begun) throw new Error('it has not begun');
  return {
    ...{ id: begun.register, name: begun.name, level: begun.level, address: null, witnessed: null },
    standing: { is: 'fresh', pulled: WHEN, hours: 0, fault: null, forked: null },
    seq: head.seq,
    state,
  };
};

const everything = { year: null, level: null, category: null };

it('whatever happens beneath, the sums above are those of every register’s own state, counted once more; no yuan counts twice', async () => {
  const came = { pulls: 0, shares: 0, claims: 0, disputed: 0, refused: 0 };
  const step = fc.record({ who: fc.nat(1), what: anything, isPulled: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const city = decidedRegister({ about: about('city', 'city') });
      const beneath = [running('county', 'county'), running('town')];
      const store = newStore();
      const known = new Map<string, LevelState | null>();
      const read = async (register: SmallRegister) => {
        const { fault, level } = await pull(register, store);
        expect(fault).toBeNull();
        if (level) known.set(childOf(register).id, level);
        came.pulls += 1;
      };
      for (const { who, what, isPulled } of steps) {
        const register = beneath[who];
        if (!register) continue;
        if (!happens(register, what).ok) came.refused += 1;
        if (isPulled) await read(register);
      }
      for (const register of beneath) await read(register);
      for (const register of beneath) {
        const level = known.get(childOf(register).id) ?? null;
        expect(plain(level)).toEqual(plain(levelState(register.state())));
        // Folded from the disk it is the same, with the entries too.
        const again = await ToldHistory.kept(store, childOf(register).id, pause);
        expect(again.level).toEqual(level);
      }
      const members = [
        memberOf(city, levelState(city.state())),
        ...beneath.map((each) => memberOf(each, known.get(childOf(each).id) ?? null)),
      ];
      const levels = levelsOf(members, everything, MID_YEAR);
      // Counted plainly: all works of all, each as its own register has it, but for shares of the city's project `a`.
      const recount = [city, ...beneath].map((register) => {
        const { works } = register.state();
        const own = [...works.projects.values()].map((work) =>
          work.shareOf?.project === 'x' ? { ...work, shareOf: null } : work,
        );
        return sumsOf(own, works, MID_YEAR);
      });
      const { bySource: _, ...whole } = levels.whole;
      const { bySource: __, ...counted } = added(recount);
      expect(whole).toEqual(counted);
      expect(Object.values(levels.whole.bySource).reduce((a, b) => a + b, 0)).toBe(counted.fen);
      for (const sums of [levels.byYear, levels.byLevel, levels.byCategory])
        for (const what of ['projects', 'parts', 'fen', 'paid', 'promisedFen'] as const)
          expect(sums.reduce((sum, each) => sum + each.sums[what], 0)).toBe(counted[what]);
      for (const what of ['parts', 'fen', 'paid'] as const)
        expect(levels.byArea.reduce((sum, each) => sum + each.sums[what], 0)).toBe(counted[what]);
      came.shares += counted.linked.projects;
      came.claims += levels.members.reduce((sum, { claims }) => sum + claims.length, 0);
      came.disputed += counted.disputedParts;
      for (const { id, sums } of levels.members) {
        const rows = projectsOf(members, id, everything, MID_YEAR) ?? [];
        const own = rows.filter(({ share }) => !share?.isThere);
        expect(own.reduce((sum, { fen }) => sum + fen, 0)).toBe(sums.fen);
      }
    }),
    { numRuns: 25 },
  );
  for (const [what, times] of Object.entries(came))
    expect({ what, isThere: times > 0 }).toEqual({ what, isThere: true });
});

it('two that call themselves shares of each other both count, and are named', async () => {
  const [one, other] = [running('county', 'county'), running('town')];
  const link = (register: SmallRegister, to: string) =>
    register.act({ act: 'link', project: 'a', to: { register: to, project: 'a' } }, 'congress');
  expect(link(one, 'town').ok && link(other, 'county').ok).toBe(true);
  const members = [one, other].map((each) => memberOf(each, levelState(each.state())));
  const { whole, members: shown } = levelsOf(members, everything, MID_YEAR);
  expect([whole.projects, whole.linked.projects]).toEqual([4, 0]);
  expect(shown.map(({ claims }) => claims.map(({ of }) => of.register))).toEqual([['town'], ['county']]);
});

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
  const forks = async (into: ChildrenStore, witnessed: Parameters<typeof pull>[3] = null) =>
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

it('lines are cut however the bytes come, and one that is too long ends it', async () => {
  const text = 'a\n\n灯bc\nd';
  const all = async (size: number) => {
    const bytes = Buffer.from(text);
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    const lines: string[] = [];
    for await (const line of linesOf(chunks(), { line: 6, all: 100 })) lines.push(line);
    return lines;
  };
  for (const size of [1, 2, 3, 100]) expect(await all(size)).toEqual(['a', '', '灯bc']);
  const long = async function* () {
    yield Buffer.alloc(7, 0x41);
  };
  await expect(async () => {
    for await (const _ of linesOf(long(), { line: 6, all: 100 }));
  }).rejects.toThrow();
});
