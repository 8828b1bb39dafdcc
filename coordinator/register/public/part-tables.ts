import { inYuan, ofYear, total } from '../../../shared/projects/money.ts';
import { type Part, quantityText } from '../../../shared/projects/sheet.ts';
import { LIGHT_TERMS, whyLight } from '../../contract/register/work-words.ts';
import { lightOfPart } from '../model/work/light.ts';
import { figureOf, permilleOf, plannedPermille } from '../model/work/progress.ts';
import { stageOf } from '../model/work/stage.ts';
import { emptyPart, type PartWork, type Work } from '../model/work/works.ts';
import { SAID } from '../papers/layout/words.ts';
import type { Look } from './frame.ts';
import { namedIn } from './list-names.ts';
import { figure, type OpenTable } from './open-tables.ts';
import { type PublicCycle, ranked } from './public-register.ts';
import { figureWord, percentText, workStageWord } from './table-words.ts';

/** A part of a chosen project, as it stands now, and as it is carried out. */
export interface PartRow {
  readonly work: Work;
  readonly part: Part;
  readonly its: PartWork;
}

/** The chosen projects of a year, more votes before fewer; none before the vote. */
export const chosenOf = ({ register }: Look, { list }: PublicCycle): readonly Work[] =>
  (list ? ranked(register, list) : []).flatMap(({ id }) => register.works.projects.get(id) ?? []);

/** Each part of the chosen projects of a year. */
export const partsOf = (look: Look, cycle: PublicCycle): readonly PartRow[] =>
  chosenOf(look, cycle).flatMap((work) =>
    work.sheet.parts.map((part) => ({ work, part, its: work.parts.get(part.id) ?? emptyPart() })),
  );

/** What names a part in every table: its project's code and title, its own. */
export const partColumns = ({ t, language }: Look): readonly string[] => {
  const words = SAID[language];
  return [words.projectCode, words.project, t('子项目编号', 'Part code'), words.part];
};
export const partCells = ({ name }: Look, { work, part }: PartRow): readonly string[] => [
  work.id,
  name(work.sheet.title),
  part.id,
  part.title,
];

/** 项: a row for each part of what was chosen: what holds, how far it is, and what was promised at the vote. */
export function partTable(look: Look, cycle: PublicCycle): OpenTable {
  const { t, language, register } = look;
  const words = SAID[language];
  const named = namedIn(look, cycle.list);
  const { rules } = register.works;
  return {
    name: t('子项目', 'Parts'),
    columns: [
      ...partColumns(look),
      words.category,
      words.lead,
      t('子项目责任单位', 'Body of the part'),
      t('区域', 'Area'),
      words.place,
      words.target,
      t('单位', 'Unit'),
      words.finish,
      t('票决时承诺的目标', 'Target promised at the vote'),
      t('票决时承诺的完成时限', 'Date promised at the vote'),
      t('项目阶段', 'Stage of the project'),
      t('截至月份', 'Reported until'),
      t('完成数量', 'Done'),
      t('完成比例（%）', 'Done (%)'),
      t('计划比例（%）', 'Planned (%)'),
      t('数据状态', 'Figure'),
      t(`亮灯（${register.day}）`, `Light (${register.day})`),
      t('亮灯原因', 'Why'),
      t('到位资金（元）', 'Appropriated (yuan)'),
      t('支付资金（元）', 'Paid (yuan)'),
      t('总投资（元）', 'Total investment (yuan)'),
      t(`${cycle.year}年投资（元）`, `Investment of ${cycle.year} (yuan)`),
    ],
    rows: partsOf(look, cycle).map((row) => {
      const { work, part, its } = row;
      const { done, is, month } = figureOf(its);
      const promised = work.promised.parts.find(({ id }) => id === part.id);
      const planned = month === null ? null : plannedPermille(its, month);
      const light = lightOfPart(part, its, work.standing, rules, register.day);
      return [
        ...partCells(look, row),
        named('categories', work.sheet.category),
        named('bodies', work.sheet.lead),
        named('bodies', part.body),
        named('areas', part.area),
        part.place,
        figure(quantityText(part.target.thousandths)),
        part.target.unit,
        part.finish,
        promised ? `${quantityText(promised.target.thousandths)} ${promised.target.unit}` : '',
        promised?.finish ?? '',
        workStageWord(look, stageOf(work)),
        month ?? '',
        figure(quantityText(done)),
        figure(percentText(permilleOf(part, done))),
        planned === null ? '' : figure(percentText(planned)),
        figureWord(look, is),
        LIGHT_TERMS[light.light][language],
        whyLight(light, language),
        figure(inYuan(its.latest?.appropriated ?? 0)),
        figure(inYuan(its.latest?.paid ?? 0)),
        figure(inYuan(total(part.funding))),
        figure(inYuan(ofYear(part.funding, cycle.year))),
      ];
    }),
  };
}

/** Money: a row for what a source gives to a part in a year. Their sum is that of the parts, and no yuan stands in it twice. */
export function moneyTable(look: Look, cycle: PublicCycle): OpenTable {
  const { t, language } = look;
  const named = namedIn(look, cycle.list);
  return {
    name: t('资金', 'Money'),
    columns: [
      ...partColumns(look),
      SAID[language].source,
      t('年度', 'Year'),
      t('金额（元）', 'Amount (yuan)'),
    ],
    rows: partsOf(look, cycle).flatMap((row) =>
      row.part.funding.map(({ source, year, fen }) => [
        ...partCells(look, row),
        named('sources', source),
        String(year),
        figure(inYuan(fen)),
      ]),
    ),
  };
}
