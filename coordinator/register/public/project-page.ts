import { html } from 'hono/html';
import { type Funding, total, wanText } from '../../../shared/projects/money.ts';
import { finishOf, investment, type Part, quantityText, type Sheet } from '../../../shared/projects/sheet.ts';
import { SAID } from '../papers/layout/words.ts';
import { proofOf } from './cycle-page.ts';
import { type Html, type Look, type Page, said } from './frame.ts';
import { postersLine } from './poster-links.ts';
import type { PublicList, PublicProject } from './public-register.ts';
import { voteWord } from './stage-words.ts';
import { type Named, namer } from './works/shown.ts';

/** A candidate of a frozen list: what was asked for, what is promised, and what was decided. */
export function projectPage(
  look: Look,
  { id, cycle, sheet, vote, from }: PublicProject,
  list: PublicList,
): Page {
  const { t, to, name, date } = look;
  const words = SAID[look.language];
  const named = namer(look, list);
  const bodies = (ids: readonly string[]) => ids.map((each) => named('bodies', each)).join(words.comma);
  const finish = finishOf(sheet);
  return {
    title: name(sheet.title),
    main: html`<p><a href="${to(`/cycles/${cycle}`)}">${t(`${cycle}年度民生实事`, `Livelihood projects of ${cycle}`)}</a></p>
<h1>${said(name(sheet.title))}</h1>
<p>${vote ? html`<span class="mark ${vote.isChosen ? 'good' : 'other'}">${voteWord(look, vote)}</span>` : html`<span class="mark open">${t('候选项目，等待代表票决', 'Candidate; the deputies will vote on it')}</span>`}</p>
<p class="lead">${said(name(sheet.summary))}</p>
<dl class="facts">
<dt>${words.content}</dt><dd>${said(sheet.content, 'p')}</dd>
<dt>${words.beneficiaries}</dt><dd>${said(sheet.beneficiaries)}</dd>
<dt>${words.category}</dt><dd>${named('categories', sheet.category)}</dd>
<dt>${words.lead}</dt><dd>${bodies([sheet.lead])}</dd>
${sheet.co.length > 0 ? html`<dt>${words.co}</dt><dd>${bodies(sheet.co)}</dd>` : ''}
<dt>${t('总投资', 'Total investment')}</dt><dd>${t(`${wanText(investment(sheet))}万元`, `${wanText(investment(sheet))} × 10,000 yuan`)}</dd>
${finish ? html`<dt>${words.finish}</dt><dd>${date(finish)}</dd>` : ''}
</dl>
<p><a href="${to(`/projects/${encodeURIComponent(id)}/sheet.pdf`)}">${t('项目单（PDF）', 'Sheet (PDF)')}</a></p>
${vote?.isChosen && sheet.parts.length > 0 ? postersLine(look, id) : ''}
<h2>${t(`子项目（${sheet.parts.length}项）`, `Parts (${sheet.parts.length})`)}</h2>
<ul class="list">${sheet.parts.map((each) => partLine(look, each, named))}</ul>
<h2>${words.moneyByYear}</h2>${moneyTable(look, sheet, named)}
<h2>${t('来自哪些建议', 'What was asked for')}</h2>${askedFor(look, from)}
${proofOf(look, list)}`,
  };
}

function partLine({ language, date }: Look, part: Part, named: Named): Html {
  const words = SAID[language];
  return html`<li><span class="title">${said(part.title)}</span><dl class="facts">
<dt>${words.target}</dt><dd>${quantityText(part.target.thousandths)} ${said(part.target.unit)}</dd>
<dt>${words.place}</dt><dd>${named('areas', part.area)} ${said(part.place)}</dd>
<dt>${words.lead}</dt><dd>${named('bodies', part.body)}</dd>
<dt>${words.finish}</dt><dd>${date(part.finish)}</dd>
<dt>${words.wan.replaceAll('\n', '')}</dt><dd>${wanText(total(part.funding))}</dd></dl></li>`;
}

/** Money by source and year, with its sums: made of fen, rounded only where it is shown. */
export function moneyTable({ language }: Look, { parts }: Sheet, named: Named): Html {
  const words = SAID[language];
  const lines = parts.flatMap(({ funding }) => funding);
  const years = [...new Set(lines.map(({ year }) => year))].sort((a, b) => a - b);
  const sources = [...new Set(lines.map(({ source }) => source))];
  const cells = (of: readonly Funding[]) => [
    ...years.map(
      (year) => html`<td class="n">${wanText(total(of.filter((each) => each.year === year)))}</td>`,
    ),
    html`<td class="n">${wanText(total(of))}</td>`,
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.source}"><table><thead><tr><th scope="col">${words.source}</th>${years.map((year) => html`<th scope="col" class="n">${words.yearOf(year)}</th>`)}<th scope="col" class="n">${words.sum}</th></tr></thead>
<tbody>${sources.map((source) => html`<tr><th scope="row">${named('sources', source)}</th>${cells(lines.filter((each) => each.source === source))}</tr>`)}</tbody>
<tfoot><tr><th scope="row">${words.sum}</th>${cells(lines)}</tr></tfoot></table></div><p class="small soft">${words.rounding}</p>`;
}

/** The proposals that led to a project. */
export function askedFor({ t, to, register }: Look, from: readonly string[]): Html {
  const found = from.flatMap((id) => {
    const one = register.proposals.get(id);
    return one?.wording ? [{ id, title: one.wording.title }] : [];
  });
  if (found.length === 0)
    return html`<p class="soft">${t('没有公开的征集建议与此项目对应。', 'No proposal that is public led to it.')}</p>`;
  return html`<ul>${found.map(({ id, title }) => html`<li><a href="${to(`/proposals/${id}`)}">${said(title)}</a></li>`)}</ul>`;
}
