import { isDeepStrictEqual } from 'node:util';
import type { RegisterAct } from '../model/acts.ts';
import { decide } from '../model/decide.ts';
import type { Decision } from '../model/decided.ts';
import { ownEntry } from '../model/own-entry.ts';
import type { Who } from '../model/person.ts';
import type { Register } from '../model/state.ts';
import { foldWork } from '../model/work/fold-work.ts';
import { lastBefore } from '../model/work/judge-report.ts';
import { isWorkEntry } from '../model/work/work-entries.ts';
import { type PartWork, type Plan, partOf } from '../model/work/works.ts';
import { percentOf, wanOf } from './amounts.ts';
import type { TableProblem } from './problems.ts';
import type { Change } from './project-changes.ts';
import { PLAN_COLUMNS, REPORT_COLUMNS } from './report-columns.ts';
import { type AskedFor, reportEditsIn } from './report-edits.ts';
import { figureCells, reportOf } from './report-tables.ts';
import type { ReadSheet } from './workbook.ts';

type ReportingAct = Extract<RegisterAct, { act: 'plan' | 'report' }>;

/** What importing plans and reports would do. Nothing has changed yet. */
export interface ReportPreview {
  /** Plans and reports that were not there; the title says of which part and months. */
  readonly added: readonly { readonly id: string; readonly title: string }[];
  readonly changed: readonly Change[];
  /** Plans and reports of which the tables say what is so already. */
  readonly same: number;
  readonly refused: readonly TableProblem[];
  /** What is done when somebody confirms it, in this order. */
  readonly acts: readonly ReportingAct[];
}

/** Who brings it into which register, and when. */
export interface ReportsInto {
  readonly state: Register;
  readonly who: Who;
  readonly day: string;
}

/**
 * What tables of plans and reports would change: plans first, then reports by month, each judged on what those before it
 * would have left. Pure; the same tables again, once it is done, give nothing to do.
 */
export function previewReports(
  sheets: readonly ReadSheet[],
  { state, who, day }: ReportsInto,
): ReportPreview {
  const refused: TableProblem[] = [];
  const added: { id: string; title: string }[] = [];
  const changed: Change[] = [];
  const acts: ReportingAct[] = [];
  let same = 0;
  let now = state;
  const { plans, reports } = reportEditsIn(sheets, state.works, refused);
  const all: readonly AskedFor<ReportingAct>[] = [...plans, ...reports];
  for (const { act, refuse } of all) {
    const work = now.works.projects.get(act.project);
    const found = work && partOf(work, act.part);
    if (found && isSaid(found.its, act)) {
      same += 1;
      continue;
    }
    const decision = decide(now, act, who, day);
    if (!decision.ok) {
      refuse(decision.reason);
      continue;
    }
    acts.push(act);
    if (found) {
      const { isNew, title, changes } = told(found.its, act);
      if (isNew) added.push({ id: act.project, title: `${found.part.title} ${title}` });
      const of = `${found.part.title} ${title}`;
      changed.push(...changes.map((each) => ({ id: act.project, of, ...each })));
    }
    now = after(now, decision, who);
  }
  return { added, changed, same, refused, acts };
}

/** The register as it would be if that had been done. */
function after(state: Register, { steps }: Extract<Decision, { ok: true }>, who: Who): Register {
  let now = state;
  for (const step of steps) {
    const entry = ownEntry(now, { step, ...who });
    if (!isWorkEntry(entry)) continue;
    const head = { ...now.head, seq: entry.seq };
    now = { ...now, head, works: foldWork(now.works, entry, head.time) };
  }
  return now;
}

/** Whether the register says it already. */
function isSaid(its: PartWork, act: ReportingAct): boolean {
  if (act.act === 'plan') {
    const { plan } = its;
    const said = plan && !plan.isStale && { months: plan.months, safeguards: plan.safeguards };
    return isDeepStrictEqual(said, { months: act.months, safeguards: act.safeguards });
  }
  const held = reportOf(its, act.month);
  return held !== null && isDeepStrictEqual(figureCells({ ...act }), figureCells(held));
}

interface Told {
  readonly isNew: boolean;
  /** Which months. */
  readonly title: string;
  readonly changes: readonly Pick<Change, 'field' | 'before' | 'after'>[];
}

const told = (its: PartWork, act: ReportingAct): Told =>
  act.act === 'plan' ? toldPlan(its.plan, act) : toldReport(its, act);

function toldPlan(plan: Plan | null, { months, safeguards }: Extract<ReportingAct, { act: 'plan' }>): Told {
  const before = new Map((plan?.isStale ? [] : (plan?.months ?? [])).map((one) => [one.month, one]));
  const now = new Map(months.map((one) => [one.month, one]));
  const each = [...new Set([...before.keys(), ...now.keys()])].sort();
  const share = (of: typeof before, month: string) => {
    const one = of.get(month);
    return one ? `${percentOf(one.permille)}%` : '';
  };
  const money = (of: typeof before, month: string) => {
    const one = of.get(month);
    return one ? wanOf(one.fen) : '';
  };
  const field = (column: 'share' | 'money', month: string) => `${month} ${PLAN_COLUMNS[column].zh}`;
  return {
    isNew: before.size === 0,
    title: `${months[0]?.month ?? ''}–${months.at(-1)?.month ?? ''}`,
    changes: apart([
      ...each.flatMap((month) => [
        { field: field('share', month), before: share(before, month), after: share(now, month) },
        { field: field('money', month), before: money(before, month), after: money(now, month) },
      ]),
      { field: PLAN_COLUMNS.safeguards.zh, before: plan?.safeguards ?? '', after: safeguards },
    ]),
  };
}

/** All figures are from the beginning: a new month is set beside the last before it. */
function toldReport(its: PartWork, act: Extract<ReportingAct, { act: 'report' }>): Told {
  const held = reportOf(its, act.month);
  const last = lastBefore(its, act.month);
  const before = figureCells(held ?? (last && { ...last, words: '' }));
  const now = { ...figureCells({ ...act }), reason: act.reason ?? '' };
  return {
    isNew: held === null,
    title: act.month,
    changes: apart(
      (['done', 'appropriated', 'paid', 'words', 'reason'] as const).map((column) => ({
        field: REPORT_COLUMNS[column].zh,
        before: before[column],
        after: now[column],
      })),
    ),
  };
}

const apart = (all: Told['changes']): Told['changes'] => all.filter(({ before, after }) => before !== after);
