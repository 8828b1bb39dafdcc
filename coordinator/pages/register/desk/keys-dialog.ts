import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { dialogStyles } from '../../parts/dialog-styles.ts';
import { controls } from '../../parts/shared-styles.ts';
import { DESK_KEYS } from './desk-keys.ts';
import { deskWords } from './desk-words.ts';

/** Whether letters are keys on this device; no secret. */
const LETTERS = 'hallvote-desk-letters';

/** What stands on a key, where that is not its name. */
const ON_KEY: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/** The keys of the desk, and whether letters are keys at all: who speaks to the machine turns them off. */
@customElement('hv-keys-dialog')
export class KeysDialog extends LitElement {
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  @state() private language: Language = 'zh';
  @state() private areKeys = localStorage.getItem(LETTERS) !== 'off';
  @query('dialog') private dialog!: HTMLDialogElement;

  get hasLetters(): boolean {
    return this.areKeys;
  }

  async open(language: Language): Promise<void> {
    this.language = language;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render(): TemplateResult {
    const words = deskWords[this.language];
    const onLetters = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement)) return;
      this.areKeys = target.checked;
      localStorage.setItem(LETTERS, target.checked ? 'on' : 'off');
    };
    const keys = DESK_KEYS.filter(({ needs }) => needs === null || this.may(needs));
    return html`<dialog aria-labelledby="name">
      <h2 id="name">${words.help}</h2>
      <p>${words.helpHint}</p>
      <dl>${keys.map(({ command, keys: which }) => html`<div><dt>${which.map((key) => html`<kbd>${ON_KEY[key] ?? key}</kbd>`)}</dt><dd>${words.commands[command]}</dd></div>`)}</dl>
      <label class="box"><input type="checkbox" .checked=${this.areKeys} @change=${onLetters} />${words.lettersOn}</label>
      <div class="buttons"><button class="main" autofocus @click=${() => this.dialog.close()}>${words.close}</button></div>
    </dialog>`;
  }

  static override styles = [
    controls,
    dialogStyles,
    css`
      dialog {
        width: min(40rem, 94vw);
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
        gap: 0.3rem 1rem;
      }
      dl > div {
        display: grid;
        grid-template-columns: 4rem 1fr;
        gap: 0.6rem;
      }
      dt {
        display: flex;
        gap: 0.2rem;
      }
      dd {
        margin: 0;
      }
      kbd {
        padding: 0.05rem 0.4rem;
        border: 1px solid var(--line-strong);
        border-bottom-width: 2px;
        border-radius: 0.3rem;
        background: var(--paper);
        font-size: 0.85rem;
      }
      .box {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      .box input {
        width: 1.2rem;
        min-height: 1.2rem;
        accent-color: var(--red);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-keys-dialog': KeysDialog;
  }
}
