import { stringify } from 'csv-stringify/sync';

/** A table as CSV. Excel reads UTF-8 only behind a byte order mark, and runs cells that begin like a formula: none does. */
export function csvText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${stringify([[...columns], ...rows.map((row) => [...row])], { escape_formulas: true, record_delimiter: 'windows' })}`;
}
