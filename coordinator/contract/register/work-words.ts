import type { Language } from '../../../shared/protocol/ids.ts';
import type { Term } from '../../../shared/terms.ts';
import type { WorkRules } from '../../register/model/work/fields.ts';
import type { ShownLight, WorkDocument, WorkRow } from './works.ts';

/** 亮灯. No colour tells it alone: each is a word, and has a shape of its own where it is drawn. */
export const LIGHT_TERMS: Record<ShownLight['light'], Term> = {
  green: { zh: '绿灯', en: 'green' },
  yellow: { zh: '黄灯', en: 'yellow' },
  red: { zh: '红灯', en: 'red' },
  grey: { zh: '灰灯', en: 'grey' },
  none: { zh: '不亮灯', en: 'no light' },
};

/** Why a light is what it is, in two or three words. */
export const REASON_TERMS: Record<ShownLight['because'], Term> = {
  done: { zh: '已完成', en: 'done' },
  'on-time': { zh: '按计划推进', en: 'on time' },
  behind: { zh: '落后于计划', en: 'behind the plan' },
  'past-deadline': { zh: '逾期未完成', en: 'past its deadline' },
  'report-overdue': { zh: '月报逾期', en: 'report overdue' },
  'not-begun': { zh: '未到首次月报', en: 'no report due yet' },
  'no-plan': { zh: '未报计划', en: 'no plan' },
  suspended: { zh: '已中止', en: 'suspended' },
  ended: { zh: '已终止', en: 'ended' },
};

/** ‰ as people read it: `48.5%`, and no place that says nothing. */
export const percentText = (permille: number): string => `${permille / 10}%`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A month such as `2027-06`, as people read it. */
export function monthText(month: string, language: Language): string {
  const [year = '', number = ''] = month.split('-');
  return language === 'zh' ? `${year} 年 ${Number(number)} 月` : `${MONTHS[Number(number) - 1]} ${year}`;
}

/** “Why is this yellow”: one sentence with the numbers that the light was made of. */
export function whyLight(light: ShownLight, language: Language): string {
  const words = language === 'zh' ? zh : en;
  const { because } = light;
  const actual = percentText(light.actual ?? 0);
  const planned = percentText(light.planned ?? 0);
  const month = light.month === null ? '' : monthText(light.month, language);
  switch (because) {
    case 'on-time':
      return words['on-time'](month, planned, actual);
    case 'behind':
      return words.behind(month, planned, actual, ((light.planned ?? 0) - (light.actual ?? 0)) / 10);
    case 'past-deadline':
      return words['past-deadline'](actual);
    case 'report-overdue':
      return words['report-overdue'](month, actual);
    case 'done':
    case 'not-begun':
    case 'no-plan':
    case 'suspended':
    case 'ended':
      return words[because];
  }
}

/** From how many points behind on a light is yellow, and red. */
export const lightRule = ({ yellow, red }: Pick<WorkRules, 'yellow' | 'red'>, language: Language): string =>
  (language === 'zh' ? zh : en).rule(yellow / 10, red / 10);

const zh = {
  done: '目标已全部完成',
  'on-time': (month: string, planned: string, actual: string) =>
    `截至 ${month}：计划 ${planned}，实际 ${actual}`,
  behind: (month: string, planned: string, actual: string, points: number) =>
    `截至 ${month}：计划 ${planned}，实际 ${actual}，落后 ${points} 个百分点`,
  'past-deadline': (actual: string) => `已过完成时限，实际完成 ${actual}`,
  'report-overdue': (month: string, actual: string) =>
    `${month}的月报逾期未报；此前已报进度 ${actual}，不能据此判断现状`,
  'not-begun': '计划已报，首份月报尚未到期',
  'no-plan': '尚未报送实施计划，无从比较',
  suspended: '经决定中止实施',
  ended: '经决定终止实施',
  rule: (yellow: number, red: number) => `落后计划 ${yellow} 个百分点起为黄灯，${red} 个起为红灯`,
};
const en: typeof zh = {
  done: 'The whole target is reached',
  'on-time': (month, planned, actual) => `By the end of ${month}: planned ${planned}, done ${actual}`,
  behind: (month, planned, actual, points) =>
    `By the end of ${month}: planned ${planned}, done ${actual}, ${points} points behind`,
  'past-deadline': (actual) => `Its deadline has passed with ${actual} done`,
  'report-overdue': (month, actual) =>
    `The report of ${month} is overdue; ${actual} were reported before, which says nothing of today`,
  'not-begun': 'It is planned, and its first report is not due yet',
  'no-plan': 'There is no plan yet to compare with',
  suspended: 'Suspended by a decision',
  ended: 'Ended by a decision',
  rule: (yellow, red) => `Yellow from ${yellow} points behind the plan, red from ${red}`,
};

/** How far a project is. */
export const STAGE_TERMS: Record<WorkRow['stage'], Term> = {
  chosen: { zh: '待报计划', en: 'plan awaited' },
  planned: { zh: '已报计划', en: 'planned' },
  'under-way': { zh: '实施中', en: 'under way' },
  'reported-done': { zh: '已报完成', en: 'reported done' },
  verified: { zh: '已核实', en: 'verified' },
  appraised: { zh: '已测评', en: 'appraised' },
  closed: { zh: '已办结', en: 'closed' },
  suspended: { zh: '已中止', en: 'suspended' },
  ended: { zh: '已终止', en: 'ended' },
};

/** 变更、中止、恢复、终止: only by a decision with its document. */
export const CHANGE_TERMS: Record<WorkDocument['changes'][number]['kind'], Term> = {
  changed: { zh: '变更', en: 'changed' },
  suspended: { zh: '中止', en: 'suspended' },
  resumed: { zh: '恢复', en: 'resumed' },
  ended: { zh: '终止', en: 'ended' },
};

export const INSPECTION_TERMS: Record<WorkDocument['inspections'][number]['kind'], Term> = {
  inquiry: { zh: '专题询问', en: 'special inquiry' },
  inspection: { zh: '集中视察', en: 'inspection' },
  hearing: { zh: '听取汇报', en: 'hearing' },
};
