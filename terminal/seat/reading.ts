import { z } from 'zod';
import type { Key } from '../../hardware/capabilities.ts';
import { KEYS } from '../../hardware/capabilities.ts';
import { listNamed } from '../../shared/kinds/motion-list.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { draftLegend, pressed } from './draft.ts';
import { type Heading, heading, itemShown, number, showItem } from './kinds/draft-kind.ts';
import { type Draft, draftKind } from './kinds/kinds.ts';
import type { Legend, Meaning } from './legend.ts';
import type { SeatState, Vote } from './seat-state.ts';
import { SheetPage, sheetPages } from './sheet-pages.ts';

/**
 * Reading a project's sheet while choosing. A key of the item at hand opens it, and nothing that can be pressed in it chooses
 * or casts anything; the draft stays as it is.
 */

export const SheetBody = z.strictObject({
  is: z.literal('sheet'),
  ...heading,
  ...itemShown,
  page: number,
  pages: number,
  says: SheetPage,
});
export type SheetBody = Value<typeof SheetBody>;

/** What a touch of the screen may do too. */
export const READS = ['sheet', 'page-on', 'page-back', 'back'] as const;
export type Read = (typeof READS)[number];

/** The pages of the sheet of the item at hand; none where there is nothing to read. */
function pagesAtHand(lists: SeatState['lists'], { round }: Vote, draft: Draft): readonly SheetPage[] {
  const list = lists.get(listNamed(round.motion) ?? '');
  const place = draftKind(draft.kind).atHand(draft);
  return list && place ? sheetPages(list, place.item.id) : [];
}

/** What each key does on a ballot whose items have sheets; on any other ballot what it does there. */
export function ballotLegend({ lists, now }: SeatState, vote: Vote, draft: Draft): Legend {
  const own = draftLegend(draft, now);
  const { length } = pagesAtHand(lists, vote, draft);
  const at = draftKind(draft.kind).sheetKey;
  if (length === 0 || at === null) return own;
  const { reading } = vote;
  if (reading === null) return withKey(own, at, { act: 'sheet' });
  return [
    { act: 'back' },
    // Where the key that opens the sheet is the one that led to the item before.
    own[at]?.act === 'previous' ? { act: 'previous' } : null,
    reading > 0 ? { act: 'page-back' } : null,
    reading + 1 < length ? { act: 'page-on' } : null,
    null,
  ];
}

function withKey(legend: Legend, at: number, meaning: Meaning): Legend {
  const [a, b, c, d, e] = legend.map((own, i) => (i === at ? meaning : own));
  return [a ?? null, b ?? null, c ?? null, d ?? null, e ?? null];
}

/** The vote after a press that is about reading; null after any other. */
export function readOn(vote: Vote, draft: Draft, meaning: Meaning, now: number): Vote | null {
  const { reading } = vote;
  if (reading === null) return meaning.act === 'sheet' ? { ...vote, reading: 0 } : null;
  switch (meaning.act) {
    case 'page-on':
      return { ...vote, reading: reading + 1 };
    case 'page-back':
      return { ...vote, reading: reading - 1 };
    case 'previous': {
      const after = pressed(draft, meaning, now);
      return after.is === 'draft' ? { ...vote, draft: after.draft, reading: null } : null;
    }
    default:
      return { ...vote, reading: null };
  }
}

/** The page that is being read; null where none is. */
export function readingBody({ lists }: SeatState, vote: Vote, above: Heading): SheetBody | null {
  const { draft, reading } = vote;
  const place = draft && draftKind(draft.kind).atHand(draft);
  if (reading === null || !place) return null;
  const pages = pagesAtHand(lists, vote, draft);
  const says = pages[reading];
  if (!says) return null;
  const { item, at, total } = place;
  return {
    is: 'sheet',
    ...above,
    ...showItem(item, at, total),
    page: reading + 1,
    pages: pages.length,
    says,
  };
}

/** The key that means `read` now; null where none does, and for whatever is not about reading. */
export function keyThatReads(legend: Legend, read: Read, vote: Vote | null): Key | null {
  if (read === 'back' && (vote?.reading ?? null) === null) return null;
  return KEYS[legend.findIndex((meaning) => meaning?.act === read)] ?? null;
}
