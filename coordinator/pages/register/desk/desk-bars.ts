import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { PAGE_ROWS } from '../../../contract/register/documents.ts';
import type { DeskCommand } from './desk-keys.ts';
import { deskWords } from './desk-words.ts';

const TOGETHER = [
  'classify',
  'adopt',
  'merge',
  'exclude',
  'not-adopt',
  'undecide',
] as const satisfies DeskCommand[];

export interface TogetherBar {
  readonly language: Language;
  /** So many are marked. */
  readonly count: number;
  readonly may: (right: string) => boolean;
  readonly onAsk: (act: (typeof TOGETHER)[number]) => void;
  readonly onUnmark: () => void;
}

/** What is done with those that are marked; nothing where none is. */
export function togetherBar({
  language,
  count,
  may,
  onAsk,
  onUnmark,
}: TogetherBar): TemplateResult | typeof nothing {
  const words = deskWords[language];
  if (count === 0) return nothing;
  const acts = TOGETHER.filter((act) => may(act === 'classify' ? 'classify' : 'draft-decision'));
  return html`<div class="together" role="group" aria-label=${words.marked(count)}>
    <b>${words.marked(count)}</b>
    ${acts.map((act) => html`<button data-act="all-${act}" @click=${() => onAsk(act)}>${words.commands[act]}</button>`)}
    <button @click=${onUnmark}>${words.unmark}</button>
  </div>`;
}

export interface PagesBar {
  readonly language: Language;
  readonly total: number;
  /** Counted from 0. */
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** How many there are, and the way to the other pages. */
export function pagesBar({ language, total, page, onPage }: PagesBar): TemplateResult {
  const words = deskWords[language];
  const pages = Math.max(1, Math.ceil(total / PAGE_ROWS));
  return html`<nav class="pages" aria-label=${words.page(page + 1, pages)}>
    <span>${words.total(total)}</span>
    <button data-act="previous-page" ?disabled=${page === 0} aria-label=${words.commands['previous-page']} @click=${() => onPage(page - 1)}>‹</button>
    <span>${words.page(page + 1, pages)}</span>
    <button data-act="next-page" ?disabled=${page + 1 >= pages} aria-label=${words.commands['next-page']} @click=${() => onPage(page + 1)}>›</button>
  </nav>`;
}
