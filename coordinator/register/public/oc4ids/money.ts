import { type Funding, total } from '../../../../shared/projects/money.ts';
import { investment, type Sheet } from '../../../../shared/projects/sheet.ts';
import type { Look } from '../frame.ts';
import type { Named } from '../list-names.ts';
import { ofYears } from './dates.ts';
import { sourceReference } from './parties.ts';
import type { Breakdown, Project, Value } from './shape.ts';

/** An amount of whole fen. Below 10,000 bn yuan JSON writes just its two places. */
export const yuan = (fen: number): Value => ({ amount: fen / 100, currency: 'CNY' });

interface Line {
  readonly source: string;
  readonly year: number;
  readonly fen: number;
}

/** What each source gives in each year, all parts together. */
function bySourceAndYear(lines: readonly Funding[]): readonly Line[] {
  const sums = new Map<string, Line>();
  for (const { source, year, fen } of lines) {
    const key = `${source}-${year}`;
    sums.set(key, { source, year, fen: (sums.get(key)?.fen ?? 0) + fen });
  }
  return [...sums.values()].sort((a, b) => a.year - b.year || (a.source < b.source ? -1 : 1));
}

/** The money of a project: as a whole, by source and year, and by part. Both breakdowns add up to the whole. */
export function budgetOf({ t }: Look, sheet: Sheet, named: Named, approvalDate: string): Project['budget'] {
  const lines = bySourceAndYear(sheet.parts.flatMap(({ funding }) => funding));
  const breakdowns: readonly Breakdown[] = [
    {
      id: 'source-year',
      description: t('按资金来源和年度', 'By source and year'),
      budgetBreakdown: lines.map(({ source, year, fen }) => ({
        id: `${source}-${year}`,
        description: `${named('sources', source)} ${year}`,
        amount: yuan(fen),
        period: ofYears(year, year),
        sourceParty: sourceReference(source, named),
      })),
    },
    {
      id: 'part',
      description: t('按子项目', 'By part'),
      budgetBreakdown: sheet.parts.map(({ id, title, funding }) => ({
        id,
        description: title,
        amount: yuan(total(funding)),
      })),
    },
  ];
  const filled = breakdowns.filter(({ budgetBreakdown }) => budgetBreakdown.length > 0);
  return {
    amount: yuan(investment(sheet)),
    approvalDate,
    ...(filled.length > 0 && { budgetBreakdowns: filled }),
  };
}
