import { expect, it } from 'vitest';
import { CYCLE, hash, type SmallRegister } from '../../model/testing/small-register.ts';
import { decidedRegister, MID_YEAR, YEAR_AFTER } from '../../model/testing/small-works.ts';
import { lookOf } from '../frame.ts';
import { type PublicRegister, publicProposal, publicRegister } from '../public-register.ts';
import { NASTY } from '../testing/a-year.ts';
import { carriedOut, halfWay } from '../testing/carried-out.ts';
import { everyPage } from '../testing/every-page.ts';

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

function viewOf(register: SmallRegister, day: string): PublicRegister {
  const view = publicRegister(register.state(), day, (one) => publicProposal(one, dayOf));
  if (!view) throw new Error('the register has not begun');
  return view;
}

/** A page's words, as a reader has them. */
const textOf = (page: string | undefined): string =>
  (page ?? '')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/\s+/g, ' ');

it('a project’s page says what was promised and what is there, why its light is so, both values of a disputed figure, and where each comes from', async () => {
  const pages = await everyPage(viewOf(halfWay(), '2027-06-05'));
  const page = pages.get('/projects/a') ?? '';
  const text = textOf(page);
  // Reported 1.2 of 2 km, of which the group found 0.9: the smaller one counts.
  expect(text).toContain('截至2027年4月，计划完成50%，实际完成45%');
  expect(text).toContain('责任单位填报1.2 公里，监督小组核查0.9 公里；按较小的计');
  expect(text).toContain('2 公里，2027年11月30日前，12.00万元');
  // Every reference leads to the one place where that entry is told.
  const told = [...page.matchAll(/ id="(e\d+)"/g)].map(([, id]) => id);
  expect(new Set(told).size).toBe(told.length);
  expect(told.length).toBeGreaterThan(6);
  for (const [, to] of page.matchAll(/href="#(e\d+)"/g)) expect(told).toContain(to);
  expect(textOf(pages.get('/projects/a?lang=en'))).toContain('50% was planned and 45% is done');
});

it('a target that shrank after the vote shows as shrunk, with the decision that did it, and what was judged and looked back at shows with its proof', async () => {
  const text = textOf((await everyPage(viewOf(carriedOut(), YEAR_AFTER))).get('/projects/a'));
  expect(text).toContain('↓ 比承诺缩减');
  expect(text).toContain('票决时承诺2 公里，2027年11月30日前');
  expect(text).toContain('现在1.6 公里，2027年12月20日前');
  expect(text).toMatch(/依据：常委会〔2027〕9号.*第\d+条记录/);
  // The second part is not forgotten because it was dropped.
  expect(text).toContain('校舍修缮✕ 已取消');
  expect(text).toContain('不满意');
  expect(text).toContain(hash('grades').match(/.{8}/g)?.join(' '));
  expect(text).toContain('✓ 整改已认可');
  expect(text).toContain('部分使用');
});

it('a part’s page has what the code at the site is opened for; of what people say there only what somebody has read', async () => {
  const register = halfWay();
  const page = (await everyPage(viewOf(register, MID_YEAR))).get('/projects/a/parts/1') ?? '';
  const text = textOf(page);
  expect(text).toContain('情况不符');
  expect(text).toContain('北段还没有铺');
  expect(text).toContain('已转监督小组');
  expect(text).toContain('责任单位transport');
  expect(page).toContain('action="/projects/a/parts/1/voice/words"');
  for (const hidden of ['V-2', hash('V-1'), hash('photo of V-1')]) expect(page).not.toContain(hidden);
});

it('whatever people type is text on every page of a project', async () => {
  for (const [register, day] of [
    [halfWay(), MID_YEAR],
    [carriedOut(), YEAR_AFTER],
  ] as const) {
    const pages = await everyPage(viewOf(register, day));
    expect([...pages.values()].filter((page) => page.includes('&lt;script&gt;')).length).toBeGreaterThan(3);
    for (const page of pages.values()) {
      expect(page).not.toContain(NASTY);
      expect(page).not.toMatch(/<script|<[^>]*\son\w+=|javascript:|<[^>]*\sstyle=/);
    }
  }
});

it('a year’s page and that of all years say so many projects, parts and fen as there are', async () => {
  const register = decidedRegister();
  const pages = await everyPage(viewOf(register, MID_YEAR));
  const sums = (path: string) =>
    [...(pages.get(path) ?? '').matchAll(/<data value="(\d+)">/g)].map(([, value]) => Number(value));
  expect(sums(`/cycles/${CYCLE}`).slice(0, 5)).toEqual([2, 3, 320_000_00, 0, 0]);
  expect(sums('/years').slice(0, 5)).toEqual([2, 3, 320_000_00, 0, 0]);
  expect(sums(`/cycles/${CYCLE}?area=south`).slice(0, 3)).toEqual([1, 1, 80_000_00]);
  expect(lookOf(viewOf(register, MID_YEAR), 'zh', '/').register.cycles).toHaveLength(1);
});
