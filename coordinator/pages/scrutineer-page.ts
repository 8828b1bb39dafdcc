import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { makeSeed } from '../../shared/belenios/pedersen.ts';
import { type KeyDuty, keyDuty, signResult } from '../scrutineer/desk.ts';
import type { ScrutineerAct } from '../views/acts.ts';
import { api, type Scrutineer } from './api.ts';
import { Feed } from './feed.ts';
import { Speech } from './language.ts';
import { auditView } from './scrutineer-audit.ts';
import { decryptionView } from './scrutineer-decryption.ts';
import './scrutineer-backup.ts';
import { keyView } from './scrutineer-key.ts';
import { resultView } from './scrutineer-result.ts';
import { shareOf } from './scrutineer-share.ts';
import { browserRandom, type Kept, scrutineerStore } from './scrutineer-store.ts';
import { scrutineerStyles } from './scrutineer-styles.ts';
import { scrutineerWords } from './scrutineer-words.ts';
import { controls } from './shared-styles.ts';
import { staffFrameStyles } from './staff-frame.ts';

/** A scrutineer's page: making the key, decrypting the sum, auditing seats, signing the result. */
@customElement('hv-scrutineer')
export class ScrutineerPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall', 'secrecy', 'decryption', 'audits'] });
  @state() private who: Scrutineer | null | 'unknown' = 'unknown';
  @state() private problem = '';
  @state() private isBusy = false;
  @state() private kept: Kept | null = null;
  @state() private isStopped = false;
  /** What is due for the key, as of the document it was worked out from. */
  #duty: { readonly of: unknown; readonly seed: string; readonly duty: KeyDuty } | null = null;
  readonly #sent = new Set<string>();

  override connectedCallback(): void {
    super.connectedCallback();
    api.scrutineer.session().then((who) => {
      this.who = who;
      // The demonstration hands the code over behind #, which no server sees.
      const code = location.hash.slice(1);
      if (!who && code !== '') this.#enter(code);
      history.replaceState(null, '', location.pathname + location.search);
    });
  }

  override willUpdate(): void {
    const { hall } = this.#feed.documents;
    if (hall && this.#self && !this.kept) this.kept = scrutineerStore.read(hall.sitting, this.#self.id);
    this.#goOn();
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
        this.#enter(String(new FormData(event.target).get('code') ?? ''));
    };
    return html`<form class="enter" @submit=${submit}>
      <button type="button" class="language" @click=${() => this.#speech.toggle()}>${words.other}</button>
      <h1>${words.product} <small>${words.name}</small></h1>
      <label>${words.code}<input name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus /></label>
      <p class="soft">${words.codeHint}</p>
      <p class="problem" role="alert">${this.problem}</p>
      <button class="main" ?disabled=${this.isBusy}>${words.signIn}</button>
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
    const keep = (kept: Kept | null) => this.#keep(kept);
    return html`
      <p class="problem" role="alert">${this.problem}</p>
      <section>${keyView({
        secrecy,
        owner: self.owner,
        duty: this.#duty?.duty ?? null,
        hasSeed: this.kept !== null,
        isStopped: this.isStopped,
        isBusy: this.isBusy,
        words,
        begin: () => this.#begin(),
        agree: (act) => this.#act(act),
        stop: () => {
          this.isStopped = true;
        },
      })}
        <hv-scrutineer-backup .words=${words} .sitting=${hall.sitting} .scrutineer=${self} .secrecy=${secrecy} .kept=${this.kept} .keep=${keep}></hv-scrutineer-backup>
      </section>
      <section>${auditView(audits, decryption, words)}</section>
      <section>${decryptionView({
        decryption,
        owner: self.owner,
        isReady: this.#duty?.duty.is === 'made',
        isBusy: this.isBusy,
        title: (text) => this.#speech.text(text),
        words,
        decrypt: () => this.#decrypt(),
      })}</section>
      <section>${resultView({ decryption, names, owner: self.owner, hasSeed: this.kept !== null, words, sign: () => this.#sign() })}</section>`;
  }

  async #enter(code: string): Promise<void> {
    const words = scrutineerWords[this.#speech.language];
    this.isBusy = true;
    const outcome = await api.scrutineer.signIn(code);
    this.isBusy = false;
    this.problem = outcome === 'ok' ? '' : outcome === 'offline' ? words.offline : words.wrongCode;
    if (outcome === 'ok') this.who = await api.scrutineer.session();
  }

  readonly #leave = async (): Promise<void> => {
    await api.scrutineer.signOut();
    this.who = null;
    this.kept = null;
    this.#duty = null;
  };

  #keep(kept: Kept | null): void {
    const { hall } = this.#feed.documents;
    const self = this.#self;
    if (!hall || !self) return;
    if (kept) scrutineerStore.write(hall.sitting, self.id, kept);
    else scrutineerStore.forget(hall.sitting, self.id);
    this.kept = kept;
    this.#duty = null;
  }

  #begin(): void {
    const ceremony = this.#feed.documents.secrecy?.ceremony ?? 0;
    this.isStopped = false;
    this.#keep({ seed: makeSeed(browserRandom), ceremony, decrypted: {}, backedUp: false });
  }

  /** Works out what is due for the key, and does what needs no consent. */
  #goOn(): void {
    const { secrecy } = this.#feed.documents;
    const self = this.#self;
    if (!secrecy || !self || !this.kept) return;
    const { seed } = this.kept;
    if (this.#duty?.of === secrecy && this.#duty.seed === seed) return;
    const duty = keyDuty(secrecy, { owner: self.owner, seed }, browserRandom);
    this.#duty = { of: secrecy, seed, duty };
    if (duty.is === 'contribute' && this.#isNew(`${seed} ${secrecy.ceremony} ${duty.act.step}`))
      this.#act(duty.act);
  }

  #isNew(what: string): boolean {
    if (this.#sent.has(what)) return false;
    this.#sent.add(what);
    return true;
  }

  async #act(act: ScrutineerAct): Promise<void> {
    const { language } = this.#speech;
    this.isBusy = true;
    const answer = await api.scrutineer.act(act);
    this.isBusy = false;
    // When two decrypt at the same time, the second may no longer be needed.
    const isFine = answer.ok || answer.reason === 'share-not-needed';
    this.problem = isFine ? '' : scrutineerWords[language].failed + answer.text[language];
    if (!answer.ok && answer.reason === 'signed-out') this.who = null;
  }

  async #decrypt(): Promise<void> {
    const { secrecy, decryption } = this.#feed.documents;
    const self = this.#self;
    if (!secrecy || !decryption || !self || !this.kept) return;
    const words = scrutineerWords[this.#speech.language];
    this.isBusy = true;
    this.problem = words.checking;
    // The page says what it does before the long part begins.
    await new Promise((resolve) => setTimeout(resolve));
    const made = await shareOf(decryption, secrecy, { owner: self.owner, seed: this.kept.seed }, this.kept);
    this.isBusy = false;
    if (made.is === 'problem') {
      this.problem = words.sumProblems[made.problem];
      return;
    }
    this.#keep({ ...this.kept, decrypted: { ...this.kept.decrypted, [made.uuid]: made.tally } });
    await this.#act({ act: 'share', round: decryption.round, share: made.share });
  }

  async #sign(): Promise<void> {
    const { hall, decryption } = this.#feed.documents;
    const self = this.#self;
    if (!hall || !decryption || !self || !this.kept) return;
    const act = signResult(
      decryption,
      hall.sitting,
      { owner: self.owner, seed: this.kept.seed },
      browserRandom,
    );
    if (act) await this.#act(act);
  }

  static override styles = [controls, staffFrameStyles, scrutineerStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-scrutineer': ScrutineerPage;
  }
}
