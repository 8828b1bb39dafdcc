import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { chairRoundStyles } from '../chair/chair-round-styles.ts';
import { chairStyles } from '../chair/chair-styles.ts';
import { fleetStyles } from '../operator/fleet-styles.ts';
import { deputiesView } from '../operator/operator-deputies.ts';
import type { Desk } from '../operator/operator-desk.ts';
import { bundleView, refusalsView } from '../operator/operator-files.ts';
import { fleetView } from '../operator/operator-fleet.ts';
import { scrutineersView } from '../operator/operator-scrutineers.ts';
import { operatorStyles } from '../operator/operator-styles.ts';
import { Tabs } from '../operator/operator-tabs.ts';
import { terminalsView } from '../operator/operator-terminals.ts';
import { unvotedView } from '../operator/operator-unvoted.ts';
import { updateStyles, updateView } from '../operator/operator-update.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import { resultTableStyles } from '../parts/result-table.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrame } from '../parts/staff-frame.ts';
import { staffFrameStyles } from '../parts/staff-header.ts';
import { staffWords } from '../parts/staff-words.ts';
import { auditView } from '../scrutineer/scrutineer-audit.ts';
import { scrutineerWords } from '../scrutineer/scrutineer-words.ts';
import { actsView } from './auditor-acts.ts';
import { rejectedView } from './auditor-rejected.ts';
import { votesView } from './auditor-votes.ts';
import { auditorWords } from './auditor-words.ts';

const TABS = [
  'votes',
  'unvoted',
  'deputies',
  'terminals',
  'fleet',
  'acts',
  'rejected',
  'refusals',
  'scrutineers',
  'update',
  'files',
] as const;
type Tab = (typeof TABS)[number];

const NONE_REJECTED = { reasons: [], last: [] };

/** Everything that chair, operator and scrutineers see, live; nothing to press but the export. */
@customElement('hv-auditor')
export class AuditorPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, {
    public: ['hall', 'attendance', 'turnout', 'secrecy', 'decryption', 'audits'],
    staff: [
      'agenda',
      'pressing',
      'unvoted',
      'terminals',
      'fleet',
      'deputies',
      'refusals',
      'rejected',
      'acts',
      'update',
    ],
  });
  readonly #tabs = new Tabs<Tab>(this, 'votes');

  override render(): TemplateResult | typeof nothing {
    return staffFrame({ page: 'auditor', speech: this.#speech, feed: this.#feed, body: () => this.#body() });
  }

  #body(): TemplateResult {
    const { language } = this.#speech;
    const words = auditorWords[language];
    return html`
      ${this.#tabs.bar(TABS, (tab) => words.tabs[tab], language)}
      <main>
        <p class="soft">${words.hint}</p>
        ${this.#tabs.notice}
        ${this.#tabView()}
      </main>`;
  }

  /** The operator's tables, without what the operator can do. */
  get #desk(): Desk {
    return this.#tabs.desk(this.#speech.language, {
      may: (act) => act === 'export' && this.#feed.may(act),
      second: () => null,
      propose: () => {},
    });
  }

  #tabView(): TemplateResult {
    const { documents } = this.#feed;
    const {
      hall,
      terminals,
      fleet = [],
      deputies = [],
      refusals = [],
      secrecy,
      decryption = null,
    } = documents;
    const desk = this.#desk;
    const { language } = desk;
    if (terminals === undefined || documents.agenda === undefined)
      return html`<p class="soft">${staffWords[language].loading}</p>`;
    const enrolled = terminals.filter(({ state }) => state === 'enrolled');
    switch (this.#tabs.tab) {
      case 'votes':
        return votesView(documents, this.#feed.isConnected ? this.#feed.remaining : null, language);
      case 'unvoted':
        return unvotedView(documents.unvoted, desk);
      case 'deputies':
        return deputiesView(deputies, desk);
      case 'terminals':
        return terminalsView(terminals, deputies, desk);
      case 'fleet':
        return fleetView(terminals, fleet, desk);
      case 'acts':
        return actsView(documents.acts ?? [], desk);
      case 'rejected':
        return rejectedView(documents.rejected ?? NONE_REJECTED, documents, desk);
      case 'refusals':
        return refusalsView(refusals, desk);
      case 'scrutineers':
        return html`${scrutineersView(secrecy, desk)}${secrecy?.secrecy ? auditView(documents.audits ?? null, decryption, scrutineerWords[language]) : nothing}`;
      case 'update':
        return updateView(documents.update, enrolled, desk);
      case 'files':
        return desk.may('export') ? bundleView(hall, desk) : html``;
    }
  }

  static override styles = [
    controls,
    chairStyles,
    chairRoundStyles,
    resultTableStyles,
    staffFrameStyles,
    operatorStyles,
    fleetStyles,
    updateStyles,
    css`
      main {
        border: none;
        border-radius: 0;
      }
      main > p.soft {
        margin: 0.2rem 0 0.6rem;
      }
      .reasons {
        width: auto;
        margin-bottom: 1rem;
      }
      .votes {
        max-width: 64rem;
      }
      details {
        margin: 0.6rem 0;
        border: 1px solid var(--line);
        border-radius: 0.5rem;
      }
      summary {
        padding: 0.7rem 1rem;
        cursor: pointer;
      }
      .inside {
        padding: 0 1rem 1rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-auditor': AuditorPage;
  }
}
