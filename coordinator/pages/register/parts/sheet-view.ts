import { type CSSResultGroup, css, html, nothing, type TemplateResult } from 'lit';
import { exactWan } from '../../../../shared/projects/money.ts';
import { quantityText, type Sheet } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProjectDocument, RegisterNames } from '../../../contract/register/documents.ts';
import { toRead } from '../../parts/language.ts';
import { rowCards } from '../../parts/row-cards.ts';
import { sheetWords } from './sheet-words.ts';

/** How the register calls what a sheet speaks of by id. */
export type NameOf = (kind: keyof RegisterNames, id: string) => string;

/** @param names null while they are not known. */
export const nameIn =
  (names: RegisterNames | null, language: Language): NameOf =>
  (kind, id) => {
    const found = names?.[kind].find((one) => one.id === id);
    return found ? toRead(found.name, language) : id;
  };

/** Everything that a project promises, to be read: what a list that two persons freeze is made of. */
export function sheetView(
  { sheet, investment, finish }: Pick<ProjectDocument, 'sheet' | 'investment' | 'finish'>,
  name: NameOf,
  language: Language,
): TemplateResult {
  const words = sheetWords[language];
  const or = (text: string) => (text === '' ? html`<span class="soft">${words.empty}</span>` : text);
  return html`<p class="summary">${toRead(sheet.summary, language)}</p>
    <dl class="sheet">
      <dt>${words.category}</dt><dd>${name('categories', sheet.category)}</dd>
      <dt>${words.lead}</dt><dd>${name('bodies', sheet.lead)}</dd>
      ${sheet.co.length > 0 ? html`<dt>${words.co}</dt><dd>${sheet.co.map((id) => name('bodies', id)).join(words.list)}</dd>` : nothing}
      <dt>${words.content}</dt><dd class="long">${or(sheet.content)}</dd>
      <dt>${words.beneficiaries}</dt><dd>${or(sheet.beneficiaries)}</dd>
      <dt>${words.investment}</dt><dd>${words.wan(exactWan(investment))}</dd>
      <dt>${words.finish}</dt><dd>${finish ?? html`<span class="soft">${words.empty}</span>`}</dd>
      ${sheet.from.length > 0 ? html`<dt>${words.from}</dt><dd>${sheet.from.join(words.list)}</dd>` : nothing}
    </dl>
    ${partsView(sheet, name, language)}`;
}

function partsView({ parts }: Sheet, name: NameOf, language: Language): TemplateResult {
  const words = sheetWords[language];
  if (parts.length === 0) return html`<p class="soft">${words.noParts}</p>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label=${words.parts(parts.length)}><table>
    <caption>${words.parts(parts.length)}</caption>
    <thead><tr><th scope="col">${words.part}</th><th scope="col" class="n">${words.target}</th><th scope="col">${words.body}</th><th scope="col">${words.area}</th><th scope="col">${words.finish}</th><th scope="col">${words.money}</th></tr></thead>
    <tbody>${parts.map(
      ({ title, target, body, area, place, finish, funding }) => html`<tr>
        <td class="title">${title}</td>
        <td class="n"><span class="narrow">${words.target} </span>${quantityText(target.thousandths)} ${target.unit}</td>
        <td><span class="narrow">${words.body} </span>${name('bodies', body)}</td>
        <td><span class="narrow">${words.area} </span>${name('areas', area)}${place === '' ? nothing : html` · ${place}`}</td>
        <td class="day"><span class="narrow">${words.finish} </span>${finish}</td>
        <td>${funding.map(({ source, year, fen }) => html`<div>${words.inYear(name('sources', source), year, exactWan(fen))}</div>`)}</td>
      </tr>`,
    )}</tbody>
  </table></div>`;
}

export const sheetStyles: CSSResultGroup = [
  rowCards,
  css`
  .summary {
    margin: 0.2rem 0 0.6rem;
    font-weight: 600;
  }
  dl.sheet {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0.3rem 1rem;
    margin: 0 0 0.8rem;
  }
  dl.sheet dt {
    color: var(--ink-soft);
  }
  dl.sheet dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .long {
    white-space: pre-wrap;
    line-height: 1.6;
  }
  .wide {
    overflow-x: auto;
  }
  .wide td,
  .wide th {
    vertical-align: top;
    font-size: 0.95rem;
  }
  .wide td.n,
  .wide .day {
    white-space: nowrap;
  }
  .wide td div {
    word-break: keep-all;
  }
  .narrow {
    color: var(--ink-soft);
  }
  @media (max-width: 40rem) {
    .wide .title {
      font-weight: 600;
    }
  }
  caption {
    padding: 0.2rem 0;
    text-align: left;
    font-weight: 600;
  }
`,
];
