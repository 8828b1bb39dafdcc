import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { ActName } from '../../contract/rights.ts';
import type { Proposal } from '../parts/confirm-dialog.ts';
import type { OperatorWords } from './operator-words.ts';

/** What the parts of the operators' page share. */
export interface Desk {
  readonly words: OperatorWords;
  readonly language: Language;
  /** Whether whoever looks may do an act: there is no button for what they may not. */
  readonly may: (act: ActName) => boolean;
  /** Lower case; empty for everything. */
  readonly search: string;
  /** Which rows of a table: one of its own filters, `all` for every one. */
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
  /** Counted from 0. */
  readonly page: number;
  readonly setPage: (page: number) => void;
  /** The column that rows are in the order of, `-` before it for the other way round; empty for their own order. */
  readonly sort: string;
  readonly setSort: (sort: string) => void;
  readonly propose: (proposal: Proposal) => void;
  readonly notify: (text: string, isGood?: boolean) => void;
}

/** Rows a table shows at once; a hall of thousands stays quick. */
export const PAGE_ROWS = 100;

/** Rows of which some text contains what is searched for. */
export function matching<T>(
  rows: readonly T[],
  search: string,
  texts: (row: T) => readonly (string | null)[],
): T[] {
  if (search === '') return [...rows];
  return rows.filter((row) => texts(row).some((text) => text?.toLowerCase().includes(search)));
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Counted from 0; the last one where fewer are left than asked for. */
  readonly page: number;
  readonly pages: number;
  readonly all: number;
}

/** One page of `rows`. */
export function paged<T>(rows: readonly T[], wanted: number): Page<T> {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return {
    rows: rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS),
    page,
    pages,
    all: rows.length,
  };
}

/** Names a table's filters with how many rows each has, and pages through what is left; `also` stands between. */
export function toolbar<T>(
  filters: readonly (readonly [name: string, label: string, count: number])[],
  { page, pages, all }: Page<T>,
  { words, filter, setFilter, setPage }: Desk,
  also: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="toolbar">
    <div class="filters" role="group" aria-label=${words.filter}>
      ${filters.map(
        ([name, label, count]) => html`<button data-filter=${name} aria-pressed=${name === filter}
          @click=${() => setFilter(name)}>${label} <b>${count}</b></button>`,
      )}
    </div>
    <span class="soft">${words.found(all)}</span>
    ${also}
    ${
      pages > 1
        ? html`<div class="pager">
            <button ?disabled=${page === 0} @click=${() => setPage(page - 1)}>${words.previous}</button>
            <span>${page + 1} / ${pages}</span>
            <button ?disabled=${page === pages - 1} @click=${() => setPage(page + 1)}>${words.next}</button>
          </div>`
        : nothing
    }
  </div>`;
}

/** Hours, minutes and seconds of a ledger time. */
export function timeOfDay(ms: number | null, language: Language): string {
  return ms === null
    ? ''
    : new Date(ms).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false });
}
