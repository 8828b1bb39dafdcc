import type { Period } from './shape.ts';

/** A moment of ledger time. */
export const moment = (time: number): string => new Date(time).toISOString();

/** A day has no time, and the standard wants one: as it advises, the first of the day or the last. */
export const dayBegins = (day: string): string => `${day}T00:00:00Z`;
export const dayEnds = (day: string): string => `${day}T23:59:59Z`;

/** From the first day of a year to the last of another. */
export const ofYears = (from: number, to: number): Period => ({
  startDate: dayBegins(`${from}-01-01`),
  endDate: dayEnds(`${to}-12-31`),
});

/** The end of a month such as `2027-02`. */
export function monthEnds(month: string): string {
  const [year = 0, of = 0] = month.split('-').map(Number);
  return dayEnds(`${month}-${String(new Date(Date.UTC(year, of, 0)).getUTCDate()).padStart(2, '0')}`);
}

/** What has been reached by the end of a month. */
export const byEndOf = (month: string): Period => ({ endDate: monthEnds(month) });
