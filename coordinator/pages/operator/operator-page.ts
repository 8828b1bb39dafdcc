import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { ByHandForm } from '../parts/by-hand-form.ts';
import '../parts/by-hand-form.ts';
import type { ConfirmDialog } from '../parts/confirm-dialog.ts';
import '../parts/confirm-dialog.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import '../parts/members.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrame } from '../parts/staff-frame.ts';
import { staffFrameStyles } from '../parts/staff-header.ts';
import { staffWords } from '../parts/staff-words.ts';
import { secondLine } from '../parts/waiting-words.ts';
import { fleetStyles } from './fleet-styles.ts';
import { byHandView } from './operator-by-hand.ts';
import { deputiesView } from './operator-deputies.ts';
import type { Desk } from './operator-desk.ts';
import { filesView, refusalsView } from './operator-files.ts';
import { fleetView } from './operator-fleet.ts';
import { scrutineersView } from './operator-scrutineers.ts';
import { operatorStyles } from './operator-styles.ts';
import { Tabs } from './operator-tabs.ts';
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
  readonly #tabs = new Tabs<Tab>(this, 'terminals');
  /** The coordinator says that staff is signed out: the feed asks, and the page follows it. */
  readonly #signedOut = () => this.#feed.restart();
  @query('hv-confirm') private confirm!: ConfirmDialog | null;
  @query('hv-by-hand') private byHand!: ByHandForm | null;

  override render(): TemplateResult | typeof nothing {
    return staffFrame({
      page: 'operator',
      speech: this.#speech,
      feed: this.#feed,
      body: () => this.#body(),
    });
  }

  #body(): TemplateResult {
    const { language } = this.#speech;
    const words = operatorWords[language];
    const { terminals = [] } = this.#feed.documents;
    const pending = terminals.filter(({ state }) => state === 'pending').length;
    const nameOf = (tab: Tab) =>
      tab === 'update'
        ? updateWords[language].tab
        : html`${words.tabs[tab]} ${tab === 'terminals' && pending > 0 ? html`<span class="count">${words.toApprove(pending)}</span>` : nothing}`;
    return html`
      ${this.#tabs.bar(TABS, nameOf, language)}
      <main>
        ${this.#tabs.notice}
        ${this.#tabView()}
      </main>
      <hv-confirm @signed-out=${this.#signedOut}></hv-confirm>
      <hv-by-hand .attendance=${this.#feed.documents.attendance ?? NOBODY} @signed-out=${this.#signedOut}></hv-by-hand>`;
  }

  get #desk(): Desk {
    const { language } = this.#speech;
    return this.#tabs.desk(language, {
      may: (act) => this.#feed.may(act),
      second: (act) => secondLine(act, this.#feed.settings, language),
      propose: (proposal) => void this.confirm?.ask(proposal, language),
    });
  }

  #tabView(): TemplateResult {
    const { hall, terminals, fleet = [], deputies = [], refusals = [] } = this.#feed.documents;
    const desk = this.#desk;
    if (terminals === undefined) return html`<p class="soft">${staffWords[desk.language].loading}</p>`;
    switch (this.#tabs.tab) {
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
        return byHandView(
          agenda,
          attendance,
          (motion) => void this.byHand?.ask({ motion, waiting: null }, desk.language),
          desk,
        );
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

  static override styles = [controls, staffFrameStyles, operatorStyles, fleetStyles, updateStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-operator': OperatorPage;
  }
}
