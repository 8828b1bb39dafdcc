import type { Funding } from '../../../shared/projects/money.ts';
import { MOST_PARTS, type Sheet } from '../../../shared/projects/sheet.ts';
import type { Register } from '../model/state.ts';
import { rowsUnder, type TableRow } from './columns.ts';
import type { TableProblem, TableReason } from './problems.ts';
import { MONEY_COLUMNS, PART_COLUMNS, PROJECT_COLUMNS } from './project-columns.ts';
import { keyOf } from './row-reader.ts';
import { editedMoney, editedPart, editedSheet, readMoney } from './sheet-edits.ts';
import type { ReadSheet } from './workbook.ts';

type ProjectRow = TableRow<typeof PROJECT_COLUMNS>;
type PartRow = TableRow<typeof PART_COLUMNS>;
type MoneyRow = TableRow<typeof MONEY_COLUMNS>;

/** What all tables say of one project. */
export class ProjectEdits {
  #row: ProjectRow | null = null;
  readonly #parts = new Map<string, PartRow>();
  readonly #money = new Map<string, MoneyRow[]>();
  #isRefused = false;
  /** Notes what is wrong with the project as a whole, at the first row that speaks of it. */
  readonly refuse: (reason: TableReason) => void;

  constructor(first: Pick<ProjectRow, 'refuse'>) {
    this.refuse = (reason) => first.refuse(reason);
  }

  onProject(row: ProjectRow): void {
    if (this.#row) this.#refused(() => row.refuse('row-twice', 'project'));
    this.#row ??= row;
  }

  onPart(row: PartRow): void {
    const part = keyOf(row, 'part');
    if (part === null) this.#isRefused = true;
    else if (this.#parts.has(part)) this.#refused(() => row.refuse('row-twice', 'part'));
    else this.#parts.set(part, row);
  }

  onMoney(row: MoneyRow): void {
    const part = keyOf(row, 'part');
    if (part === null) this.#isRefused = true;
    else this.#money.set(part, [...(this.#money.get(part) ?? []), row]);
  }

  /** The sheet `was` with all that is said; null where something of it is refused. Everything is looked at either way. */
  applied(was: Sheet | null, { vocabulary }: Pick<Register, 'vocabulary'>): Sheet | null {
    if (!was && !this.#row) this.#refused(() => this.refuse('unknown-project'));
    const sheet = this.#row ? editedSheet(was, this.#row, vocabulary) : was;
    if (!sheet) this.#isRefused = true;
    const parts = new Map((was?.parts ?? []).map((part) => [part.id, part]));
    const removed = new Set<string>();
    for (const [id, row] of this.#parts) {
      const part = editedPart(parts.get(id) ?? null, id, row, vocabulary);
      if (part === null) this.#isRefused = true;
      else if (part !== 'removed') parts.set(id, part);
      else if (parts.delete(id)) removed.add(id);
    }
    for (const [id, rows] of this.#money) {
      const part = parts.get(id);
      const lines = this.#linesIn(rows, vocabulary);
      if (part) parts.set(id, { ...part, funding: editedMoney(part.funding, lines) });
      // Of a part that is refused itself, enough is said already.
      else if (!removed.has(id) && !this.#parts.has(id))
        for (const row of rows) this.#refused(() => row.refuse('unknown-part', 'part'));
    }
    if (parts.size > MOST_PARTS) this.#refused(() => this.refuse('too-many-parts'));
    return sheet && !this.#isRefused ? { ...sheet, parts: [...parts.values()] } : null;
  }

  #linesIn(rows: readonly MoneyRow[], names: Register['vocabulary']): Map<string, Funding | null> {
    const lines = new Map<string, Funding | null>();
    for (const row of rows) {
      const read = readMoney(row, names);
      if (!read) this.#isRefused = true;
      else if (lines.has(read.key)) this.#refused(() => row.refuse('row-twice'));
      else lines.set(read.key, read.line);
    }
    return lines;
  }

  #refused(say: () => void): void {
    say();
    this.#isRefused = true;
  }
}

/** What the sheets say, project by project in the order in which they are first spoken of. What belongs to none is a problem. */
export function editsIn(sheets: readonly ReadSheet[], problems: TableProblem[]): Map<string, ProjectEdits> {
  const edits = new Map<string, ProjectEdits>();
  const of = (row: Pick<ProjectRow, 'refuse'>, id: string | null): ProjectEdits | null => {
    if (id === null) return null;
    const known = edits.get(id) ?? new ProjectEdits(row);
    edits.set(id, known);
    return known;
  };
  let isTable = false;
  for (const sheet of sheets) {
    // The one with the most columns first: all of them name the project.
    const money = rowsUnder(sheet, MONEY_COLUMNS, problems);
    for (const row of money ?? [])
      of({ refuse: (reason) => row.refuse(reason) }, keyOf(row, 'project'))?.onMoney(row);
    const parts = money ? null : rowsUnder(sheet, PART_COLUMNS, problems);
    for (const row of parts ?? [])
      of({ refuse: (reason) => row.refuse(reason) }, keyOf(row, 'project'))?.onPart(row);
    const projects = money || parts ? null : rowsUnder(sheet, PROJECT_COLUMNS, problems);
    for (const row of projects ?? []) of(row, keyOf(row, 'project'))?.onProject(row);
    isTable ||= (money ?? parts ?? projects) !== null;
  }
  if (!isTable) problems.push({ sheet: sheets[0]?.name ?? '', row: null, column: null, reason: 'no-table' });
  return edits;
}
