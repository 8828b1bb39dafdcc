import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actor, hash, type SmallRegister } from '../model/testing/small-register.ts';
import {
  decidedRegister,
  MID_YEAR,
  ok,
  plannedRegister,
  reportOf,
  workOf,
} from '../model/testing/small-works.ts';
import { monthIn, permilleOf } from './amounts.ts';
import { describeTableProblem } from './problems.ts';
import { fingerprintOf } from './project-preview.ts';
import { previewReports, type ReportPreview } from './report-preview.ts';
import { reportTables } from './report-tables.ts';
import { sentBack, sheetOf } from './testing/sheets.ts';
import type { ReadSheet } from './workbook.ts';

const BODY = 'transport';
const preview = (register: SmallRegister, sheets: readonly ReadSheet[], day = MID_YEAR): ReportPreview =>
  previewReports(sheets, { state: register.state(), who: { by: actor(BODY) }, day });
const confirm = (register: SmallRegister, { acts }: ReportPreview, day = MID_YEAR) => {
  for (const act of acts) ok(register.act(act, BODY, undefined, day));
};
const exported = (register: SmallRegister, day = MID_YEAR, body: string | null = BODY) =>
  reportTables(register.state(), [...register.state().works.projects.values()], { body, day }, 'zh');

const PLAN = ['项目编号', '子项目编号', '计划月份', '计划累计进度（%）', '计划累计资金（万元）'] as const;
const REPORT = [
  '项目编号',
  '子项目编号',
  '填报月份',
  '累计完成',
  '累计到位（万元）',
  '累计支付（万元）',
] as const;
const WHOLE = sheetOf([...PLAN], ['a', '1', '2027年6月', '40', '4.8'], ['a', '1', '2027-11', '100%', '12']);
const said = ({ refused }: ReportPreview) =>
  refused.map(({ row, column, reason }) => [row, column?.split(' ')[0] ?? null, reason]);

describe('what goes out and comes back unchanged does nothing', () => {
  it('without a plan there are months to fill in, of one’s own parts', async () => {
    const register = decidedRegister();
    const [plans, reports] = exported(register, '2027-02-10');
    expect(plans.rows.filter(({ project }) => project === 'a').map(({ month }) => month)).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => `2027-${String(n).padStart(2, '0')}`),
    );
    expect([...new Set(plans.rows.map(({ body }) => body))]).toEqual(['transport']);
    expect(reports.rows).toEqual([]);
    const nothing = { added: [], changed: [], same: 0, refused: [], acts: [] };
    expect(preview(register, await sentBack(exported(register)))).toEqual(nothing);
  });

  it('with plan and reports all of it is known', async () => {
    const register = plannedRegister();
    ok(register.act(reportOf('2027-03', 500, { words: '路基' }), BODY, undefined, MID_YEAR));
    const reports = exported(register)[1].rows;
    // The last month's figures and the plan's stand beside what is to be filled in.
    expect(reports).toMatchObject([
      { month: '2027-04', lastDone: '0.5', plannedDone: '1', plannedMoney: '6', done: '' },
      { month: '2027-05', lastDone: '0.5', plannedDone: '1.5', plannedMoney: '9' },
      { month: '2027-06', plannedDone: '2', plannedMoney: '12' },
    ]);
    expect(preview(register, await sentBack(exported(register)))).toMatchObject({
      same: 1,
      acts: [],
      refused: [],
    });
  });
});

it('a plan and two months’ reports come in one file, each judged behind the other, and twice is once', () => {
  const register = decidedRegister();
  const sheets = [
    sheetOf([...REPORT], ['a', '1', '2027-07', '0.9', '5', '3'], ['a', '1', '2027-06', '1', '4', '2']),
    WHOLE,
  ];
  const first = preview(register, sheets, '2027-07-20');
  // July is less than June, which the same file brings.
  expect(said(first)).toEqual([[2, null, 'needs-reason']]);
  expect(first.acts.map((act) => (act.act === 'report' ? act.month : act.act))).toEqual(['plan', '2027-06']);
  expect(first.added.map(({ title }) => title)).toEqual(['道路改造 2027-06–2027-11', '道路改造 2027-06']);
  confirm(register, first, '2027-07-20');
  const again = preview(register, sheets, '2027-07-20');
  expect([again.acts, again.same]).toEqual([[], 2]);
  expect(fingerprintOf(again)).not.toBe(fingerprintOf(first));
});

it('differences are set beside what was known: the same month’s figures, else the last before it', () => {
  const register = plannedRegister();
  ok(register.act(reportOf('2027-05', 1000, { evidence: [hash('photo')] }), BODY, undefined, MID_YEAR));
  const sheet = sheetOf(
    [...REPORT, '降低或重报的原因'],
    ['a', '1', '2027-05', '0.8', '0', '0', '量错了'],
    ['a', '1', '2027-06', '1.2', '6', '0', ''],
  );
  const { changed, acts } = preview(register, [sheet]);
  expect(changed.map(({ of, field, before, after }) => [of, field, before, after])).toEqual([
    ['道路改造 2027-05', '累计完成', '1', '0.8'],
    ['道路改造 2027-05', '降低或重报的原因', '', '量错了'],
    // By what the file itself says of May.
    ['道路改造 2027-06', '累计完成', '0.8', '1.2'],
    ['道路改造 2027-06', '累计到位（万元）', '0', '6'],
  ]);
  // What a table cannot bring stays: the photograph.
  expect(acts[0]).toMatchObject({ month: '2027-05', evidence: [hash('photo')] });
});

describe('what is not right is refused where it stands, with its cure', () => {
  it('another body’s part, in plan and report', () => {
    const register = decidedRegister();
    const plan = sheetOf([...PLAN], ['a', '2', '2027-10', '100', '8']);
    const report = sheetOf([...REPORT], ['a', '2', '2027-05', '1', '0', '0']);
    const { refused, acts } = preview(register, [plan, report]);
    expect(acts).toEqual([]);
    expect(refused.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'other-body'],
      [2, 'other-body'],
    ]);
    const [problem] = refused;
    expect(problem && describeTableProblem(problem).zh).toBe('表“表”第 2 行：不是本单位负责的内容');
  });

  it('figures that cannot be read, in the cell', () => {
    const register = plannedRegister();
    const sheet = sheetOf(
      [...REPORT],
      ['a', '1', '五月', '1', '0', '0'],
      ['a', '1', '2027-04', '一半', '0', ''],
      ['a', '9', '2027-05', '0', '0', '0'],
      ['x', '1', '2027-05', '0', '0', '0'],
    );
    expect(said(preview(register, [sheet]))).toEqual([
      [2, 'C', 'bad-month'],
      [3, 'D', 'bad-done'],
      [3, 'F', 'empty'],
      [4, 'B', 'unknown-part'],
      [5, 'A', 'unknown-project'],
    ]);
  });

  it('what the rules of plan and report refuse, in the column that is to be changed', () => {
    const register = plannedRegister();
    const sheet = sheetOf(
      [...REPORT],
      ['a', '1', '2027-04', '0.5', '3', '4'],
      ['a', '1', '2027-05', '0.5', '13', '4'],
      ['a', '1', '2027-06', '2', '0', '0'],
      ['a', '1', '2027-07', '1', '0', '0'],
    );
    expect(said(preview(register, [sheet]))).toEqual([
      [2, 'F', 'paid-too-much'],
      [3, 'E', 'more-than-promised'],
      [4, 'D', 'evidence-on-page'],
      [5, 'C', 'month-to-come'],
    ]);
    const late = sheetOf([...PLAN], ['b', '1', '2027-06', '50', '6'], ['b', '1', '2027-12', '100', '12']);
    const poor = sheetOf([...PLAN], ['a', '1', '2027-06', '50', '6'], ['a', '1', '2027-10', '100', '11']);
    expect(said(preview(register, [late, poor]))).toEqual([
      [3, 'D', 'plan-late'],
      [3, 'E', 'plan-money'],
    ]);
  });

  it('a plan of which one row cannot be read stays as it is', () => {
    const register = decidedRegister();
    const { acts, refused } = preview(register, [
      sheetOf([...PLAN], ['a', '1', '2027-06', '50.55', '6'], ['a', '1', '2027-11', '100', '12']),
    ]);
    expect([acts, refused.map(({ reason }) => reason)]).toEqual([[], ['bad-share']]);
  });
});

it('months and shares are read as offices write them', () => {
  expect(['2027-05', '2027/5', '2027年5月', '2027.05', '2027-05-01 00:00:00'].map(monthIn)).toEqual(
    Array<string>(5).fill('2027-05'),
  );
  expect(['2027-13', '5月', ''].map(monthIn)).toEqual([null, null, null]);
  expect(['37.5', '37.5%', '100', '0', '100.1', '37.55', '-1'].map(permilleOf)).toEqual([
    ...[375, 375, 1000, 0, null, null, null],
  ]);
});

it('a plan that comes by table is the part’s plan', () => {
  const register = decidedRegister();
  confirm(register, preview(register, [WHOLE]));
  expect(workOf(register).parts.get('1')?.plan?.months).toEqual([
    { month: '2027-06', permille: 400, fen: 4_800_000 },
    { month: '2027-11', permille: 1000, fen: 12_000_000 },
  ]);
});

it('whatever a table says, all that is shown is done when it is confirmed, and nothing the second time', () => {
  const month = fc.integer({ min: 1, max: 9 }).map((n) => `2027-0${n}`);
  const figure = fc.constantFrom('0', '0.5', '1', '1.25', '2', '3', '12', '', 'x');
  const report = fc.tuple(
    fc.constantFrom('1', '2'),
    month,
    figure,
    figure,
    figure,
    fc.constantFrom('', '更正'),
  );
  const planned = fc.uniqueArray(month, { minLength: 1, maxLength: 5 }).map((months) =>
    months.toSorted().map((one, i, all) => {
      const share = Math.floor((100 * (i + 1)) / all.length);
      return ['a', '1', one, String(share), i === all.length - 1 ? '12' : String(i)];
    }),
  );
  fc.assert(
    fc.property(planned, fc.array(report, { maxLength: 12 }), (plans, reports) => {
      const register = decidedRegister();
      const sheets = [
        sheetOf([...PLAN], ...plans),
        sheetOf([...REPORT, '降低或重报的原因'], ...reports.map((row) => ['a', ...row])),
      ];
      const first = preview(register, sheets);
      // Each is done: what those before it leave was thought of.
      confirm(register, first);
      const again = preview(register, sheets);
      expect([again.acts, again.same]).toEqual([[], first.acts.length]);
      const parts = [...workOf(register).parts.values()];
      const entered = parts.reduce((sum, { plan, reports: all }) => sum + (plan ? 1 : 0) + all.size, 0);
      expect(entered).toBe(first.acts.length);
    }),
    { numRuns: 60 },
  );
});
