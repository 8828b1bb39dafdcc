import type { Text } from '../../../shared/protocol/ids.ts';
import { plain } from '../../config/csv-file.ts';
import type { TableReason } from './problems.ts';

type Names = ReadonlyMap<string, Text>;

/** What a cell says of something that the register knows by id: its Chinese name, or the id where others have that name. */
export function nameOf(id: string, names: Names): string {
  const own = names.get(id)?.zh;
  if (own === undefined) return id;
  const read = idOf(own, names);
  return 'id' in read && read.id === id ? own : id;
}

/** The id that a cell means, by name in any language or by the id itself. */
export function idOf(
  cell: string,
  names: Names,
): { readonly id: string } | { readonly refused: TableReason } {
  const wanted = plain(cell);
  if (names.has(wanted)) return { id: wanted };
  const found = [...names].filter(([, name]) => Object.values(name).some((said) => plain(said) === wanted));
  const [first] = found;
  if (!first) return { refused: 'unknown-name' };
  return found.length > 1 ? { refused: 'name-of-several' } : { id: first[0] };
}

/** Several in one cell, as offices divide them. */
export const listed = (cell: string): string[] =>
  cell
    .split(/[、，,;；\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
