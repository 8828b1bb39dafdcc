import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LEAST_PASSWORD, lockKey, unlockKey } from '../../shared/belenios/key-file.ts';
import { tryKey } from '../scrutineer/trial.ts';
import type { SecrecyDocument } from '../views/documents.ts';
import type { Scrutineer } from './api.ts';
import { browserRandom, type Kept } from './scrutineer-store.ts';
import { scrutineerStyles } from './scrutineer-styles.ts';
import { type ScrutineerWords, scrutineerWords } from './scrutineer-words.ts';
import { controls } from './shared-styles.ts';

type Open = 'nothing' | 'backup' | 'restore';

/** Back-up, restoring, trying and forgetting of a scrutineer's key. */
@customElement('hv-scrutineer-backup')
export class ScrutineerBackup extends LitElement {
  @property({ attribute: false }) words: ScrutineerWords = scrutineerWords.zh;
  @property() sitting = '';
  @property({ attribute: false }) scrutineer: Scrutineer = { owner: 0, id: '', name: '' };
  @property({ attribute: false }) secrecy: SecrecyDocument | null = null;
  @property({ attribute: false }) kept: Kept | null = null;
  @property({ attribute: false }) keep: (kept: Kept | null) => void = () => {};
  @state() private open: Open = 'nothing';
  @state() private notice: { readonly text: string; readonly isGood: boolean } | null = null;
  @state() private isLast = false;

  override render(): TemplateResult {
    const { words, kept } = this;
    const toggle = (which: Open) => () => {
      this.open = this.open === which ? 'nothing' : which;
      this.notice = null;
    };
    return html`
      <p class="tools">
        ${kept ? html`<button data-act="backup" class=${kept.backedUp ? '' : 'main'} @click=${toggle('backup')}>${words.backup}</button>` : nothing}
        <button data-act="restore" @click=${toggle('restore')}>${words.restore}</button>
        ${kept && this.secrecy?.trustees ? html`<button data-act="try" @click=${this.#try}>${words.test}</button>` : nothing}
        ${kept && this.secrecy?.trustees ? html`<button data-act="forget" @click=${this.#forget}>${words.forget}</button>` : nothing}
      </p>
      ${this.isLast ? html`<p class="warn">${words.forgetHint}</p>` : nothing}
      ${this.open === 'backup' ? this.#form(words.backupHint, this.#save, false) : nothing}
      ${this.open === 'restore' ? this.#form('', this.#load, true) : nothing}
      <p class=${this.notice?.isGood ? 'good' : 'problem'} role="status">${this.notice?.text ?? ''}</p>`;
  }

  #form(hint: string, submit: (form: FormData) => Promise<void>, isRestoring: boolean): TemplateResult {
    const { words } = this;
    const onSubmit = (event: SubmitEvent) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement) submit(new FormData(event.target));
    };
    return html`<form class="backup" @submit=${onSubmit}>
      ${hint ? html`<p class="soft">${hint}</p>` : nothing}
      ${isRestoring ? html`<label>${words.file}<input type="file" name="file" accept=".json,application/json" required /></label>` : nothing}
      <label>${words.password}<input type="password" name="password" autocomplete=${isRestoring ? 'current-password' : 'new-password'} minlength=${LEAST_PASSWORD} required /></label>
      ${isRestoring ? nothing : html`<label>${words.again}<input type="password" name="again" autocomplete="new-password" required /></label>`}
      <button class="main">${isRestoring ? words.restore : words.backup}</button>
    </form>`;
  }

  /** Says what is being done before a step that takes a second. */
  async #say(text: string, isGood: boolean): Promise<void> {
    this.notice = { text, isGood };
    await this.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }

  readonly #save = async (form: FormData): Promise<void> => {
    const { words, kept, sitting, scrutineer } = this;
    const password = String(form.get('password') ?? '');
    if (!kept) return;
    if (password.length < LEAST_PASSWORD || password !== form.get('again')) {
      this.notice = { text: words.passwordMismatch, isGood: false };
      return;
    }
    await this.#say(words.working, true);
    const { seed, ceremony } = kept;
    const file = lockKey({ sitting, scrutineer: scrutineer.id, ceremony, seed }, password, browserRandom);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([file], { type: 'application/json' }));
    link.download = `hallvote-key-${sitting}-${scrutineer.id}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.keep({ ...kept, backedUp: true });
    this.open = 'nothing';
    this.notice = { text: words.backedUp, isGood: true };
  };

  readonly #load = async (form: FormData): Promise<void> => {
    const { words, sitting, scrutineer } = this;
    const file = form.get('file');
    if (!(file instanceof File)) return;
    await this.#say(words.working, true);
    const key = unlockKey(await file.text(), String(form.get('password') ?? ''));
    if (key === 'damaged' || key === 'wrong-password') {
      this.notice = { text: key === 'damaged' ? words.damaged : words.wrongPassword, isGood: false };
      return;
    }
    // A key made with the command names no sitting.
    const isOurs = key.sitting === '' || (key.sitting === sitting && key.scrutineer === scrutineer.id);
    if (!isOurs) {
      this.notice = { text: words.otherKey, isGood: false };
      return;
    }
    const decrypted = this.kept?.decrypted ?? {};
    this.keep({ seed: key.seed, ceremony: key.ceremony, decrypted, backedUp: true });
    this.open = 'nothing';
    this.notice = { text: words.restored, isGood: true };
  };

  readonly #try = async (): Promise<void> => {
    const { words, kept, secrecy, scrutineer } = this;
    if (!kept || !secrecy) return;
    await this.#say(words.working, true);
    const isGood = tryKey(secrecy, { owner: scrutineer.owner, seed: kept.seed });
    this.notice = { text: isGood ? words.testGood : words.testBad, isGood };
  };

  /** Asks once more: the key cannot be had back without its file. */
  readonly #forget = (): void => {
    if (this.isLast) this.keep(null);
    this.isLast = !this.isLast;
  };

  static override styles = [controls, scrutineerStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-scrutineer-backup': ScrutineerBackup;
  }
}
