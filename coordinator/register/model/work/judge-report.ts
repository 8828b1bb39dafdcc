import { total } from '../../../../shared/projects/money.ts';
import type { Part } from '../../../../shared/projects/sheet.ts';
import type { PlannedMonth } from './fields.ts';
import { monthOf } from './month.ts';
import type { PartWork, Report } from './works.ts';

/** What is wrong with a plan, and with which of its months, counted from 0. */
export interface PlanFault {
  readonly reason: 'plan-falls' | 'plan-late' | 'plan-money';
  readonly at: number;
}

/** A plan reaches the whole target before its last day and the whole money, and falls back in neither. */
export function planFaults(
  part: Pick<Part, 'finish' | 'funding'>,
  months: readonly PlannedMonth[],
): readonly PlanFault[] {
  const falls = months.flatMap(({ month, permille, fen }, at): PlanFault[] => {
    const before = months[at - 1];
    const isRising = !before || (before.month < month && before.permille <= permille && before.fen <= fen);
    return isRising ? [] : [{ reason: 'plan-falls', at }];
  });
  const last = months.length - 1;
  const reached = months.findIndex(({ permille }) => permille === 1000);
  const isLate = (months[reached]?.month ?? '9999') > monthOf(part.finish);
  const late: PlanFault[] = isLate ? [{ reason: 'plan-late', at: reached < 0 ? last : reached }] : [];
  const isPaid = months.at(-1)?.fen === total(part.funding);
  return [...falls, ...late, ...(isPaid ? [] : [{ reason: 'plan-money', at: last } as const])];
}

/** The figures of a month, as they are reported. */
export type Figures = Pick<Report, 'month' | 'done' | 'appropriated' | 'paid' | 'reason' | 'evidence'>;

/** What a report is judged against, of its part. */
export interface ReportGround {
  readonly part: Pick<Part, 'target' | 'funding'>;
  readonly plan: { readonly months: readonly PlannedMonth[]; readonly isStale: boolean } | null;
  /** The report that holds of the last month before. */
  readonly before: Pick<Report, 'done' | 'appropriated' | 'paid'> | null;
  /** Whether the month was reported already. */
  readonly isAgain: boolean;
}

/** What is wrong with a report, and with which of its fields; `plan`: with none of them. */
export interface ReportFault {
  readonly reason:
    | 'not-planned'
    | 'month-to-come'
    | 'month-before-plan'
    | 'paid-too-much'
    | 'more-than-promised'
    | 'needs-reason'
    | 'done-needs-evidence';
  readonly field: keyof Figures | 'plan';
}

/** Why a report may not stand, all of it: never lower without a reason, never done without evidence. */
export function reportFaults(
  { part, plan, before, isAgain }: ReportGround,
  { month, done, appropriated, paid, reason, evidence }: Figures,
  day: string,
): readonly ReportFault[] {
  const isLess =
    before !== null && (done < before.done || paid < before.paid || appropriated < before.appropriated);
  const needsReason = (isLess || isAgain) && reason === null;
  const isPlanned = plan !== null && !plan.isStale;
  const all: (ReportFault | false)[] = [
    !isPlanned && { reason: 'not-planned', field: 'plan' },
    month > monthOf(day) && { reason: 'month-to-come', field: 'month' },
    isPlanned && month < (plan.months[0]?.month ?? '') && { reason: 'month-before-plan', field: 'month' },
    paid > appropriated && { reason: 'paid-too-much', field: 'paid' },
    appropriated > total(part.funding) && { reason: 'more-than-promised', field: 'appropriated' },
    needsReason && { reason: 'needs-reason', field: 'reason' },
    done >= part.target.thousandths &&
      evidence.length === 0 && { reason: 'done-needs-evidence', field: 'evidence' },
  ];
  return all.filter((fault) => fault !== false);
}

/** The report that holds of the last month before `month`; null where there is none. */
export function lastBefore(
  { months, reports }: Pick<PartWork, 'months' | 'reports'>,
  month: string,
): Report | null {
  const earlier = [...months.keys()].filter((each) => each < month).sort();
  const seq = months.get(earlier.at(-1) ?? '');
  return (seq !== undefined && reports.get(seq)) || null;
}
