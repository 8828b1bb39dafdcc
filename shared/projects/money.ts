import { z } from 'zod';
import { Id } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';

/** The most fen that one line may name, and all lines of a project: 100 bn yuan, far from where whole numbers end. */
export const MOST_FEN = 10_000_000_000_000;

/** Money in whole fen (分). */
export const Fen = z.number().int().nonnegative().max(MOST_FEN);

/** A year of the calendar. */
export const Year = z.number().int().min(1954).max(2200);

/** What one source gives in one year. */
export const Funding = z.strictObject({
  source: Id,
  year: Year,
  fen: Fen,
});
export type Funding = Value<typeof Funding>;

/** All of it, over the years: the total investment (总投资), in fen. */
export const total = (lines: readonly Funding[]): number => lines.reduce((sum, { fen }) => sum + fen, 0);

/** What falls into `year`: the annual investment (年度投资), in fen; never the same figure as {@link total} by accident. */
export const ofYear = (lines: readonly Funding[], year: number): number =>
  total(lines.filter((line) => line.year === year));

/** 万元 with two places, as lists print money; exact, since it is made of digits. */
export function inWan(fen: number): string {
  const digits = String(Math.round(fen / 10_000)).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The same as a page writes it: no more places than it has. Where two are enough, this is {@link exactWan}. */
export const wanText = (fen: number): string => inWan(fen).replace(/\.?0+$/, '');

/** Yuan with its two places, exact: what is added up. */
export function inYuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 万元 with as many places as it has, at least none: what is typed, and loses nothing. */
export function exactWan(fen: number): string {
  const digits = String(fen).padStart(7, '0');
  const places = digits.slice(-6).replace(/0+$/, '');
  return places === '' ? digits.slice(0, -6) : `${digits.slice(0, -6)}.${places}`;
}

/** The fen of what somebody types in 万元, such as `1,280.5`; null where it is no amount, or none in whole fen. */
export function fenOfWan(typed: string): number | null {
  const plain = typed.trim().replace(/[,，\s]/g, '');
  const found = /^(\d{1,8})(?:\.(\d{1,6}))?$/.exec(plain);
  if (!found) return null;
  const fen = Number(`${found[1]}${(found[2] ?? '').padEnd(6, '0')}`);
  return fen <= MOST_FEN ? fen : null;
}
