import type { Columns } from './columns.ts';

/** What a row is of, for who fills it in; read back are project and part only. */
const OF = {
  project: { zh: '项目编号', en: 'Project', needed: true, width: 14 },
  part: { zh: '子项目编号', en: 'Part', needed: true, width: 12 },
  title: { zh: '项目名称', en: 'Title', width: 26 },
  partTitle: { zh: '子项目名称', en: 'Part title', width: 26 },
  body: { zh: '责任单位', en: 'Body', width: 18 },
  target: { zh: '目标数量', en: 'Target', number: true, width: 10 },
  unit: { zh: '单位', en: 'Unit', width: 8 },
} as const satisfies Columns;

/** 按月计划: one row for each month of a part, both figures from the beginning. */
export const PLAN_COLUMNS = {
  ...OF,
  finish: { zh: '完成时限', en: 'Finish', width: 12 },
  investment: { zh: '投资（万元）', en: 'Money (10,000 yuan)', number: true, width: 12 },
  month: { zh: '计划月份', en: 'Planned month', needed: true, width: 12 },
  share: { zh: '计划累计进度（%）', en: 'Planned share (%)', needed: true, number: true, width: 18 },
  money: {
    zh: '计划累计资金（万元）',
    en: 'Planned money (10,000 yuan)',
    needed: true,
    number: true,
    width: 20,
  },
  safeguards: { zh: '保障措施', en: 'Safeguards', width: 30 },
} as const satisfies Columns;

/** 月报: one row for a month of a part, with last month's figures and the plan's beside those to be filled in. */
export const REPORT_COLUMNS = {
  ...OF,
  month: { zh: '填报月份', en: 'Reported month', needed: true, width: 12 },
  lastDone: { zh: '上次累计完成', en: 'Done before', number: true, width: 14 },
  plannedDone: { zh: '计划累计完成', en: 'Planned to be done', number: true, width: 14 },
  done: { zh: '累计完成', en: 'Done', needed: true, number: true, width: 12 },
  lastAppropriated: {
    zh: '上次到位（万元）',
    en: 'Appropriated before (10,000 yuan)',
    number: true,
    width: 16,
  },
  plannedMoney: { zh: '计划资金（万元）', en: 'Planned money (10,000 yuan)', number: true, width: 16 },
  appropriated: {
    zh: '累计到位（万元）',
    en: 'Appropriated (10,000 yuan)',
    needed: true,
    number: true,
    width: 16,
  },
  lastPaid: { zh: '上次支付（万元）', en: 'Paid before (10,000 yuan)', number: true, width: 16 },
  paid: { zh: '累计支付（万元）', en: 'Paid (10,000 yuan)', needed: true, number: true, width: 16 },
  words: { zh: '进展说明', en: 'Progress in words', width: 36 },
  reason: { zh: '降低或重报的原因', en: 'Reason', width: 24 },
} as const satisfies Columns;
