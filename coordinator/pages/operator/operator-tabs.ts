import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { Desk } from './operator-desk.ts';
import { operatorWords } from './operator-words.ts';

const SEARCHED: readonly string[] = [
  'terminals',
  'unvoted',
  'fleet',
  'deputies',
  'acts',
  'rejected',
  'refusals',
];

/** Where somebody is in a page of tables: in which tab, what they search for, which rows in which order. */
export class Tabs<Tab extends string> {
  readonly #host: ReactiveControllerHost;
  #tab: Tab;
  #search = '';
  #filter = 'all';
  #sort = '';
  #page = 0;
  #notice: { readonly text: string; readonly isGood: boolean } | null = null;

  constructor(host: ReactiveControllerHost, first: Tab) {
    this.#host = host;
    this.#tab = first;
  }

  get tab(): Tab {
    return this.#tab;
  }

  /** The tabs, and what searches the rows of those that have many. */
  bar(
    tabs: readonly Tab[],
    nameOf: (tab: Tab) => string | TemplateResult,
    language: Language,
  ): TemplateResult {
    const { search } = operatorWords[language];
    const onSearch = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) this.#move(() => (this.#search = target.value));
    };
    return html`<nav class="tabs">
      ${tabs.map(
        (tab) => html`<button data-tab=${String(tab)} aria-current=${tab === this.#tab ? 'page' : 'false'}
          @click=${() => this.#open(tab)}>${nameOf(tab)}</button>`,
      )}
      ${
        SEARCHED.includes(this.#tab)
          ? html`<input type="search" placeholder=${search} aria-label=${search} .value=${this.#search} @input=${onSearch} />`
          : nothing
      }
    </nav>`;
  }

  /** What came of what somebody did last. */
  get notice(): TemplateResult {
    const said = this.#notice;
    return html`<div role="status">${said ? html`<p class="notice ${said.isGood ? 'good' : ''}">${said.text}</p>` : nothing}</div>`;
  }

  /** The desk of whoever is here; `theirs`: what they may do. */
  desk(language: Language, theirs: Pick<Desk, 'may' | 'second' | 'propose'>): Desk {
    return {
      ...theirs,
      words: operatorWords[language],
      language,
      search: this.#search.trim().toLowerCase(),
      filter: this.#filter,
      setFilter: (filter) => this.#move(() => (this.#filter = filter)),
      page: this.#page,
      setPage: (page) => {
        this.#page = page;
        this.#host.requestUpdate();
      },
      sort: this.#sort,
      setSort: (sort) => this.#move(() => (this.#sort = sort)),
      notify: (text, isGood = false) => {
        this.#notice = text === '' ? null : { text, isGood };
        this.#host.requestUpdate();
      },
    };
  }

  #open(tab: Tab): void {
    if (tab === this.#tab) return;
    this.#move(() => {
      this.#tab = tab;
      this.#filter = 'all';
      this.#sort = '';
      this.#notice = null;
    });
  }

  /** Other rows begin with their first page. */
  #move(change: () => void): void {
    change();
    this.#page = 0;
    this.#host.requestUpdate();
  }
}
