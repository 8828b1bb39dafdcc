import type { ListNames } from '../../../shared/projects/list.ts';
import { MOST_FEN } from '../../../shared/projects/money.ts';
import { investment, type Sheet } from '../../../shared/projects/sheet.ts';
import type { Text } from '../../../shared/protocol/ids.ts';

/** What a register knows by id: what its files list, each with its name. */
export type Vocabulary = { readonly [V in keyof ListNames]: ReadonlyMap<string, Text> };

/** Why a sheet may not stand on a list yet. `part`: of which part it is said. */
export interface Gap {
  readonly what:
    | 'no-content'
    | 'no-beneficiaries'
    | 'no-parts'
    | 'no-money'
    | 'too-much-money'
    | 'part-twice'
    | 'unknown-category'
    | 'unknown-body'
    | 'unknown-area'
    | 'unknown-source'
    | 'unknown-proposal';
  readonly part?: string;
}

/** The sentence for whoever has to put it right. */
export const GAP_TEXTS: Readonly<Record<Gap['what'], { readonly zh: string; readonly en: string }>> = {
  'no-content': { zh: '未写建设内容', en: 'What is done is not described' },
  'no-beneficiaries': { zh: '未写受益对象', en: 'Who benefits is not said' },
  'no-parts': { zh: '没有子项目', en: 'There is no part' },
  'no-money': { zh: '没有资金', en: 'There is no money' },
  'too-much-money': {
    zh: '资金合计超过一千亿元，请核对单位',
    en: 'The money comes to more than 100 bn yuan; look at its unit',
  },
  'part-twice': { zh: '子项目编号重复', en: 'Two parts have one id' },
  'unknown-category': { zh: '类别不在目录中', en: 'The category is not on the list' },
  'unknown-body': { zh: '责任单位不在目录中', en: 'A body is not on the list' },
  'unknown-area': { zh: '区域不在目录中', en: 'The area is not on the list' },
  'unknown-source': { zh: '资金来源不在目录中', en: 'A source of money is not on the list' },
  'unknown-proposal': { zh: '来源建议不存在', en: 'A proposal it came from does not exist' },
};

/** Everything that must be there before a project is put to the vote and is not. @param proposals those that there are. */
export function gapsOf(
  sheet: Sheet,
  { categories, bodies, areas, sources }: Vocabulary,
  proposals: { has(id: string): boolean },
): readonly Gap[] {
  const gaps: Gap[] = [];
  const miss = (is: boolean, what: Gap['what'], part?: string) => {
    if (is) gaps.push(part === undefined ? { what } : { what, part });
  };
  miss(sheet.content === '', 'no-content');
  miss(sheet.beneficiaries === '', 'no-beneficiaries');
  miss(sheet.parts.length === 0, 'no-parts');
  miss(sheet.parts.length > 0 && investment(sheet) === 0, 'no-money');
  miss(investment(sheet) > MOST_FEN, 'too-much-money');
  miss(!categories.has(sheet.category), 'unknown-category');
  miss(![sheet.lead, ...sheet.co].every((body) => bodies.has(body)), 'unknown-body');
  miss(!sheet.from.every((id) => proposals.has(id)), 'unknown-proposal');
  const seen = new Set<string>();
  for (const { id, body, area, funding } of sheet.parts) {
    miss(seen.has(id), 'part-twice', id);
    seen.add(id);
    miss(!bodies.has(body), 'unknown-body', id);
    miss(!areas.has(area), 'unknown-area', id);
    miss(!funding.every(({ source }) => sources.has(source)), 'unknown-source', id);
  }
  return gaps;
}
