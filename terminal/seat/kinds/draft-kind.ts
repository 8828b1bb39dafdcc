import { z } from 'zod';
import type { Item } from '../../../shared/kinds/common.ts';
import { TURNS, type Turn } from '../../../shared/kinds/turn.ts';
import { Text } from '../../../shared/protocol/ids.ts';
import { type Legend, type Meaning, REVIEW_PAUSE_MS } from '../legend.ts';

/** What a press comes to: a changed draft, or the choice that was cast. */
export type Pressed<Draft, Choice> =
  | { readonly is: 'draft'; readonly draft: Draft }
  | { readonly is: 'cast'; readonly choice: Choice };

/** What a ballot of one kind is in a deputy's hands, and on the screen. */
export interface DraftKind<Motion, Draft, Choice, Body> {
  /** An empty ballot. */
  readonly begin: (motion: Motion) => Draft;
  /** Whether the deputy has chosen anything, or is about to submit. */
  readonly isTouched: (draft: Draft) => boolean;
  /** What each key does at `now`: for, against and abstain always keep their places. */
  readonly legend: (draft: Draft, now: number) => Legend;
  /** Whether `meaning` is chosen already where the draft stands. */
  readonly isChosen: (draft: Draft, meaning: Meaning) => boolean;
  /** The draft after a press, or the choice it casts. A press that makes no sense is ignored. */
  readonly pressed: (draft: Draft, meaning: Meaning, now: number) => Pressed<Draft, Choice>;
  /** The next press on the way from `draft` to having cast `choice`. */
  readonly towards: (draft: Draft, choice: Choice) => Meaning;
  /** What stands on the key that goes on from where the draft stands: to the next one, or past one left out. */
  readonly onward: (draft: Draft) => 'next' | 'skip';
  /** The item that is asked now, `at` counted from 0; null on a page of many, and where there are none. */
  readonly atHand: (draft: Draft) => AtHand | null;
  /**
   * Which key, from 0, opens the sheet of the item at hand where it has one: one whose work another key does too, or that the
   * sheet has in its place. Null where motions of this kind name no list.
   */
  readonly sheetKey: 0 | 3 | null;
  /** What the screen shows of it. */
  readonly body: (draft: Draft, heading: Heading) => Body;
}

/** An item and where it stands. */
export interface AtHand {
  readonly item: Item;
  readonly at: number;
  readonly total: number;
}

/** What the screen says above every ballot; `secret`: 无记名; `turns`: why it is not the first vote. */
export const heading = {
  title: Text,
  rehearsal: z.boolean(),
  secret: z.boolean(),
  turns: z.array(z.enum(TURNS)).readonly(),
};
export type Heading = { title: Text; rehearsal: boolean; secret: boolean; turns: readonly Turn[] };

export const number = z.number().int().nonnegative();
/** One item of several on the screen. */
export const itemShown = {
  number,
  total: number,
  item: z.strictObject({ title: Text, note: Text.optional() }),
};

export function showItem({ title, note }: Pick<Item, 'title' | 'note'>, at: number, total: number) {
  return { number: at + 1, total, item: note ? { title, note } : { title } };
}

/** One item at a time, then a page that sums up; `since` is when that page came up. */
export type Page = { readonly is: 'item' } | { readonly is: 'review'; readonly since: number };

/** Where a deputy stands in a ballot of many items. */
export interface Place {
  readonly page: Page;
  readonly at: number;
}

export const START: Place = { page: { is: 'item' }, at: 0 };

/** The item of `items` that is asked at `place`. */
export function itemAt({ page, at }: Place, items: readonly Item[]): AtHand | null {
  const item = items[at];
  return page.is === 'item' && item ? { item, at, total: items.length } : null;
}

/** The place after this one: the next item, or after the last the review. */
export function onward({ at }: Place, items: number, now: number): Place {
  return at + 1 < items ? { at: at + 1, page: { is: 'item' } } : review({ at }, now);
}

export function review({ at }: Pick<Place, 'at'>, now: number): Place {
  return { at, page: { is: 'review', since: now } };
}

/** The place that `meaning` leads to; null where it is about no place. */
export function moved(place: Place, meaning: Meaning, items: number, now: number): Place | null {
  switch (meaning.act) {
    case 'next':
      return onward(place, items, now);
    case 'previous':
      return { page: place.page, at: Math.max(0, place.at - 1) };
    case 'finish':
      return review(place, now);
    case 'back':
      return { page: { is: 'item' }, at: place.at };
    default:
      return null;
  }
}

export const keep = <Draft>(draft: Draft): { is: 'draft'; draft: Draft } => ({ is: 'draft', draft });

export function reviewLegend(since: number, now: number): Legend {
  return [{ act: 'back' }, null, null, null, now - since < REVIEW_PAUSE_MS ? null : { act: 'submit' }];
}
