import { z } from 'zod';
import type { Value } from '../../../shared/protocol/value.ts';
import { type DocumentKind, publication } from '../model/work/fields.ts';
import { lastDueMonth, monthAfter, monthOf } from '../model/work/month.ts';

/** What a document is asked for by: which kind, of which year's projects, for which months, and of which project alone. */
export const NoticeAsk = z.strictObject({
  kind: publication.kind,
  cycle: publication.cycle,
  /** `2027-05`, `2027-Q2` or `2027`. */
  period: publication.period,
  project: publication.project,
});
export type NoticeAsk = Value<typeof NoticeAsk>;

/** The kinds that are of one project. */
export const isOfProject = (kind: DocumentKind): boolean => kind === 'rectification-letter';

/** Whether a kind is made for such a period: months and quarters, years, and for a look-back a year after the projects' own. */
export function fitsPeriod({ kind, cycle, period, project }: NoticeAsk): boolean {
  if (isOfProject(kind) !== (project !== null)) return false;
  switch (kind) {
    case 'monthly-notice':
    case 'rectification-letter':
      return /^\d{4}-(0[1-9]|1[0-2])$/.test(period);
    case 'quarterly-bulletin':
      return /^\d{4}-Q[1-4]$/.test(period);
    case 'mid-year-report':
    case 'annual-report':
      return period === String(cycle);
    case 'look-back-report':
      return /^\d{4}$/.test(period) && Number(period) > cycle;
  }
}

/** The months of a period, the first and the last; of a mid-year report the first half. */
export function monthsOf({ kind, period }: Pick<NoticeAsk, 'kind' | 'period'>): readonly [string, string] {
  const year = period.slice(0, 4);
  const quarter = /-Q([1-4])$/.exec(period);
  if (quarter) {
    const last = `${year}-${String(Number(quarter[1]) * 3).padStart(2, '0')}`;
    return [monthAfter(last, -2), last];
  }
  if (period.length === 7) return [period, period];
  return [`${year}-01`, kind === 'mid-year-report' ? `${year}-06` : `${year}-12`];
}

/** Whether a period has begun on `day`: nobody reports on what is still to come. */
export const hasBegun = (ask: Pick<NoticeAsk, 'kind' | 'period'>, day: string): boolean =>
  monthsOf(ask)[0] <= monthOf(day);

/** The month by which a part is compared with its plan on `day`: the last one that was reported, or whose report is due. */
export function comparedMonth(reported: string | null, day: string, reportDay: number): string {
  const due = lastDueMonth(day, reportDay);
  return reported !== null && reported > due ? reported : due;
}
