import type { Columns } from './columns.ts';

/** 件: one row a project. */
export const PROJECT_COLUMNS = {
  project: { zh: '项目编号', en: 'Project', needed: true, width: 14 },
  title: { zh: '项目名称', en: 'Title', needed: true, width: 30 },
  titleEn: { zh: '项目名称（英文）', en: 'Title in English', width: 30 },
  summary: { zh: '一句话说明', en: 'Summary', width: 40 },
  summaryEn: { zh: '一句话说明（英文）', en: 'Summary in English', width: 40 },
  category: { zh: '类别', en: 'Category', width: 16 },
  lead: { zh: '牵头单位', en: 'Lead body', width: 18 },
  co: { zh: '配合单位', en: 'Co-bodies', width: 24 },
  content: { zh: '建设内容', en: 'Content', width: 60 },
  beneficiaries: { zh: '受益对象', en: 'Beneficiaries', width: 24 },
  from: { zh: '来源建议编号', en: 'From proposals', width: 24 },
} as const satisfies Columns;

/** 项: one row a part. `remove`: the only way in which a table takes a part away; a row that is missing changes nothing. */
export const PART_COLUMNS = {
  project: { zh: '项目编号', en: 'Project', needed: true, width: 14 },
  part: { zh: '子项目编号', en: 'Part', needed: true, width: 12 },
  title: { zh: '子项目名称', en: 'Part title', needed: true, width: 30 },
  body: { zh: '责任单位', en: 'Body', width: 18 },
  area: { zh: '区域', en: 'Area', width: 14 },
  place: { zh: '地点', en: 'Place', width: 24 },
  quantity: { zh: '目标数量', en: 'Quantity', number: true, width: 12 },
  unit: { zh: '单位', en: 'Unit', width: 8 },
  finish: { zh: '完成时限', en: 'Finish', width: 14 },
  remove: { zh: '删除', en: 'Remove', width: 8 },
} as const satisfies Columns;

/** One row for what a source gives to a part in a year. An empty amount takes the line away. */
export const MONEY_COLUMNS = {
  project: { zh: '项目编号', en: 'Project', needed: true, width: 14 },
  part: { zh: '子项目编号', en: 'Part', needed: true, width: 12 },
  source: { zh: '资金来源', en: 'Source', needed: true, width: 18 },
  year: { zh: '资金年度', en: 'Year', needed: true, number: true, width: 10 },
  amount: { zh: '金额（万元）', en: 'Amount (10,000 yuan)', needed: true, number: true, width: 16 },
} as const satisfies Columns;
