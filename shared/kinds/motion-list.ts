import type { List } from '../projects/list-shape.ts';
import type { Text } from '../protocol/ids.ts';
import type { Item } from './common.ts';
import { kindOf, type Motion } from './kinds.ts';

/** The hash of the frozen list that `motion` names; null where it names none. */
export const listNamed = (motion: Motion): string | null => ('list' in motion ? (motion.list ?? null) : null);

/** Every list that `motions` name, each once. */
export const listsNamed = (motions: readonly Motion[]): readonly string[] => [
  ...new Set(motions.flatMap((motion) => listNamed(motion) ?? [])),
];

/** The projects of a list as a ballot names them: title, and the sheet's one line as the note. */
export const itemsOfList = ({ projects }: List): Item[] =>
  projects.map(({ id, sheet }) => ({ id, title: sheet.title, note: sheet.summary }));

/** Where a motion and the list it names differ: in so many places, or at an item. */
export type ListDifference =
  | { readonly in: 'places' }
  /** `at` counts from 0. */
  | { readonly in: 'items'; readonly at: number };

/**
 * Where `motion` is not about exactly what `list` says; null where it is. A selection has all its candidates in their
 * order and its places; one that settles what an earlier vote left, and an appraisal, some of them.
 */
export function listDifference(motion: Motion, list: List): ListDifference | null {
  const items = kindOf(motion.kind).parts(motion);
  const whole = itemsOfList(list);
  const isWhole = motion.kind === 'selection' && motion.follows === undefined;
  const meant = (item: Item, at: number) => (isWhole ? whole[at] : whole.find(({ id }) => id === item.id));
  const at = items.findIndex((item, i) => !isSame(item, meant(item, i)));
  if (at >= 0) return { in: 'items', at };
  if (isWhole && items.length !== whole.length) return { in: 'items', at: items.length };
  return isWhole && motion.places !== list.places ? { in: 'places' } : null;
}

const isSame = (item: Item, other: Item | undefined): boolean =>
  item.id === other?.id && isSameText(item.title, other.title) && isSameText(item.note, other.note);

/** Texts stand in one order of languages ({@link Text}). */
const isSameText = (one: Text | undefined, other: Text | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
