import type { Language } from '../../../shared/protocol/ids.ts';
import { type Term, WORK_STAGES } from '../../../shared/terms.ts';
import type { WorkRules } from '../../register/model/work/fields.ts';
import type { ShownLight } from './works.ts';

export {
  CHANGE_TERMS,
  INSPECTION_TERMS,
  LIGHT_TERMS,
  WORK_STAGES as STAGE_TERMS,
} from '../../../shared/terms.ts';

/** Why a light is what it is, in two or three words. */
export const REASON_TERMS: Record<ShownLight['because'], Term> = {
  done: { zh: '已完成', en: 'done' },
  'on-time': { zh: '按计划推进', en: 'on time' },
  behind: { zh: '落后于计划', en: 'behind the plan' },
  'past-deadline': { zh: '逾期未完成', en: 'past its deadline' },
  'report-overdue': { zh: '月报逾期', en: 'report overdue' },
  'not-begun': { zh: '未到首次月报', en: 'no report due yet' },
  'no-plan': { zh: '未报计划', en: 'no plan' },
  suspended: WORK_STAGES.suspended,
  ended: WORK_STAGES.ended,
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
