import { stringify } from 'csv-stringify/sync';
import { writeXlsx } from 'hucre/xlsx';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { Cells, Column, Columns } from './columns.ts';
import { safeText } from './safe-text.ts';

/** A table to be written, in rows of text. */
export interface Table<C extends Columns = Columns> {
  readonly name: string;
  readonly columns: C;
  readonly rows: readonly Cells<C>[];
}

/** What says “text”: a number with 18 digits stays one, and what begins like a formula stays text when it is touched. */
const AS_TEXT = '@';
const WIDTH = 16;

/** A workbook with a sheet for each table. Texts are text cells, whatever they begin with; numbers can be added up. */
export function writeWorkbook(tables: readonly Table[], language: Language): Promise<Uint8Array> {
  return writeXlsx({
    sheets: tables.map(({ name, columns, rows }) => {
      const all = Object.entries(columns);
      return {
        name,
        columns: all.map(([, { width = WIDTH, number }]) => ({
          width,
          ...(number ? {} : { numFmt: AS_TEXT }),
        })),
        freezePane: { rows: 1 },
        rows: [
          all.map(([, column]) => column[language]),
          ...rows.map((row) => all.map(([key, column]) => cellOf(row[key] ?? '', column))),
        ],
      };
    }),
  });
}

function cellOf(text: string, { number }: Column): string | number | null {
  if (text === '') return null;
  return number && /^\d+(\.\d+)?$/.test(text) ? Number(text) : escaped(text);
}

/** `_x0041_` would be read as A: the mark that begins it is written as such a mark itself. */
const escaped = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

/** The library quotes a cell for the line ends of its own lines only. */
const LINE_END = /[\r\n]/;

/** One table as the CSV that Excel recognises as UTF-8. */
export function writeCsv({ columns, rows }: Table, language: Language): string {
  const all = Object.entries(columns);
  const lines = [
    all.map(([, column]) => column[language]),
    ...rows.map((row) => all.map(([key]) => safeText(row[key] ?? ''))),
  ];
  return `\uFEFF${stringify(lines, { record_delimiter: 'windows', quoted_match: LINE_END })}`;
}
