import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { failed, type Loaded, loaded, type Problem } from './problem.ts';
import { readText } from './text-file.ts';

/** A row of a table with the line it begins in. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvShape {
  /** Column → its other spellings in a header line. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Spellings that stand for a column only where the header names it in no other way. */
  readonly fallbacks?: Readonly<Record<string, string>>;
  readonly required: readonly string[];
}

export interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

const Parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

const EVEN = 'give every line as many cells as the header, and close all quotes';

/** Marks that copying from web pages and office programs leaves behind: seen by nobody, yet different. */
const INVISIBLE = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** Control characters but tab and line breaks. */
const UNPRINTABLE = /[^\P{Cc}\t\r\n]/u;

/** Full-width letters, digits and spaces become plain ones; ends are trimmed. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').trim();
}

/** A text for people on one line; a full-width space within a name stays. */
export function tidy(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
}

const lineBreaks = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** The mark between cells: the one that cuts the first line that is not empty into most of them. */
export function delimiterOf(text: string): string {
  const header = /[^\r\n]*\S[^\r\n]*/.exec(text)?.[0] ?? '';
  const counts = ['\t', ';', ','].map((mark) => ({ mark, n: header.split(mark).length }));
  return counts.reduce((best, next) => (next.n > best.n ? next : best)).mark;
}

/** The lines of a table that are not empty. Stray quotes are refused: read on, they swallow the lines that follow. */
function linesOf(text: string, file: string): Loaded<Line[]> {
  let read = 0;
  try {
    const parsed = Parsed.parse(
      parse(text, {
        delimiter: delimiterOf(text),
        info: true,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        on_record: (record, { lines }) => {
          read = lines;
          return record;
        },
      }),
    );
    const lines = parsed.map(({ record, info }) => ({
      line: info.lines - record.reduce((sum, cell) => sum + lineBreaks(cell), 0),
      cells: record,
    }));
    return loaded(lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      return failed({ file, line: read + 1, what: 'a quote " that opens here is never closed', cure: EVEN });
    const line = typeof error.lines === 'number' ? error.lines : null;
    return failed({ file, line, what: 'a quote " stands where none can', cure: EVEN });
  }
}

/** Where each column stands in the header; a column that is missing or named twice is a mistake. */
export function placesOf({ line, cells }: Line, file: string, shape: CsvShape): Loaded<Map<string, number>> {
  const titles = cells.map((cell) => plain(cell).toLowerCase());
  const places = new Map<string, number>();
  const problems: Problem[] = [];
  for (const [name, others] of Object.entries(shape.columns)) {
    const found = titles.flatMap((title, i) => (title === name || others.includes(title) ? [i] : []));
    const [place = titles.findIndex((title) => shape.fallbacks?.[title] === name)] = found;
    if (place >= 0) places.set(name, place);
    if (found.length > 1)
      problems.push({
        file,
        line,
        what: `the header names the column ${name} twice: ${found.map((i) => cells[i]?.trim()).join(', ')}`,
        cure: 'keep one of them, and give the others another title',
      });
  }
  const missing = shape.required.filter((name) => !places.has(name));
  if (missing.length > 0)
    problems.push({
      file,
      line,
      what: `the header has no column ${missing.map((name) => [name, ...(shape.columns[name] ?? [])].join('/')).join(', ')}`,
      cure: `let the first line name the columns: ${shape.required.join(',')}`,
    });
  return problems.length > 0 ? failed(problems) : loaded(places);
}

/** What is wrong with a line, and its cure; null where it fits the header. */
function mistakeIn(
  { cells }: Line,
  header: Line,
  places: ReadonlyMap<string, number>,
  shape: CsvShape,
): Pick<Problem, 'what' | 'cure'> | null {
  if (shape.required.some((name) => (places.get(name) ?? 0) >= cells.length))
    return {
      what: `there are ${cells.length} cells where the header has ${header.cells.length}`,
      cure: EVEN,
    };
  const untitled = cells.findIndex((cell, i) => cell.trim() !== '' && !header.cells[i]?.trim());
  if (untitled >= 0)
    return {
      what: `cell ${untitled + 1} stands under no title`,
      cure: `name its column in line ${header.line}, or ${EVEN}`,
    };
  const unprintable = [...places].find(([, i]) => UNPRINTABLE.test(cells[i] ?? ''));
  if (!unprintable) return null;
  return {
    what: `${unprintable[0]}: a character in the cell cannot be printed`,
    cure: 'delete the cell and write it again',
  };
}

/**
 * Reads a table as spreadsheets save it: see `text-file.ts` for encodings; comma, semicolon or tab; headers in
 * Chinese or English in any order. Columns under a title nobody asked for are left out; a cell under no title is a
 * mistake. Empty cells at a line's end may be missing, as Excel writes them.
 */
export function readCsv(path: string, file: string, shape: CsvShape): Loaded<CsvRow[]> {
  const text = readText(path, file);
  if (!text.ok) return text;
  const lines = linesOf(text.value, file);
  if (!lines.ok) return lines;
  const [header = { line: 1, cells: [] }, ...rest] = lines.value;
  const places = placesOf(header, file, shape);
  if (!places.ok) return places;
  const problems = rest.flatMap((line): Problem[] => {
    const mistake = mistakeIn(line, header, places.value, shape);
    return mistake ? [{ file, line: line.line, ...mistake }] : [];
  });
  if (problems.length > 0) return failed(problems);
  return loaded(
    rest.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries([...places.value].map(([name, i]) => [name, cells[i] ?? ''])),
    })),
  );
}

/** Notes what must stand in a table once only; a second time is a problem that names both lines. */
export function onceOnly(
  file: string,
  problems: Problem[],
): (what: string, line: number, cure: string) => void {
  const seen = new Map<string, number>();
  return (what, line, cure) => {
    const before = seen.get(what);
    if (before === undefined) seen.set(what, line);
    else problems.push({ file, line, what: `${what} stands in line ${before} already`, cure });
  };
}
