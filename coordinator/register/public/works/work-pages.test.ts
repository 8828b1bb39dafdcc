import fc from 'fast-check';
import { OrderedMap } from 'immutable';
import { expect, it } from 'vitest';
import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';
import { CYCLE, hash, type SmallRegister } from '../../model/testing/small-register.ts';
import { decidedRegister, MID_YEAR, twoParts, YEAR_AFTER } from '../../model/testing/small-works.ts';
import { chosenWork, type Work } from '../../model/work/works.ts';
import { cyclePage } from '../cycle-page.ts';
import { lookOf, type Page } from '../frame.ts';
import { type PublicRegister, publicProposal, publicRegister } from '../public-register.ts';
import { NASTY } from '../testing/a-year.ts';
import { carriedOut, halfWay } from '../testing/carried-out.ts';
import { everyPage } from '../testing/every-page.ts';
import { yearStep } from '../year-steps.ts';
import { worksOfCycle } from './cycle-works.ts';
import { yearsPage } from './years-page.ts';

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
  expect(text).toContain('截至 2027 年 4 月：计划 50%，实际 45%');
  expect(text).toContain('责任单位填报1.2 公里，监督小组核查0.9 公里；按较小的计');
  expect(text).toContain('2 公里，2027年11月30日前，12万元');
  // Every reference leads to the one place where that entry is told.
  const told = [...page.matchAll(/ id="(e\d+)"/g)].map(([, id]) => id);
  expect(new Set(told).size).toBe(told.length);
  expect(told.length).toBeGreaterThan(6);
  for (const [, to] of page.matchAll(/href="#(e\d+)"/g)) expect(told).toContain(to);
  const part = pages.get('/projects/a/parts/1') ?? '';
  for (const [, to] of part.matchAll(/href="#(e\d+)"/g)) expect(part).toContain(`id="${to}"`);
  for (const [, to] of part.matchAll(/href="\/projects\/a#(e\d+)"/g)) expect(told).toContain(to);
  expect(textOf(pages.get('/projects/a?lang=en'))).toContain('planned 50%, done 45%');
});

it('the steps of a year go on after the vote: carried out, appraised, and over once all was looked back at', async () => {
  const stepOf = async (register: SmallRegister, day: string) => {
    const pages = await everyPage(viewOf(register, day));
    const step = (path: string) =>
      /<li aria-current="step">([^<]*)<\/li>/.exec(pages.get(path) ?? '')?.[1] ?? 'over';
    return [step('/'), step('/?lang=en')];
  };
  expect(await stepOf(decidedRegister(), MID_YEAR)).toEqual(['4 代表定', '4 Vote']);
  expect(await stepOf(halfWay(), MID_YEAR)).toEqual(['5 政府办', '5 Carry out']);
  const { works } = viewOf(carriedOut(), YEAR_AFTER);
  const [a] = worksOfCycle({ works }, CYCLE).filter(({ lookBacks }) => lookBacks.size > 0);
  if (!a) throw new Error('nothing was looked back at');
  expect([yearStep('decided', [a]), yearStep('decided', [{ ...a, lookBacks: OrderedMap() }])]).toEqual([
    'over',
    'appraised',
  ]);
  // What was suspended or ended holds nobody up; where nothing else is left, nothing was appraised.
  expect(yearStep('decided', [a, { ...a, standing: 'ended' }])).toBe('over');
  expect(yearStep('decided', [{ ...a, standing: 'suspended' }])).toBe('carried-out');
  expect([yearStep('decided', []), yearStep('frozen', [])]).toEqual(['decided', 'frozen']);
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

it('a project of forty-five parts is still light, and its reports are told on the pages of its parts', async () => {
  const view = viewOf(halfWay(), MID_YEAR);
  const work = view.works.projects.get('a');
  if (!work) throw new Error('there is no project');
  const [one] = twoParts.parts;
  const its = work.parts.get('1');
  if (!one || !its) throw new Error('there is no part');
  const parts = Array.from({ length: 45 }, (_, i) => ({ ...one, id: `${i + 1}` }));
  const long = {
    ...work,
    sheet: { ...twoParts, parts },
    promised: { ...twoParts, parts },
    parts: OrderedMap(parts.map(({ id }) => [id, its] as [string, typeof its])),
  };
  const pages = await everyPage({
    ...view,
    works: { ...view.works, projects: view.works.projects.set('a', long) },
  });
  expect(Buffer.byteLength(pages.get('/projects/a') ?? '')).toBeLessThan(180_000);
  const [, seq = ''] = /href="\/projects\/a\/parts\/7#(e\d+)"/.exec(pages.get('/projects/a') ?? '') ?? [];
  expect(pages.get('/projects/a/parts/7')).toContain(`id="${seq}"`);
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

const part: fc.Arbitrary<Part> = fc.record({
  id: fc.integer({ min: 1, max: 9999 }).map((n) => `p${n}`),
  title: fc.constantFrom('道路', '校舍'),
  body: fc.constantFrom('transport', 'education'),
  area: fc.constantFrom('north', 'south'),
  place: fc.constant(''),
  target: fc.record({
    thousandths: fc.integer({ min: 1, max: 1_000_000_000 }),
    unit: fc.constantFrom('公里', '座'),
  }),
  finish: fc.constantFrom('2027-06-30', '2028-03-01'),
  funding: fc.array(
    fc.record({
      source: fc.constantFrom('city', 'town'),
      year: fc.constantFrom(CYCLE, CYCLE + 1),
      fen: fc.integer({ min: 1, max: 10_000_000_000_000 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
const sheets = fc.array(
  fc.record({
    category: fc.constantFrom('roads', 'schools'),
    parts: fc.uniqueArray(part, { minLength: 1, maxLength: 5, selector: ({ id }) => id }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** The figures of a page, as they stand in it to the fen. */
const figuresOn = (page: string | undefined): readonly number[] =>
  [...(page ?? '').matchAll(/<div><dt>[^<]*<\/dt><dd><data value="(\d+)">/g)].map(([, value]) =>
    Number(value),
  );

/** A register in which these were chosen, as a vote leaves it. */
function chosen(all: readonly Pick<Sheet, 'category' | 'parts'>[]): PublicRegister {
  const view = viewOf(decidedRegister(), MID_YEAR);
  const projects = all.map((one, i): [string, Work] => {
    const id = `one-${i}`;
    return [id, chosenWork(id, CYCLE, { ...twoParts, ...one }, 0)];
  });
  return { ...view, works: { ...view.works, projects: OrderedMap(projects) } };
}

it('whatever is chosen, pages say so many projects, parts and fen as a plain count of parts finds: of a year, a category, an area, and all years', () => {
  fc.assert(
    fc.property(sheets, (all) => {
      const look = lookOf(chosen(all), 'zh', '/');
      const [cycle] = look.register.cycles;
      if (!cycle) throw new Error('there is no year');
      const said = (page: Page) => figuresOn(String(page.main)).slice(0, 3);
      const counted = (of: typeof all) => {
        const parts = of.flatMap((one) => one.parts);
        const fen = parts.flatMap(({ funding }) => funding).reduce((sum, line) => sum + line.fen, 0);
        return [of.length, parts.length, fen];
      };
      expect(said(yearsPage(look))).toEqual(counted(all));
      expect(said(cyclePage(look, cycle))).toEqual(counted(all));
      for (const category of ['roads', 'schools'])
        expect(said(cyclePage(look, cycle, { category }))).toEqual(
          counted(all.filter((one) => one.category === category)),
        );
      for (const area of ['north', 'south']) {
        const there = all.map((one) => ({ ...one, parts: one.parts.filter((each) => each.area === area) }));
        expect(said(cyclePage(look, cycle, { area }))).toEqual(
          counted(there.filter(({ parts }) => parts.length > 0)),
        );
      }
    }),
    { numRuns: 40 },
  );
});
