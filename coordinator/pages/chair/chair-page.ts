import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Motion } from '../../../shared/kinds/kinds.ts';
import { Timers } from '../../../shared/pages/timers.ts';
import type { AgendaDocument, RoundView } from '../../contract/documents.ts';
import { kindWords } from '../../contract/rule-words.ts';
import type { ByHandForm } from '../parts/by-hand-form.ts';
import '../parts/by-hand-form.ts';
import type { ConfirmDialog } from '../parts/confirm-dialog.ts';
import {
  type ChairAct,
  followerOf,
  type Offers,
  offers,
  permitted,
  roundInHand,
  roundsOf,
  startingMotion,
} from './chair-acts.ts';
import {
  agendaLine,
  attendanceView,
  blockedView,
  headingOf,
  historyView,
  itemsView,
  type Live,
  roundView,
  ruleView,
  type Tongue,
  turnMarks,
} from './chair-panel.ts';
import { chairProposal } from './chair-proposals.ts';
import { chairRoundStyles } from './chair-round-styles.ts';
import { chairStyles } from './chair-styles.ts';
import { chairWords } from './chair-words.ts';
import '../parts/confirm-dialog.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import { resultTableStyles } from '../parts/result-table.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrame } from '../parts/staff-frame.ts';
import { staffFrameStyles } from '../parts/staff-header.ts';
import { staffWords } from '../parts/staff-words.ts';

const NOBODY = { roll: 0, present: 0 };

/** The chair's console: the agenda, the vote in hand, and the acts that make sense. */
@customElement('hv-chair')
export class ChairPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, {
    public: ['hall', 'attendance', 'turnout'],
    staff: ['agenda', 'pressing'],
  });
  /** The coordinator says that staff is signed out: the feed asks, and the page follows it. */
  readonly #signedOut = () => this.#feed.restart();
  @state() private selected: string | null = null;
  @query('hv-confirm') private confirm!: ConfirmDialog | null;
  @query('hv-by-hand') private byHand!: ByHandForm | null;

  constructor() {
    super();
    // The countdown moves between messages.
    new Timers(this).always(250, () => {
      if (this.#feed.remaining !== null) this.requestUpdate();
    });
  }

  /** A dialog that is open says how things are now. */
  override updated(): void {
    this.confirm?.requestUpdate();
  }

  get #tongue(): Tongue {
    const { language } = this.#speech;
    return { words: chairWords[language], language };
  }

  override render(): TemplateResult | typeof nothing {
    return staffFrame({
      page: 'chair',
      speech: this.#speech,
      feed: this.#feed,
      body: () => this.#body(),
    });
  }

  #body(): TemplateResult {
    const { agenda, attendance } = this.#feed.documents;
    const tongue = this.#tongue;
    const { words } = tongue;
    const chosen = agenda?.motions.find(({ motion }) => motion.id === this.selected)?.motion;
    const motion = chosen ?? (agenda ? startingMotion(agenda) : null);
    return html`<div class="columns">
        <aside>
          ${attendance ? attendanceView(attendance, tongue) : nothing}
          <h2>${words.agenda}</h2>
          <ol>${agenda?.motions.map(
            (
              entry,
            ) => html`<li><button class="motion" aria-current=${entry.motion === motion} data-motion=${entry.motion.id}
              @click=${() => this.#select(entry.motion)}>${agendaLine(entry.motion, entry.rounds, tongue)}</button></li>`,
          )}</ol>
          ${agenda?.motions.length === 0 ? html`<p>${words.noMotion}</p>` : nothing}
        </aside>
        <main>${agenda && motion ? this.#motionPanel(agenda, motion, tongue) : html`<p class="soft">${staffWords[tongue.language].loading}</p>`}</main>
      </div>
      <p class="unseen" aria-live="polite">${agenda ? this.#spoken(agenda, tongue) : nothing}</p>
      <hv-confirm @signed-out=${this.#signedOut}></hv-confirm>
      <hv-by-hand .attendance=${attendance ?? NOBODY} @signed-out=${this.#signedOut}></hv-by-hand>`;
  }

  #select(motion: Motion): void {
    this.selected = motion.id;
  }

  #motionPanel(agenda: AgendaDocument, motion: Motion, tongue: Tongue): TemplateResult {
    const attendance = this.#feed.documents.attendance ?? NOBODY;
    const offer = permitted(offers(agenda, motion, attendance), (act) => this.#feed.may(act));
    const { round } = offer;
    const past = roundsOf(agenda, motion.id).filter((each) => each !== round);
    const hasResult = round?.result != null;
    return html`
      <p class="kind">${kindWords(motion, tongue.language)} ${turnMarks(motion, round, tongue)}</p>
      <h1>${this.#speech.shown(motion.title)}</h1>
      ${motion.text ? html`<p class="text">${this.#speech.shown(motion.text)}</p>` : nothing}
      ${ruleView(motion, attendance.roll, tongue)}
      ${round ? roundView(round, motion, this.#live(agenda, round), tongue) : nothing}
      ${blockedView(offer, motion, attendance, this.#inHand(agenda), tongue)}
      ${this.#acts(offer, motion, tongue)}
      ${round ? this.#follower(agenda, round, tongue) : nothing}
      ${hasResult ? nothing : itemsView(motion, tongue)}
      ${historyView(past, motion, tongue)}
    `;
  }

  #acts({ main, others, blocked, round }: Offers, motion: Motion, { words }: Tongue): TemplateResult {
    const act = (each: ChairAct) => () => this.#propose(each, motion, round);
    return html`<div class="acts">
      ${main ? html`<button class="main act" data-act=${main} ?disabled=${blocked !== null} @click=${act(main)}>${words.acts[main]}</button>` : nothing}
      ${others.map((each) => html`<button class="act ${each}" data-act=${each} @click=${act(each)}>${words.acts[each]}</button>`)}
    </div>`;
  }

  #live(agenda: AgendaDocument, round: RoundView): Live {
    return {
      turnout: this.#feed.documents.turnout ?? null,
      pressing: this.#feed.documents.pressing ?? null,
      remaining: this.#feed.isConnected ? this.#feed.remaining : null,
      isCurrent: round.round === agenda.current,
    };
  }

  #inHand(agenda: AgendaDocument): { title: string; go: () => void } | null {
    const found = roundInHand(agenda);
    return found && { title: this.#speech.text(found.motion.title), go: () => this.#select(found.motion) };
  }

  #follower(agenda: AgendaDocument, round: RoundView, { words }: Tongue): TemplateResult | typeof nothing {
    const motion = followerOf(agenda, round);
    if (!motion) return nothing;
    return html`<p><button @click=${() => this.#select(motion)}>${words.goTo(this.#speech.text(motion.title))}</button></p>`;
  }

  /** What a screen reader says when the vote in hand changes; figures that tick stay silent. */
  #spoken(agenda: AgendaDocument, { words }: Tongue): string {
    const found = roundInHand(agenda);
    return found ? `${this.#speech.text(found.motion.title)} ${headingOf(found.round, words)}` : '';
  }

  #propose(act: ChairAct, motion: Motion, round: RoundView | null): void {
    const { language } = this.#speech;
    if (act === 'by-hand') void this.byHand?.ask({ motion, waiting: null }, language);
    else
      void this.confirm?.ask(
        chairProposal(act, {
          motion,
          round,
          language,
          documents: () => this.#feed.documents,
          settings: this.#feed.settings,
        }),
        language,
      );
  }

  static override styles = [controls, staffFrameStyles, resultTableStyles, chairStyles, chairRoundStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-chair': ChairPage;
  }
}
