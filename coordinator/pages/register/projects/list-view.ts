import { css, html, nothing, type TemplateResult } from 'lit';
import { exactWan } from '../../../../shared/projects/money.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { CycleDocument } from '../../../contract/register/documents.ts';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { pathOf } from '../../../contract/route.ts';
import { toRead } from '../../parts/language.ts';
import { attachmentAddress } from '../parts/register-api.ts';
import { projectsWords } from './projects-words.ts';

/** A frozen or handed-in list: its projects in their order. */
export function listTable(
  { projects }: Pick<CycleDocument, 'projects'>,
  ids: readonly string[],
  lead: (id: string) => string,
  language: Language,
): TemplateResult {
  const words = projectsWords[language];
  return html`<div class="wide" tabindex="0" role="region" aria-label=${words.list}><table>
    <thead><tr><th scope="col"></th><th scope="col">${words.project}</th><th scope="col">${words.lead}</th><th scope="col" class="n">${words.investment}</th></tr></thead>
    <tbody>${ids.map((id, i) => {
      const found = projects.find((one) => one.id === id);
      return found
        ? html`<tr><td class="n">${i + 1}</td><td>${toRead(found.sheet.title, language)}<br /><span class="soft">${toRead(found.sheet.summary, language)}</span></td><td>${lead(found.sheet.lead)}</td><td class="n">${exactWan(found.investment)}</td></tr>`
        : nothing;
    })}</tbody></table></div>`;
}

/** A hash as people compare it: in groups. */
export function fingerprint(label: string, hash: string): TemplateResult {
  return html`<p class="fingerprint"><span class="soft">${label}</span><br /><code>${hash.replace(/.{8}(?=.)/g, '$& ')}</code></p>`;
}

/** Where everybody finds the result, and how to verify it. */
function publicProof(year: number, language: Language): TemplateResult {
  const page = pathOf(PUBLIC_ROUTES.publicCycle.path, { year: String(year) });
  return html`<p><a class="public" href="${page}${language === 'en' ? '?lang=en' : ''}#verify" target="_blank" rel="noopener">${projectsWords[language].publicProof}</a></p>`;
}

/** What a hall decided, or a vote on paper: which projects, by how many of how many, and what proves it. */
export function resultView(cycle: CycleDocument, language: Language): TemplateResult | typeof nothing {
  const { decided } = cycle;
  const words = projectsWords[language];
  if (!decided) return nothing;
  const title = (id: string) => {
    const found = cycle.projects.find((one) => one.id === id);
    return found ? toRead(found.sheet.title, language) : id;
  };
  const mark = (isChosen: boolean) =>
    isChosen ? html`<b class="good">${words.chosen}</b>` : html`<span class="soft">${words.notChosen}</span>`;
  if (decided.how === 'paper')
    return html`<h3>${words.result} <span class="tag">${words.byPaper}</span></h3>
      <table><thead><tr><th scope="col">${words.project}</th><th scope="col" class="n">${words.votes}</th><th scope="col"></th></tr></thead>
        <tbody>${decided.votes.map(({ project, votes }) => html`<tr><td>${title(project)}</td><td class="n">${words.ofRoll(votes, decided.roll)}</td><td>${mark(decided.chosen.includes(project))}</td></tr>`)}</tbody></table>
      <p><a href=${attachmentAddress(decided.sheet, 'whole')} target="_blank" rel="noopener">${words.paperSheet}</a></p>
      ${fingerprint(words.sheetPrint, decided.sheet)}
      ${publicProof(cycle.year, language)}`;
  const { result } = decided;
  return html`<h3>${words.result}</h3>
    <p>${words.resultOf(result.hall, result.sitting)}</p>
    ${result.rounds.map(
      ({ candidates, roll, present, cast, byHand }, i) => html`<table>
        <caption>${words.round(i + 1)} · ${words.present(roll, present, cast)} ${byHand ? html`<span class="tag">${words.byHand}</span>` : nothing}</caption>
        <thead><tr><th scope="col">${words.project}</th><th scope="col" class="n">${words.votes}</th><th scope="col"></th></tr></thead>
        <tbody>${candidates.map(({ project, votes, selected }) => html`<tr><td>${title(project)}</td><td class="n">${words.ofRoll(votes, roll)}</td><td>${mark(selected)}</td></tr>`)}</tbody></table>`,
    )}
    ${fingerprint(words.proof, result.manifest)}
    ${publicProof(cycle.year, language)}`;
}

export const listStyles = css`
  .wide {
    overflow-x: auto;
  }
  .fingerprint {
    margin: 0.6rem 0;
  }
  .fingerprint code {
    font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
    overflow-wrap: anywhere;
  }
  .list a {
    color: var(--go);
  }
  .tag {
    padding: 0.05rem 0.5rem;
    border: 1px solid var(--alarm);
    border-radius: 0.3rem;
    color: var(--alarm);
    font-size: 0.85rem;
  }
  .good {
    color: var(--for);
  }
  caption {
    padding: 0.3rem 0;
    text-align: left;
    font-weight: 600;
  }
`;
