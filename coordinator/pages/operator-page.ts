import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { ConfirmDialog, Proposal } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import { Feed } from './feed.ts';
import { Speech } from './language.ts';
import { deputiesView } from './operator-deputies.ts';
import { filesView, refusalsView } from './operator-files.ts';
import { terminalsView } from './operator-terminals.ts';
import { operatorWords } from './operator-words.ts';
import { controls } from './shared-styles.ts';
import { staffFrame, staffFrameStyles } from './staff-frame.ts';
import { staffWords } from './staff-words.ts';

const TABS = ['terminals', 'deputies', 'refusals', 'files'] as const;
type Tab = (typeof TABS)[number];

/** The operators' console: terminals, check-in and cards, refusals, files. */
@customElement('hv-operator')
export class OperatorPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall'], staff: ['terminals', 'deputies', 'refusals'] });
  @state() private isSignedIn = false;
  @state() private tab: Tab = 'terminals';
  @state() private search = '';
  @state() private notice = '';
  @query('hv-confirm') private confirm!: ConfirmDialog;

  override render(): TemplateResult {
    return staffFrame({
      name: staffWords[this.#speech.language].operator,
      speech: this.#speech,
      feed: this.#feed,
      isSignedIn: this.isSignedIn,
      setSignedIn: (isSignedIn) => {
        this.isSignedIn = isSignedIn;
      },
      body: () => this.#body(),
    });
  }

  #body(): TemplateResult {
    const { language } = this.#speech;
    const words = operatorWords[language];
    return html`
      <div class="tabs" role="tablist">
        ${TABS.map(
          (tab) =>
            html`<button role="tab" data-tab=${tab} aria-selected=${tab === this.tab} @click=${() => {
              this.tab = tab;
              this.notice = '';
            }}>${words.tabs[tab]}</button>`,
        )}
        ${
          this.tab === 'terminals' || this.tab === 'deputies'
            ? html`<input type="search" placeholder=${words.search} aria-label=${words.search} .value=${this.search} @input=${this.#onSearch} />`
            : ''
        }
      </div>
      <main role="tabpanel">
        <p class="notice" role="alert">${this.notice}</p>
        ${this.#tabView()}
      </main>
      <hv-confirm @signed-out=${() => {
        this.isSignedIn = false;
      }}></hv-confirm>`;
  }

  #tabView(): TemplateResult {
    const { language } = this.#speech;
    const { terminals = [], deputies = [], refusals = [] } = this.#feed.documents;
    const words = operatorWords[language];
    const desk = {
      words,
      language,
      search: this.search.trim().toLowerCase(),
      propose: (proposal: Proposal) => this.confirm.ask(proposal, language),
      notify: (text: string) => {
        this.notice = text;
      },
    };
    switch (this.tab) {
      case 'terminals':
        return terminalsView(terminals, desk);
      case 'deputies':
        return deputiesView(deputies, desk);
      case 'refusals':
        return refusalsView(refusals, desk);
      case 'files':
        return filesView(desk);
    }
  }

  #onSearch(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.search = event.target.value;
  }

  static override styles = [
    controls,
    staffFrameStyles,
    css`
      .tabs {
        display: flex;
        gap: 0.4rem;
        padding: 0.8rem 1.2rem 0;
        border-bottom: 1px solid var(--line);
      }
      .tabs button {
        border-bottom: none;
        border-radius: 0.4rem 0.4rem 0 0;
        background: none;
      }
      .tabs button[aria-selected='true'] {
        background: var(--card);
        border-color: var(--line);
        box-shadow: inset 0 0.25rem 0 var(--red);
        font-weight: 700;
      }
      .tabs input {
        margin-left: auto;
        min-width: 20rem;
      }
      main {
        padding: 0.6rem 1.2rem 2rem;
        background: var(--card);
      }
      .notice {
        margin: 0;
        color: var(--against);
        font-weight: 600;
      }
      td button,
      td input {
        min-height: 2rem;
        padding: 0.1rem 0.6rem;
      }
      td input {
        width: 7rem;
      }
      .pending {
        margin: 0.8rem 0;
        padding: 0.6rem 1rem;
        border: 2px solid var(--gold);
        border-radius: 0.5rem;
      }
      .pending h2 {
        margin: 0;
        font-size: 1.1rem;
      }
      .on {
        color: var(--for);
        font-weight: 600;
      }
      .off {
        color: var(--ink-soft);
      }
      .fault {
        color: var(--against);
        font-weight: 700;
      }
      .card {
        white-space: nowrap;
      }
      section.file {
        max-width: 46rem;
        padding: 1rem 0;
      }
      code {
        letter-spacing: 0.05em;
      }
    `,
  ];
}
