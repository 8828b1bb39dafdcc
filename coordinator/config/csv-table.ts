import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type CsvShape, delimiterOf, placesOf } from './csv-file.ts';
import { type Loaded, loaded } from './problem.ts';
import { decodeText } from './text-file.ts';

interface Row {
  cells: string[];
  /** The row as it stands in the file, its line end with it; null where a cell was changed. */
  text: string | null;
}

const Parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ bytes: z.number() }) }));
const MARK = '\uFEFF';

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/**
 * A table in a file, to be changed cell by cell: what is not changed stays as it was written, byte for byte, with
 * columns nobody asked for. In another encoding than UTF-8 it is written back as the UTF-8 that Excel recognises.
 */
export class CsvTable<Column extends string> {
  readonly #mark: string;
  readonly #lineEnd: string;
  readonly #delimiter: string;
  readonly #rows: Row[];
  readonly #places: Map<string, number>;

  private constructor(text: string, mark: boolean, places: Map<string, number>, rows: Row[]) {
    this.#mark = mark ? MARK : '';
    this.#lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\r\n';
    this.#delimiter = delimiterOf(text);
    this.#places = places;
    this.#rows = rows;
  }

  /** Reads the table at `path`, or an empty one with all columns of `shape` where there is no such file. */
  static open<C extends string>(
    path: string,
    file: string,
    shape: CsvShape & { readonly columns: Readonly<Record<C, readonly string[]>> },
  ): Loaded<CsvTable<C>> {
    const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
    const bytes = isThere
      ? readFileSync(path)
      : Buffer.from(`${MARK}${Object.keys(shape.columns).join()}\r\n`);
    const decoded = decodeText(bytes, file);
    if (!decoded.ok) return decoded;
    const text = decoded.value;
    const rows = rowsOf(text);
    const header = rows.find(isWritten) ?? { cells: [], text: '' };
    const places = placesOf({ line: 1, cells: header.cells }, file, shape);
    if (!places.ok) return places;
    const mark = !isUtf8(bytes) || (bytes[0] === 0xef && bytes[1] === 0xbb);
    return loaded(new CsvTable<C>(text, mark, places.value, rows));
  }

  /** The first row below the header that `fits`, as a handle for {@link set}; null where none does. */
  find(fits: (cell: (column: Column) => string) => boolean): number | null {
    const header = this.#rows.findIndex(isWritten);
    const found = this.#rows.findIndex(
      (row, i) => i > header && isWritten(row) && fits((column) => this.#cell(row, column)),
    );
    return found < 0 ? null : found;
  }

  #cell(row: Row, column: Column): string {
    return row.cells[this.#places.get(column) ?? -1] ?? '';
  }

  /** Writes cells of a row, or of a new one where `row` is null. A column the header lacks is added to it. */
  set(row: number | null, cells: Readonly<Partial<Record<Column, string>>>): void {
    const at = row ?? this.#rows.push({ cells: [], text: null }) - 1;
    const changed = this.#rows[at];
    if (!changed) throw new RangeError(`the table has no row ${at}`);
    for (const [column, value] of Object.entries<string | undefined>(cells)) {
      if (value === undefined) continue;
      const place = this.#places.get(column) ?? this.#addColumn(column);
      if ((changed.cells[place] ?? '') === value) continue;
      while (changed.cells.length < place) changed.cells.push('');
      changed.cells[place] = value;
      changed.text = null;
    }
  }

  #addColumn(column: string): number {
    const header = this.#rows.find(isWritten);
    if (!header) throw new Error('a table has a header');
    header.text = null;
    const place = header.cells.push(column) - 1;
    this.#places.set(column, place);
    return place;
  }

  toString(): string {
    const lines = this.#rows.map(({ cells, text }, i) => {
      const line = text ?? cells.map((cell) => this.#quoted(cell)).join(this.#delimiter);
      const isEnded = /[\r\n]$/.test(line) || (text !== null && i === this.#rows.length - 1);
      return isEnded ? line : `${line}${this.#lineEnd}`;
    });
    return this.#mark + lines.join('');
  }

  #quoted(cell: string): string {
    const isSafe = !/["\r\n]/.test(cell) && !cell.includes(this.#delimiter) && cell === cell.trim();
    return isSafe ? cell : `"${cell.replaceAll('"', '""')}"`;
  }

  /** Writes the whole file or, where that fails, leaves what was there; it is on the disk when this returns. */
  save(path: string): void {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o644;
    const file = openSync(`${path}.new`, 'w', mode & 0o777);
    writeSync(file, this.toString());
    fsyncSync(file);
    closeSync(file);
    renameSync(`${path}.new`, path);
  }
}

const isWritten = ({ cells }: Row): boolean => cells.some((cell) => cell.trim() !== '');

function rowsOf(text: string): Row[] {
  const bytes = Buffer.from(text);
  const parsed = Parsed.parse(
    parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    }),
  );
  let start = 0;
  return parsed.map(({ record, info }) => {
    const end = info.bytes;
    const row = { cells: record, text: bytes.subarray(start, end).toString() };
    start = end;
    return row;
  });
}
