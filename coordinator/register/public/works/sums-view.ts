import { html } from 'hono/html';
import { GRADE_TERMS } from '../../../../shared/terms.ts';
import { percentText } from '../../../contract/register/work-words.ts';
import { WORK_GRADES } from '../../model/work/grades.ts';
import { LIGHTS, type Light } from '../../model/work/light.ts';
import type { Sums } from '../../model/work/sums.ts';
import type { Html, Look } from '../frame.ts';
import { bar, lightMark, money, termed } from './work-marks.ts';

/** The worst first: what one looks at. */
export const LIGHTS_SHOWN: readonly Light[] = ['red', 'grey', 'yellow', 'green', 'none'];

/** 件, 项, money and progress of several projects. */
export function sumsFigures(look: Look, sums: Sums): Html {
  const { t } = look;
  const figures: readonly (readonly [string, Html])[] = [
    [t('件', 'projects'), html`<data value="${sums.projects}">${sums.projects}</data>`],
    [t('项', 'parts'), html`<data value="${sums.parts}">${sums.parts}</data>`],
    [t('总投资', 'total investment'), money(look, sums.fen)],
    [t('到位', 'appropriated'), money(look, sums.appropriated)],
    [t('支付', 'paid'), money(look, sums.paid)],
  ];
  return html`<dl class="figures">${figures.map(([what, n]) => html`<div><dt>${what}</dt><dd>${n}</dd></div>`)}</dl>
${bar(look, sums.permille)}<p class="small soft">${t('进度由月报算出，各子项目按资金加权。', 'Progress is computed from the reports, each part weighted by its money.')}</p>
${sums.fen === sums.promisedFen ? '' : html`<p>${t('票决时承诺的总投资：', 'Promised at the vote: ')}${money(look, sums.promisedFen)}</p>`}
${sums.disputedParts > 0 ? html`<p><span class="mark alarm">${t('有争议', 'disputed')}</span> ${t(`${sums.disputedParts}项的数字有争议，按较小的计。`, `The figures of ${sums.disputedParts} parts are disputed; the smaller ones count.`)}</p>` : ''}
${sums.linked.projects > 0 ? html`<p>${t(`另有${sums.linked.projects}件属上级项目的一部分（`, `Besides, ${sums.linked.projects} are shares of projects above (`)}${money(look, sums.linked.fen)}${t('），只在上级计入。', '), which count there alone.')}</p>` : ''}`;
}

/** How many projects show which light, each leading to them. @param path of the page on which they are listed. */
export const lightsGrid = (look: Look, { lights }: Sums, path: string): Html =>
  html`<ul class="grid lights">${LIGHTS_SHOWN.filter((each) => lights[each] > 0 || each !== 'none').map(
    (each) => {
      const count = html`${lightMark(look, each)} <b>${look.t(`${lights[each]}件`, `${lights[each]}`)}</b>`;
      return lights[each] > 0
        ? html`<li><a href="${look.to(path)}#light-${each}">${count}</a></li>`
        : html`<li><span>${count}</span></li>`;
    },
  )}</ul>`;

/** Lights of a row in few letters, each with its word for whoever hears it. */
export const lightsLine = (look: Look, { lights }: Sums): Html =>
  html`${LIGHTS.filter((each) => lights[each] > 0).map((each) => html`<span class="few">${lightMark(look, each)} ${lights[each]}</span> `)}`;

/** A line of a table of sums. */
export interface SumsRow {
  readonly name: string;
  /** Where its projects are listed. */
  readonly path: string | null;
  readonly sums: Sums;
}

/** Sums by whatever divides them. @param whole all of it together, beneath. */
export function sumsTable(look: Look, what: string, rows: readonly SumsRow[], whole: Sums): Html {
  const { t, to } = look;
  const cells = (sums: Sums) =>
    html`<td class="n">${sums.projects}</td><td class="n">${sums.parts}</td><td class="n">${money(look, sums.fen)}</td><td class="n">${percentText(sums.permille)}</td><td>${lightsLine(look, sums)}</td>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${what}"><table><thead><tr><th scope="col">${what}</th><th scope="col" class="n">${t('件', 'Projects')}</th><th scope="col" class="n">${t('项', 'Parts')}</th><th scope="col" class="n">${t('总投资', 'Investment')}</th><th scope="col" class="n">${t('进度', 'Progress')}</th><th scope="col">${t('亮灯', 'Lights')}</th></tr></thead>
<tbody>${rows.map(({ name, path, sums }) => html`<tr><th scope="row">${path === null ? name : html`<a href="${to(path)}">${name}</a>`}</th>${cells(sums)}</tr>`)}</tbody>
<tfoot><tr><th scope="row">${t('合计', 'Together')}</th>${cells(whole)}</tr></tfoot></table></div>`;
}

/** Money by source, and by the year in which it is spent. */
export function moneySums(look: Look, sums: Sums, sourceName: (id: string) => string): Html {
  const { t } = look;
  const table = (head: string, rows: readonly (readonly [string, number])[]) =>
    html`<table><thead><tr><th scope="col">${head}</th><th scope="col" class="n">${t('金额', 'Money')}</th></tr></thead><tbody>${rows.map(([name, fen]) => html`<tr><th scope="row">${name}</th><td class="n">${money(look, fen)}</td></tr>`)}</tbody></table>`;
  const sources = Object.entries(sums.bySource).map(([id, fen]) => [sourceName(id), fen] as const);
  const years = Object.entries(sums.byYear).map(([year, fen]) => [t(`${year}年`, year), fen] as const);
  return html`<div class="two">${table(t('资金来源', 'Source'), sources)}${table(t('年度投资', 'Annual investment'), years)}</div>`;
}

/** How those that were appraised were graded, in words. */
export const gradesLine = (look: Look, { grades }: Sums): string => {
  const found = WORK_GRADES.filter((each) => grades[each] > 0);
  if (found.length === 0) return look.t('尚未测评', 'not appraised yet');
  return found.map((each) => `${termed(look, GRADE_TERMS[each])} ${grades[each]}`).join(look.t('，', ', '));
};
