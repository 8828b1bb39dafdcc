import type { Funding } from '../../../../shared/projects/money.ts';
import { finishOf, investment, type Part, type Sheet } from '../../../../shared/projects/sheet.ts';
import type { Change, ChangeRequest } from './works.ts';

type Decided = Pick<Change, 'seq' | 'kind' | 'before'>;

/** What differs, as it was and as it would be; null: it was not there, or would be there no more. */
interface Both<W extends string, V> {
  readonly what: W;
  readonly was: V | null;
  readonly now: V | null;
}

/** Of a project itself. `order`: its parts that stay, by their ids, stand in another order. */
export type FieldDiffers =
  | (Both<'title' | 'summary', string> & { readonly language: string })
  | Both<'content' | 'beneficiaries' | 'category' | 'lead' | 'finish', string>
  | Both<'co' | 'from' | 'order', readonly string[]>
  | Both<'investment', number>;

export type PartFieldDiffers =
  | Both<'title' | 'body' | 'area' | 'place' | 'finish', string>
  | Both<'target', Part['target']>
  | (Both<'money', number> & Pick<Funding, 'source' | 'year'>);

export type PartDiffers =
  | { readonly is: 'added' | 'removed'; readonly part: Part }
  | { readonly is: 'changed'; readonly part: Part; readonly in: readonly PartFieldDiffers[] };

export interface SheetDiffers {
  readonly fields: readonly FieldDiffers[];
  /** In the order of what would be, then what would be there no more. */
  readonly parts: readonly PartDiffers[];
}

/** Both where they differ; nothing where they are the same. */
function differing<W extends string, V>(
  what: W,
  was: V | null,
  now: V | null,
  isSame: (was: V, now: V) => boolean = (a, b) => a === b,
): readonly Both<W, V>[] {
  if (was === null || now === null) return was === now ? [] : [{ what, was, now }];
  return isSame(was, now) ? [] : [{ what, was, now }];
}

const sameList = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((each, i) => each === other[i]);

/** All in which `now` differs from `was`: nothing of a sheet is left out, so that none of it is decided unseen. */
export function sheetDiffers(was: Sheet, now: Sheet): SheetDiffers {
  const stay = (one: Sheet, other: Sheet) =>
    one.parts.map(({ id }) => id).filter((id) => other.parts.some((part) => part.id === id));
  return {
    fields: [
      ...texts('title', was, now),
      ...texts('summary', was, now),
      ...differing('category', was.category, now.category),
      ...differing('lead', was.lead, now.lead),
      ...differing('co', was.co, now.co, sameList),
      ...differing('content', was.content, now.content),
      ...differing('beneficiaries', was.beneficiaries, now.beneficiaries),
      ...differing('from', was.from, now.from, sameList),
      ...differing('investment', investment(was), investment(now)),
      ...differing('finish', finishOf(was), finishOf(now)),
      ...differing('order', stay(was, now), stay(now, was), sameList),
    ],
    parts: partsDiffer(was.parts, now.parts),
  };
}

/** Every language of a text by itself: what is changed in one that the reader has not chosen is changed too. */
function texts(what: 'title' | 'summary', was: Sheet, now: Sheet): readonly FieldDiffers[] {
  return [...new Set([...Object.keys(was[what]), ...Object.keys(now[what])])].flatMap((language) =>
    differing(what, was[what][language] ?? null, now[what][language] ?? null).map((each) => ({
      ...each,
      language,
    })),
  );
}

function partsDiffer(was: readonly Part[], now: readonly Part[]): readonly PartDiffers[] {
  const before = new Map(was.map((part) => [part.id, part]));
  const after = new Set(now.map(({ id }) => id));
  return [
    ...now.flatMap((part): readonly PartDiffers[] => {
      const one = before.get(part.id);
      if (!one) return [{ is: 'added', part }];
      const found = partDiffers(one, part);
      return found.length === 0 ? [] : [{ is: 'changed', part, in: found }];
    }),
    ...was.flatMap((part): readonly PartDiffers[] => (after.has(part.id) ? [] : [{ is: 'removed', part }])),
  ];
}

function partDiffers(was: Part, now: Part): readonly PartFieldDiffers[] {
  return [
    ...differing('title', was.title, now.title),
    ...differing(
      'target',
      was.target,
      now.target,
      (a, b) => a.thousandths === b.thousandths && a.unit === b.unit,
    ),
    ...differing('finish', was.finish, now.finish),
    ...differing('body', was.body, now.body),
    ...differing('area', was.area, now.area),
    ...differing('place', was.place, now.place),
    ...moneyDiffers(was.funding, now.funding),
  ];
}

/** By source and year, however many lines say it; by year first. */
function moneyDiffers(was: readonly Funding[], now: readonly Funding[]): readonly PartFieldDiffers[] {
  const [before, after] = [bySourceAndYear(was), bySourceAndYear(now)];
  const all = [...new Map([...before, ...after]).entries()].sort(([, a], [, b]) => a.year - b.year);
  return all.flatMap(([key, { source, year }]) =>
    differing('money', before.get(key)?.fen ?? null, after.get(key)?.fen ?? null).map((each) => ({
      ...each,
      ...{ source, year },
    })),
  );
}

function bySourceAndYear(lines: readonly Funding[]): ReadonlyMap<string, Funding> {
  const sums = new Map<string, Funding>();
  for (const { source, year, fen } of lines) {
    const key = `${year} ${source}`;
    sums.set(key, { source, year, fen: fen + (sums.get(key)?.fen ?? 0) });
  }
  return sums;
}

/**
 * The sheet that a request would change: what holds now, or, where it has been answered, what held then.
 * @returns `isOutdated`: another sheet was decided since it was asked, so that this one is decided no more.
 */
export function sheetBefore(
  { sheet, changes }: { readonly sheet: Sheet; readonly changes: Iterable<Decided> },
  { seq, answer }: Pick<ChangeRequest, 'seq' | 'answer'>,
): { readonly before: Sheet; readonly isOutdated: boolean } {
  const since = [...changes].find((one) => one.kind === 'changed' && one.seq > seq);
  return answer
    ? { before: since?.before ?? sheet, isOutdated: false }
    : { before: sheet, isOutdated: since !== undefined };
}
