import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Timers } from '../../../shared/pages/timers.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { StaffPerson } from '../../contract/person.ts';
import { type AccountWords, accountWords } from './account-words.ts';
import {
  type Account,
  api,
  isProblem,
  type OfferedAuthenticator,
  type Problem,
  type ShownSession,
} from './api.ts';
import { browserName } from './browser-name.ts';
import { printSlip } from './print-slip.ts';
import { qrCode } from './qr.ts';
import { controls } from './shared-styles.ts';

const EVERY_MS = 10_000;
const MINUTE = 60_000;

/** The parts of the page, each of which says how its last act went. */
type Part = 'password' | 'authenticator' | 'sessions';

/** How far an authenticator is being set up. */
type SetUp =
  | { readonly is: 'asked'; readonly why: 'set' | 'remove' }
  | { readonly is: 'offered'; readonly offer: OfferedAuthenticator }
  | { readonly is: 'recovery'; readonly codes: readonly string[] };

/** One's own account, whatever program it is of: password, authenticator, and where one is signed in. */
@customElement('hv-account-view')
export class AccountView extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) person: StaffPerson | null = null;
  @state() private account: Account | null = null;
  @state() private setUp: SetUp | null = null;
  @state() private said: {
    readonly part: Part;
    readonly text: Problem['text'];
    readonly isGood: boolean;
  } | null = null;
  @state() private isBusy = false;
  #of = '';

  constructor() {
    super();
    new Timers(this).always(EVERY_MS, () => void this.#read());
  }

  /** Another person's account is another. */
  override updated(): void {
    const id = this.person?.id ?? '';
    if (id === this.#of) return;
    this.#of = id;
    this.account = null;
    this.setUp = null;
    this.said = null;
    void this.#read();
  }

  async #read(): Promise<void> {
    if (!this.person) return;
    const account = await api.account();
    if (!isProblem(account)) this.account = account;
  }

  override render(): TemplateResult {
    const words = accountWords[this.language];
    const { account } = this;
    if (!account) return html`<main><p class="soft">${words.loading}</p></main>`;
    return html`<main>
      <section>${this.#passwordView(words)}</section>
      <section>${this.#authenticatorView(account, words)}</section>
      <section>${this.#sessionsView(account, words)}</section>
    </main>`;
  }

  #passwordView(words: AccountWords): TemplateResult {
    return html`<h2>${words.password}</h2>
      <p class="soft">${words.passwordHint}</p>
      <form @submit=${this.#onPassword}>
        <label>${words.current}<input type="password" name="current" autocomplete="current-password" required /></label>
        <label>${words.newPassword}<input type="password" name="password" autocomplete="new-password" required /></label>
        <label>${words.again}<input type="password" name="again" autocomplete="new-password" required /></label>
        ${this.#saying('password')}
        <p><button class="main" data-act="password" ?disabled=${this.isBusy}>${words.change}</button></p>
      </form>`;
  }

  #authenticatorView({ authenticator, recovery }: Account, words: AccountWords): TemplateResult {
    const ask = (why: 'set' | 'remove') => () => {
      this.said = null;
      this.setUp = { is: 'asked', why };
    };
    return html`<h2>${words.authenticator}</h2>
      <p class="soft">${words.authenticatorHint}</p>
      <p class=${authenticator ? 'good' : ''}>${authenticator ? words.isOn(recovery) : words.isOff}</p>
      ${
        this.setUp
          ? this.#setUpView(this.setUp, words)
          : html`<p class="buttons"><button data-act="authenticator" @click=${ask('set')}>${authenticator ? words.setAgain : words.set}</button>
              ${authenticator ? html`<button data-act="remove-authenticator" @click=${ask('remove')}>${words.remove}</button>` : nothing}</p>`
      }
      ${this.#saying('authenticator')}`;
  }

  #setUpView(setUp: SetUp, words: AccountWords): TemplateResult {
    const cancel = () => {
      this.setUp = null;
      this.said = null;
    };
    switch (setUp.is) {
      case 'asked':
        return html`<form @submit=${this.#onAsked}>
          <label>${words.current}<input type="password" name="current" autocomplete="current-password" required /></label>
          <p class="buttons"><button type="button" @click=${cancel}>${words.cancel}</button><button class="main" ?disabled=${this.isBusy}>${setUp.why === 'set' ? words.set : words.remove}</button></p>
        </form>`;
      case 'offered':
        return html`<form class="offered" @submit=${this.#onConfirm}>
          <p>${words.scan}</p>
          ${qrCode(setUp.offer.address, words.scanLabel)}
          <p class="soft">${words.orType} <code>${setUp.offer.key.replace(/.{4}(?=.)/g, '$& ')}</code></p>
          <label>${words.code}<input name="code" inputmode="numeric" autocomplete="off" maxlength="12" required /></label>
          <p class="buttons"><button type="button" @click=${cancel}>${words.cancel}</button><button class="main" ?disabled=${this.isBusy}>${words.confirm}</button></p>
        </form>`;
      case 'recovery':
        return html`<div class="recovery" role="status">
          <h3>${words.recovery}</h3>
          <p>${words.recoveryHint}</p>
          <ol>${setUp.codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
          <p class="buttons"><button data-act="print" @click=${() => this.#print(setUp.codes, words)}>${words.print}</button>
            <button class="main" data-act="kept" @click=${cancel}>${words.kept}</button></p>
        </div>`;
    }
  }

  #sessionsView({ sessions, current }: Account, words: AccountWords): TemplateResult {
    const row = ({ id, browser, address, age, idle }: ShownSession) => html`<li>
      <span><b>${browserName(browser)}</b>${id === current ? html` <span class="here">${words.here}</span>` : nothing}<br />
        <span class="soft">${address} · ${words.since(Math.floor(age / MINUTE))} · ${words.idle(Math.floor(idle / MINUTE))}</span></span>
      ${id === current ? nothing : html`<button data-act="end" @click=${() => this.#end(id)}>${words.end}</button>`}</li>`;
    return html`<h2>${words.sessions}</h2>
      <p class="soft">${words.sessionsHint}</p>
      <ul>${sessions.map(row)}</ul>
      ${sessions.length > 1 ? html`<p><button data-act="end-others" @click=${() => this.#end(null)}>${words.endOthers}</button></p>` : nothing}
      ${this.#saying('sessions')}`;
  }

  #saying(part: Part): TemplateResult {
    const said = this.said?.part === part ? this.said : null;
    return html`<p class=${said?.isGood ? 'good' : 'problem'} role="status">${said?.text[this.language] ?? ''}</p>`;
  }

  /** Does something that may fail; null where it did, which has been said. */
  async #do<T extends object>(part: Part, work: Promise<T | Problem>): Promise<T | null> {
    this.isBusy = true;
    this.said = null;
    const outcome = await work;
    this.isBusy = false;
    if (isProblem(outcome)) {
      this.said = { part, text: outcome.text, isGood: false };
      return null;
    }
    await this.#read();
    return outcome;
  }

  #tell(part: Part, which: 'changed' | 'removed' | 'mismatch'): void {
    const text = { zh: accountWords.zh[which], en: accountWords.en[which] };
    this.said = { part, text, isGood: which !== 'mismatch' };
  }

  readonly #onPassword = async (event: SubmitEvent): Promise<void> => {
    const form = fieldsOf(event);
    if (!form || this.isBusy) return;
    if (form.field('password') !== form.field('again')) return this.#tell('password', 'mismatch');
    if (!(await this.#do('password', api.newPassword(form.field('current'), form.field('password'))))) return;
    form.reset();
    this.#tell('password', 'changed');
  };

  readonly #onAsked = async (event: SubmitEvent): Promise<void> => {
    const form = fieldsOf(event);
    const { setUp } = this;
    if (!form || this.isBusy || setUp?.is !== 'asked') return;
    const current = form.field('current');
    if (setUp.why === 'set') {
      const offer = await this.#do('authenticator', api.newAuthenticator(current));
      if (offer) this.setUp = { is: 'offered', offer };
      return;
    }
    if (!(await this.#do('authenticator', api.removeAuthenticator(current)))) return;
    this.setUp = null;
    this.#tell('authenticator', 'removed');
  };

  readonly #onConfirm = async (event: SubmitEvent): Promise<void> => {
    const form = fieldsOf(event);
    if (!form || this.isBusy) return;
    const given = await this.#do('authenticator', api.confirmAuthenticator(form.field('code')));
    if (given) this.setUp = { is: 'recovery', codes: given.codes };
  };

  async #end(session: string | null): Promise<void> {
    if (!this.isBusy) await this.#do('sessions', api.endOwnSession(session));
  }

  #print(codes: readonly string[], words: AccountWords): void {
    printSlip(html`<h1>${words.recoveryOf(this.person?.name ?? '')}</h1>
      <p>${words.recoveryHint}</p><ol>${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>`);
  }

  static override styles = [
    controls,
    css`
      main {
        box-sizing: border-box;
        display: grid;
        gap: 1.2rem;
        width: 100%;
        max-width: 46rem;
        margin: 0 auto;
        padding: 1rem 1.2rem 3rem;
      }
      section {
        padding: 1.1rem 1.4rem;
        background: var(--card);
        border: 1px solid var(--line);
        border-radius: 0.5rem;
      }
      h2 {
        margin: 0;
        color: var(--red);
        font-size: 1.3rem;
      }
      h3 {
        margin: 0;
      }
      p {
        margin: 0.4rem 0;
        text-wrap: pretty;
      }
      form {
        display: grid;
        gap: 0.7rem;
        max-width: 28rem;
        margin-top: 0.8rem;
      }
      label {
        display: grid;
        gap: 0.3rem;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem;
      }
      .good {
        color: var(--for);
        font-weight: 600;
      }
      .problem {
        color: var(--against);
        font-weight: 600;
      }
      p[role='status']:empty {
        margin: 0;
      }
      .qr {
        width: min(15rem, 70vw);
        border: 1px solid var(--line);
      }
      code {
        font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
        overflow-wrap: anywhere;
      }
      .recovery {
        margin-top: 0.8rem;
        padding: 1rem 1.2rem;
        border-left: 0.4rem solid var(--gold);
        background: var(--warn-wash);
      }
      .recovery ol {
        columns: 15rem;
        font-size: 1.1rem;
      }
      ul {
        margin: 0.6rem 0;
        padding: 0;
        list-style: none;
      }
      li {
        break-inside: avoid;
      }
      ul li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
        padding: 0.5rem 0;
        border-bottom: 1px solid var(--line);
      }
      .here {
        padding: 0 0.5rem;
        border: 1px solid var(--for);
        border-radius: 1rem;
        color: var(--for);
        font-size: 0.85rem;
      }
    `,
  ];
}

/** The fields of a form that is sent; null where it is none. */
function fieldsOf(event: SubmitEvent): { field: (name: string) => string; reset: () => void } | null {
  event.preventDefault();
  const { target } = event;
  if (!(target instanceof HTMLFormElement)) return null;
  const fields = new FormData(target);
  return { field: (name) => String(fields.get(name) ?? ''), reset: () => target.reset() };
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-account-view': AccountView;
  }
}
