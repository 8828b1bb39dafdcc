import type { Funding } from '../../../shared/projects/money.ts';
import type { Part, Sheet } from '../../../shared/projects/sheet.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import { TERMS } from '../../../shared/terms.ts';
import type { Register } from '../model/state.ts';
import { quantityOf, wanOf } from './amounts.ts';
import type { Cells } from './columns.ts';
import { nameOf } from './names.ts';
import { MONEY_COLUMNS, PART_COLUMNS, PROJECT_COLUMNS } from './project-columns.ts';
import type { Table } from './write-table.ts';

type Vocabulary = Register['vocabulary'];

/** Projects with their parts and money, in the three tables that are read back. */
export function projectTables(
  { vocabulary }: Pick<Register, 'vocabulary'>,
  projects: readonly { readonly id: string; readonly sheet: Sheet }[],
  language: Language,
): [Table<typeof PROJECT_COLUMNS>, Table<typeof PART_COLUMNS>, Table<typeof MONEY_COLUMNS>] {
  const parts = projects.flatMap(({ id, sheet }) => sheet.parts.map((part) => ({ id, part })));
  return [
    {
      name: language === 'zh' ? TERMS.item.zh : 'Projects',
      columns: PROJECT_COLUMNS,
      rows: projects.map(({ id, sheet }) => projectCells(id, sheet, vocabulary)),
    },
    {
      name: language === 'zh' ? '子项目' : 'Parts',
      columns: PART_COLUMNS,
      rows: parts.map(({ id, part }) => partCells(id, part, vocabulary)),
    },
    {
      name: language === 'zh' ? '资金' : 'Money',
      columns: MONEY_COLUMNS,
      rows: parts.flatMap(({ id, part }) => moneyCells(id, part, vocabulary)),
    },
  ];
}

/** A project's row. */
export function projectCells(id: string, sheet: Sheet, names: Vocabulary): Cells<typeof PROJECT_COLUMNS> {
  return {
    project: id,
    title: sheet.title.zh,
    titleEn: sheet.title.en ?? '',
    summary: sheet.summary.zh,
    summaryEn: sheet.summary.en ?? '',
    category: nameOf(sheet.category, names.categories),
    lead: nameOf(sheet.lead, names.bodies),
    co: sheet.co.map((body) => nameOf(body, names.bodies)).join('、'),
    content: sheet.content,
    beneficiaries: sheet.beneficiaries,
    from: sheet.from.join('、'),
  };
}

/** A part's row. */
export function partCells(project: string, part: Part, names: Vocabulary): Cells<typeof PART_COLUMNS> {
  return {
    project,
    part: part.id,
    title: part.title,
    body: nameOf(part.body, names.bodies),
    area: nameOf(part.area, names.areas),
    place: part.place,
    quantity: quantityOf(part.target.thousandths),
    unit: part.target.unit,
    finish: part.finish,
    remove: '',
  };
}

/** The rows of a part's money. */
export function moneyCells(project: string, part: Part, names: Vocabulary): Cells<typeof MONEY_COLUMNS>[] {
  return [...moneyOf(part.funding).values()].map(({ source, year, fen }) => ({
    project,
    part: part.id,
    source: nameOf(source, names.sources),
    year: String(year),
    amount: wanOf(fen),
  }));
}

/** Money by source and year, each once: what a table has a row for. */
export function moneyOf(funding: readonly Funding[]): Map<string, Funding> {
  const lines = new Map<string, Funding>();
  for (const { source, year, fen } of funding) {
    const key = moneyKey(source, year);
    lines.set(key, { source, year, fen: fen + (lines.get(key)?.fen ?? 0) });
  }
  return lines;
}

export const moneyKey = (source: string, year: number | string): string => `${source} ${year}`;
