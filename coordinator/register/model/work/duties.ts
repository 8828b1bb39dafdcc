import type { WorkRules } from './fields.ts';
import { overdueMonths } from './light.ts';
import { dayAfter, dueDayOf, monthAfter, monthOf } from './month.ts';
import { isDone } from './progress.ts';
import { type Entered, openRectification, type Rectification, type Work } from './works.ts';

/** Something that a body owes. */
export interface Duty {
  readonly kind: 'plan' | 'report' | 'finding' | 'explanation';
  readonly project: string;
  /** The body that owes it. */
  readonly body: string;
  readonly part: string | null;
  /** The month whose report it is. */
  readonly month: string | null;
  /** The finding that is to be answered. */
  readonly finding: string | null;
  /** Until when; null: as soon as can be, as a plan without which nothing can be reported. */
  readonly due: string | null;
  readonly isLate: boolean;
  /** Of a report, who asked for it, and when. */
  readonly reminders: readonly Entered[];
}

/** What the bodies owe of `work` on `day`. @param dayOf the day of a moment of ledger time. */
export function dutiesOf(
  work: Work,
  rules: WorkRules,
  day: string,
  dayOf: (time: number) => string,
): readonly Duty[] {
  const duty = (kind: Duty['kind'], body: string, due: string | null, more: Partial<Duty> = {}): Duty => ({
    ...{ kind, project: work.id, body, part: null, month: null, finding: null, due, reminders: [] },
    isLate: due !== null && due < day,
    ...more,
  });
  return [
    ...(work.standing === 'running' ? ofParts(work, rules, day, duty) : []),
    ...(work.standing === 'ended' ? [] : ofFindings(work, duty)),
    ...ofRectification(work, rules, dayOf, duty),
  ];
}

type Make = (kind: Duty['kind'], body: string, due: string | null, more?: Partial<Duty>) => Duty;

/** Plans that are missing or stale; reports that are overdue, and the one that is due this month. */
function ofParts({ sheet, parts }: Work, rules: WorkRules, day: string, duty: Make): Duty[] {
  return sheet.parts.flatMap((part) => {
    const its = parts.get(part.id);
    if (!its || isDone(part, its)) return [];
    if (!its.plan || its.plan.isStale) return [duty('plan', part.body, null, { part: part.id })];
    const owed = new Set(overdueMonths(its, rules, day));
    const last = monthAfter(monthOf(day), -1);
    const isPlanned = its.plan.months.some(({ month }) => month === last);
    if (isPlanned && !its.months.has(last)) owed.add(last);
    return [...owed].map((month) =>
      duty('report', part.body, dueDayOf(month, rules.reportDay), {
        ...{ part: part.id, month },
        reminders: [...its.reminders.filter((one) => one.month === month)],
      }),
    );
  });
}

function ofFindings({ sheet, findings }: Work, duty: Make): Duty[] {
  return [...findings.values()].flatMap(({ finding, part, due, state }) => {
    const body = sheet.parts.find(({ id }) => id === part)?.body ?? sheet.lead;
    return state === 'open' ? [duty('finding', body, due, { finding, part })] : [];
  });
}

/** Until when the lead body is to explain: as was ordered last, else so many days after it was found wanting. */
export function explainDue(
  { since, ordered }: Rectification,
  { explainDays }: Pick<WorkRules, 'explainDays'>,
  dayOf: (time: number) => string,
): string {
  return ordered.at(-1)?.due ?? dayAfter(dayOf(since), explainDays);
}

/** Whether there is an explanation that is later than what asked for it last. */
export function isExplained({ since, ordered, explanations }: Rectification): boolean {
  const asked = ordered.at(-1)?.at ?? since;
  return explanations.some(({ at }) => at >= asked);
}

function ofRectification(work: Work, rules: WorkRules, dayOf: (time: number) => string, duty: Make): Duty[] {
  const open = openRectification(work);
  if (!open || isExplained(open)) return [];
  return [duty('explanation', work.sheet.lead, explainDue(open, rules, dayOf))];
}

/** The oldest first; what has no day stands before what is still to come. */
export const inOrderOfDue = (duties: readonly Duty[], day: string): Duty[] =>
  duties.toSorted((one, other) => (one.due ?? day).localeCompare(other.due ?? day));
