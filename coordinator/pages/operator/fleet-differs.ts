import { COLUMNS, type FleetColumn, type FleetRow } from './fleet-columns.ts';

type Value = string | number | null;

/** How the seats that have told compare in one property. */
export interface Comparison {
  readonly column: FleetColumn;
  /** The commonest first. `example`: one of the seats that have it. */
  readonly found: readonly { readonly value: Value; readonly count: number; readonly example: FleetRow }[];
  /** What most have; null where nobody leads, so that all differ. */
  readonly most: { readonly value: Value } | null;
}

/** Whether anything is known of a seat: one that has told nothing is like no other, and differs from none. */
export const hasTold = ({ view }: FleetRow): boolean => view.version !== null;

/** What seats should have alike, property by property. */
export function compare(rows: readonly FleetRow[]): Comparison[] {
  const told = rows.filter(hasTold);
  return COLUMNS.filter(({ isCompared }) => isCompared).map((column) => {
    const counts = new Map<Value, { value: Value; count: number; example: FleetRow }>();
    for (const row of told) {
      const value = column.value(row);
      const known = counts.get(value);
      if (known) known.count += 1;
      else counts.set(value, { value, count: 1, example: row });
    }
    const found = [...counts.values()].sort(
      (a, b) => b.count - a.count || `${a.value}`.localeCompare(`${b.value}`),
    );
    const [first, second] = found;
    const leads = first !== undefined && first.count > (second?.count ?? 0);
    return { column, found, most: leads ? { value: first.value } : null };
  });
}

/** The keys of the properties in which a seat differs from most. */
export function oddOf(row: FleetRow, comparisons: readonly Comparison[]): Set<string> {
  if (!hasTold(row)) return new Set();
  const odd = comparisons.filter(({ column, most }) => most === null || column.value(row) !== most.value);
  return new Set(odd.map(({ column }) => column.key));
}
