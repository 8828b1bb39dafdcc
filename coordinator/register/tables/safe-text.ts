/** How a cell begins that a spreadsheet would take for a formula when it opens a CSV; and the mark that says that it is none. */
const RUNS = /^['=+\-@\t\r\n＝＋－＠]/;

/** A cell of a CSV that spreadsheets show and never run. */
export const safeText = (text: string): string => (RUNS.test(text) ? `'${text}` : text);

/** What was meant by a cell of a CSV: the mark that {@link safeText} sets is none of it. */
export const asWritten = (cell: string): string =>
  cell.startsWith("'") && RUNS.test(cell.slice(1)) ? cell.slice(1) : cell;
