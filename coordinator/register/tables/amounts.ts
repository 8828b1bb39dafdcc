import { Fen } from '../../../shared/projects/money.ts';
import { Thousandths } from '../../../shared/projects/sheet.ts';
import { Done } from '../model/work/fields.ts';
import { Month } from '../model/work/month.ts';

/** Places behind the point of each unit in which money is written: a fen is 0.000001 万元. */
const COLUMN_UNIT = 6;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['', COLUMN_UNIT],
  ['元', 2],
  ['万', 6],
  ['万元', 6],
  ['亿', 10],
  ['亿元', 10],
  ['yuan', 2],
]);

/** What is written, without the forms of letters that differ in width. */
const narrow = (text: string) => text.normalize('NFKC').trim();

const DECIMAL = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;

/** A decimal number with its point moved `places` to the right, as a whole number; null where something is left behind it. */
function shifted(text: string, places: number): number | null {
  const [, whole, behind = ''] = DECIMAL.exec(text) ?? [];
  const fraction = behind.replace(/0+$/, '');
  if (whole === undefined || fraction.length > places) return null;
  const value = Number(whole.replaceAll(',', '') + fraction.padEnd(places, '0'));
  return Number.isSafeInteger(value) ? value : null;
}

/** The other way: exact, and no longer than it must be. */
function unshifted(value: number, places: number): string {
  const digits = String(value).padStart(places + 1, '0');
  const [whole, fraction] = [digits.slice(0, -places), digits.slice(-places).replace(/0+$/, '')];
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Fen of an amount in 万元, or in the unit that is written behind it; null where it is none, or finer than a fen. */
export function fenOf(text: string): number | null {
  const [, digits = '', unit = ''] = /^([\d.,]+)\s*(\D*)$/.exec(narrow(text)) ?? [];
  const places = UNITS.get(unit.toLowerCase());
  const fen = places === undefined ? null : shifted(digits, places);
  return fen !== null && Fen.safeParse(fen).success ? fen : null;
}

/** An amount in 万元 to the fen: what {@link fenOf} reads back. */
export const wanOf = (fen: number): string => unshifted(fen, COLUMN_UNIT);

/** A quantity with at most three places, in thousandths. */
export function thousandthsOf(text: string): number | null {
  const value = shifted(narrow(text), 3);
  return value !== null && Thousandths.safeParse(value).success ? value : null;
}

/** A quantity that has been reached: as {@link thousandthsOf}, and none too. */
export function doneOf(text: string): number | null {
  const value = shifted(narrow(text), 3);
  return value !== null && Done.safeParse(value).success ? value : null;
}

/** A share with at most one place behind the point, in ‰, at most the whole. */
export function permilleOf(text: string): number | null {
  const value = shifted(narrow(text).replace(/%$/, '').trim(), 1);
  return value !== null && value <= 1000 ? value : null;
}

/** A share in %: what {@link permilleOf} reads back. */
export const percentOf = (permille: number): string => unshifted(permille, 1);

/** A month as offices write it (2027-05, 2027/5, 2027年5月, or a day of it), as `2027-05`; null where it is none. */
export function monthIn(text: string): string | null {
  const [, year, month] = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(narrow(text)) ?? [];
  if (year === undefined || month === undefined) return dayOf(text)?.slice(0, 7) ?? null;
  const read = Month.safeParse(`${year}-${month.padStart(2, '0')}`);
  return read.success ? read.data : null;
}

export const quantityOf = (thousandths: number): string => unshifted(thousandths, 3);

/** A day as offices write it (2027-11-30, 2027/11/30, 2027.11.30, 2027年11月30日), as `2027-11-30`; null where it is none. */
export function dayOf(text: string): string | null {
  const [, year, month, day] =
    /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?: 00:00:00)?$/.exec(narrow(text)) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written) ? written : null;
}
