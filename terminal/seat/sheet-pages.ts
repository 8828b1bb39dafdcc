import { z } from 'zod';
import type { List, ListNames } from '../../shared/projects/list-shape.ts';
import { Fen, total, Year } from '../../shared/projects/money.ts';
import { finishOf, investment, type Part, type Sheet, Thousandths } from '../../shared/projects/sheet.ts';
import { Text } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** A project's sheet, cut into pages that can be read from a seat: what it is, what is done, the parts, the money. */

const PartShown = z.strictObject({
  number: z.number().int().positive(),
  title: z.string(),
  area: Text,
  place: z.string(),
  thousandths: Thousandths,
  unit: z.string(),
  body: Text,
  finish: z.string(),
  fen: z.number().int().nonnegative(),
});

export const SheetPage = z.discriminatedUnion('shows', [
  z.strictObject({
    shows: z.literal('summary'),
    summary: Text,
    fen: z.number().int().nonnegative(),
    /** The last day on which a part is to be done; null where it has none. */
    finish: z.string().nullable(),
    lead: Text,
    co: z.array(Text),
    beneficiaries: z.string(),
  }),
  z.strictObject({ shows: z.literal('content'), text: z.string() }),
  z.strictObject({ shows: z.literal('parts'), of: z.number().int(), parts: z.array(PartShown) }),
  z.strictObject({
    shows: z.literal('money'),
    fen: z.number().int().nonnegative(),
    lines: z.array(z.strictObject({ source: Text, year: Year, fen: Fen })),
  }),
]);
export type SheetPage = Value<typeof SheetPage>;

/** So much stands on a page in type that can be read from a seat. */
const CHARACTERS_A_PAGE = 170;
const PARTS_A_PAGE = 2;
const LINES_A_PAGE = 5;

/** Sheets that were cut before: every key, lamp and tick asks for the pages of the sheet at hand. */
const CUT = new WeakMap<Sheet, readonly SheetPage[]>();

/** The pages of the sheet of `project`; none where the list has no such project. */
export function sheetPages({ names, projects }: List, project: string): readonly SheetPage[] {
  const sheet = projects.find(({ id }) => id === project)?.sheet;
  if (!sheet) return [];
  const pages = CUT.get(sheet) ?? cut(sheet, names);
  CUT.set(sheet, pages);
  return pages;
}

function cut(sheet: Sheet, names: ListNames): SheetPage[] {
  const called = (what: keyof ListNames, id: string): Text =>
    names[what].find((each) => each.id === id)?.name ?? { zh: id };
  const shown = (part: Part, i: number) => ({
    number: i + 1,
    title: part.title,
    area: called('areas', part.area),
    place: part.place,
    ...part.target,
    body: called('bodies', part.body),
    finish: part.finish,
    fen: total(part.funding),
  });
  const money = funding(sheet).map(({ source, ...line }) => ({ source: called('sources', source), ...line }));
  return [
    {
      shows: 'summary',
      summary: sheet.summary,
      fen: investment(sheet),
      finish: finishOf(sheet),
      lead: called('bodies', sheet.lead),
      co: sheet.co.map((id) => called('bodies', id)),
      beneficiaries: sheet.beneficiaries,
    },
    ...inPages(sheet.content).map((text) => ({ shows: 'content', text }) as const),
    ...chunks(sheet.parts.map(shown), PARTS_A_PAGE).map(
      (parts) => ({ shows: 'parts', of: sheet.parts.length, parts }) as const,
    ),
    ...chunks(money, LINES_A_PAGE).map(
      (lines) => ({ shows: 'money', fen: investment(sheet), lines }) as const,
    ),
  ];
}

/** What each source gives in each year to all parts together: the years in their order. */
function funding({ parts }: Sheet) {
  const lines = new Map<string, { source: string; year: number; fen: number }>();
  for (const { source, year, fen } of parts.flatMap((part) => part.funding)) {
    const key = `${year} ${source}`;
    lines.set(key, { source, year, fen: fen + (lines.get(key)?.fen ?? 0) });
  }
  return [...lines.values()].sort((a, b) => a.year - b.year);
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

/** A text in pages of about the same length, each ending where a sentence or a line does, if one does. */
function inPages(text: string): string[] {
  const pages = Math.ceil(text.length / CHARACTERS_A_PAGE);
  const most = Math.ceil(text.length / Math.max(1, pages)) + 20;
  const found: string[] = [];
  for (let rest = text.trim(); rest !== ''; ) {
    const head = rest.slice(0, most);
    const end = rest.length <= most ? rest.length : endOfSentence(head);
    found.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return found;
}

/** Where the last sentence in `text` ends; where none does in its second half, the end of a word or of `text`. */
function endOfSentence(text: string): number {
  const ends = [...text.matchAll(/[。！？；;\n]|[.!?] /g)].map(({ index, 0: { length } }) => index + length);
  const last = ends.findLast((end) => end > text.length / 2);
  if (last !== undefined) return last;
  const space = text.lastIndexOf(' ');
  if (space > text.length / 2) return space;
  // Not within a surrogate pair.
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}
