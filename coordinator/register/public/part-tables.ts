import { inYuan, ofYear, total } from '../../../shared/projects/money.ts';
import { type Part, quantityText } from '../../../shared/projects/sheet.ts';
import { SAID } from '../papers/layout/words.ts';
import type { Look } from './frame.ts';
import { namedIn } from './list-names.ts';
import { figure, type OpenTable } from './open-tables.ts';
import { type PublicCycle, type PublicProject, ranked } from './public-register.ts';

/** The chosen projects of a year, more votes before fewer; none before the vote. */
export const chosenOf = ({ register }: Look, { list }: PublicCycle): readonly PublicProject[] =>
  list ? ranked(register, list).filter(({ vote }) => vote?.isChosen) : [];

/** Each part of the chosen projects of a year, with its project. */
export const partsOf = (look: Look, cycle: PublicCycle): readonly (readonly [PublicProject, Part])[] =>
  chosenOf(look, cycle).flatMap((one) => one.sheet.parts.map((part) => [one, part] as const));

/** 项: a row for each part of what was chosen. */
export function partTable(look: Look, cycle: PublicCycle): OpenTable {
  const { t, name, language } = look;
  const words = SAID[language];
  const named = namedIn(look, cycle.list);
  return {
    name: t('子项目', 'Parts'),
    columns: [
      words.projectCode,
      words.project,
      words.category,
      words.lead,
      t('子项目编号', 'Part code'),
      words.part,
      t('子项目责任单位', 'Body of the part'),
      t('区域', 'Area'),
      words.place,
      words.target,
      t('单位', 'Unit'),
      words.finish,
      t('总投资（元）', 'Total investment (yuan)'),
      t(`${cycle.year}年投资（元）`, `Investment of ${cycle.year} (yuan)`),
    ],
    rows: partsOf(look, cycle).map(([{ id, sheet }, part]) => [
      id,
      name(sheet.title),
      named('categories', sheet.category),
      named('bodies', sheet.lead),
      part.id,
      part.title,
      named('bodies', part.body),
      named('areas', part.area),
      part.place,
      figure(quantityText(part.target.thousandths)),
      part.target.unit,
      part.finish,
      figure(inYuan(total(part.funding))),
      figure(inYuan(ofYear(part.funding, cycle.year))),
    ]),
  };
}

/** Money: a row for what a source gives to a part in a year. Their sum is that of the parts, and no yuan stands in it twice. */
export function moneyTable(look: Look, cycle: PublicCycle): OpenTable {
  const { t, name, language } = look;
  const words = SAID[language];
  const named = namedIn(look, cycle.list);
  return {
    name: t('资金', 'Money'),
    columns: [
      words.projectCode,
      words.project,
      t('子项目编号', 'Part code'),
      words.part,
      words.source,
      t('年度', 'Year'),
      t('金额（元）', 'Amount (yuan)'),
    ],
    rows: partsOf(look, cycle).flatMap(([{ id, sheet }, part]) =>
      part.funding.map(({ source, year, fen }) => [
        id,
        name(sheet.title),
        part.id,
        part.title,
        named('sources', source),
        String(year),
        figure(inYuan(fen)),
      ]),
    ),
  };
}
