import { exactWan, fenOfWan } from '../../../../shared/projects/money.ts';
import { quantityText, thousandthsOf } from '../../../../shared/projects/sheet.ts';
import type { PartDocument, ShownLight, WorkDocument } from '../../../contract/register/works.ts';
import { type Figures, type ReportFault, reportFaults } from '../../../register/model/work/judge-report.ts';
import { lightOfPart } from '../../../register/model/work/light.ts';
import { monthAfter, monthOf, monthsBetween } from '../../../register/model/work/month.ts';
import { plannedFen, plannedPermille } from '../../../register/model/work/progress.ts';

/** A report while it is typed. */
export interface ReportDraft {
  readonly month: string;
  readonly done: string;
  readonly appropriated: string;
  readonly paid: string;
  readonly words: string;
  readonly reason: string;
  readonly evidence: readonly string[];
}

/** What cannot stand so, and beside which field. */
export interface ReportProblem {
  readonly field: keyof ReportDraft | 'plan';
  readonly reason: ReportFault['reason'] | 'done-unread' | 'money-unread';
}

type Report = PartDocument['reports'][number];

/** Month → the report that holds of it: of several the last. */
export const reportsByMonth = ({ reports }: Pick<PartDocument, 'reports'>): ReadonlyMap<string, Report> =>
  new Map(reports.map((report) => [report.month, report]));

/** The report that holds of the last month before. */
export function reportBefore(part: Pick<PartDocument, 'reports'>, month: string): Report | null {
  const earlier = [...reportsByMonth(part)].filter(([each]) => each < month);
  return earlier.toSorted(([one], [other]) => one.localeCompare(other)).at(-1)?.[1] ?? null;
}

/** What the plan wants by the end of a month: a quantity in thousandths, and fen. */
export function plannedBy({ part, plan }: Pick<PartDocument, 'part' | 'plan'>, month: string) {
  const permille = plannedPermille({ plan }, month) ?? 0;
  return {
    permille,
    done: Math.ceil((part.target.thousandths * permille) / 1000),
    fen: plannedFen({ plan }, month) ?? 0,
  };
}

/** The months that can be reported on `day`, and which of them are owed; the first of those is what one begins with. */
export function monthsToReport(part: PartDocument, day: string) {
  const { plan } = part;
  const [first] = plan?.months ?? [];
  if (!plan || !first || plan.isStale) return { all: [], owed: [], begin: null };
  const now = monthOf(day);
  const all = monthsBetween(first.month, now);
  const last = monthAfter(now, -1);
  const reported = reportsByMonth(part);
  const owed = [...part.overdue, ...(part.overdue.includes(last) || reported.has(last) ? [] : [last])].filter(
    (month) => plan.months.some((planned) => planned.month === month),
  );
  const next = all.find((month) => !reported.has(month));
  return { all, owed, begin: owed[0] ?? next ?? all.at(-1) ?? null };
}

/** A report as it is begun: a month that was reported with its figures, another with none. */
export function reportDraft(part: PartDocument, month: string): ReportDraft {
  const held = reportsByMonth(part).get(month);
  return {
    month,
    done: held ? quantityText(held.done) : '',
    appropriated: held ? exactWan(held.appropriated) : '',
    paid: held ? exactWan(held.paid) : '',
    words: held?.words ?? '',
    reason: '',
    evidence: held?.evidence ?? [],
  };
}

/** The quantity that was typed, which may be none; null where it cannot be read. */
export const doneOf = (typed: string): number | null =>
  /^0(\.0{1,3})?$/.test(typed.trim()) ? 0 : thousandthsOf(typed);

/** The figures that were typed; null where one cannot be read. */
export function figuresOf(draft: ReportDraft): Figures | null {
  const { month, evidence } = draft;
  const [done, appropriated, paid] = [doneOf(draft.done), fenOfWan(draft.appropriated), fenOfWan(draft.paid)];
  if (done === null || appropriated === null || paid === null) return null;
  const reason = draft.reason.trim() === '' ? null : draft.reason.trim();
  return { month, done, appropriated, paid, reason, evidence };
}

/** Everything that the register would refuse in it. @param isTried empty fields are told only of what somebody wants to send. */
export function reportProblems(
  draft: ReportDraft,
  part: PartDocument,
  day: string,
  isTried: boolean,
): readonly ReportProblem[] {
  const isUnread = (typed: string, value: number | null) =>
    value === null && (isTried || typed.trim() !== '');
  const unread: (ReportProblem | false)[] = [
    isUnread(draft.done, doneOf(draft.done)) && { field: 'done', reason: 'done-unread' },
    isUnread(draft.appropriated, fenOfWan(draft.appropriated)) && {
      ...{ field: 'appropriated', reason: 'money-unread' },
    },
    isUnread(draft.paid, fenOfWan(draft.paid)) && { field: 'paid', reason: 'money-unread' },
  ];
  const figures = figuresOf(draft);
  if (!figures) return unread.filter((one) => one !== false);
  const ground = {
    part: part.part,
    plan: part.plan,
    before: reportBefore(part, draft.month),
    isAgain: reportsByMonth(part).has(draft.month),
  };
  return reportFaults(ground, figures, day);
}

/** Whether a reason is asked for: a figure is lower than before, or the month is reported once more. */
export const needsReason = (draft: ReportDraft, part: PartDocument, day: string): boolean =>
  reportsByMonth(part).has(draft.month) ||
  reportProblems({ ...draft, reason: '' }, part, day, false).some(({ reason }) => reason === 'needs-reason');

/** The light that would follow from it, and why. */
export function lightAfter(
  part: PartDocument,
  { month, done }: Pick<Figures, 'month' | 'done'>,
  { standing, rules, day }: Pick<WorkDocument, 'standing' | 'rules' | 'day'>,
): ShownLight {
  const { figure, plan, part: promised } = part;
  const reported = reportsByMonth(part);
  const isLatest = figure.month === null || month >= figure.month;
  const seq = figure.seq ?? 0;
  const its = {
    plan,
    months: new Set([...reported.keys(), month]),
    // A report that is not there yet comes behind every other.
    latest: isLatest
      ? { month, done, seq: Number.MAX_SAFE_INTEGER }
      : { month: figure.month, done: figure.reported, seq },
    dispute: figure.found === null ? null : { found: figure.found },
    settled: figure.is === 'settled' ? { report: seq, done: figure.done } : null,
    confirmed: figure.is === 'confirmed' ? seq : null,
  };
  return lightOfPart(promised, its, standing, rules, day);
}
