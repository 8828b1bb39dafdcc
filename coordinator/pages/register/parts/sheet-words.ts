import type { Language } from '../../../../shared/protocol/ids.ts';
import { STANDINGS } from '../../../../shared/terms.ts';
import type { ProjectDocument } from '../../../contract/register/documents.ts';

const states: Record<ProjectDocument['state'], string> = {
  draft: '草案',
  candidate: '候选',
  listed: '已列入清单',
  chosen: STANDINGS.selected.zh,
  'not-chosen': STANDINGS.outvoted.zh,
  dropped: '已撤销',
};

const zh = {
  states,
  category: '类别',
  lead: '责任单位',
  co: '配合单位',
  content: '建设内容',
  beneficiaries: '受益对象',
  investment: '总投资',
  wan: (amount: string) => `${amount} 万元`,
  finish: '完成时限',
  parts: (n: number) => `子项目（${n} 项）`,
  noParts: '尚无子项目',
  part: '子项目',
  body: '责任单位',
  area: '区域',
  target: '目标',
  money: '资金',
  from: '来源建议',
  inYear: (source: string, year: number, amount: string) => `${source} ${year} 年 ${amount} 万元`,
  list: '、',
  empty: '未写',
};
const en: typeof zh = {
  states: {
    draft: 'draft',
    candidate: 'candidate',
    listed: 'on the list',
    chosen: 'chosen',
    'not-chosen': 'not chosen',
    dropped: 'dropped',
  },
  category: 'Category',
  lead: 'Lead body',
  co: 'Co-bodies',
  content: 'What is done',
  beneficiaries: 'Who benefits',
  investment: 'Total investment',
  wan: (amount) => `${amount} × 10,000 yuan`,
  finish: 'Done by',
  parts: (n) => `Parts (${n})`,
  noParts: 'No part yet',
  part: 'Part',
  body: 'Body',
  area: 'Area',
  target: 'Target',
  money: 'Money',
  from: 'Came from',
  inYear: (source, year, amount) => `${source} ${year}: ${amount} × 10,000 yuan`,
  list: ', ',
  empty: 'not said',
};

export const sheetWords: Record<Language, typeof zh> = { zh, en };
