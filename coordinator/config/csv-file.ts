import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { failed, type Loaded, loaded } from './problem.ts';
import { readText } from './text-file.ts';

/** A row of a table with the line it stands in. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvShape {
  /** Column → its other spellings in a header line. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly required: readonly string[];
}

const Parsed = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) }),
);

/** Full-width letters, digits and spaces become plain ones; ends are trimmed. */
export function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

function delimiterOf(header: string): string {
  const counts = ['\t', ';', ','].map((mark) => ({ mark, n: header.split(mark).length }));
  return counts.reduce((best, next) => (next.n > best.n ? next : best)).mark;
}

/**
 * Reads a table as spreadsheets save it: see `decodeText` for encodings; comma, semicolon or tab; headers in
 * Chinese or English in any order. Columns nobody asked for are left out.
 */
export function readCsv(path: string, file: string, shape: CsvShape): Loaded<CsvRow[]> {
  const text = readText(path, file);
  if (!text.ok) return text;
  const content = text.value.replace(/^\uFEFF/, '');
  const header = content.split(/\r?\n/, 1)[0] ?? '';
  const names = new Map(
    Object.entries(shape.columns).flatMap(([name, others]) => [name, ...others].map((o) => [o, name])),
  );
  const columnOf = (title: string) => names.get(plain(title).toLowerCase()) ?? plain(title);
  const delimiter = delimiterOf(header);
  const titles = header.split(delimiter).map((title) => columnOf(title.replace(/^"|"$/g, '')));
  const missing = shape.required.filter((name) => !titles.includes(name));
  if (missing.length > 0)
    return failed({
      file,
      line: 1,
      what: `the header has no column ${missing.map((name) => [name, ...(shape.columns[name] ?? [])].join('/')).join(', ')}`,
      cure: `let the first line name the columns: ${shape.required.join(',')}`,
    });
  try {
    const rows = Parsed.parse(
      parse(content, {
        delimiter,
        columns: (all: string[]) => all.map(columnOf),
        info: true,
        relax_quotes: true,
        skip_empty_lines: true,
        skip_records_with_empty_values: true,
      }),
    );
    return loaded(rows.map(({ record, info }) => ({ line: info.lines, cells: record })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : null;
    return failed({
      file,
      line,
      what: error.message,
      cure: 'give every line as many cells as the header, and close all quotes',
    });
  }
}
