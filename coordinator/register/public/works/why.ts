import { html } from 'hono/html';
import type { WorkRules } from '../../model/work/fields.ts';
import type { Why } from '../../model/work/light.ts';
import type { Html, Look } from '../frame.ts';
import { lightMark, monthText, percent, points } from './work-words.ts';

/** Why a light is what it is, in a sentence with the numbers that it was made of. */
export function whyText(look: Look, why: Why, rules: WorkRules): string {
  const { t } = look;
  const { planned, actual, month } = why;
  const done = percent(actual ?? 0);
  const at = month === null ? '' : monthText(look, month);
  const behind = Math.max(0, (planned ?? 0) - (actual ?? 0));
  switch (why.because) {
    case 'done':
      return t('目标已全部完成。', 'The whole target is reached.');
    case 'on-time':
      return t(
        `截至${at}，计划完成${percent(planned ?? 0)}，实际完成${done}；落后不到${points(rules.yellow)}个百分点的亮绿灯。`,
        `By the end of ${at}, ${percent(planned ?? 0)} was planned and ${done} is done; less than ${points(rules.yellow)} points behind is green.`,
      );
    case 'behind':
      return t(
        `截至${at}，计划完成${percent(planned ?? 0)}，实际完成${done}，落后${points(behind)}个百分点；落后${points(rules.yellow)}个起亮黄灯，${points(rules.red)}个起亮红灯。`,
        `By the end of ${at}, ${percent(planned ?? 0)} was planned and ${done} is done: ${points(behind)} points behind. Yellow begins at ${points(rules.yellow)} points, red at ${points(rules.red)}.`,
      );
    case 'past-deadline':
      return t(`已过完成时限，实际完成${done}。`, `The deadline has passed, and ${done} is done.`);
    case 'report-overdue':
      return t(
        `${at}的月报逾期未报（次月${rules.reportDay}日前应报），进度无从比较。`,
        `The report for ${at} is overdue (due by day ${rules.reportDay} of the month after): there is nothing to compare.`,
      );
    case 'not-begun':
      return t('计划已报，首次月报尚未到期。', 'It is planned, and its first report is not due yet.');
    case 'no-plan':
      return t('责任单位尚未报送实施计划。', 'The body has not entered its plan yet.');
    case 'suspended':
      return t('项目已决定中止。', 'The project was suspended by decision.');
    case 'ended':
      return t('项目已决定终止。', 'The project was ended by decision.');
  }
}

/** A light that says why it is so; to be read without script. @param of the part that it comes from, where it is a project's. */
export function lightWithWhy(look: Look, why: Why, rules: WorkRules, of: string | null = null): Html {
  const { t } = look;
  const part = of === null ? '' : html`<b lang="zh-CN">${of}</b>${t('：', ': ')}`;
  return html`<details class="why"><summary>${lightMark(look, why.light)} <span>${t('为什么？', 'Why?')}</span></summary><p>${part}${whyText(look, why, rules)}</p></details>`;
}
