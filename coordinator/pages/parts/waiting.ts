import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Timers } from '../../../shared/pages/timers.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../contract/acts.ts';
import type { SettledView, Waiting, WaitingDocument, WaitingView } from '../../contract/waiting.ts';
import type { ByHandForm } from './by-hand-form.ts';
import './by-hand-form.ts';
import { api } from './api.ts';
import type { ConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import { clock } from './countdown.ts';
import { noticeStyles } from './notice-styles.ts';
import { controls } from './shared-styles.ts';
import { deed, nameOf, outcomeLine, particulars, waitingWords } from './waiting-words.ts';

/** What waits for a second person, above every page of the staff: to be taken back, or confirmed. Says `signed-out`. */
@customElement('hv-waiting')
export class WaitingNotices extends LitElement {
  @property({ attribute: false }) language: Language = 'zh';
  /** That something has changed; what, the coordinator is asked. */
  @property({ attribute: false }) told: WaitingDocument | undefined;
  @state() private known: Waiting | null = null;
  @state() private read: ReadonlySet<string> = new Set();
  @state() private wasRestarted = false;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;
  /** When what is known was told, on the page's own steady clock. */
  #knownAt = 0;
  @query('hv-confirm') private dialog!: ConfirmDialog | null;
  @query('hv-by-hand') private form!: ByHandForm | null;

  constructor() {
    super();
    // The time that is left.
    new Timers(this).always(500, () => {
      if ((this.known?.waiting.length ?? 0) > 0) this.requestUpdate();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('told')) void this.#ask();
  }

  /** A dialog that is open says how much time is left. */
  protected override updated(): void {
    this.dialog?.requestUpdate();
  }

  async #ask(): Promise<void> {
    // Somebody else has signed in: what concerned the one before does not concern them.
    if (!this.told) this.known = null;
    const answer = this.told && (await api.waiting());
    if (!answer) return;
    const before = this.known;
    if (before && before.start !== answer.start && before.waiting.length > 0) this.wasRestarted = true;
    this.known = answer;
    this.#knownAt = performance.now();
  }

  override render(): TemplateResult {
    const { language, known } = this;
    const words = waitingWords[language];
    const waiting = known?.waiting ?? [];
    const settled = (known?.settled ?? []).filter(({ id }) => !this.read.has(id));
    return html`<section aria-label=${words.region}>
        ${
          this.wasRestarted
            ? this.#notice(words.restarted, () => {
                this.wasRestarted = false;
              })
            : nothing
        }
        ${
          this.refusal
            ? this.#notice(this.refusal.text[language], () => {
                this.refusal = null;
              })
            : nothing
        }
        ${waiting.map((each) => (each.as === 'proposed' ? this.#proposed(each) : this.#toConfirm(each)))}
        ${settled.map((each) => this.#settled(each))}
      </section>
      <p class="unseen" role="status">${this.#spoken(waiting, settled)}</p>
      <hv-confirm @signed-out=${this.#signedOut}></hv-confirm>
      <hv-by-hand .attendance=${this.#attendance} @signed-out=${this.#signedOut}></hv-by-hand>`;
  }

  #proposed(each: WaitingView): TemplateResult {
    const words = waitingWords[this.language];
    return html`<div class="notice proposed" data-waiting=${each.id}>
      <p><b>${words.waits}</b> · ${words.left} ${this.#left(each)}<br />${deed(each.about, this.language)}</p>
      <button data-act="take-back" @click=${() => this.#do(api.takeBackWaiting(each.id))}>${words.takeBack}</button>
    </div>`;
  }

  #toConfirm(each: WaitingView): TemplateResult {
    const { language } = this;
    const words = waitingWords[language];
    const { about, by, id } = each;
    const isBlind = about.act === 'by-hand';
    return html`<div class="notice to-confirm" data-waiting=${id}>
      <p><b>${isBlind ? words.asksCounts(nameOf(by, language)) : words.asks(nameOf(by, language))}</b> · ${words.left} ${this.#left(each)}<br />
        ${deed(about, language)}${particulars(about, language).map(([what, says]) => html` · ${words.says(what, says)}`)}</p>
      <span class="do"><button class="main" data-act="confirm" @click=${() => this.#confirm(each)}>${isBlind ? words.enter : words.confirm}</button>
      <button data-act="decline" @click=${() => this.#do(api.declineWaiting(id))}>${words.decline}</button></span>
    </div>`;
  }

  #settled({ id, about, by, outcome }: SettledView): TemplateResult {
    const { language } = this;
    return html`<div class="notice ${outcome.is === 'done' ? 'good' : 'bad'}" data-settled=${outcome.is}>
      <p><b>${outcomeLine(outcome, about, by, language)}</b><br />${deed(about, language)}</p>
      <button data-act="read" @click=${() => {
        this.read = new Set([...this.read, id]);
      }}>${waitingWords[language].understood}</button>
    </div>`;
  }

  #notice(text: string, onRead: () => void): TemplateResult {
    return html`<div class="notice bad" role="alert"><p><b>${text}</b></p>
      <button @click=${onRead}>${waitingWords[this.language].understood}</button></div>`;
  }

  /** What a screen reader says: what has come, not the time that goes by. */
  #spoken(waiting: readonly WaitingView[], settled: readonly SettledView[]): string {
    const { language } = this;
    const words = waitingWords[language];
    return [
      ...waiting.map(({ as, about, by }) =>
        as === 'proposed'
          ? `${words.waits} ${deed(about, language)}`
          : `${words.asks(nameOf(by, language))} ${deed(about, language)}`,
      ),
      ...settled.map(
        ({ outcome, about, by }) => `${outcomeLine(outcome, about, by, language)} ${deed(about, language)}`,
      ),
    ].join(' ');
  }

  #left({ left }: WaitingView): TemplateResult {
    return html`<b class="left" role="timer">${this.#clock(left)}</b>`;
  }

  #clock(left: number): string {
    return clock(Math.max(0, left - (performance.now() - this.#knownAt)));
  }

  get #attendance(): { readonly roll: number; readonly present: number } {
    const about = this.known?.waiting.map((each) => each.about).find(({ act }) => act === 'by-hand');
    return about?.act === 'by-hand' ? about : { roll: 0, present: 0 };
  }

  #confirm({ id, about, by, left }: WaitingView): void {
    const { language } = this;
    const words = waitingWords[language];
    if (about.act === 'by-hand') {
      void this.form?.ask({ motion: about.motion, waiting: id }, language);
      return;
    }
    void this.dialog?.ask(
      {
        name: words.confirm,
        explains: words.confirmExplains,
        facts: () => [
          [words.what, deed(about, language)],
          [words.by, nameOf(by, language)],
          ...particulars(about, language),
          [words.left, this.#clock(left)],
        ],
        act: () => () => api.confirmWaiting(id, null),
        isGrave: true,
      },
      language,
    );
  }

  async #do(doing: Promise<ActAnswer>): Promise<void> {
    const answer = await doing;
    this.refusal = answer.ok ? null : answer;
    if (!answer.ok && answer.reason === 'signed-out') this.#signedOut();
    await this.#ask();
  }

  readonly #signedOut = () => {
    this.dispatchEvent(new Event('signed-out'));
  };

  static override styles = [controls, noticeStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-waiting': WaitingNotices;
  }
}
