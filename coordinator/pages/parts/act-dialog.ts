import { type CSSResultGroup, html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { Act, ActAnswer } from '../../contract/acts.ts';
import { api } from './api.ts';
import { dialogStyles } from './dialog-styles.ts';
import { controls } from './shared-styles.ts';
import { staffWords } from './staff-words.ts';

/** What a dialog has done: an act of the staff, or something else that is answered like one. Null: it was only looked at, and the dialog goes on. */
export type Doing = Act | (() => Promise<ActAnswer | null>);

/** The last line of a dialog's form: the way out, and the act. */
interface Buttons {
  readonly act: string;
  /** The act cannot be done as things are. */
  readonly isBlocked?: boolean;
  readonly focus?: 'cancel' | 'act' | null;
}

/**
 * A dialog before an act of the staff: asks, sends, and shows why an act was refused; closes when it is done. Says
 * `signed-out` when the session has ended. Its heading has the id `name`, what it explains `explains`.
 */
export abstract class ActDialog<Asked> extends LitElement {
  @state() protected language: Language = 'zh';
  @state() private asked: Asked | null = null;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;
  @state() protected isBusy = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('form') protected form!: HTMLFormElement | null;

  /** The form that asks; its `@submit` leads to {@link send}. */
  protected abstract formFor(asked: Asked): TemplateResult;

  async ask(asked: Asked, language: Language): Promise<void> {
    if (this.isBusy) return;
    this.form?.reset();
    this.language = language;
    this.asked = asked;
    this.refusal = null;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { asked } = this;
    return html`<dialog aria-labelledby="name" aria-describedby="explains" @cancel=${this.#onCancel} @close=${() => {
      // It may be asking the next thing by now.
      if (!this.dialog.open) this.asked = null;
    }}>${asked === null ? nothing : this.formFor(asked)}</dialog>`;
  }

  /** Why the act was refused, and the buttons. */
  protected foot({ act, isBlocked = false, focus = null }: Buttons): TemplateResult {
    const words = staffWords[this.language];
    return html`${this.#refusal()}
      <div class="buttons">
        <button type="button" ?disabled=${this.isBusy} ?autofocus=${focus === 'cancel'} @click=${() => this.dialog.close()}>${words.cancel}</button>
        <button class="main" ?disabled=${this.isBusy || isBlocked} ?autofocus=${focus === 'act'}>${this.isBusy ? words.waiting : act}</button>
      </div>`;
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

  /** Has the coordinator do it; true where it was done, and waits for nobody else. */
  protected async send(doing: Doing): Promise<boolean> {
    this.isBusy = true;
    this.refusal = null;
    const answer = await (typeof doing === 'function' ? doing() : api.act(doing));
    this.isBusy = false;
    if (answer === null) return false;
    // Of entries that differ the page says in which counts.
    if (answer.ok || answer.reason === 'entries-differ') this.dialog.close();
    // The page asks who is there; what was typed may be sent once they are back.
    else if (answer.reason === 'signed-out') this.dispatchEvent(new Event('signed-out'));
    else {
      this.refusal = answer;
      await this.#backToButton();
    }
    return answer.ok && answer.waiting === undefined;
  }

  /** A button that could not be pressed for a while has lost the keyboard to the page beneath. */
  async #backToButton(): Promise<void> {
    await this.updateComplete;
    if (!this.shadowRoot?.activeElement) this.form?.querySelector<HTMLButtonElement>('button.main')?.focus();
  }

  static override styles: CSSResultGroup = [controls, dialogStyles];
}
