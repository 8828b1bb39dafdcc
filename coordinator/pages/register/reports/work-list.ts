import { css, html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { DutiesDocument } from '../../../contract/register/duties.ts';
import { monthText, percentText } from '../../../contract/register/work-words.ts';
import { toRead } from '../../parts/language.ts';
import '../parts/work-light.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import type { Opened } from './due-list.ts';
import { reportsWords } from './reports-words.ts';

type Row = DutiesDocument['works'][number];

export interface WorkListOf {
  readonly document: Pick<DutiesDocument, 'works' | 'body'>;
  readonly language: Language;
  readonly name: NameOf;
  readonly opened: Opened | null;
  readonly onOpen: (opened: Opened) => void;
}

/** Every project with its parts: light, progress, plan, and how far it is reported. */
export function workList({ document, language, name, opened, onOpen }: WorkListOf): TemplateResult {
  const words = reportsWords[language];
  if (document.works.length === 0) return html`<p class="soft">${words.noWorks}</p>`;
  return html`<ul class="works">${document.works.map((work) => {
    const of = work.parts.find(({ id }) => id === work.light.part)?.title ?? '';
    return html`<li><h4>${toRead(work.title, language)} ${document.body !== null && work.lead === document.body ? html`<small>${words.lead}</small>` : nothing}</h4>
      <p class="of"><hv-work-light .language=${language} .light=${work.light} .partName=${of}></hv-work-light> <span>${percentText(work.permille)}</span>
        ${work.isRectifying && work.lead === document.body ? html`<button data-act="explain" @click=${() => onOpen({ is: 'explanation', project: work.id })}>${words.explainTitle}</button>` : nothing}</p>
      <table><tbody>${work.parts.map((part) => partRow(work, part, { language, name, opened, onOpen, document }))}</tbody></table></li>`;
  })}</ul>`;
}

function partRow(
  { id: project }: Row,
  { id, title, body, light, permille, plan, month }: Row['parts'][number],
  { document, language, name, opened, onOpen }: WorkListOf,
): TemplateResult {
  const words = reportsWords[language];
  const isHere = opened?.is === 'part' && opened.project === project && opened.part === id;
  const form = plan === 'holds' ? 'report' : 'plan';
  return html`<tr class=${isHere ? 'here' : ''}>
    <td><button class="name" data-part="${project}/${id}" aria-current=${isHere ? 'true' : 'false'} @click=${() => onOpen({ is: 'part', project, part: id, form, month: '' })}>${title}</button>
      <span class="meta">${document.body === null ? html`<span>${name('bodies', body)}</span>` : nothing}<span>${plan === 'holds' ? (month === null ? words.noReport : words.lastReport(monthText(month, language))) : html`<b class="bad">⚠ ${words.plans[plan]}</b>`}</span></span></td>
    <td class="n">${percentText(permille)}</td>
    <td class="lit"><hv-work-light .language=${language} .light=${light}></hv-work-light></td>
  </tr>`;
}

export const workListStyles = css`
  ul.works {
    display: grid;
    gap: 0.8rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .works > li {
    padding: 0.6rem 0.8rem;
    border: 1px solid var(--line);
    border-radius: 0.4rem;
    background: var(--card);
  }
  .works h4 {
    margin: 0;
    font-size: 1.05rem;
    overflow-wrap: anywhere;
  }
  .works small {
    padding: 0 0.4rem;
    border: 1px solid var(--gold);
    border-radius: 0.3rem;
    font-weight: normal;
  }
  .of {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.8rem;
    margin: 0.3rem 0;
    font-weight: 600;
  }
  .works tr.here {
    background: var(--warn-wash);
  }
  .works td {
    overflow-wrap: anywhere;
  }
  .works td.n {
    white-space: nowrap;
  }
  .lit {
    width: 16.5rem;
  }
  button.name {
    min-height: 2rem;
    padding: 0.1rem 0;
    border: none;
    background: none;
    color: var(--go);
    font-weight: 600;
    text-align: left;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  @media (max-width: 40rem) {
    .works tr {
      display: grid;
      grid-template-columns: 1fr max-content;
      padding: 0.3rem 0;
      border-bottom: 1px solid var(--line);
    }
    .works td {
      padding: 0.1rem 0;
      border: none;
    }
    .lit {
      grid-column: 1 / -1;
      width: auto;
    }
  }
`;
