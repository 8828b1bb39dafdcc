import type { Columns } from './columns.ts';

/** What came on paper or by telephone, for the office to fill in: the numbers are printed, so that no row counts twice. */
export const ENTRY_COLUMNS = {
  proposal: { zh: '建议编号', en: 'Proposal', needed: true, width: 16 },
  channel: { zh: '来源渠道', en: 'Channel', needed: true, width: 12 },
  title: { zh: '标题', en: 'Title', needed: true, width: 30 },
  text: { zh: '内容', en: 'Text', needed: true, width: 60 },
  place: { zh: '地点', en: 'Place', width: 24 },
  name: { zh: '姓名', en: 'Name', width: 12 },
  telephone: { zh: '电话', en: 'Telephone', width: 16 },
  address: { zh: '住址', en: 'Address', width: 30 },
  scan: { zh: '扫描件文件名', en: 'Scan', needed: true, width: 24 },
} as const satisfies Columns;

/** Proposals as they are handed out. */
export const PROPOSAL_COLUMNS = {
  proposal: { zh: '建议编号', en: 'Proposal', width: 16 },
  cycle: { zh: '年度', en: 'Cycle', number: true, width: 8 },
  source: { zh: '提出人类别', en: 'From', width: 12 },
  channel: { zh: '来源渠道', en: 'Channel', width: 12 },
  state: { zh: '状态', en: 'State', width: 12 },
  title: { zh: '标题', en: 'Title', width: 30 },
  text: { zh: '内容', en: 'Text', width: 60 },
  category: { zh: '类别', en: 'Category', width: 16 },
  area: { zh: '区域', en: 'Area', width: 16 },
  seconds: { zh: '附议人数', en: 'Seconded by', number: true, width: 10 },
  answer: { zh: '答复', en: 'Answer', width: 12 },
  points: { zh: '并入建议或采纳项目', en: 'Merged or adopted into', width: 18 },
  ground: { zh: '不列入情形', en: 'Ground', width: 20 },
  reason: { zh: '理由', en: 'Reason', width: 40 },
} as const satisfies Columns;
