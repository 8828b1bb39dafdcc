import { plain } from '../../config/csv-file.ts';
import { columnLetters, type TableProblem, type TableReason } from './problems.ts';
import type { ReadSheet } from './workbook.ts';

/** A column of a table that clerks exchange. */
export interface Column {
  readonly zh: string;
  readonly en: string;
  /** A table without it is another one. */
  readonly needed?: true;
  /** Its cells are numbers, to be added up. */
  readonly number?: true;
  /** In characters. */
  readonly width?: number;
}
export type Columns = Readonly<Record<string, Column>>;

/** A row of text under the columns of `C`, to be written out. */
export type Cells<C extends Columns> = { readonly [K in keyof C]: string };

/** A row as it was read. */
export interface TableRow<C extends Columns> {
  /** What stands in a cell; undefined where the table has no such column. */
  readonly cell: (column: keyof C) => string | undefined;
  /** Something in it cannot be read, and that was noted. */
  readonly isBroken: boolean;
  /** Notes what is wrong with this row. */
  readonly refuse: (reason: TableReason, column?: keyof C) => void;
}

/** Titles of an office stand above the header; it is among the first rows. */
const HEADER_WITHIN = 20;

const title = (text: string) => plain(text).toLowerCase().replace(/\s+/g, '');

/** Where the columns stand, by their titles in either language; null where a needed one is missing. */
function placesIn<C extends Columns>(cells: readonly string[], columns: C): Map<keyof C, number[]> | null {
  const titles = cells.map(title);
  const places = new Map<keyof C, number[]>();
  for (const [key, { zh, en, needed }] of Object.entries(columns)) {
    const found = titles.flatMap((each, i) => (each === title(zh) || each === title(en) ? [i] : []));
    if (found.length > 0) places.set(key, found);
    else if (needed) return null;
  }
  return places;
}

/**
 * The rows of a sheet that has these columns, in any order and among others; null where it has not. What cannot be read in
 * them goes into `problems`; such rows are given all the same, so that everything that is wrong is said at once.
 */
export function rowsUnder<C extends Columns>(
  sheet: ReadSheet,
  columns: C,
  problems: TableProblem[],
): readonly TableRow<C>[] | null {
  const header = sheet.rows.slice(0, HEADER_WITHIN).find(({ cells }) => placesIn(cells, columns) !== null);
  const places = header && placesIn(header.cells, columns);
  if (!header || !places) return null;
  const name = (column: keyof C) => {
    const at = places.get(column)?.[0];
    const { zh } = columns[column] ?? { zh: String(column) };
    return at === undefined ? zh : `${columnLetters(at)} ${zh}`;
  };
  const refuse = (row: number | null, reason: TableReason, column?: keyof C) =>
    problems.push({ sheet: sheet.name, row, column: column === undefined ? null : name(column), reason });
  const at = new Map<number, keyof C>();
  for (const [key, found] of places) {
    for (const place of found) at.set(place, key);
    if (found.length > 1) refuse(header.row, 'column-twice', key);
  }
  // Of two columns nobody can tell which is meant.
  const isDoubtful = [...places.values()].some((found) => found.length > 1);
  const broken = new Set<number>();
  for (const { row, column, what } of sheet.odd) {
    const key = at.get(column);
    if (row <= header.row || key === undefined) continue;
    refuse(row, what, key);
    broken.add(row);
  }
  return sheet.rows.flatMap(({ row, cells }) => {
    if (row <= header.row) return [];
    const read = new Map([...places].map(([key, [place = 0]]) => [key, (cells[place] ?? '').trim()]));
    if ([...read.values()].every((text) => text === '')) return [];
    return [
      {
        cell: (column: keyof C) => read.get(column),
        isBroken: isDoubtful || broken.has(row),
        refuse: (reason: TableReason, column?: keyof C) => void refuse(row, reason, column),
      },
    ];
  });
}
