import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sheet } from '../../../shared/projects/testing/sample-sheet.ts';
import type { RegisterAct } from '../model/acts.ts';
import { CYCLE, hash, type SmallRegister } from '../model/testing/small-register.ts';
import { decidedRegister, MID_YEAR, reportOf, twoParts } from '../model/testing/small-works.ts';
import { added, sumsOf } from '../model/work/sums.ts';
import { type LevelState, levelState } from './level-state.ts';
import { type LevelMember, levelsOf, projectsOf } from './levels.ts';
import { about, happens, newStore, pause, plain, pull, running, WHEN } from './testing/pulling.ts';
import { childOf } from './testing/small-feed.ts';
import { ToldHistory } from './told-history.ts';

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
