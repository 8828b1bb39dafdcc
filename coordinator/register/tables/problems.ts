import { REGISTER_REFUSALS, type RegisterRefusal } from '../model/refusals.ts';

/** What can be wrong with a cell or a row, with its cure. */
const TABLE_REFUSALS = {
  'no-table': {
    zh: '没有找到表头：请使用导出的表格或模板，保留表头一行',
    en: 'No header was found; use an exported table or the template, and keep its header row',
  },
  'column-twice': {
    zh: '表头中此列出现两次，请删去一列',
    en: 'The header has this column twice; delete one',
  },
  merged: { zh: '单元格已合并，请取消合并后逐格填写', en: 'Cells are merged; unmerge them and fill in each' },
  'error-value': {
    zh: '单元格是错误值，请改正公式或直接填写',
    en: 'The cell shows an error; correct its formula, or write the value',
  },
  'no-result': {
    zh: '公式没有结果，请在 Excel 或 WPS 中打开并保存，或直接填写数值',
    en: 'The formula has no result; open and save the table in Excel or LibreOffice, or write the value',
  },
  'row-twice': {
    zh: '此编号（及来源、年度）前面已有一行，请删去一行',
    en: 'There is a row of this id (source and year) above; delete one',
  },
  empty: { zh: '此格必填，请填写', en: 'This cell must be filled in' },
  'bad-id': {
    zh: '编号只能用字母、数字和 . _ -，最多 64 个字符',
    en: 'An id has letters, digits, . _ and - only, at most 64',
  },
  'bad-text': {
    zh: '文字过长，或含有看不见的字符，请缩短或重新录入',
    en: 'The text is too long or holds a character that cannot be seen; shorten it, or write it anew',
  },
  'bad-money': {
    zh: '金额写不成到分的数：请只填数字（单位万元，小数最多 6 位），或写明“元”“亿元”',
    en: 'This is no amount to the fen: write digits only (in 万元, at most 6 places), or name the unit 元 or 亿元',
  },
  'bad-quantity': {
    zh: '数量须是大于 0 的数，小数最多 3 位，单位填在“单位”列',
    en: 'A quantity is a number above 0 with at most 3 places; its unit has a column of its own',
  },
  'bad-day': { zh: '日期请写成 2027-11-30', en: 'Write a date as 2027-11-30' },
  'bad-year': { zh: '年度请写成四位数字，如 2027', en: 'Write a year with four digits, such as 2027' },
  'bad-choice': { zh: '请填表中所列的选项之一', en: 'Write one of the words that the template lists' },
  'unknown-name': {
    zh: '名称不在本库的名单中，请按名单填写全称或编号',
    en: 'This name is not on the register’s lists; write one of them, or its id',
  },
  'name-of-several': {
    zh: '名单中有几个同名，请改填编号',
    en: 'Several on the register’s lists have this name; write the id instead',
  },
  'unknown-part': {
    zh: '没有此子项目：请在子项目表中加一行，或改正编号',
    en: 'There is no such part; add a row to the table of parts, or correct the id',
  },
  'too-many-parts': {
    zh: '一个项目最多 200 个子项目',
    en: 'A project has at most 200 parts',
  },
  'already-entered': {
    zh: '此编号的建议已录入，内容与表中不同：已录入的不能用表格修改，请换用新编号另录',
    en: 'The proposal of this number is entered already and says something else; a table does not change it, use a new number',
  },
  'not-a-number-of-ours': {
    zh: '建议编号不是模板中的编号，请使用模板预印的编号',
    en: 'This is no number of the template; use those that are printed in it',
  },
  'too-many-rows': {
    zh: '一次最多录入 200 件：请先确认前面的，再上传同一张表，已录入的不会重复',
    en: 'At most 200 are entered at once; confirm those above and bring the same table again, none is entered twice',
  },
  'too-many-scans': {
    zh: '一件建议最多 20 个扫描件，请合并成一个 PDF',
    en: 'At most 20 scans go with a proposal; make one PDF of them',
  },
  'scan-missing': {
    zh: '没有上传此扫描件，请先上传，并照文件名填写',
    en: 'No such scan was uploaded; upload it first, and write its file name',
  },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;

export type TableReason = keyof typeof TABLE_REFUSALS | RegisterRefusal;

/** What a table says that is not taken, and where. */
export interface TableProblem {
  readonly sheet: string;
  /** Null: the sheet as a whole. */
  readonly row: number | null;
  /** As the spreadsheet names it, with its title: `D 金额（万元）`; null: the row as a whole. */
  readonly column: string | null;
  readonly reason: TableReason;
}

/** One line that a clerk can act on. */
export function describeTableProblem({ sheet, row, column, reason }: TableProblem): {
  zh: string;
  en: string;
} {
  const said = reason in TABLE_REFUSALS ? TABLE_REFUSALS : REGISTER_REFUSALS;
  const { zh, en } = sentenceOf(said, reason);
  return {
    zh: `表“${sheet}”${row === null ? '' : `第 ${row} 行`}${column === null ? '' : ` ${column} 列`}：${zh}`,
    en: `Sheet “${sheet}”${row === null ? '' : `, row ${row}`}${column === null ? '' : `, column ${column}`}: ${en}`,
  };
}

function sentenceOf(all: Partial<Record<TableReason, { zh: string; en: string }>>, reason: TableReason) {
  return all[reason] ?? { zh: reason, en: reason };
}

/** A column as spreadsheets name it: A, Z, AA. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
