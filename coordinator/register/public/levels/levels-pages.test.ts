import { expect, it } from 'vitest';
import { levelState } from '../../federation/level-state.ts';
import { type LevelMember, levelsOf, projectsOf, type Standing } from '../../federation/levels.ts';
import { pullFault } from '../../federation/pull-faults.ts';
import { CYCLE } from '../../model/testing/small-register.ts';
import { MID_YEAR, ok, plannedRegister } from '../../model/testing/small-works.ts';
import { framed, lookOf } from '../frame.ts';
import { tableCsv } from '../open-tables.ts';
import { publicProposal, publicRegister } from '../public-register.ts';
import { levelPage } from './level-page.ts';
import { LevelsData, levelsData, levelsTable } from './levels-data.ts';
import { levelsPage } from './levels-page.ts';

const city = plannedRegister({
  about: {
    register: 'city',
    level: 'city',
    name: { zh: '云溪市民生实事项目库' },
    congress: { zh: '云溪市人民代表大会' },
  },
});
const town = plannedRegister();
ok(town.act({ act: 'link', project: 'a', to: { register: 'city', project: 'none' } }, 'congress'));
ok(town.act({ act: 'link', project: 'b', to: { register: 'city', project: 'b' } }, 'congress'));

const view = publicRegister(city.state(), MID_YEAR, (one) => publicProposal(one, () => MID_YEAR));
if (!view) throw new Error('it has not begun');
const register = view;

const member = (id: string, standing: Partial<Standing>, name = { zh: `${id}<镇>` }): LevelMember => ({
  ...{ id, name, level: 'town', address: `https://${id}.example/`, seq: 40, witnessed: null },
  standing: { is: 'fresh', pulled: 1_812_000_000_000, hours: 3, fault: null, forked: null, ...standing },
  state: standing.is === 'unread' ? null : levelState(town.state()),
});
const members: readonly LevelMember[] = [
  {
    ...member('city', { is: 'self', pulled: null, hours: null }, { zh: '云溪市' }),
    ...{ level: 'city', address: null, state: levelState(city.state()) },
  },
  { ...member('well', {}), witnessed: { key: 'k', at: 39, hash: 'ab'.repeat(32), seq: 77, time: 0 } },
  member('old', { is: 'stale', hours: 80, fault: pullFault('unreachable') }),
  member('wrong', { is: 'broken', fault: pullFault('list-missing', 9) }),
  member('two', { is: 'forked', fault: pullFault('forked', 12), forked: 1_812_000_000_000 }),
  member('never', { is: 'unread', pulled: null, hours: null, fault: pullFault('no-folder') }),
];
const asked = { year: null, level: null, category: null };
const levels = levelsOf(members, asked, MID_YEAR);

const pageOf = async (language: 'zh' | 'en', id?: string) => {
  const look = lookOf(register, language, '/levels');
  const one = levels.members.find((each) => each.id === id);
  const page = one
    ? levelPage(look, levels, one, projectsOf(members, one.id, asked, MID_YEAR) ?? [], null)
    : levelsPage(look, levels);
  return String(await framed(look, page, { style: '', script: '' }));
};

it('what is old, faulty or of two histories is named before any sum, counted as it was read last, and never a zero', async () => {
  const page = await pageOf('zh');
  const [before = ''] = page.split('<h2>合计</h2>');
  for (const reason of [
    '连接不上',
    '第 9 条：缺少候选项目清单',
    '两种不同的历史',
    '文件夹不在',
    '自称是别处项目的一部分',
  ])
    expect(before).toContain(reason);
  const bad = /<div class="bad".*?<\/div>/s.exec(before)?.[0] ?? '';
  expect(bad).toContain('/levels/two');
  expect(bad).not.toContain('/levels/old');
  const row = (id: string) =>
    new RegExp(`<tr><th[^>]*><a href="/levels/${id}">.*?</tr>`, 's').exec(page)?.[0] ?? '';
  expect(row('old')).toContain('旧数据，3天前');
  expect(row('never')).toContain('—');
  expect(row('never')).not.toContain('>0<');
  // `b` counts in the city's, `a` claims what is not there: one of two counts in each of the four that were read.
  expect([levels.whole.projects, levels.whole.linked.projects]).toEqual([6, 4]);
  expect(page).toContain('well&lt;镇&gt;');
  const en = await pageOf('en');
  expect(en).toContain('It cannot be reached');
  expect(en).toContain('href="/levels?level=town&amp;lang=en"');
  for (const text of [page, en]) expect(text).not.toMatch(/undefined|null|NaN|\[object/);
});

it('a register leads down to its own pages and entries; what counts elsewhere or claims to is said', async () => {
  const page = await pageOf('zh', 'well');
  expect(page).toContain('href="https://well.example/projects/a"');
  expect(page).toMatch(/href="https:\/\/well\.example\/projects\/a#e\d+"/);
  expect(page).toContain('自称属city项目none，但那里没有');
  expect(page).toContain('属city项目b，只在那里计入');
  expect(page).toContain('第77条见证了它的第39条');
  expect(await pageOf('en', 'well')).toContain('href="https://well.example/projects/a?lang=en"');
  expect(await pageOf('zh', 'city')).toContain('href="/projects/a"');
  expect(await pageOf('zh', 'never')).toContain('没有计入合计');
});

it('files say the same as the page, to the fen', () => {
  const data = LevelsData.parse(levelsData(register, levels));
  expect(JSON.stringify(data)).toBe(JSON.stringify(levelsData(register, levels)));
  expect(data.registers.map(({ standing, sums }) => [standing, sums?.fen ?? null])).toEqual([
    ['self', 320_000_00],
    ...(['fresh', 'stale', 'broken', 'forked'] as const).map((is) => [is, 200_000_00]),
    ['unread', null],
  ]);
  const csv = tableCsv(levelsTable(lookOf(register, 'zh', '/'), levels));
  expect(csv.match(/200000\.00/g)?.length).toBeGreaterThanOrEqual(8);
  expect(levels.byYear.map(({ key }) => key)).toEqual([String(CYCLE)]);
});
