import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Language } from '../../shared/ids.ts';
import type { Act, ActAnswer } from '../views/acts.ts';
import { api } from './api.ts';
import { controls } from './shared-styles.ts';
import { staffWords } from './staff-words.ts';

/** An act about to be done: what it is called, what exactly will happen, and how it is told to the coordinator. */
export interface Proposal {
  readonly name: string;
  readonly explains: string;
  /** The act, from the reason given where one is needed. */
  readonly act: (reason: string) => Act;
  readonly needsReason?: boolean;
  /** Cannot be taken back: the way out has the focus. */
  readonly isGrave?: boolean;
}

/** Asks before every act, and shows why one was refused. Says `done` when it was carried out. */
@customElement('hv-confirm')
export class ConfirmDialog extends LitElement {
  language: Language = 'zh';
  @state() private proposal: Proposal | null = null;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;
  @state() private isBusy = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  async ask(proposal: Proposal, language: Language): Promise<void> {
    this.language = language;
    this.proposal = proposal;
    this.refusal = null;
    this.isBusy = false;
    await this.updateComplete;
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const words = staffWords[this.language];
    const { proposal, refusal } = this;
    return html`<dialog aria-labelledby="name">
      ${
        proposal === null
          ? nothing
          : html`<form method="dialog" @submit=${(event: SubmitEvent) => this.#submit(event, proposal)}>
        <h2 id="name">${proposal.name}</h2>
        <p>${proposal.explains}</p>
        ${proposal.needsReason ? html`<label>${words.reason}<input name="reason" maxlength="200" required autofocus /></label>` : nothing}
        ${
          refusal
            ? html`<p class="refusal" role="alert">${refusal.text[this.language]}</p>
              ${refusal.detail ? html`<pre>${refusal.detail}</pre>` : nothing}`
            : nothing
        }
        <div class="buttons">
          <button type="button" ?autofocus=${proposal.isGrave && !proposal.needsReason} @click=${() => this.dialog.close()}>${words.cancel}</button>
          <button class="main" ?autofocus=${!proposal.isGrave} ?disabled=${this.isBusy}>${proposal.name}</button>
        </div>
      </form>`
      }
    </dialog>`;
  }

  async #submit(event: SubmitEvent, proposal: Proposal): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    this.isBusy = true;
    const answer = await api.act(proposal.act(String(new FormData(event.target).get('reason') ?? '')));
    this.isBusy = false;
    if (answer.ok) {
      this.dialog.close();
      this.dispatchEvent(new Event('done'));
    } else if (answer.reason === 'signed-out') {
      this.dialog.close();
      this.dispatchEvent(new Event('signed-out'));
    } else this.refusal = answer;
  }

  static override styles = [
    controls,
    css`
      dialog {
        width: min(34rem, 92vw);
        padding: 1.6rem;
        border: none;
        border-top: 0.4rem solid var(--red);
        border-radius: 0.5rem;
        color: var(--ink);
        box-shadow: 0 1rem 3rem rgb(0 0 0 / 0.3);
      }
      dialog::backdrop {
        background: rgb(30 20 15 / 0.5);
      }
      h2 {
        margin: 0 0 0.6rem;
      }
      p {
        font-size: 1.1rem;
        line-height: 1.6;
      }
      label {
        display: grid;
        gap: 0.3rem;
      }
      .refusal {
        padding: 0.6rem 0.8rem;
        border-left: 0.3rem solid var(--against);
        background: #fdeceb;
        font-weight: 600;
      }
      pre {
        white-space: pre-wrap;
        background: #f3efe8;
        padding: 0.6rem;
      }
      .buttons {
        display: flex;
        justify-content: flex-end;
        gap: 0.8rem;
        margin-top: 1.2rem;
      }
    `,
  ];
}
