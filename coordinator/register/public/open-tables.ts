import { writeXlsx } from 'hucre/xlsx';
import { inWan, total } from '../../../shared/projects/money.ts';
import { quantityText } from '../../../shared/projects/sheet.ts';
import { PROPOSAL_CHANNELS, STANDINGS, TERMS } from '../../../shared/terms.ts';
import { csvText } from '../../bundle/export/csv-text.ts';
import { SAID } from '../papers/layout/words.ts';
import type { Look } from './frame.ts';
import { namedIn } from './list-names.ts';
import { proposalsOf } from './open-data.ts';
import type { PublicCycle } from './public-register.ts';
import { sourceWord, stageWord } from './stage-words.ts';

/** A number that is added up, in digits: exact in CSV, a number in a workbook. */
export interface Figure {
  readonly figure: string;
}
export const figure = (digits: string): Figure => ({ figure: digits });

/** A table as people open it: what somebody wrote is text, and none of it is ever run. */
export interface OpenTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | Figure)[])[];
}

/** The proposals of a year whose wording was cleared. */
export function proposalTable(look: Look, { year }: PublicCycle): OpenTable {
  const { t, name, register, language } = look;
  const named = (names: typeof register.areas, id: string | null | undefined) => {
    const found = id && names.get(id);
    return found ? name(found) : (id ?? '');
  };
  return {
    name: t('征集建议', 'Proposals'),
    columns: [
      t('编号', 'Number'),
      t('收到日期', 'Received'),
      t('来源', 'From'),
      t('途径', 'How'),
      t('标题', 'Title'),
      t('内容', 'Text'),
      t('类别', 'Category'),
      t('区域', 'Area'),
      t('进度', 'Stage'),
      t('附议代表数', 'Deputies who second it'),
      t('答复日期', 'Answered'),
      t('不列入情形', 'Ground of exclusion'),
      t('理由', 'Reason'),
      t('并入', 'Merged into'),
      t('纳入项目', 'Project'),
    ],
    rows: proposalsOf(register, year).map((one) => {
      const outcome = one.answer?.outcome;
      return [
        one.id,
        one.received,
        sourceWord(look, one.source),
        PROPOSAL_CHANNELS[one.channel][language],
        one.wording?.title ?? '',
        one.wording?.text ?? '',
        named(register.categories, one.category),
        named(register.areas, one.area),
        stageWord(look, one.stage),
        String(one.seconds),
        one.answer?.day ?? '',
        outcome?.is === 'excluded' ? named(register.grounds, outcome.ground) : '',
        outcome && 'reason' in outcome ? outcome.reason : '',
        outcome?.is === 'merged' ? outcome.into : '',
        outcome?.is === 'adopted' ? outcome.project : '',
      ];
    }),
  };
}

/** The candidates of a year's list, a row for each part. */
export function projectTable(look: Look, { list }: PublicCycle): OpenTable {
  const { t, name, register, language } = look;
  const words = SAID[language];
  const named = namedIn(look, list);
  return {
    name: t(TERMS.candidate.zh, 'Candidates'),
    columns: [
      words.projectCode,
      words.project,
      words.category,
      words.lead,
      words.beneficiaries,
      t('子项目编号', 'Part code'),
      words.part,
      t('子项目责任单位', 'Body of the part'),
      t('区域', 'Area'),
      words.place,
      words.target,
      t('单位', 'Unit'),
      words.finish,
      words.wan.replaceAll('\n', ''),
      t('票决', 'Vote'),
      t(TERMS.votes.zh, 'Votes'),
      t('应到代表', 'Roll'),
    ],
    rows: (list?.list.projects ?? []).flatMap(({ id, sheet }) => {
      const vote = register.projects.get(id)?.vote ?? null;
      return sheet.parts.map((part) => [
        id,
        name(sheet.title),
        named('categories', sheet.category),
        named('bodies', sheet.lead),
        sheet.beneficiaries,
        part.id,
        part.title,
        named('bodies', part.body),
        named('areas', part.area),
        part.place,
        quantityText(part.target.thousandths),
        part.target.unit,
        part.finish,
        inWan(total(part.funding)),
        vote
          ? vote.isChosen
            ? t(STANDINGS.selected.zh, 'chosen')
            : t(STANDINGS.outvoted.zh, 'not chosen')
          : '',
        vote?.count ? String(vote.count.votes) : '',
        vote?.count ? String(vote.count.roll) : '',
      ]);
    }),
  };
}

const ALWAYS = new Date('2000-01-01T00:00:00Z');

export const tableCsv = ({ columns, rows }: OpenTable): string =>
  csvText(
    columns,
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.figure))),
  );

export async function tableXlsx({ name, columns, rows }: OpenTable): Promise<Buffer> {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : Number(cell.figure))));
  // A file says of itself when it was made: this one always the same, else it would tell when something changed that is not in it.
  const made = await writeXlsx({
    properties: { created: ALWAYS, modified: ALWAYS },
    sheets: [{ name, rows: [[...columns], ...cells] }],
  });
  return Buffer.from(made);
}
