import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { controls } from '../../parts/shared-styles.ts';
import '../../parts/sign-in.ts';
import { SignedInEvent } from '../../parts/sign-in.ts';
import { frameWords } from './frame-words.ts';

/**
 * Asks who is there when a session has ended in the midst of somebody's work. Nothing of the page shows, and nothing answers, until
 * they have signed in again; then the keyboard is where it was. Says `signed-in`.
 */
@customElement('hv-sign-in-again')
export class SignInAgain extends LitElement {
  @property() language: Language = 'zh';
  /** Whose work waits. */
  @property() person = '';
  @property() page = '';
  @property() product = '';
  @property({ type: Boolean }) isOpen = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  override render(): TemplateResult {
    const words = frameWords[this.language];
    return html`<dialog aria-label=${words.again} @cancel=${(event: Event) => event.preventDefault()} @close=${this.#stand}>${
      this.isOpen
        ? html`<p class="notice" role="status">${words.locked(this.person)}</p>
            <hv-sign-in name=${this.page} product=${this.product} @signed-in=${({ failed }: SignedInEvent) => this.dispatchEvent(new SignedInEvent(failed))}></hv-sign-in>`
        : nothing
    }</dialog>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('isOpen')) return;
    if (this.isOpen) this.#stand();
    else this.dialog.close();
  }

  /** Above whatever dialog is open, and again where a browser closes it in spite of all. */
  readonly #stand = (): void => {
    if (this.isOpen && !this.dialog.open) this.dialog.showModal();
  };

  static override styles = [
    controls,
    css`
      dialog {
        box-sizing: border-box;
        width: 100vw;
        max-width: none;
        height: 100dvh;
        max-height: none;
        padding: 0;
        border: none;
        color: var(--ink);
        background: var(--paper);
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
      }
      .notice {
        margin: 0;
        padding: 0.7rem 1.2rem;
        border-bottom: 1px solid var(--gold);
        background: var(--warn-wash);
        font-weight: 600;
        text-align: center;
        text-wrap: pretty;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-sign-in-again': SignInAgain;
  }
}
