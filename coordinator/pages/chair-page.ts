import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Motion } from '../../shared/motion.ts';
import type { AgendaDocument, RoundView } from '../views/documents.ts';
import { ruleWords } from '../views/rule-words.ts';
import type { ByHandForm } from './by-hand-form.ts';
import './by-hand-form.ts';
import { type ChairAct, offers, startingMotion } from './chair-acts.ts';
import type { ConfirmDialog, Proposal } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import { chairStyles } from './chair-styles.ts';
import { clock } from './countdown.ts';
import { Feed } from './feed.ts';
import { Speech } from './language.ts';
import { resultTable, resultTableStyles } from './result-table.ts';
import { controls } from './shared-styles.ts';
import { staffFrame, staffFrameStyles } from './staff-frame.ts';
import { type StaffWords, staffWords } from './staff-words.ts';

/** The chair's console: the agenda, the vote in hand, and the acts that make sense. */
@customElement('hv-chair')
export class ChairPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall', 'attendance', 'turnout'], staff: ['agenda'] });
  @state() private isSignedIn = false;
  @state() private selected: string | null = null;
  @query('hv-confirm') private confirm!: ConfirmDialog;
  @query('hv-by-hand') private byHand!: ByHandForm;
  #tick: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => this.#feed.remaining !== null && this.requestUpdate(), 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  override render(): TemplateResult {
    const words = staffWords[this.#speech.language];
    return staffFrame({
      name: words.chair,
      speech: this.#speech,
      feed: this.#feed,
      isSignedIn: this.isSignedIn,
      setSignedIn: (isSignedIn) => {
        this.isSignedIn = isSignedIn;
      },
      body: () => this.#body(words),
    });
  }

  #body(words: StaffWords): TemplateResult {
    const { agenda, attendance } = this.#feed.documents;
    const selected = this.selected ?? (agenda ? startingMotion(agenda) : null);
    const motion = agenda?.motions.find((entry) => entry.motion.id === selected)?.motion;
    return html`<div class="columns">
        <aside>
          ${
            attendance
              ? html`<p class="attendance"><b>${words.attendance(attendance.present, attendance.roll)}</b><br />
            <span class=${attendance.quorumMet ? 'met' : 'unmet'}>${attendance.quorumMet ? `✓ ${words.quorumMet}` : `… ${words.quorumMissing}`}</span></p>`
              : nothing
          }
          <h2>${words.agenda}</h2>
          <ol>${agenda?.motions.map(({ motion: each, rounds }) => this.#agendaLine(each, rounds, each.id === selected, words))}</ol>
          ${agenda?.motions.length === 0 ? html`<p>${words.noMotion}</p>` : nothing}
        </aside>
        <main aria-live="polite">${agenda && motion ? this.#motionPanel(agenda, motion, words) : nothing}</main>
      </div>
      <hv-confirm @signed-out=${() => {
        this.isSignedIn = false;
      }}></hv-confirm>
      <hv-by-hand></hv-by-hand>`;
  }

  #agendaLine(
    motion: Motion,
    rounds: readonly RoundView[],
    isSelected: boolean,
    words: StaffWords,
  ): TemplateResult {
    const last = rounds.filter(({ rehearsal }) => !rehearsal).at(-1);
    const status = last ? words.phases[last.phase] : words.notYet;
    const select = () => {
      this.selected = motion.id;
    };
    return html`<li>
      <button class="motion ${last?.phase ?? ''}" aria-current=${isSelected} @click=${select}>
        <span>${this.#speech.text(motion.title)}</span>
        <small>${ruleWords(motion, this.#speech.language)[0]} · ${status}</small>
      </button>
    </li>`;
  }

  #motionPanel(agenda: AgendaDocument, motion: Motion, words: StaffWords): TemplateResult {
    const { round, main, others } = offers(agenda, motion);
    const isCurrent = round !== null && round.round === agenda.current;
    const older =
      agenda.motions.find((entry) => entry.motion.id === motion.id)?.rounds.filter((r) => r !== round) ?? [];
    return html`
      <h1>${this.#speech.text(motion.title)}</h1>
      ${motion.text ? html`<p>${this.#speech.text(motion.text)}</p>` : nothing}
      <p class="rules">${ruleWords(motion, this.#speech.language).map((phrase) => html`<span>${phrase}</span>`)}</p>
      ${round ? this.#round(round, motion, isCurrent, words) : nothing}
      <div class="acts">
        ${main ? html`<button class="main act" data-act=${main} @click=${() => this.#propose(main, motion, round, words)}>${words.acts[main]}</button>` : nothing}
        ${others.map((act) => html`<button class="act" data-act=${act} @click=${() => this.#propose(act, motion, round, words)}>${words.acts[act]}</button>`)}
      </div>
      ${older.length > 0 ? html`<details><summary>${words.history}</summary>${older.map((each) => this.#round(each, motion, false, words))}</details>` : nothing}
    `;
  }

  #round(round: RoundView, motion: Motion, isCurrent: boolean, words: StaffWords): TemplateResult {
    const marks = [round.rehearsal ? words.rehearsal : '', round.byHand ? words.byHand : ''].filter(
      (mark) => mark !== '',
    );
    return html`<section class="round ${round.phase}">
      <p class="phase"><b>${words.phases[round.phase]}</b> ${marks.map((mark) => html`<span class="badge">${mark}</span>`)}
        <small class="soft">${round.round}${isCurrent && round.phase === 'announced' ? ` · ${words.onDisplay}` : ''}</small></p>
      ${round.reason ? html`<p class="soft">${round.reason}</p>` : nothing}
      ${round.phase === 'open' ? this.#turnout(round, words) : nothing}
      ${round.phase === 'closed' ? html`<p class="private">${words.private}</p>` : nothing}
      ${round.result ? resultTable(motion, round.result, words, this.#speech.language) : nothing}
    </section>`;
  }

  #turnout(round: RoundView, words: StaffWords): TemplateResult {
    const { turnout } = this.#feed.documents;
    const live = turnout?.round === round.round ? turnout : null;
    const { cast, present } = live ?? round;
    const left = this.#feed.isConnected ? this.#feed.remaining : null;
    return html`<div class="turnout">
      <p><b>${cast}</b> / ${present} ${words.cast}</p>
      <progress max=${Math.max(1, present)} value=${cast}></progress>
      <p class="left">${left === null ? words.chairCloses : html`${words.timeLeft} <b role="timer">${clock(left)}</b>`}</p>
    </div>`;
  }

  #propose(act: ChairAct, motion: Motion, round: RoundView | null, words: StaffWords): void {
    const { language } = this.#speech;
    if (act === 'by-hand') {
      this.byHand.ask(motion, language);
      return;
    }
    const proposal = this.#proposal(act, motion, round?.round ?? '', words);
    this.confirm.ask({ ...proposal, name: words.acts[act] }, language);
  }

  #proposal(
    act: Exclude<ChairAct, 'by-hand'>,
    motion: Motion,
    round: string,
    words: StaffWords,
  ): Omit<Proposal, 'name'> {
    const { attendance, turnout } = this.#feed.documents;
    const title = this.#speech.text(motion.title);
    switch (act) {
      case 'open':
      case 'reopen':
        return {
          explains: words.confirm.open(title, attendance?.present ?? 0, attendance?.roll ?? 0),
          act: () => ({ act: 'open', motion: motion.id, rehearsal: false }),
        };
      case 'rehearse':
        return {
          explains: words.confirm.rehearse(title),
          act: () => ({ act: 'open', motion: motion.id, rehearsal: true }),
        };
      case 'close':
        return {
          explains: words.confirm.close(turnout?.cast ?? 0, turnout?.present ?? 0),
          act: () => ({ act: 'close', round }),
          isGrave: true,
        };
      case 'announce':
        return { explains: words.confirm.announce(), act: () => ({ act: 'announce', round }), isGrave: true };
      case 'void':
        return {
          explains: words.confirm.void(),
          act: (reason) => ({ act: 'void', round, reason }),
          needsReason: true,
          isGrave: true,
        };
      case 'follow-up':
        return { explains: words.confirm['follow-up'](), act: () => ({ act: 'follow-up', round }) };
      case 'clear':
        return { explains: words.confirm.clear(), act: () => ({ act: 'clear' }) };
    }
  }

  static override styles = [controls, staffFrameStyles, resultTableStyles, chairStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-chair': ChairPage;
  }
}
