import type { Item } from '../../../shared/kinds/common.ts';
import type { Legend, Meaning } from '../legend.ts';
import { moved, onward, type Place, reviewLegend } from './draft-kind.ts';

/** A ballot on which each of many items is given one mark, or none. */
export interface ItemMarks<Mark> extends Place {
  readonly marks: ReadonlyMap<string, Mark>;
}

export const hasMarks = ({ marks, page }: ItemMarks<unknown>): boolean =>
  marks.size > 0 || page.is === 'review';

/** The mark of the item at hand; undefined where it has none. */
export const markAt = <Mark>({ marks, at }: ItemMarks<Mark>, items: readonly Item[]): Mark | undefined =>
  marks.get(items[at]?.id ?? '');

/** The draft after a press: one that marks the item at hand goes on to the next, `mark` null is about a place. */
export function pressedOn<Mark, Draft extends ItemMarks<Mark>>(
  draft: Draft,
  items: readonly Item[],
  mark: Mark | null,
  meaning: Meaning,
  now: number,
): Draft {
  if (mark === null) return { ...draft, ...moved(draft, meaning, items.length, now) };
  const marks = new Map([...draft.marks, [items[draft.at]?.id ?? '', mark] as const]);
  return { ...draft, ...onward(draft, items.length, now), marks };
}

/** The marks that were given, in the motion's order: the order of the presses is nobody's business. */
export function givenMarks<Mark>({ marks }: ItemMarks<Mark>, items: readonly Item[]) {
  return items.flatMap(({ id }) => {
    const mark = marks.get(id);
    return mark === undefined ? [] : [{ item: id, mark }];
  });
}

/** The keys of the page at hand; `marks` are those of keys 2 to 5 beside an item. */
export function marksLegend(
  { page, at }: Place,
  now: number,
  marks: readonly [Meaning, Meaning, Meaning, Meaning],
): Legend {
  return page.is === 'review'
    ? reviewLegend(page.since, now)
    : [at > 0 ? { act: 'previous' } : null, ...marks];
}
