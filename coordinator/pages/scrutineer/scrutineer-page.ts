import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, type Scrutineer } from '../parts/api.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import { auditView } from './scrutineer-audit.ts';
import { decryptionView } from './scrutineer-decryption.ts';
import './scrutineer-backup.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrameStyles } from '../parts/staff-frame.ts';
import { keyView } from './scrutineer-key.ts';
import { resultView } from './scrutineer-result.ts';
import { scrutineerStyles } from './scrutineer-styles.ts';
import { scrutineerWords } from './scrutineer-words.ts';
import { type Part, ScrutineerWork } from './scrutineer-work.ts';

/** A scrutineer's page: making the key, decrypting the sum, auditing seats, signing the result. */
@customElement('hv-scrutineer')
export class ScrutineerPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall', 'secrecy', 'decryption', 'audits'] });
  @state() private who: Scrutineer | null | 'unknown' = 'unknown';
  @state() private problem = '';
  @state() private isEntering = false;
  readonly #work = new ScrutineerWork(
    this,
    () => this.#feed.documents,
    () => this.#self,
    () => {
      this.who = null;
    },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    void api.scrutineer.session().then((who) => {
      this.who = who;
      // The demonstration hands the code over behind #, which no server sees.
      const code = location.hash.slice(1);
      if (!who && code !== '') void this.#enter(code);
      history.replaceState(null, '', location.pathname + location.search);
    });
  }

  get #self(): Scrutineer | null {
    return this.who === 'unknown' ? null : this.who;
  }

  override render(): TemplateResult {
    const words = scrutineerWords[this.#speech.language];
    const { hall } = this.#feed.documents;
    if (this.who === 'unknown') return html`<p class="soft">${words.loading}</p>`;
    if (!this.#self) return this.#signIn();
    return html`
      <header>
        <b>${words.name}</b>
        <span>${this.#self.name}　${hall ? `${this.#speech.text(hall.congress)}　${this.#speech.text(hall.title)}` : ''}</span>
        <nav>
          <button @click=${() => this.#speech.toggle()}>${words.other}</button>
          <button @click=${this.#leave}>${words.signOut}</button>
        </nav>
      </header>
      ${this.#feed.isConnected ? nothing : html`<p class="banner" role="alert">${hall ? words.lost : words.loading}</p>`}
      <main>${this.#body()}</main>`;
  }

  #signIn(): TemplateResult {
    const words = scrutineerWords[this.#speech.language];
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement)
        void this.#enter(String(new FormData(event.target).get('code') ?? ''));
    };
    return html`<form class="enter" @submit=${submit}>
      <button type="button" class="language" @click=${() => this.#speech.toggle()}>${words.other}</button>
      <h1>${words.product} <small>${words.name}</small></h1>
      <label>${words.code}<input name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus /></label>
      <p class="soft">${words.codeHint}</p>
      <p class="problem" role="alert">${this.problem}</p>
      <button class="main" ?disabled=${this.isEntering}>${words.signIn}</button>
    </form>`;
  }

  #body(): TemplateResult {
    const { language } = this.#speech;
    const words = scrutineerWords[language];
    const { hall, secrecy, decryption = null, audits = null } = this.#feed.documents;
    const self = this.#self;
    if (!hall || !secrecy || !self) return html`<p class="soft">${words.loading}</p>`;
    if (!secrecy.secrecy) return html`<p>${words.noScrutineers}</p>`;
    if (secrecy.secrecy.holder === 'coordinator') return html`<p>⚠ ${words.ownKey}</p>`;
    const names = secrecy.secrecy.scrutineers.map(({ name }) => name);
    const work = this.#work;
    const { duty, kept, isBusy, isChecking } = work;
    const trouble = (part: Part) => {
      const text = work.troubleIn(part);
      return text && this.#speech.text(text);
    };
    const changed = () => this.requestUpdate();
    const hasKey = kept !== null && kept !== 'damaged' && kept.key !== null;
    return html`
      <section>${keyView({
        secrecy,
        owner: self.owner,
        kept,
        duty,
        isBusy,
        trouble: trouble('key'),
        words,
        begin: () => work.begin(),
        agree: (code) => work.agree(code),
        stop: () => work.stop(),
        again: () => work.again(),
      })}
        <hv-scrutineer-backup .words=${words} .sitting=${hall.sitting} .scrutineer=${self} .secrecy=${secrecy} .kept=${kept} .store=${work.store} .changed=${changed}></hv-scrutineer-backup>
      </section>
      <section>${auditView(audits, decryption, words)}</section>
      <section>${decryptionView({
        decryption,
        owner: self.owner,
        isReady: duty?.is === 'made',
        isBusy,
        isChecking,
        trouble: trouble('decrypt'),
        title: (text) => this.#speech.text(text),
        words,
        decrypt: () => void work.decrypt(),
      })}</section>
      <section>${resultView({
        decryption,
        names,
        owner: self.owner,
        maySign: hasKey && duty?.is !== 'other-key',
        isBusy,
        trouble: trouble('sign'),
        words,
        sign: () => void work.sign(),
      })}</section>`;
  }

  async #enter(code: string): Promise<void> {
    const words = scrutineerWords[this.#speech.language];
    this.isEntering = true;
    const outcome = await api.scrutineer.signIn(code);
    this.isEntering = false;
    this.problem = outcome === 'ok' ? '' : outcome === 'offline' ? words.offline : words.wrongCode;
    if (outcome === 'ok') this.who = await api.scrutineer.session();
  }

  readonly #leave = async (): Promise<void> => {
    await api.scrutineer.signOut();
    this.who = null;
  };

  static override styles = [controls, staffFrameStyles, scrutineerStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-scrutineer': ScrutineerPage;
  }
}
