import { COLUMNS, type FleetRow, type Speech, textOf } from './fleet-columns.ts';

/** The fleet as a table for a spreadsheet, every seat and every property of it in words, `also` a line of what else there is. */
export function fleetCsv(
  rows: readonly FleetRow[],
  speech: Speech,
  also: { readonly title: string; readonly of: (row: FleetRow) => string },
): string {
  const titles = [...COLUMNS.map(({ key }) => speech.words.columns[key] ?? key), also.title];
  const lines = rows.map((row) => [
    ...COLUMNS.map((column) => {
      const beside = column.value(row) === null ? '' : (column.beside?.(row, speech) ?? '');
      return `${textOf(column, row, speech)} ${beside}`.trim();
    }),
    also.of(row),
  ]);
  // The mark by which spreadsheets know that it is UTF-8.
  return `\uFEFF${[titles, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`;
}

/** What a terminal says of itself must not be taken for a formula. */
function cell(text: string): string {
  const isNumber = /^[+-][\d.]+( s| 秒)?$/.test(text);
  const harmless = /^[=+@\-\t\r＝＋＠－]/.test(text) && !isNumber ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
