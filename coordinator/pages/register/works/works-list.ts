import { html, nothing, type TemplateResult } from 'lit';
import { wanText } from '../../../../shared/projects/money.ts';
import { GRADE_TERMS, LIGHT_TERMS, label, WORK_STAGES } from '../../../../shared/terms.ts';
import { percentText } from '../../../contract/register/work-words.ts';
import type { WorkRow, WorksDocument } from '../../../contract/register/works.ts';
import type { Speech } from '../../parts/language.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import '../parts/work-light.ts';
import { worksWords } from './works-words.ts';

export interface WorksListParts {
  readonly works: WorksDocument;
  readonly speech: Speech;
  readonly name: NameOf;
  readonly current: string;
  readonly onOpen: (id: string) => void;
}

/** What was chosen in a year: light, progress, money, and what is not as it should be, each a line. */
export function worksList({ works, speech, name, current, onOpen }: WorksListParts): TemplateResult {
  const words = worksWords[speech.language];
  return html`${summary(works, speech)}<ul class="works">${works.works.map(
    (work) => html`<li class=${work.id === current ? 'here' : ''}>
      <div class="head">
        <hv-work-light .language=${speech.language} .light=${work.light} .rules=${works.rules}></hv-work-light>
        <button class="name" data-open=${work.id} aria-current=${work.id === current ? 'true' : 'false'} @click=${() => onOpen(work.id)}>${speech.text(work.title)}</button>
      </div>
      ${bar(work.progress.permille)}
      <p class="meta"><span>${label(WORK_STAGES[work.stage], speech.language)}</span><span>${words.progress} ${percentText(work.progress.permille)}</span>
        <span>${name('bodies', work.lead)}</span>
        <span>${words.moneyOf(wanText(work.appropriated), wanText(work.paid), wanText(work.investment))}</span>
        ${work.finish === null ? nothing : html`<span>${words.due} ${work.finish}</span>`}</p>
      ${notesOf(work, speech)}
    </li>`,
  )}</ul>`;
}

/** All of the year in a line: so many projects and parts, their money, and how many have which light. */
function summary({ works }: WorksDocument, { language }: Speech): TemplateResult {
  const words = worksWords[language];
  const parts = works.reduce((sum, one) => sum + one.parts, 0);
  const fen = works.reduce((sum, one) => sum + one.investment, 0);
  const lights = LIGHTS.flatMap((light) => {
    const n = works.filter((one) => one.light.light === light).length;
    return n > 0 ? [`${label(LIGHT_TERMS[light], language)} ${n}`] : [];
  });
  return html`<p class="summary"><b>${words.sum(works.length, parts, wanText(fen))}</b> <span>${lights.join(' · ')}</span></p>`;
}

const LIGHTS = ['red', 'yellow', 'grey', 'green', 'none'] as const;

/** How much of it is done, drawn; the number stands beside it. */
export const bar = (permille: number): TemplateResult =>
  html`<div class="progress" aria-hidden="true"><i style="width:${permille / 10}%"></i></div>`;

function notesOf(work: WorkRow, { language }: Speech): TemplateResult | typeof nothing {
  const words = worksWords[language];
  const notes = [
    work.overdueReports > 0 ? words.overdue(work.overdueReports) : null,
    work.disputedParts > 0 ? words.disputed(work.disputedParts) : null,
    work.openFindings > 0 ? words.findings(work.openFindings) : null,
    work.isShrunk ? words.shrunk : null,
    work.isRectifying ? words.rectifying : null,
    work.hasGroup ? null : words.noGroup,
  ].filter((note) => note !== null);
  const grade = work.grade === null ? null : words.grade(label(GRADE_TERMS[work.grade], language));
  if (notes.length === 0 && grade === null) return nothing;
  return html`<p class="notes">${notes.map((note) => html`<b>⚠ ${note}</b>`)}${grade === null ? nothing : html`<span>${grade}</span>`}</p>`;
}
