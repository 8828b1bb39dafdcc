import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { RegisterNames, WaitingAct } from '../../../contract/register/documents.ts';
import { noticeStyles } from '../../parts/notice-styles.ts';
import { controls } from '../../parts/shared-styles.ts';
import { actorName, deed } from './deeds.ts';
import { frameWords } from './frame-words.ts';
import { registerApi } from './register-api.ts';
import type { WaitingDialog } from './waiting-dialog.ts';
import './waiting-dialog.ts';

const HOUR = 3_600_000;

/** What waits for a second person, above every page of the register's staff: to be taken back, or read and confirmed. Says `done` and `signed-out`. */
@customElement('hv-register-waiting')
export class RegisterWaiting extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) waiting: readonly WaitingAct[] = [];
  @property({ attribute: false }) names: RegisterNames | null = null;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;
  @query('hv-waiting-dialog') private dialog!: WaitingDialog | null;

  override render(): TemplateResult {
    const { language, waiting, refusal } = this;
    const words = frameWords[language];
    const read = () => {
      this.refusal = null;
    };
    return html`<section aria-label=${words.region}>
        ${refusal ? html`<div class="notice bad" role="alert"><p><b>${refusal.text[language]}</b></p><button @click=${read}>${words.understood}</button></div>` : nothing}
        ${waiting.map((each) => this.#notice(each))}
      </section>
      <p class="unseen" role="status">${waiting
        .filter(({ as }) => as === 'to-confirm')
        .map((each) => `${words.asks(actorName(each.by, language))} ${deed(each, language)}`)
        .join(' ')}</p>
      <hv-waiting-dialog .names=${this.names} @done=${() => this.dispatchEvent(new Event('done'))}
        @signed-out=${() => this.dispatchEvent(new Event('signed-out'))}></hv-waiting-dialog>`;
  }

  #notice(each: WaitingAct): TemplateResult {
    const { language } = this;
    const words = frameWords[language];
    const isMine = each.as === 'proposed';
    const until = words.until(Math.floor(each.left / HOUR));
    const open = () => void this.dialog?.ask(each, language);
    return html`<div class="notice ${isMine ? 'proposed' : 'to-confirm'}" data-waiting=${each.id}>
      <p><b>${isMine ? words.waits : words.asks(actorName(each.by, language))}</b> · ${until}<br />${deed(each, language)}</p>
      <span class="do">${
        isMine
          ? html`<button data-act="take-back" @click=${() => this.#decline(each)}>${words.takeBack}</button>`
          : html`<button class="main" data-act="read" @click=${open}>${words.read}</button>
              <button data-act="decline" @click=${() => this.#decline(each)}>${words.decline}</button>`
      }</span>
    </div>`;
  }

  async #decline({ id }: WaitingAct): Promise<void> {
    const answer = await registerApi.declineWaiting(id);
    this.refusal = answer.ok ? null : answer;
    this.dispatchEvent(new Event('done'));
  }

  static override styles = [controls, noticeStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-waiting': RegisterWaiting;
  }
}
