import type { WorkEntry } from './work-entries.ts';
import { type Entered, emptyPart, type PartWork, type Report, type Work } from './works.ts';

type ReportEntry = Extract<WorkEntry, { typ: 'reported' | 'visited' | 'figure-settled' | 'reminded' }>;

/** The project after a figure was reported, looked at, settled or asked for. */
export function foldReport(work: Work, says: ReportEntry, entered: Entered): Work {
  const onPart = (change: (its: PartWork) => PartWork): Work => ({
    ...work,
    parts: work.parts.update(says.part, emptyPart(), change),
  });
  switch (says.typ) {
    case 'reported': {
      const { month, done, appropriated, paid, words, evidence, reason, body } = says;
      const report = { ...entered, month, done, appropriated, paid, words, evidence, reason, body };
      return onPart((its) => ({
        ...its,
        reports: its.reports.set(report.seq, report),
        months: its.months.set(month, report.seq),
        latest: later(its.latest, report),
      }));
    }
    case 'visited': {
      const { visit, part, day, figure, words, photos } = says;
      const seen = { ...entered, visit, part, day, figure, words, photos };
      const after = onPart((its) => (figure ? judged(its, figure, visit) : its));
      return { ...after, visits: after.visits.set(visit, seen) };
    }
    case 'figure-settled': {
      const { report, done, words } = says;
      return onPart((its) => ({ ...its, settled: { ...entered, report, done, words }, dispute: null }));
    }
    case 'reminded':
      return onPart((its) => ({
        ...its,
        reminders: its.reminders.push({ ...entered, month: says.month }),
      }));
  }
}

/** A month that is reported once more is what holds of it; the last month is the latest. */
const later = (before: Report | null, report: Report): Report =>
  before && before.month > report.month ? before : report;

type Verdict = NonNullable<Extract<WorkEntry, { typ: 'visited' }>['figure']>;

/** A month that is corrected comes later into the ledger and is no later figure: months go before numbers. */
const isLater = (one: Pick<Report, 'month' | 'seq'>, other: Pick<Report, 'month' | 'seq'>): boolean =>
  one.month > other.month || (one.month === other.month && one.seq > other.seq);

/** A dispute ends when the group confirms that report or a later one: another figure of the department alone ends none. */
function judged(its: PartWork, figure: Verdict, visit: string): PartWork {
  const report = its.reports.get(figure.report);
  if (!report) return its;
  const confirmed = its.confirmed === null ? undefined : its.reports.get(its.confirmed);
  const isPast = confirmed !== undefined && isLater(confirmed, report);
  if (figure.verdict === 'disputed') {
    // What was found on an earlier report says nothing of one that was confirmed since.
    if (isPast) return its;
    const { found } = figure;
    return {
      ...its,
      dispute: { report: report.seq, month: report.month, reported: report.done, found, visit },
      confirmed: its.confirmed === report.seq ? null : its.confirmed,
    };
  }
  const { dispute } = its;
  const isOpen = dispute !== null && isLater({ month: dispute.month, seq: dispute.report }, report);
  return { ...its, confirmed: isPast ? its.confirmed : report.seq, dispute: isOpen ? dispute : null };
}
