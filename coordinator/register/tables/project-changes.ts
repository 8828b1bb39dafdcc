import type { Part, Sheet } from '../../../shared/projects/sheet.ts';
import type { Register } from '../model/state.ts';
import type { Columns } from './columns.ts';
import { MONEY_COLUMNS, PART_COLUMNS, PROJECT_COLUMNS } from './project-columns.ts';
import { moneyCells, partCells, projectCells } from './project-tables.ts';

/** A cell that is another than before, as the tables show it. */
export interface Change {
  /** The project. */
  readonly id: string;
  /** The part, and of money its source and year; null where it is of the project itself. */
  readonly of: string | null;
  /** The column, by its Chinese title. */
  readonly field: string;
  /** Empty where there was, or is to be, nothing. */
  readonly before: string;
  readonly after: string;
}

type Vocabulary = Register['vocabulary'];
type Row = Readonly<Record<string, string>>;

/** Everything in which the tables of two sheets differ. */
export function changesIn(id: string, was: Sheet, is: Sheet, names: Vocabulary): Change[] {
  return [
    ...cellsApart(id, null, PROJECT_COLUMNS, projectCells(id, was, names), projectCells(id, is, names)),
    ...rowsApart(id, PART_COLUMNS, partRows(id, was, names), partRows(id, is, names)),
    ...rowsApart(id, MONEY_COLUMNS, moneyRows(id, was, names), moneyRows(id, is, names)),
  ];
}

const partRows = (id: string, { parts }: Sheet, names: Vocabulary) =>
  new Map<string, Row>(parts.map((part) => [part.id, partCells(id, part, names)]));

const moneyRows = (id: string, { parts }: Sheet, names: Vocabulary) =>
  new Map<string, Row>(
    parts.flatMap((part: Part) =>
      moneyCells(id, part, names).map((cells) => [`${part.id} ${cells.source} ${cells.year}`, cells]),
    ),
  );

function rowsApart(
  id: string,
  columns: Columns,
  was: ReadonlyMap<string, Row>,
  is: ReadonlyMap<string, Row>,
): Change[] {
  const keys = new Set([...was.keys(), ...is.keys()]);
  return [...keys].flatMap((of) => cellsApart(id, of, columns, was.get(of) ?? {}, is.get(of) ?? {}));
}

function cellsApart(id: string, of: string | null, columns: Columns, was: Row, is: Row): Change[] {
  return Object.entries(columns).flatMap(([key, { zh }]) => {
    const [before, after] = [was[key] ?? '', is[key] ?? ''];
    // The key of a row that is new or gone says which it is.
    return before === after || KEYS.has(key) ? [] : [{ id, of, field: zh, before, after }];
  });
}

const KEYS: ReadonlySet<string> = new Set(['project', 'part', 'source', 'year']);
