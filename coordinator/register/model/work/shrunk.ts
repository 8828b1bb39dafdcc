import { total } from '../../../../shared/projects/money.ts';
import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';

/** Where what holds now differs from what was promised at the vote. */
export interface Difference {
  readonly part: string;
  readonly promised: Part | null;
  readonly now: Part | null;
  /** Less than was promised, later, or not at all. */
  readonly isShrunk: boolean;
  readonly in: readonly ('target' | 'finish' | 'money' | 'place' | 'body')[];
}

/** All differences, in the order of what was promised, then what came new. */
export function differences(promised: Sheet, now: Sheet): readonly Difference[] {
  const ids = [...new Set([...promised.parts, ...now.parts].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const one = promised.parts.find((part) => part.id === id) ?? null;
    const other = now.parts.find((part) => part.id === id) ?? null;
    const found = one && other ? differenceOf(one, other) : [];
    if (one && other && found.length === 0) return [];
    return [{ part: id, promised: one, now: other, isShrunk: isShrunk(one, other), in: found }];
  });
}

function differenceOf(one: Part, other: Part): Difference['in'] {
  const is: [Difference['in'][number], boolean][] = [
    ['target', one.target.thousandths !== other.target.thousandths || one.target.unit !== other.target.unit],
    ['finish', one.finish !== other.finish],
    ['money', total(one.funding) !== total(other.funding)],
    ['place', one.place !== other.place || one.area !== other.area],
    ['body', one.body !== other.body],
  ];
  return is.flatMap(([what, differs]) => (differs ? [what] : []));
}

function isShrunk(one: Part | null, other: Part | null): boolean {
  if (!one) return false;
  if (!other) return true;
  return (
    other.target.unit !== one.target.unit ||
    other.target.thousandths < one.target.thousandths ||
    other.finish > one.finish
  );
}
