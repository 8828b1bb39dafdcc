import { html } from 'hono/html';
import type { Part } from '../../../../shared/projects/sheet.ts';
import { overdueMonths } from '../../model/work/light.ts';
import { permilleOf, plannedFen, plannedPermille } from '../../model/work/progress.ts';
import { emptyPart, type PartWork, type Report } from '../../model/work/works.ts';
import { type Html, type Look, said } from '../frame.ts';
import { quantity, type Shown } from './shown.ts';
import { entryHere, money, monthText, percent, pictures } from './work-words.ts';

/** 逐月计划与月报: what each month wanted and what was said of it, as tables, with the entry of each. */
export function reportsOf({ look, work }: Shown): Html {
  const { t } = look;
  return html`${work.sheet.parts.map((part) => {
    const its = work.parts.get(part.id) ?? emptyPart();
    const count = its.reports.size;
    return html`<details class="card"><summary><b lang="zh-CN">${part.title}</b> ${t(`月报${count}份`, count === 1 ? '1 report' : `${count} reports`)}</summary>${planLine(look, its)}${overdueLine(look, its)}${monthsTable(look, part, its)}${told(look, its)}</details>`;
  })}`;
}

function planLine(look: Look, { plan }: PartWork): Html {
  const { t } = look;
  if (!plan) return html`<p class="soft">${t('尚未报送实施计划。', 'No plan has been entered.')}</p>`;
  return html`<p>${t('实施计划', 'Plan')} ${entryHere(look, plan.seq)}${plan.isStale ? html` <span class="mark alarm">${t('项目已变更，须重报计划', 'the part has changed: another plan is due')}</span>` : ''}</p>
${plan.safeguards ? html`<p>${t('保障措施：', 'Safeguards: ')}${said(plan.safeguards)}</p>` : ''}`;
}

function overdueLine(look: Look, its: PartWork): Html {
  const { t, register } = look;
  const overdue = overdueMonths(its, register.works.rules, register.day);
  if (overdue.length === 0) return html``;
  const reminded = its.reminders.size;
  const months = overdue.map((month) => monthText(look, month)).join(t('、', ', '));
  return html`<p><span class="mark alarm">${t('逾期未报', 'overdue')}</span> ${months}${reminded > 0 ? t(`（已催报${reminded}次）`, ` (reminded ${reminded === 1 ? 'once' : `${reminded} times`})`) : ''}${[...its.reminders].map(({ seq }) => html` ${entryHere(look, seq)}`)}</p>`;
}

function monthsTable(look: Look, part: Part, its: PartWork): Html {
  const { t } = look;
  const months = [
    ...new Set([...(its.plan?.months ?? []).map(({ month }) => month), ...its.months.keys()]),
  ].toSorted();
  if (months.length === 0) return html``;
  const fen = (amount: number | null | undefined) => (amount == null ? '—' : money(look, amount));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${part.title}"><table><thead><tr><th scope="col">${t('月份（截至月末）', 'By the end of')}</th><th scope="col" class="n">${t('计划', 'Planned')}</th><th scope="col" class="n">${t('实际', 'Done')}</th><th scope="col" class="n">${t('计划资金', 'Money planned')}</th><th scope="col" class="n">${t('到位', 'Appropriated')}</th><th scope="col" class="n">${t('支付', 'Paid')}</th><th scope="col">${t('来源', 'From')}</th></tr></thead><tbody>
${months.map((month) => {
  const report = its.reports.get(its.months.get(month) ?? -1);
  const planned = plannedPermille(its, month);
  return html`<tr><th scope="row">${monthText(look, month)}</th><td class="n">${planned === null ? '—' : percent(planned)}</td>
<td class="n">${report ? html`${quantity(report.done, part.target.unit)}${t('，', ', ')}${percent(permilleOf(part, report.done))}` : '—'}</td>
<td class="n">${fen(plannedFen(its, month))}</td><td class="n">${fen(report?.appropriated)}</td><td class="n">${fen(report?.paid)}</td>
<td>${report ? entryHere(look, report.seq) : '—'}</td></tr>`;
})}</tbody></table></div>${earlier(look, part, its)}`;
}

/** Reports that were corrected since: what was said first is not forgotten. */
function earlier(look: Look, part: Part, its: PartWork): Html {
  const { t } = look;
  const old = [...its.reports.values()].filter(({ seq, month }) => its.months.get(month) !== seq);
  if (old.length === 0) return html``;
  return html`<p>${t('更正前的月报：', 'Reports before they were corrected: ')}</p><ul>${old.map(
    (one) =>
      html`<li>${monthText(look, one.month)}${t('：', ': ')}${quantity(one.done, part.target.unit)} ${entryHere(look, one.seq)}</li>`,
  )}</ul>`;
}

/** What reports say in words, with their reasons and evidence. */
function told(look: Look, its: PartWork): Html {
  const { t } = look;
  const worded = [...its.reports.values()].filter(
    ({ words, reason, evidence }) => words !== '' || reason !== null || evidence.length > 0,
  );
  const one = ({ month, words, reason, evidence }: Report) =>
    html`<li><b>${monthText(look, month)}</b>${words === '' ? '' : said(words, 'p')}${reason === null ? '' : html`<p>${t('更正或减少的原因：', 'Why it was corrected or is lower: ')}${said(reason)}</p>`}${pictures(look, evidence)}</li>`;
  return worded.length === 0 ? html`` : html`<ul class="told-of">${worded.map(one)}</ul>`;
}
