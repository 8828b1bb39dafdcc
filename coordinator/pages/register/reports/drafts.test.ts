import { expect, it } from 'vitest';
import { total } from '../../../../shared/projects/money.ts';
import { hash } from '../../../register/model/testing/small-register.ts';
import {
  type decidedRegister,
  MID_YEAR,
  ok,
  plannedRegister,
  reportOf,
  twoParts,
  workOf,
} from '../../../register/model/testing/small-works.ts';
import { planFaults } from '../../../register/model/work/judge-report.ts';
import { workDocument } from '../../../register/program/works-documents.ts';
import {
  beginningWith,
  monthsOf,
  permilleOfPercent,
  planDraft,
  planProblems,
  spreadEvenly,
  withPercent,
  withQuantity,
} from './plan-draft.ts';
import {
  figuresOf,
  lightAfter,
  monthsToReport,
  needsReason,
  type ReportDraft,
  reportDraft,
  reportProblems,
} from './report-draft.ts';

const [part] = twoParts.parts;
if (!part) throw new Error('no part');
const asked = { cycle: 2027, day: '2027-02-10' };

/** A project as a page has it, and its first part. */
function shownOf(register: ReturnType<typeof decidedRegister>, day: string) {
  const work = workDocument(register.state().works, workOf(register), { person: '', day });
  const [first] = work.partsWork;
  if (!first) throw new Error('no part');
  return { work, first };
}

it('an even plan is one that the register takes, whatever the months and the money', () => {
  for (const day of ['2026-12-20', '2027-02-10', '2027-11-30', '2028-03-01'])
    for (const fen of [0, 1, 99_999, 320_000_000, 1_234_567_89]) {
      const its = { ...part, funding: [{ source: 'city', year: 2027, fen }] };
      const draft = spreadEvenly(planDraft(its, null, { cycle: 2027, day }), its);
      const months = monthsOf(draft);
      expect(months && planFaults(its, months)).toEqual([]);
      expect(months?.at(-1)).toMatchObject({ month: '2027-11', permille: 1000, fen: total(its.funding) });
    }
});

it('a plan begins now within its year, and with the months that it has', () => {
  const first = (day: string) => planDraft(part, null, { cycle: 2027, day }).lines[0]?.month;
  expect(['2026-12-20', '2027-02-10', '2028-03-01'].map(first)).toEqual(['2027-01', '2027-02', '2027-11']);
  const draft = spreadEvenly(planDraft(part, null, asked), part);
  expect(beginningWith(draft, '2027-05').lines[0]).toEqual(draft.lines[3]);
});

it('a share is typed in per cent or as a quantity, and each gives the other', () => {
  const line = { month: '2027-03', percent: '', quantity: '', wan: '' };
  expect(withPercent(line, part, '37.5')).toMatchObject({ quantity: '0.75' });
  expect(withQuantity(line, part, '0.667')).toMatchObject({ percent: '33.3' });
  expect(withQuantity(line, part, '3')).toMatchObject({ percent: '' });
  expect(['100', '0', '12.5%', '100.1', '12.55', '', '-1'].map(permilleOfPercent)).toEqual([
    ...[1000, 0, 125, null, null, null, null],
  ]);
});

it('what is refused in a plan is told beside its field, empty fields not before it is sent', () => {
  const empty = planDraft(part, null, asked);
  expect(planProblems(empty, part, false)).toEqual([]);
  expect(planProblems(empty, part, true)).toHaveLength(20);
  const even = spreadEvenly(empty, part);
  const changed = (at: number, some: Partial<(typeof even.lines)[number]>) => ({
    ...even,
    lines: even.lines.map((line, i) => (i === at ? { ...line, ...some } : line)),
  });
  expect(planProblems(changed(4, { wan: '0' }), part, false)).toEqual([
    { at: 4, field: 'wan', reason: 'plan-falls' },
  ]);
  expect(planProblems(changed(9, { percent: '90' }), part, false)).toEqual([
    ...[{ at: 9, field: 'percent', reason: 'plan-late' }],
  ]);
  expect(planProblems(changed(3, { wan: '很多' }), part, false)).toEqual([
    { at: 3, field: 'wan', reason: 'wan-unread' },
  ]);
});

const typed = (month: string, done: string, more: Partial<ReportDraft> = {}): ReportDraft => ({
  ...{ month, done, appropriated: '0', paid: '0', words: '', reason: '', evidence: [] },
  ...more,
});

it('a report begins with the month that is overdue longest, and one that is said again with its figures', () => {
  const register = plannedRegister();
  expect(monthsToReport(shownOf(register, '2027-05-03').first, '2027-05-03')).toEqual({
    ...{ all: ['2027-03', '2027-04', '2027-05'], owed: ['2027-03', '2027-04'], begin: '2027-03' },
  });
  ok(register.act(reportOf('2027-03', 500, { evidence: [hash('photo')] }), 'transport', undefined, MID_YEAR));
  const { first } = shownOf(register, '2027-05-03');
  expect(reportDraft(first, '2027-03')).toMatchObject({ done: '0.5', evidence: [hash('photo')] });
  expect(reportDraft(first, '2027-04')).toMatchObject({ done: '', evidence: [] });
});

it('a reason is asked for where a figure falls or a month is said again; done asks for evidence', () => {
  const register = plannedRegister();
  ok(register.act(reportOf('2027-03', 1000), 'transport', undefined, MID_YEAR));
  const { first } = shownOf(register, MID_YEAR);
  const problems = (draft: ReportDraft) => reportProblems(draft, first, MID_YEAR, true);
  expect(needsReason(typed('2027-04', '1.1'), first, MID_YEAR)).toBe(false);
  expect(needsReason(typed('2027-04', '0.9'), first, MID_YEAR)).toBe(true);
  expect(needsReason(typed('2027-03', ''), first, MID_YEAR)).toBe(true);
  expect(problems(typed('2027-04', '0.9'))).toEqual([{ field: 'reason', reason: 'needs-reason' }]);
  expect(problems(typed('2027-04', '0.9', { reason: '量错了' }))).toEqual([]);
  expect(problems(typed('2027-04', '2', { paid: '1' })).map(({ field }) => field)).toEqual([
    'paid',
    'evidence',
  ]);
  expect(problems(typed('2027-04', '', { paid: 'x' })).map(({ field }) => field)).toEqual(['done', 'paid']);
});

it('the light that is shown before a report is sent is the light that follows from it', () => {
  const fresh = () => {
    const register = plannedRegister();
    ok(register.act(reportOf('2027-03', 500), 'transport', undefined, MID_YEAR));
    ok(register.act(reportOf('2027-04', 1000), 'transport', undefined, MID_YEAR));
    return register;
  };
  for (const day of ['2027-06-04', MID_YEAR, '2027-12-02'])
    for (const [month, done] of [
      ['2027-05', '0.2'],
      ['2027-05', '1.4'],
      ['2027-06', '1.9'],
      ['2027-03', '0.1'],
      ['2027-06', '2'],
    ] as const) {
      const register = fresh();
      const { work, first } = shownOf(register, day);
      const draft = typed(month, done, { reason: '更正', evidence: [hash('photo')] });
      const figures = figuresOf(draft);
      if (!figures) throw new Error('unread');
      const before = lightAfter(first, figures, work);
      const more = { reason: '更正', evidence: [hash('photo')] };
      if (month > day.slice(0, 7)) continue;
      ok(register.act(reportOf(month, figures.done, more), 'transport', undefined, day));
      expect(shownOf(register, day).first.light).toEqual(before);
    }
});
