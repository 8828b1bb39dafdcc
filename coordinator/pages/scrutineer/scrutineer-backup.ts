import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LEAST_PASSWORD, lockKey, unlockKey } from '../../../shared/belenios/key-file.ts';
import { pause } from '../../../shared/pages/timers.ts';
import type { SecrecyDocument } from '../../contract/documents.ts';
import type { MemoryProblem } from '../../scrutineer/memory.ts';
import { tryKey } from '../../scrutineer/trial.ts';
import { saveFile } from '../parts/save-file.ts';
import { controls } from '../parts/shared-styles.ts';
import type { Scrutineer } from './scrutineer-self.ts';
import { browserRandom, type Kept, type Key, type ScrutineerStore } from './scrutineer-store.ts';
import { scrutineerStyles } from './scrutineer-styles.ts';
import { type ScrutineerWords, scrutineerWords } from './scrutineer-words.ts';

type Open = 'nothing' | 'backup' | 'restore';

/** Back-up, restoring, trying and forgetting of a scrutineer's key. */
@customElement('hv-scrutineer-backup')
export class ScrutineerBackup extends LitElement {
  @property({ attribute: false }) words: ScrutineerWords = scrutineerWords.zh;
  @property() sitting = '';
  @property({ attribute: false }) scrutineer: Scrutineer = { owner: 0, id: '', name: '' };
  @property({ attribute: false }) secrecy: SecrecyDocument | null = null;
  @property({ attribute: false }) kept: Kept | 'damaged' | null = null;
  @property({ attribute: false }) store: ScrutineerStore | null = null;
  /** Called when what is kept has changed. */
  @property({ attribute: false }) changed: () => void = () => {};
  @state() private open: Open = 'nothing';
  @state() private notice: { readonly text: string; readonly isGood: boolean } | null = null;
  @state() private isLast = false;

  override render(): TemplateResult {
    const { words } = this;
    const key = this.#key;
    const mayForget = this.kept === 'damaged' || (key !== null && this.secrecy?.trustees != null);
    const toggle = (which: Open) => () => {
      this.open = this.open === which ? 'nothing' : which;
      this.notice = null;
    };
    return html`
      <p class="tools">
        ${key ? html`<button data-act="backup" class=${key.backedUp ? '' : 'main'} @click=${toggle('backup')}>${words.backup}</button>` : nothing}
        <button data-act="restore" @click=${toggle('restore')}>${words.restore}</button>
        ${key && this.secrecy?.trustees ? html`<button data-act="try" @click=${this.#try}>${words.test}</button>` : nothing}
        ${mayForget ? html`<button data-act="forget" @click=${this.#forget}>${words.forget}</button>` : nothing}
      </p>
      ${this.isLast ? html`<p class="warn">${words.forgetHint}</p>` : nothing}
      ${this.open === 'backup' ? this.#form(words.backupHint, this.#save, false) : nothing}
      ${this.open === 'restore' ? this.#form('', this.#load, true) : nothing}
      <p class=${this.notice?.isGood ? 'good' : 'problem'} role="status">${this.notice?.text ?? ''}</p>`;
  }

  get #key(): Key | null {
    return this.kept === 'damaged' ? null : (this.kept?.key ?? null);
  }

  /** Says what became of a change of what is kept. */
  #tell(problem: MemoryProblem | 'another' | null | undefined, done: string): void {
    const { words } = this;
    this.changed();
    if (problem === null) this.notice = { text: done, isGood: true };
    else this.notice = { text: problem === 'another' ? words.anotherTab : words.notKept, isGood: false };
  }

  #form(hint: string, submit: (form: FormData) => Promise<void>, isRestoring: boolean): TemplateResult {
    const { words } = this;
    const onSubmit = (event: SubmitEvent) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement) void submit(new FormData(event.target));
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
    await pause(30);
  }

  readonly #save = async (form: FormData): Promise<void> => {
    const { words, sitting, scrutineer } = this;
    const key = this.#key;
    const password = String(form.get('password') ?? '');
    if (!key) return;
    if (password.length < LEAST_PASSWORD || password !== form.get('again')) {
      this.notice = { text: words.passwordMismatch, isGood: false };
      return;
    }
    await this.#say(words.working, true);
    const { seed, ceremony } = key;
    const file = lockKey({ sitting, scrutineer: scrutineer.id, ceremony, seed }, password, browserRandom);
    saveFile(`hallvote-key-${sitting}-${scrutineer.id}.json`, new Blob([file], { type: 'application/json' }));
    this.open = 'nothing';
    this.#tell(this.store?.noteBackup(seed), words.backedUp);
  };

  readonly #load = async (form: FormData): Promise<void> => {
    const { words, sitting, scrutineer } = this;
    const file = form.get('file');
    const seen = this.#key?.seed ?? null;
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
    const { seed, ceremony } = key;
    this.open = 'nothing';
    this.#tell(this.store?.restore({ seed, ceremony, backedUp: true }, seen), words.restored);
  };

  readonly #try = async (): Promise<void> => {
    const { words, secrecy, scrutineer } = this;
    const key = this.#key;
    if (!key || !secrecy) return;
    await this.#say(words.working, true);
    const isGood = tryKey(secrecy, { owner: scrutineer.owner, seed: key.seed });
    this.notice = { text: isGood ? words.testGood : words.testBad, isGood };
  };

  /** Asks once more: the key cannot be had back without its file. */
  readonly #forget = (): void => {
    if (this.isLast) this.#tell(this.store?.forget(this.#key?.seed ?? null), '');
    this.isLast = !this.isLast;
  };

  static override styles = [controls, scrutineerStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-scrutineer-backup': ScrutineerBackup;
  }
}
