import { html } from 'hono/html';
import type { Part } from '../../../../shared/projects/sheet.ts';
import { monthAfter, monthOf } from '../../model/work/month.ts';
import { figureOf, permilleOf, plannedFen } from '../../model/work/progress.ts';
import { emptyPart, type PartWork, type Work } from '../../model/work/works.ts';
import { type Html, type Look, said } from '../frame.ts';
import type { Shown } from './shown.ts';
import { moneyText, monthText, percent } from './work-words.ts';

/** So wide is a month. */
const MONTH = 10;
/** More months are in no picture. */
const MOST_MONTHS = 120;

/** The months that a picture shows: from the first plan to the last deadline or report. */
export function monthsShown(work: Work): readonly string[] {
  const its = [...work.parts.values()];
  const named = [
    ...its.flatMap(({ plan, months }) => [
      ...(plan?.months ?? []).map(({ month }) => month),
      ...months.keys(),
    ]),
    ...[...work.promised.parts, ...work.sheet.parts].map(({ finish }) => monthOf(finish)),
  ].toSorted();
  const first = named[0] ?? `${work.cycle}-01`;
  const last = named.at(-1) ?? first;
  const months = [first];
  for (let month = first; month < last && months.length < MOST_MONTHS; months.push(month))
    month = monthAfter(month);
  return months;
}

/** Where a day lies, the last day of a month at its end. */
function place(months: readonly string[], day: string): number {
  const first = months[0] ?? '';
  const [year = 0, of = 0, on = 0] = day.split('-').map(Number);
  const [fromYear = 0, fromOf = 0] = first.split('-').map(Number);
  return ((year - fromYear) * 12 + of - fromOf) * MONTH + (Math.min(on, 30) / 30) * MONTH;
}

/** 计划与实际: each part as a bar of its plan that is filled as far as it is done, and beneath it the months that were reported. */
export function gantt({ look, work }: Shown): Html {
  const { t, register } = look;
  const months = monthsShown(work);
  const [first = '', last = ''] = [months[0], months.at(-1)];
  return html`<figure class="gantt">
<p class="legend"><span><svg viewBox="0 0 20 10" aria-hidden="true"><rect class="track" x="1" y="1" width="18" height="8"/></svg> ${t('计划', 'plan')}</span>
<span><svg viewBox="0 0 20 10" aria-hidden="true"><rect class="done" x="0" y="1" width="20" height="8"/></svg> ${t('已完成', 'done')}</span>
<span><svg viewBox="0 0 20 10" aria-hidden="true"><rect class="told" x="0" y="4" width="20" height="3"/></svg> ${t('有月报的月份', 'months reported')}</span>
<span><svg viewBox="0 0 20 10" aria-hidden="true"><line class="limit" x1="10" y1="0" x2="10" y2="10"/></svg> ${t('完成时限', 'deadline')}</span>
<span><svg viewBox="0 0 20 10" aria-hidden="true"><line class="today" x1="10" y1="0" x2="10" y2="10"/></svg> ${t('今天', 'today')}</span></p>
${work.sheet.parts.map((part) => ganttRow(look, part, work.parts.get(part.id) ?? emptyPart(), months))}
<p class="axis"><span>${monthText(look, first)}</span><span>${monthText(look, last)}</span></p>
${moneyChart(look, work, months)}
<figcaption class="small soft">${t(`截至${look.date(register.day)}。逐月的数字在下面的表格里。`, `As of ${look.date(register.day)}. The figures of each month are in the tables beneath.`)}</figcaption></figure>`;
}

/** The plan's first month, and the one in which all is to be reached. */
function planned({ plan }: PartWork): readonly [string, string] | null {
  const from = plan?.months[0]?.month;
  const to = plan?.months.find(({ permille }) => permille === 1000)?.month;
  return from && to ? [from, to] : null;
}

function ganttRow(look: Look, part: Part, its: PartWork, months: readonly string[]): Html {
  const { t, register } = look;
  const width = months.length * MONTH;
  const at = (month: string) => months.indexOf(month) * MONTH;
  const plan = planned(its);
  const done = permilleOf(part, figureOf(its).done);
  const [x, long] = plan ? [at(plan[0]), at(plan[1]) - at(plan[0]) + MONTH] : [0, 0];
  const limit = Math.min(place(months, part.finish), width - 0.5);
  const today = place(months, register.day);
  const spoken = [
    plan
      ? t(
          `计划${monthText(look, plan[0])}至${monthText(look, plan[1])}`,
          `planned ${monthText(look, plan[0])} to ${monthText(look, plan[1])}`,
        )
      : t('尚无计划', 'no plan yet'),
    t(`完成${percent(done)}`, `${percent(done)} done`),
    t(`时限${look.date(part.finish)}`, `deadline ${look.date(part.finish)}`),
  ].join(t('，', ', '));
  return html`<div class="row-of"><p>${said(part.title)} <b>${percent(done)}</b></p>
<svg viewBox="0 0 ${width} 24" preserveAspectRatio="none" role="img" aria-label="${part.title}${t('：', ': ')}${spoken}">
<rect class="ground" x="0" y="0" width="${width}" height="24"/>
${plan ? html`<rect class="track" x="${x}" y="3" width="${long}" height="11"/><rect class="done" x="${x}" y="3" width="${(long * done) / 1000}" height="11"/>` : ''}
${[...its.months.keys()].toSorted().map((month) => html`<rect class="told" x="${at(month)}" y="18" width="${MONTH}" height="3"/>`)}
<line class="limit" x1="${limit}" y1="0" x2="${limit}" y2="24"/>
${today >= 0 && today <= width ? html`<line class="today" x1="${today}" y1="0" x2="${today}" y2="24"/>` : ''}</svg></div>`;
}

/** Money that has been reached by the end of a month, over all parts. */
function moneyBy(work: Work, month: string) {
  let [plannedSum, appropriated, paid] = [0, 0, 0];
  for (const { id } of work.sheet.parts) {
    const its = work.parts.get(id) ?? emptyPart();
    plannedSum += plannedFen(its, month) ?? 0;
    const last = [...its.months.keys()]
      .filter((each) => each <= month)
      .toSorted()
      .at(-1);
    const report = its.reports.get(its.months.get(last ?? '') ?? -1);
    appropriated += report?.appropriated ?? 0;
    paid += report?.paid ?? 0;
  }
  return { planned: plannedSum, appropriated, paid };
}

/** Money by month, from the beginning: what the plan wants as an outline, and in it what came and what was paid. */
function moneyChart(look: Look, work: Work, months: readonly string[]): Html {
  const { t } = look;
  const told =
    [...work.parts.values()]
      .flatMap(({ latest }) => latest?.month ?? [])
      .toSorted()
      .at(-1) ?? '';
  const each = months.map((month) => ({ month, ...moneyBy(work, month) }));
  const most = Math.max(...each.map((one) => Math.max(one.planned, one.appropriated)), 1);
  const high = (fen: number) => (fen / most) * 56;
  const now = each.findLast(({ month }) => month <= told);
  const spoken = now
    ? t(
        `资金：截至${monthText(look, now.month)}，计划${moneyText(look, now.planned)}，到位${moneyText(look, now.appropriated)}，支付${moneyText(look, now.paid)}`,
        `Money by the end of ${monthText(look, now.month)}: ${moneyText(look, now.planned)} planned, ${moneyText(look, now.appropriated)} appropriated, ${moneyText(look, now.paid)} paid`,
      )
    : t('资金：尚无月报', 'Money: no report yet');
  const column = (x: number, of: string, fen: number, wide: number) =>
    html`<rect class="${of}" x="${x + (MONTH - wide) / 2}" y="${60 - high(fen)}" width="${wide}" height="${high(fen)}"/>`;
  return html`<p class="legend"><b>${t('资金（累计）', 'Money, from the beginning')}</b>
<span><svg viewBox="0 0 20 10" aria-hidden="true"><rect class="track" x="1" y="1" width="18" height="8"/></svg> ${t('计划', 'planned')}</span>
<span><svg viewBox="0 0 20 10" aria-hidden="true"><rect class="came" x="3" y="0" width="14" height="10"/></svg> ${t('到位', 'appropriated')}</span>
<span><svg viewBox="0 0 20 10" aria-hidden="true"><rect class="done" x="7" y="0" width="6" height="10"/></svg> ${t('支付', 'paid')}</span></p>
<svg class="sums" viewBox="0 0 ${months.length * MONTH} 61" preserveAspectRatio="none" role="img" aria-label="${spoken}">
${each.map((one, i) => html`${column(i * MONTH, 'track', one.planned, 8)}${one.month <= told ? html`${column(i * MONTH, 'came', one.appropriated, 5)}${column(i * MONTH, 'done', one.paid, 2.5)}` : ''}`)}
<rect class="base" x="0" y="60" width="${months.length * MONTH}" height="1"/></svg>`;
}
