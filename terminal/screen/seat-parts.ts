import { html, nothing, type TemplateResult } from 'lit';
import type { Language, Text } from '../../shared/protocol/ids.ts';
import { label, TURN_TERMS } from '../../shared/terms.ts';
import type { Heading } from '../seat/kinds/draft-kind.ts';
import { shown } from './page.ts';
import { words } from './words.ts';

/** What the screens of all votes are made of. */

/** What kind of vote it is: a rehearsal, secret, or not the first on its matter. */
export function marks(
  { rehearsal, secret, turns }: Omit<Heading, 'title'>,
  language: Language,
): TemplateResult {
  return html`${rehearsal ? html`<span class="rehearsal">${words(language).rehearsal}</span>` : nothing}
    ${turns.map((turn) => html`<span class="turn">${label(TURN_TERMS[turn], language)}</span>`)}
    ${secret ? html`<span class="secret">${words(language).secret}</span>` : nothing}`;
}

/** What is voted on, marked as a rehearsal, as secret, or as not the first vote on it. */
export function heading(
  { title, ...vote }: Heading,
  language: Language,
  size: 'large' | 'plain' = 'plain',
): TemplateResult {
  return html`<h1 class=${size}>
    ${marks(vote, language)} ${shown(title, language)}
  </h1>`;
}

interface ItemShown {
  readonly number: number;
  readonly total: number;
  readonly item: { readonly title: Text; readonly note?: Text | undefined };
}

/** One item of several; `state`: what was chosen on it. */
export function itemView(
  { number, total, item }: ItemShown,
  state: TemplateResult | null,
  language: Language,
  progress: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="progress"><span>${words(language).candidateOf(number, total)}</span>${progress}</div>
    <div class="item ${state ? 'is-chosen' : ''}" data-fit>
      <span class="number">${number}</span>
      <div>
        <p class="name">${shown(item.title, language)}</p>
        ${item.note ? html`<p class="note">${shown(item.note, language)}</p>` : nothing}
      </div>
      ${state ?? nothing}
    </div>`;
}

/** Items in rows that fit the screen however many they are. */
export function list(count: number, rows: TemplateResult[]): TemplateResult {
  const density = count <= 12 ? 'roomy' : count <= 24 ? 'close' : 'dense';
  return html`<ol class="list ${density}" data-fit>${rows}</ol>`;
}

export function row(
  number: number,
  title: TemplateResult,
  end: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<li><span class="number">${number}</span><span class="what">${title}</span>${end}</li>`;
}
