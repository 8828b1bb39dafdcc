import { stringify } from 'csv-stringify/sync';

/** The library quotes a cell for the line ends of its own lines only. */
const LINE_END = /[\r\n]/;

/** A table as CSV. Excel reads UTF-8 only behind a byte order mark, and runs cells that begin like a formula: none does. */
export function csvText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${stringify([[...columns], ...rows.map((row) => [...row])], {
    escape_formulas: true,
    record_delimiter: 'windows',
    quoted_match: LINE_END,
  })}`;
}
