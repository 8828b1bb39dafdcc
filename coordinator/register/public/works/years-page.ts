import { html } from 'hono/html';
import { added, type Sums, sumsOf } from '../../model/work/sums.ts';
import type { Html, Look, Page } from '../frame.ts';
import type { PublicRegister } from '../public-register.ts';
import { worksOfCycle } from './cycle-works.ts';
import { gradesLine, sumsFigures } from './sums-view.ts';
import { money, percent } from './work-words.ts';

/** The sums of each year in which something was chosen, the latest first. */
export function sumsOfYears(
  register: PublicRegister,
): readonly { readonly year: number; readonly sums: Sums }[] {
  return register.cycles.flatMap(({ year }) => {
    const works = worksOfCycle(register, year);
    return works.length === 0 ? [] : [{ year, sums: sumsOf(works, register.works, register.day) }];
  });
}

/** 历年成效: 件, 项, money and satisfaction of every year, and of all together. */
export function yearsPage(look: Look): Page {
  const { t, to, register } = look;
  const years = sumsOfYears(register);
  const whole = added(years.map(({ sums }) => sums));
  const title = t('历年民生实事', 'Results through the years');
  const cells = (sums: Sums): Html =>
    html`<td class="n">${sums.projects}</td><td class="n">${sums.parts}</td><td class="n">${money(look, sums.fen)}</td><td class="n">${money(look, sums.appropriated)}</td><td class="n">${money(look, sums.paid)}</td><td class="n">${percent(sums.permille)}</td><td>${gradesLine(look, sums)}</td>`;
  return {
    title,
    at: 'years',
    main: html`<h1>${title}</h1>
${
  years.length === 0
    ? html`<p class="note">${t('还没有票决过的年度。', 'No year has been voted on yet.')}</p>`
    : html`${sumsFigures(look, whole)}
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr><th scope="col">${t('年度', 'Year')}</th><th scope="col" class="n">${t('件', 'Projects')}</th><th scope="col" class="n">${t('项', 'Parts')}</th><th scope="col" class="n">${t('总投资', 'Investment')}</th><th scope="col" class="n">${t('到位', 'Appropriated')}</th><th scope="col" class="n">${t('支付', 'Paid')}</th><th scope="col" class="n">${t('进度', 'Progress')}</th><th scope="col">${t('测评', 'Appraisal')}</th></tr></thead>
<tbody>${years.map(({ year, sums }) => html`<tr><th scope="row"><a href="${to(`/cycles/${year}`)}">${year}</a></th>${cells(sums)}</tr>`)}</tbody>
<tfoot><tr><th scope="row">${t('合计', 'Together')}</th>${cells(whole)}</tr></tfoot></table></div>
<p class="small soft">${t('每个数都由各子项目相加得出，点年度可以看到每一件、每一项和它们的来源。', 'Every figure is a sum of parts; each year leads to its projects, their parts, and where their figures come from.')}</p>`
}`,
  };
}
