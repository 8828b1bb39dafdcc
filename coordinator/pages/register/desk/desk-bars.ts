import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { PAGE_ROWS } from '../../../contract/register/documents.ts';
import type { Office } from '../parts/office.ts';
import type { DeskCommand } from './desk-keys.ts';
import { deskWords } from './desk-words.ts';
import { entryWords } from './entry-words.ts';

export interface CycleBar {
  readonly language: Language;
  readonly office: Office;
  readonly year: number | null;
  /** So many answers are drafted. */
  readonly drafted: number;
  readonly onYear: (year: number) => void;
  readonly onHelp: () => void;
  /** One proposal is brought in, by hand. @param isEntered what came on paper, and not one's own. */
  readonly onPropose: (cycles: readonly number[], isEntered: boolean) => void;
  /** Many are, as a table. */
  readonly onTable: (year: number) => void;
  readonly onRelease: () => void;
}

/** The cycle, and what is done with all of it. */
export function cycleBar(bar: CycleBar): TemplateResult {
  const { language, year, drafted, onYear, onHelp, onPropose, onTable, onRelease } = bar;
  const { session, may } = bar.office;
  const words = deskWords[language];
  const cycles = session?.cycles ?? [];
  const collecting = cycles.filter(({ stage }) => stage === 'collecting').map((cycle) => cycle.year);
  const isEntered = session?.person?.roles.includes('congress-office') ?? false;
  const onChange = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) onYear(Number(target.value));
  };
  return html`<div class="bar">
    <label class="year">${words.year} <select @change=${onChange}>${cycles.map((cycle) => html`<option value=${cycle.year} ?selected=${cycle.year === year}>${words.yearOf(cycle.year)}</option>`)}</select></label>
    <button data-act="help" aria-keyshortcuts="?" @click=${onHelp}>${words.help} <kbd aria-hidden="true">?</kbd></button>
    ${may('propose') && collecting.length > 0 ? html`<button data-act="propose" @click=${() => onPropose(collecting, isEntered)}>${isEntered ? words.enter : words.enterOwn}</button>` : nothing}
    ${may('enter-table') && year !== null && collecting.includes(year) ? html`<button data-act="enter-table" @click=${() => onTable(year)}>${entryWords[language].enterTable}</button>` : nothing}
    ${may('release') && drafted > 0 ? html`<button class="main" data-act="release" @click=${onRelease}>${words.release(drafted)}</button>` : nothing}
  </div>`;
}

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
    ${
      pages === 1
        ? nothing
        : html`<button data-act="previous-page" ?disabled=${page === 0} aria-label=${words.commands['previous-page']} @click=${() => onPage(page - 1)}>‹</button>
    <span>${words.page(page + 1, pages)}</span>
    <button data-act="next-page" ?disabled=${page + 1 >= pages} aria-label=${words.commands['next-page']} @click=${() => onPage(page + 1)}>›</button>`
    }
  </nav>`;
}
