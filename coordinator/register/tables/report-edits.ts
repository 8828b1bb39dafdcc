import type { RegisterAct } from '../model/acts.ts';
import { type PlannedMonth, plan as planFields, report as reportFields } from '../model/work/fields.ts';
import { planFaults } from '../model/work/judge-report.ts';
import { partOf, type Report, type Works } from '../model/work/works.ts';
import { doneOf, fenOf, monthIn, permilleOf } from './amounts.ts';
import { rowsUnder, type TableRow } from './columns.ts';
import type { TableProblem, TableReason } from './problems.ts';
import { PLAN_COLUMNS, REPORT_COLUMNS } from './report-columns.ts';
import { reportOf } from './report-tables.ts';
import { keyOf, RowReader, some, text } from './row-reader.ts';
import type { ReadSheet } from './workbook.ts';

type PlanRow = TableRow<typeof PLAN_COLUMNS>;
type ReportRow = TableRow<typeof REPORT_COLUMNS>;
type PlanAct = Extract<RegisterAct, { act: 'plan' }>;
type ReportAct = Extract<RegisterAct, { act: 'report' }>;

/** An act that a table asks for; `refuse` says in the table why it is not done. */
export interface AskedFor<A> {
  readonly act: A;
  readonly refuse: (reason: TableReason) => void;
}

/** What the sheets ask for, as it is written; the register's rules have not been asked. What cannot be read is in `problems`. */
export function reportEditsIn(
  sheets: readonly ReadSheet[],
  works: Works,
  problems: TableProblem[],
): { readonly plans: readonly AskedFor<PlanAct>[]; readonly reports: readonly AskedFor<ReportAct>[] } {
  const plans = new Map<string, PlanRow[]>();
  const reports = new Map<string, AskedFor<ReportAct>>();
  let isTable = false;
  for (const sheet of sheets) {
    const reported = rowsUnder(sheet, REPORT_COLUMNS, problems);
    for (const row of reported ?? []) addReport(reports, row, works);
    const planned = reported ? null : rowsUnder(sheet, PLAN_COLUMNS, problems);
    for (const row of planned ?? []) {
      const of = placeOf(row);
      if (of) plans.set(of.key, [...(plans.get(of.key) ?? []), row]);
    }
    isTable ||= (reported ?? planned) !== null;
  }
  if (!isTable) problems.push({ sheet: sheets[0]?.name ?? '', row: null, column: null, reason: 'no-table' });
  return {
    plans: [...plans.values()].flatMap((rows) => planIn(rows, works) ?? []),
    reports: [...reports.values()].toSorted((one, other) => one.act.month.localeCompare(other.act.month)),
  };
}

/** Which part a row is of; null where that cannot be read, which is noted. */
function placeOf<C extends typeof PLAN_COLUMNS | typeof REPORT_COLUMNS>(row: TableRow<C>) {
  const project = keyOf(row, 'project');
  const part = keyOf(row, 'part');
  return project === null || part === null ? null : { project, part, key: `${project} ${part}` };
}

const EMPTY = new Set(['', undefined]);

/** A part's plan of all its rows; null where nothing is said, or something of it is refused. */
function planIn(rows: readonly PlanRow[], works: Works): AskedFor<PlanAct> | null {
  const said = rows.filter((row) => !EMPTY.has(row.cell('share')) || !EMPTY.has(row.cell('money')));
  const [first] = said;
  const of = first && placeOf(first);
  if (!first || !of) return null;
  const { project, part } = of;
  const work = works.projects.get(project);
  const before = work && partOf(work, part)?.its.plan;
  let safeguards = before?.safeguards ?? '';
  const read = said.map((row, i) => {
    const reader = new RowReader(row);
    const month: { -readonly [K in keyof PlannedMonth]?: PlannedMonth[K] } = {};
    reader.read('month', some(monthIn, 'bad-month'), (value) => (month.month = value));
    reader.read('share', some(permilleOf, 'bad-share'), (value) => (month.permille = value));
    reader.read('money', some(fenOf, 'bad-money'), (value) => (month.fen = value));
    // Said once, though it stands in every row.
    if (i === 0) reader.read('safeguards', text(planFields.safeguards), (value) => (safeguards = value));
    return reader.isRefused ? null : month;
  });
  const months = read.flatMap((one) =>
    one?.month === undefined || one.permille === undefined || one.fen === undefined
      ? []
      : [{ month: one.month, permille: one.permille, fen: one.fen }],
  );
  if (months.length < said.length) return null;
  const refuse = (reason: TableReason) => {
    const found = work && partOf(work, part);
    const fault = found && planFaults(found.part, months).find((one) => one.reason === reason);
    const column = fault ? PLAN_COLUMN[fault.reason] : undefined;
    (said[fault?.at ?? 0] ?? first).refuse(reason, column);
  };
  return { act: { act: 'plan', project, part, months, safeguards }, refuse };
}

const PLAN_COLUMN = { 'plan-falls': 'month', 'plan-late': 'share', 'plan-money': 'money' } as const;

function addReport(reports: Map<string, AskedFor<ReportAct>>, row: ReportRow, works: Works): void {
  if ((['done', 'appropriated', 'paid', 'words'] as const).every((column) => EMPTY.has(row.cell(column))))
    return;
  const act = reportIn(row, works);
  if (!act) return;
  const key = `${act.project} ${act.part} ${act.month}`;
  if (reports.has(key)) row.refuse('row-twice', 'month');
  else reports.set(key, { act, refuse: (reason) => refuseReport(row, reason) });
}

/** What a row says of a month; what a table cannot bring, the evidence, stays as it was. */
function reportIn(row: ReportRow, works: Works): ReportAct | null {
  const of = placeOf(row);
  if (!of) return null;
  const { project, part } = of;
  const reader = new RowReader(row);
  const said: { -readonly [K in keyof Report]?: Report[K] } = { reason: null };
  reader.read('month', some(monthIn, 'bad-month'), (value) => (said.month = value));
  reader.read('done', some(doneOf, 'bad-done'), (value) => (said.done = value));
  reader.read('appropriated', some(fenOf, 'bad-money'), (value) => (said.appropriated = value));
  reader.read('paid', some(fenOf, 'bad-money'), (value) => (said.paid = value));
  reader.read('words', text(reportFields.words), (value) => (said.words = value));
  if (!EMPTY.has(row.cell('reason')))
    reader.read('reason', text(reportFields.reason), (value) => (said.reason = value));
  const { month, done, appropriated, paid, reason = null } = said;
  if (reader.isRefused || month === undefined || done === undefined) return null;
  if (appropriated === undefined || paid === undefined) return null;
  const work = works.projects.get(project);
  const found = work && partOf(work, part);
  const held = found ? reportOf(found.its, month) : null;
  return {
    ...{ act: 'report', project, part, month, done, appropriated, paid, reason },
    words: said.words ?? held?.words ?? '',
    evidence: [...(held?.evidence ?? [])],
  };
}

const REPORT_COLUMN: Partial<Record<TableReason, keyof typeof REPORT_COLUMNS>> = {
  'unknown-project': 'project',
  'unknown-part': 'part',
  'other-body': 'part',
  'month-to-come': 'month',
  'month-before-plan': 'month',
  'paid-too-much': 'paid',
  'more-than-promised': 'appropriated',
  'needs-reason': 'reason',
  'evidence-on-page': 'done',
};

function refuseReport(row: ReportRow, reason: TableReason): void {
  // No table brings a photograph: the cure is another.
  const said = reason === 'done-needs-evidence' ? 'evidence-on-page' : reason;
  const column = REPORT_COLUMN[said];
  row.refuse(said, column !== undefined && row.cell(column) !== undefined ? column : undefined);
}
