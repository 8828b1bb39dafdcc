import { Id, type Text } from '../../../shared/protocol/ids.ts';
import type { Columns, TableRow } from './columns.ts';
import { idOf, listed } from './names.ts';
import type { TableReason } from './problems.ts';

/** A value of a cell, or why there is none. */
export type Read<T> = { readonly value: T } | { readonly refused: TableReason };

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** Reads cells of one row: what a table has no column for stays as it is. */
export class RowReader<C extends Columns> {
  readonly #row: TableRow<C>;
  isRefused: boolean;

  constructor(row: TableRow<C>) {
    this.#row = row;
    this.isRefused = row.isBroken;
  }

  /** Gives what `column` says to `take`; nothing where there is no such column, or its cell is refused. */
  read<T>(column: keyof C, reader: (cell: string) => Read<T>, take: (value: T) => void): void {
    const cell = this.#row.cell(column);
    if (cell === undefined) return;
    const read = reader(cell);
    if ('value' in read) take(read.value);
    else this.refuse(read.refused, column);
  }

  refuse(reason: TableReason, column?: keyof C): void {
    this.#row.refuse(reason, column);
    this.isRefused = true;
  }
}

/** What a schema takes. */
export const text =
  <T>(schema: Schema<T>) =>
  (cell: string): Read<T> => {
    const read = schema.safeParse(cell);
    return read.success ? { value: read.data } : { refused: cell === '' ? 'empty' : 'bad-text' };
  };

/** One of these names, as its id. */
export const known =
  (names: ReadonlyMap<string, Text>) =>
  (cell: string): Read<string> => {
    if (cell === '') return { refused: 'empty' };
    const read = idOf(cell, names);
    return 'id' in read ? { value: read.id } : read;
  };

/** Several in one cell. */
export const several =
  (one: (cell: string) => Read<string>) =>
  (cell: string): Read<string[]> => {
    const all = listed(cell).map(one);
    const bad = all.find((read) => 'refused' in read);
    return bad && 'refused' in bad
      ? bad
      : { value: all.flatMap((read) => ('value' in read ? [read.value] : [])) };
  };

/** What `reader` makes of a cell; its null is refused. */
export const some =
  <T>(reader: (cell: string) => T | null, refused: TableReason) =>
  (cell: string): Read<T> => {
    const value = reader(cell);
    return value === null ? { refused: cell === '' ? 'empty' : refused } : { value };
  };

/** An id. */
export const id = (cell: string): Read<string> => {
  const read = Id.safeParse(cell.normalize('NFKC'));
  return read.success ? { value: read.data } : { refused: cell === '' ? 'empty' : 'bad-id' };
};

/** The id in the key column of a row; null where it is none, which is noted. */
export function keyOf<C extends Columns>(row: TableRow<C>, column: keyof C): string | null {
  const read = id(row.cell(column) ?? '');
  if ('value' in read) return read.value;
  row.refuse(read.refused, column);
  return null;
}
