import { KINDS, TERMS } from '../../../shared/terms.ts';
import type { Look } from './frame.ts';
import { oc4idsPackage, oc4idsPath } from './oc4ids/package.ts';
import type { OpenDataTerms } from './oc4ids/project.ts';
import { cycleData, proposalsOf } from './open-data.ts';
import { type OpenTable, projectTable, proposalTable, tableCsv, tableXlsx } from './open-tables.ts';
import { voicesOf } from './open-work.ts';
import { chosenOf, moneyTable, partsOf, partTable } from './part-tables.ts';
import type { PublicCycle } from './public-register.ts';
import { appraisalTable, changeTable, reportTable, voiceTable } from './work-tables.ts';

/** A file that anybody may take along. */
export interface DataFile {
  /** Its address, without the language. */
  readonly path: string;
  readonly type: string;
  /** What a reader calls its kind. */
  readonly kind: 'XLSX' | 'CSV' | 'JSON' | 'OC4IDS';
  /** What it differs by: the language in which it is asked for, the address at which the register is. */
  readonly by: readonly ('language' | 'address')[];
  readonly make: () => Promise<string | Buffer>;
}

/** The same in one or several kinds of file. */
export interface DataSet {
  readonly title: string;
  /** What stands in it. */
  readonly about: string;
  /** So many, and so many of what in words. */
  readonly rows: number;
  readonly count: string;
  readonly files: readonly DataFile[];
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** An address of a file in the language that is asked for, where there are several. */
export const addressOf = ({ to }: Look, { path, by }: DataFile): string =>
  by.includes('language') ? to(path) : path;

/** The tables of a year by their names in addresses. */
export const TABLE_NAMES = [
  ...(['proposals', 'projects', 'parts', 'money'] as const),
  ...(['reports', 'changes', 'appraisals', 'voices'] as const),
] as const;
type TableName = (typeof TABLE_NAMES)[number];

/** So many things whose plural has an s. */
const some = (n: number, thing: string) => `${n} ${thing}${n === 1 ? '' : 's'}`;

interface TableSet extends Omit<DataSet, 'files'> {
  readonly table: () => OpenTable;
}

function tablesOf(look: Look, cycle: PublicCycle): Readonly<Record<TableName, TableSet>> {
  const { t, register } = look;
  const parts = partsOf(look, cycle);
  const proposals = proposalsOf(register, cycle.year).length;
  const listed = (cycle.list?.list.projects ?? []).reduce((all, { sheet }) => all + sheet.parts.length, 0);
  const works = chosenOf(look, cycle);
  const reports = parts.reduce((all, { its }) => all + its.reports.size, 0);
  const changes = works.reduce((all, work) => all + work.changes.size, 0);
  const appraisals = works.reduce((all, work) => all + work.appraisals.size, 0);
  const voices = works.reduce((all, work) => all + voicesOf(register, work).length, 0);
  const lines = parts.reduce((all, { part }) => all + part.funding.length, 0);
  return {
    proposals: {
      title: t('征集建议', 'Proposals'),
      about: t(
        '文字已核对公开的建议，附办理进度和答复',
        'those whose wording was cleared, with what became of them',
      ),
      rows: proposals,
      count: t(`${proposals}件`, some(proposals, 'proposal')),
      table: () => proposalTable(look, cycle),
    },
    projects: {
      title: t(TERMS.candidate.zh, 'Candidates'),
      about: t(
        '清单上的候选项目，每个子项目一行，附票决结果',
        'the frozen list, a row for each part, with the vote',
      ),
      rows: listed,
      count: t(`${listed}行`, some(listed, 'row')),
      table: () => projectTable(look, cycle),
    },
    parts: {
      title: t('入选项目的子项目', 'Parts of chosen projects'),
      about: t(
        '地点、责任单位、目标、时限、投资，票决时的承诺，进度和亮灯',
        'place, body, target, date and money; what was promised at the vote; progress and lights',
      ),
      rows: parts.length,
      count: t(`${parts.length}项`, some(parts.length, 'part')),
      table: () => partTable(look, cycle),
    },
    money: {
      title: t('入选项目的资金', 'Money of chosen projects'),
      about: t('每个子项目按来源、按年度的金额，精确到分', 'of each part by source and year, to the fen'),
      rows: lines,
      count: t(`${lines}行`, some(lines, 'row')),
      table: () => moneyTable(look, cycle),
    },
    reports: {
      title: t('月报', 'Monthly reports'),
      about: t(
        '完成数量、到位和支付资金，对照计划；含已更正的',
        'what is done, money appropriated and paid, beside the plan; corrected ones too',
      ),
      rows: reports,
      count: t(`${reports}份`, some(reports, 'report')),
      table: () => reportTable(look, cycle),
    },
    changes: {
      title: t('调整、暂缓、终止', 'Changes, suspensions, ends'),
      about: t(
        '每项决定的文号、理由和文件指纹',
        'the decision of each, its reason, and the fingerprint of its document',
      ),
      rows: changes,
      count: t(`${changes}项`, some(changes, 'decision')),
      table: () => changeTable(look, cycle),
    },
    appraisals: {
      title: t(KINDS.appraisal.zh, 'Appraisals'),
      about: t(
        '各等次票数、结果和存证指纹',
        'votes for each grade, what came of them, and the fingerprint of the proof',
      ),
      rows: appraisals,
      count: t(`${appraisals}次`, some(appraisals, 'grade')),
      table: () => appraisalTable(look, cycle),
    },
    voices: {
      title: t('现场留言', 'From the sites'),
      about: t(
        '群众在现场说的话（核对公开后）、答复和据此提出的问题；不含姓名、电话和照片',
        'what people said at the sites, as it was cleared, with answers and findings; no names, numbers or photographs',
      ),
      rows: voices,
      count: t(`${voices}条`, some(voices, 'row')),
      table: () => voiceTable(look, cycle),
    },
  };
}

/** A table that has no row yet is no file: before the list is frozen there are no candidates, before the vote nothing is chosen. */
const isThere = (name: TableName, rows: number) => name === 'proposals' || rows > 0;

/** What there is of a year. `base`: the address of the register. */
export function dataOfYear(
  look: Look,
  terms: OpenDataTerms,
  base: string,
  cycle: PublicCycle,
): readonly DataSet[] {
  const { t, register } = look;
  const path = `/data/cycles/${cycle.year}`;
  const tables = tablesOf(look, cycle);
  const proposals = tables.proposals.rows;
  const projects = cycle.list?.list.projects.length ?? 0;
  return [
    ...TABLE_NAMES.flatMap((name): readonly DataSet[] => {
      const { table, ...about } = tables[name];
      if (!isThere(name, about.rows)) return [];
      const file = { by: ['language'] } as const;
      return [
        {
          ...about,
          files: [
            {
              ...file,
              path: `${path}/${name}.xlsx`,
              type: XLSX,
              kind: 'XLSX',
              make: () => tableXlsx(table()),
            },
            {
              ...file,
              path: `${path}/${name}.csv`,
              type: CSV,
              kind: 'CSV',
              make: async () => tableCsv(table()),
            },
          ],
        },
      ];
    }),
    {
      title: t('全年数据', 'The whole year'),
      about: t('以上全部，供程序读取；金额以分为单位', 'all of it for programs; money in fen'),
      rows: proposals + projects,
      count: t(
        `建议${proposals}件，项目${projects}件`,
        `${some(proposals, 'proposal')}, ${some(projects, 'project')}`,
      ),
      files: [
        {
          path: `${path}.json`,
          type: JSON_TYPE,
          kind: 'JSON',
          by: [],
          make: async () => `${JSON.stringify(cycleData(register, cycle), null, 1)}\n`,
        },
      ],
    },
    ...oc4idsSet(look, terms, base, cycle.year),
  ];
}

/** The chosen projects of a year or of all years as a package of OC4IDS, once there are some. */
export function oc4idsSet(
  look: Look,
  terms: OpenDataTerms,
  base: string,
  year: number | null,
): readonly DataSet[] {
  const { t, register } = look;
  const rows = register.cycles
    .filter((cycle) => year === null || cycle.year === year)
    .reduce((all, cycle) => all + chosenOf(look, cycle).length, 0);
  if (rows === 0) return [];
  return [
    {
      title: t('入选项目（OC4IDS 0.9.5）', 'Chosen projects (OC4IDS 0.9.5)'),
      about: t(
        '基础设施开放合同数据标准：责任单位、地点、预算、目标、文件',
        'Open Contracting for Infrastructure Data Standards: bodies, places, budget, targets, documents',
      ),
      rows,
      count: t(`${rows}件`, some(rows, 'project')),
      files: [
        {
          path: oc4idsPath(year),
          type: JSON_TYPE,
          kind: 'OC4IDS',
          by: ['language', 'address'],
          make: async () => `${JSON.stringify(oc4idsPackage(look, terms, base, year), null, 1)}\n`,
        },
      ],
    },
  ];
}
