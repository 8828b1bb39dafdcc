import { html, LitElement, type nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { SecrecyDocument } from '../../contract/documents.ts';
import { type ConfirmDialog, reasonQuestion } from '../parts/confirm-dialog.ts';
import '../parts/confirm-dialog.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import { auditView } from './scrutineer-audit.ts';
import { decryptionView } from './scrutineer-decryption.ts';
import './scrutineer-backup.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrame } from '../parts/staff-frame.ts';
import { staffFrameStyles } from '../parts/staff-header.ts';
import { keyView } from './scrutineer-key.ts';
import { resultView } from './scrutineer-result.ts';
import { type Scrutineer, selfIn } from './scrutineer-self.ts';
import { scrutineerStyles } from './scrutineer-styles.ts';
import { scrutineerWords } from './scrutineer-words.ts';
import { type Part, ScrutineerWork } from './scrutineer-work.ts';

/** A scrutineer's page: making the key, decrypting the sum, auditing seats, signing the result. */
@customElement('hv-scrutineer')
export class ScrutineerPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall', 'secrecy', 'decryption', 'audits'], asks: true });
  /** The coordinator says that they are signed out: the feed asks, and the page follows it. */
  readonly #signedOut = () => this.#feed.restart();
  readonly #work = new ScrutineerWork(
    this,
    () => this.#feed.documents,
    () => this.#self,
    this.#signedOut,
  );
  @query('hv-confirm') private confirm!: ConfirmDialog | null;

  get #self(): Scrutineer | null {
    return selfIn(this.#feed.documents.secrecy, this.#feed.person);
  }

  override render(): TemplateResult | typeof nothing {
    return staffFrame({
      page: 'scrutineer',
      speech: this.#speech,
      feed: this.#feed,
      body: () => html`<main>${this.#body()}</main><hv-confirm @signed-out=${this.#signedOut}></hv-confirm>`,
    });
  }

  #body(): TemplateResult {
    const { language } = this.#speech;
    const words = scrutineerWords[language];
    const { hall, secrecy, decryption = null, audits = null } = this.#feed.documents;
    const self = this.#self;
    if (!hall || !secrecy) return html`<p class="soft">${words.loading}</p>`;
    if (!secrecy.secrecy) return html`<p>${words.noScrutineers}</p>`;
    if (secrecy.secrecy.holder === 'coordinator') return html`<p>⚠ ${words.ownKey}</p>`;
    if (!self) return html`<p class="warn">${words.noPart}</p>`;
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
        ${this.#anew(secrecy)}
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

  /** The key is made from the start: the scrutineers' own to decide. */
  #anew(secrecy: SecrecyDocument): TemplateResult | typeof nothing {
    const { language } = this.#speech;
    const words = scrutineerWords[language];
    const restart = () =>
      this.confirm?.ask(
        {
          name: words.newCeremony,
          explains: words.newCeremonyExplains,
          question: reasonQuestion(language),
          act: (reason) => ({ act: 'new-ceremony', reason }),
          isGrave: true,
        },
        language,
      );
    const isBegun = secrecy.certificate.some((text) => text !== null);
    if (!isBegun || !this.#feed.may('new-ceremony')) return html``;
    return html`<p class="anew"><button data-act="new-ceremony" @click=${restart}>${words.newCeremony}</button></p>`;
  }

  static override styles = [controls, staffFrameStyles, scrutineerStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-scrutineer': ScrutineerPage;
  }
}
