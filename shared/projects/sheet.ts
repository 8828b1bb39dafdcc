import { z } from 'zod';
import { Id, Text, words } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';
import { Funding, total } from './money.ts';

/** The most parts of one project, and projects of one list: what still fits a ballot. */
export const MOST_PARTS = 200;
export const MOST_PROJECTS = 100;

/** A quantity with at most three places, as a whole number of thousandths. */
export const Thousandths = z.number().int().positive().max(1_000_000_000_000);

/** 项 / 子项目: one measurable piece of a project. */
export const Part = z.strictObject({
  id: Id,
  title: words(1, 200),
  /** Who carries this part out. */
  body: Id,
  area: Id,
  place: words(0, 200),
  target: z.strictObject({ thousandths: Thousandths, unit: words(1, 20) }),
  finish: z.iso.date(),
  funding: z.array(Funding).max(50),
});
export type Part = Value<typeof Part>;

/** What a project (件) promises: the sheet that deputies read while they choose. Of a draft much may be missing yet. */
export const Sheet = z.strictObject({
  title: Text,
  /** One line, beside the title on the ballot. */
  summary: Text,
  /** 七有一保障, or what the register's own list has. */
  category: Id,
  /** 责任单位 and 配合单位. */
  lead: Id,
  co: z.array(Id).max(20),
  /** Why it is needed, and what is done. */
  content: words(0, 4000),
  beneficiaries: words(0, 200),
  parts: z.array(Part).max(MOST_PARTS),
  /** The proposals it came from. */
  from: z.array(Id).max(500),
});
export type Sheet = Value<typeof Sheet>;

/** The money of all parts, in fen. */
export const investment = ({ parts }: Sheet): number =>
  parts.reduce((sum, part) => sum + total(part.funding), 0);

/** The last day on which a part is to be done; null where there is no part. */
export const finishOf = ({ parts }: Sheet): string | null =>
  parts.reduce<string | null>((last, { finish }) => (last === null || finish > last ? finish : last), null);

/** A quantity as people write it: no more places than it has. */
export const quantityText = (thousandths: number): string =>
  `${Math.trunc(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`.replace(/\.?0+$/, '');

/** The thousandths of a quantity that somebody types, such as `12.5`; null where it is none that a target may have. */
export function thousandthsOf(typed: string): number | null {
  const found = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(typed.trim().replace(/[,，]/g, ''));
  if (!found) return null;
  const read = Thousandths.safeParse(Number(`${found[1]}${(found[2] ?? '').padEnd(3, '0')}`));
  return read.success ? read.data : null;
}
