import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { ByHandForm } from '../chair/by-hand-form.ts';
import '../chair/by-hand-form.ts';
import type { ConfirmDialog } from '../parts/confirm-dialog.ts';
import '../parts/confirm-dialog.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import '../parts/members.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrame, staffFrameStyles } from '../parts/staff-frame.ts';
import { staffWords } from '../parts/staff-words.ts';
import { fleetStyles } from './fleet-styles.ts';
import { byHandView } from './operator-by-hand.ts';
import { deputiesView } from './operator-deputies.ts';
import type { Desk } from './operator-desk.ts';
import { filesView, refusalsView } from './operator-files.ts';
import { fleetView } from './operator-fleet.ts';
import { scrutineersView } from './operator-scrutineers.ts';
import { operatorStyles } from './operator-styles.ts';
import { terminalsView } from './operator-terminals.ts';
import { unvotedView } from './operator-unvoted.ts';
import { updateStyles, updateView } from './operator-update.ts';
import { updateWords } from './operator-update-words.ts';
import { operatorWords } from './operator-words.ts';

const TABS = [
  'terminals',
  'unvoted',
  'fleet',
  'deputies',
  'scrutineers',
  'byHand',
  'staff',
  'refusals',
  'update',
  'files',
] as const;
const SEARCHED: readonly string[] = ['terminals', 'unvoted', 'fleet', 'deputies', 'refusals'];
type Tab = (typeof TABS)[number];

const NOBODY = { roll: 0, present: 0 };

/** The operators' console: terminals, check-in and cards, refusals, files. */
@customElement('hv-operator')
export class OperatorPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, {
    public: ['hall', 'secrecy', 'attendance'],
    staff: ['agenda', 'terminals', 'unvoted', 'fleet', 'deputies', 'refusals', 'update'],
  });
  /** The coordinator says that staff is signed out: the feed asks, and the page follows it. */
  readonly #signedOut = () => this.#feed.restart();
  @state() private tab: Tab = 'terminals';
  @state() private search = '';
  @state() private filter = 'all';
  @state() private pageNumber = 0;
  @state() private sort = '';
  @state() private notice: { readonly text: string; readonly isGood: boolean } | null = null;
  @query('hv-confirm') private confirm!: ConfirmDialog | null;
  @query('hv-by-hand') private byHand!: ByHandForm | null;

  /** Other rows, other pages: begin with the first. */
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('tab')) {
      this.filter = 'all';
      this.sort = '';
      this.notice = null;
    }
    if (['tab', 'search', 'filter', 'sort'].some((which) => changed.has(which))) this.pageNumber = 0;
  }

  override render(): TemplateResult | typeof nothing {
    return staffFrame({
      page: 'operator',
      speech: this.#speech,
      feed: this.#feed,
      body: () => this.#body(),
    });
  }

  #body(): TemplateResult {
    const words = operatorWords[this.#speech.language];
    const { terminals = [] } = this.#feed.documents;
    const pending = terminals.filter(({ state }) => state === 'pending').length;
    return html`
      <nav class="tabs">
        ${TABS.map(
          (tab) =>
            html`<button data-tab=${tab} aria-current=${tab === this.tab ? 'page' : 'false'} @click=${() => {
              this.tab = tab;
            }}>${tab === 'update' ? updateWords[this.#speech.language].tab : words.tabs[tab]} ${tab === 'terminals' && pending > 0 ? html`<span class="count">${words.toApprove(pending)}</span>` : nothing}</button>`,
        )}
        ${
          SEARCHED.includes(this.tab)
            ? html`<input type="search" placeholder=${words.search} aria-label=${words.search} .value=${this.search} @input=${this.#onSearch} />`
            : nothing
        }
      </nav>
      <main>
        <div role="status">${this.notice ? html`<p class="notice ${this.notice.isGood ? 'good' : ''}">${this.notice.text}</p>` : nothing}</div>
        ${this.#tabView()}
      </main>
      <hv-confirm @signed-out=${this.#signedOut}></hv-confirm>
      <hv-by-hand .attendance=${this.#feed.documents.attendance ?? NOBODY} @signed-out=${this.#signedOut}></hv-by-hand>`;
  }

  get #desk(): Desk {
    const { language } = this.#speech;
    return {
      words: operatorWords[language],
      language,
      may: (act) => this.#feed.may(act),
      search: this.search.trim().toLowerCase(),
      filter: this.filter,
      setFilter: (filter) => {
        this.filter = filter;
      },
      page: this.pageNumber,
      setPage: (page) => {
        this.pageNumber = page;
      },
      sort: this.sort,
      setSort: (sort) => {
        this.sort = sort;
      },
      propose: (proposal) => void this.confirm?.ask(proposal, language),
      notify: (text, isGood = false) => {
        this.notice = text === '' ? null : { text, isGood };
      },
    };
  }

  #tabView(): TemplateResult {
    const { hall, terminals, fleet = [], deputies = [], refusals = [] } = this.#feed.documents;
    const desk = this.#desk;
    if (terminals === undefined) return html`<p class="soft">${staffWords[desk.language].loading}</p>`;
    switch (this.tab) {
      case 'terminals':
        return terminalsView(terminals, deputies, desk);
      case 'unvoted':
        return unvotedView(this.#feed.documents.unvoted, desk);
      case 'fleet':
        return fleetView(terminals, fleet, desk);
      case 'deputies':
        return deputiesView(deputies, desk);
      case 'scrutineers':
        return scrutineersView(this.#feed.documents.secrecy, desk);
      case 'byHand': {
        const { agenda, attendance } = this.#feed.documents;
        return byHandView(agenda, attendance, (motion) => void this.byHand?.ask(motion, desk.language), desk);
      }
      case 'staff':
        return html`<hv-members .language=${desk.language}></hv-members>`;
      case 'refusals':
        return refusalsView(refusals, desk);
      case 'update': {
        const enrolled = terminals.filter(({ state }) => state === 'enrolled');
        return updateView(this.#feed.documents.update, enrolled, desk);
      }
      case 'files':
        return filesView(hall, desk);
    }
  }

  #onSearch(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.search = event.target.value;
  }

  static override styles = [controls, staffFrameStyles, operatorStyles, fleetStyles, updateStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-operator': OperatorPage;
  }
}
