import { total } from '../../../shared/projects/money.ts';
import type { Part } from '../../../shared/projects/sheet.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { Register } from '../model/state.ts';
import type { PlannedMonth } from '../model/work/fields.ts';
import { lastBefore } from '../model/work/judge-report.ts';
import { overdueMonths } from '../model/work/light.ts';
import { firstToPlan, monthAfter, monthOf, monthsBetween } from '../model/work/month.ts';
import { isDone, plannedFen, plannedPermille } from '../model/work/progress.ts';
import { type PartWork, partOf, type Report, type Work } from '../model/work/works.ts';
import { percentOf, quantityOf, wanOf } from './amounts.ts';
import type { Cells } from './columns.ts';
import { nameOf } from './names.ts';
import { PLAN_COLUMNS, REPORT_COLUMNS } from './report-columns.ts';
import type { Table } from './write-table.ts';

/** Whose parts, and on which day. `body` null: everybody's. */
export interface ReportTablesOf {
  readonly body: string | null;
  readonly day: string;
}

type Found = { readonly work: Work; readonly part: Part; readonly its: PartWork };

/** The plans of a body's parts, and the reports that are due, with what is known already; what is to be filled in is empty. */
export function reportTables(
  { vocabulary, works }: Pick<Register, 'vocabulary' | 'works'>,
  chosen: readonly Work[],
  { body, day }: ReportTablesOf,
  language: Language,
): [Table<typeof PLAN_COLUMNS>, Table<typeof REPORT_COLUMNS>] {
  const found = chosen
    .filter(({ standing }) => standing === 'running')
    .flatMap((work) => work.sheet.parts.flatMap(({ id }) => withWork(work, id)))
    .filter(({ part }) => body === null || part.body === body);
  const of = ({ work, part }: Found) => ({
    project: work.id,
    part: part.id,
    title: work.sheet.title.zh,
    partTitle: part.title,
    body: nameOf(part.body, vocabulary.bodies),
    target: quantityOf(part.target.thousandths),
    unit: part.target.unit,
  });
  return [
    {
      name: language === 'zh' ? '计划' : 'Plans',
      columns: PLAN_COLUMNS,
      rows: found.flatMap((one) =>
        plannedMonths(one, day).map((month) => ({ ...of(one), ...planCells(one, month) })),
      ),
    },
    {
      name: language === 'zh' ? '月报' : 'Reports',
      columns: REPORT_COLUMNS,
      rows: found.flatMap((one) =>
        monthsToReport(one, works.rules, day).map((month) => ({ ...of(one), ...reportCells(one, month) })),
      ),
    },
  ];
}

const withWork = (work: Work, id: string): Found[] => {
  const found = partOf(work, id);
  return found ? [{ work, ...found }] : [];
};

/** The months of the plan that holds; where none does, those that are to be planned, and nothing beside them. */
function plannedMonths(
  { work, part, its }: Found,
  day: string,
): (PlannedMonth | { readonly month: string })[] {
  if (its.plan && !its.plan.isStale) return [...its.plan.months];
  const first = firstToPlan(work.cycle, part, day);
  return monthsBetween(first, monthOf(part.finish)).map((month) => ({ month }));
}

function planCells({ part, its }: Found, planned: PlannedMonth | { readonly month: string }) {
  const isPlanned = 'fen' in planned;
  return {
    finish: part.finish,
    investment: wanOf(total(part.funding)),
    month: planned.month,
    share: isPlanned ? percentOf(planned.permille) : '',
    money: isPlanned ? wanOf(planned.fen) : '',
    safeguards: its.plan?.safeguards ?? '',
  } satisfies Partial<Cells<typeof PLAN_COLUMNS>>;
}

/** What is overdue, what is due, and the month that is still running. */
function monthsToReport(
  { part, its }: Found,
  rules: Register['works']['rules'],
  day: string,
): readonly string[] {
  const { plan } = its;
  if (!plan || plan.isStale || isDone(part, its)) return [];
  const now = monthOf(day);
  const first = plan.months[0]?.month ?? now;
  const last = monthAfter(now, -1);
  const owed = new Set(overdueMonths(its, rules, day));
  if (last >= first && !its.months.has(last)) owed.add(last);
  if (now >= first) owed.add(now);
  return [...owed];
}

function reportCells({ part, its }: Found, month: string) {
  const before = lastBefore(its, month);
  const planned = plannedPermille(its, month) ?? 0;
  return {
    month,
    lastDone: before ? quantityOf(before.done) : '',
    plannedDone: quantityOf(Math.ceil((part.target.thousandths * planned) / 1000)),
    lastAppropriated: before ? wanOf(before.appropriated) : '',
    plannedMoney: wanOf(plannedFen(its, month) ?? 0),
    lastPaid: before ? wanOf(before.paid) : '',
    ...figureCells(reportOf(its, month)),
  } satisfies Partial<Cells<typeof REPORT_COLUMNS>>;
}

/** The report that holds of a month; null where there is none. */
export const reportOf = ({ months, reports }: PartWork, month: string): Report | null =>
  reports.get(months.get(month) ?? -1) ?? null;

/** What is filled in of a report; a reason is said anew each time. */
export const figureCells = (report: Omit<Report, 'seq' | 'at' | 'by' | 'body' | 'evidence'> | null) => ({
  done: report ? quantityOf(report.done) : '',
  appropriated: report ? wanOf(report.appropriated) : '',
  paid: report ? wanOf(report.paid) : '',
  words: report?.words ?? '',
  reason: '',
});
