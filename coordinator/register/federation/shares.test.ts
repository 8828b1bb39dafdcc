import { expect, it } from 'vitest';
import type { Level } from '../model/level.ts';
import { MID_YEAR, ok, plannedRegister } from '../model/testing/small-works.ts';
import { LevelsView } from './level-members.ts';
import { levelState } from './level-state.ts';
import { type LevelMember, levelsOf } from './levels.ts';

const everything = { year: null, level: null, category: null };

/** A register of two projects, the first of them a share of the project of that name of `shareOf`. */
function memberOf(id: string, level: Level, shareOf?: string): LevelMember {
  const name = { zh: id };
  const register = plannedRegister({ about: { register: id, level, name, congress: name } });
  if (shareOf !== undefined)
    ok(register.act({ act: 'link', project: 'a', to: { register: shareOf, project: 'a' } }, 'congress'));
  return {
    ...{ id, name, level, address: null, seq: 1, witnessed: null, state: levelState(register.state()) },
    standing: { is: 'fresh', pulled: 0, hours: 0, fault: null, forked: null },
  };
}

const counted = (members: readonly LevelMember[]) => {
  const { whole, members: shown } = levelsOf(members, everything, MID_YEAR);
  return [whole.projects, whole.linked.projects, shown.map(({ claims }) => claims.length)];
};

it('a town’s share of a county’s share of a city’s project counts with the city, and once', () => {
  const county = memberOf('county', 'county', 'city');
  const town = memberOf('town', 'town', 'county');
  expect(counted([memberOf('city', 'city'), county, town])).toEqual([4, 2, [0, 0, 0]]);
  // Without the city, the county's own counts where it is told, and the town's in it.
  expect(counted([county, town])).toEqual([3, 1, [1, 0]]);
});

it('of shares in a circle each counts itself, and what is a share of one of them counts there', () => {
  const circle = [memberOf('one', 'county', 'two'), memberOf('two', 'county', 'one')];
  expect(counted(circle)).toEqual([4, 0, [1, 1]]);
  expect(counted([...circle, memberOf('town', 'town', 'one')])).toEqual([5, 1, [1, 1, 0]]);
});

it('no work comes of asking for years and categories that nobody has', () => {
  const register = plannedRegister().state();
  const none: [] = [];
  const levels = new LevelsView({
    ...{ register: () => register, children: () => none, today: () => MID_YEAR },
    ...{ now: () => 0, staleMs: 1 },
  });
  const all = levels.levels(everything);
  expect(levels.levels({ ...everything, year: 1999, category: '不存在' })).toBe(all);
  const [{ key } = { key: '' }] = all.byCategory;
  expect(levels.levels({ ...everything, category: key }).asked.category).toBe(key);
});
