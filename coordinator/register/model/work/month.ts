import { z } from 'zod';

/** A month of the calendar, as `2026-03`: in order of time they are in order of letters. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'such as 2026-03');

/** The month of a day. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** The month `count` months later; earlier where it is negative. */
export function monthAfter(month: string, count = 1): string {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
}

/** The first day of a month. */
export const firstDay = (month: string): string => `${month}-01`;

/** The last month whose report is due on `day`, where reports are due until the day `dueDay` of the month after. */
export function lastDueMonth(day: string, dueDay: number): string {
  return monthAfter(monthOf(day), Number(day.slice(8, 10)) > dueDay ? -1 : -2);
}

/** The day on which the report of `month` is due. */
export const dueDayOf = (month: string, dueDay: number): string =>
  `${monthAfter(month)}-${String(dueDay).padStart(2, '0')}`;

/** The months from `first` to `last`, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
}

/** Where a plan that is made on `day` begins: now, within the year of its cycle, and not behind the last day of its part. */
export function firstToPlan(cycle: number, { finish }: { readonly finish: string }, day: string): string {
  const begin = [`${cycle}-01`, monthOf(day)].sort()[1] ?? monthOf(day);
  return begin < monthOf(finish) ? begin : monthOf(finish);
}

/** The day `count` days later. */
export const dayAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
