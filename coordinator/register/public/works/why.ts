import { html } from 'hono/html';
import { lightRule, whyLight } from '../../../contract/register/work-words.ts';
import type { WorkRules } from '../../model/work/fields.ts';
import type { Why } from '../../model/work/light.ts';
import type { Html, Look } from '../frame.ts';
import { lightMark } from './work-marks.ts';

/** A light that says why it is so; to be read without script. @param of the part that it comes from, where it is a project's. */
export function lightWithWhy(look: Look, why: Why, rules: WorkRules, of: string | null = null): Html {
  const { t, language } = look;
  const part = of === null ? '' : html`<b lang="zh-CN">${of}</b>${t('：', ': ')}`;
  const rule = ['on-time', 'behind'].includes(why.because)
    ? t(`${lightRule(rules, language)}。`, ` ${lightRule(rules, language)}.`)
    : '';
  return html`<details class="why"><summary>${lightMark(look, why.light)} <span>${t('为什么？', 'Why?')}</span></summary><p>${part}${whyLight(why, language)}${t('。', '.')}${rule}</p></details>`;
}
