import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { Act, ActAnswer } from '../../contract/acts.ts';
import { api } from './api.ts';
import { dialogStyles } from './dialog-styles.ts';
import { controls } from './shared-styles.ts';
import { staffWords } from './staff-words.ts';

/** A label and what it says. */
export type Fact = readonly [label: string, value: string];

/** Something the person must say before the act: a reason, a card's number. */
export interface Question {
  readonly label: string;
  readonly maxLength: number;
  /** As the `pattern` of an input, with what it asks for in words. */
  readonly pattern?: string;
  readonly hint?: string;
}

/** An act about to be done: what it is called, what exactly will happen, and how it is told to the coordinator. */
export interface Proposal {
  readonly name: string;
  readonly explains: string;
  /** What it is done to; read anew whenever the dialog is drawn, so that it stays true while it is open. */
  readonly facts?: () => readonly Fact[];
  readonly question?: Question;
  /** The act, from the answer given where one is asked for. */
  readonly act: (answer: string) => Act;
  /** Cannot be taken back: the way out has the focus. */
  readonly isGrave?: boolean;
  readonly onDone?: () => void;
}

/** The question every act with a reason asks. */
export function reasonQuestion(language: Language): Question {
  return { label: staffWords[language].reason, maxLength: 200 };
}

/** Asks before every act, and shows why one was refused. Says `signed-out` when the session has ended. */
@customElement('hv-confirm')
export class ConfirmDialog extends LitElement {
  @state() private language: Language = 'zh';
  @state() private proposal: Proposal | null = null;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;
  @state() private isBusy = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('form') private form!: HTMLFormElement | null;

  async ask(proposal: Proposal, language: Language): Promise<void> {
    if (this.isBusy) return;
    this.form?.reset();
    this.language = language;
    this.proposal = proposal;
    this.refusal = null;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { proposal } = this;
    return html`<dialog aria-labelledby="name" aria-describedby="explains" @cancel=${this.#onCancel} @close=${() => {
      this.proposal = null;
    }}>${proposal === null ? nothing : this.#form(proposal)}</dialog>`;
  }

  #form(proposal: Proposal): TemplateResult {
    const words = staffWords[this.language];
    const { name, explains, question, isGrave = false } = proposal;
    const facts = proposal.facts?.() ?? [];
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, proposal)}>
      <h2 id="name">${name}</h2>
      ${facts.length > 0 ? html`<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>` : nothing}
      <p id="explains">${explains}</p>
      ${
        question
          ? html`<label>${question.label}<input name="reason" maxlength=${question.maxLength} pattern=${question.pattern ?? '.*\\S.*'}
              title=${question.hint ?? ''} autocomplete="off" required autofocus @keydown=${(
                event: KeyboardEvent,
              ) => {
                // A grave act is never done by the key that ends a line.
                if (isGrave && event.key === 'Enter') event.preventDefault();
              }} />${question.hint ? html`<small>${question.hint}</small>` : nothing}</label>`
          : nothing
      }
      ${this.#refusal()}
      <div class="buttons">
        <button type="button" ?disabled=${this.isBusy} ?autofocus=${isGrave && !question} @click=${() => this.dialog.close()}>${words.cancel}</button>
        <button class="main" ?disabled=${this.isBusy} ?autofocus=${!isGrave && !question}>${this.isBusy ? words.waiting : name}</button>
      </div>
    </form>`;
  }

  #refusal(): TemplateResult | typeof nothing {
    if (this.refusal === null) return nothing;
    const { text, detail } = this.refusal;
    return html`<p class="refusal" role="alert">${text[this.language]}</p>
      ${detail ? html`<pre tabindex="0">${detail}</pre>` : nothing}`;
  }

  /** An act under way is waited for: closing the dialog would hide how it went. */
  #onCancel(event: Event): void {
    if (this.isBusy) event.preventDefault();
  }

  async #submit(event: SubmitEvent, proposal: Proposal): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const answerGiven = String(new FormData(event.target).get('reason') ?? '').trim();
    this.isBusy = true;
    this.refusal = null;
    const answer = await api.act(proposal.act(answerGiven));
    this.isBusy = false;
    if (answer.ok) {
      this.dialog.close();
      proposal.onDone?.();
    } else if (answer.reason === 'signed-out') {
      this.dialog.close();
      this.dispatchEvent(new Event('signed-out'));
    } else this.refusal = answer;
  }

  static override styles = [
    controls,
    dialogStyles,
    css`
      dialog {
        width: min(38rem, 92vw);
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 0.35rem 1rem;
        margin: 0.8rem 0;
        padding: 0.8rem 1rem;
        border-radius: 0.4rem;
        background: var(--paper);
      }
      dt {
        color: var(--ink-soft);
      }
      dd {
        margin: 0;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      p {
        line-height: 1.6;
      }
      pre {
        max-height: 12rem;
        overflow: auto;
        white-space: pre-wrap;
        background: var(--paper);
        padding: 0.6rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-confirm': ConfirmDialog;
  }
}
