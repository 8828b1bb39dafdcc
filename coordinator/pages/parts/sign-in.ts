import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, type Session, type SignIn } from './api.ts';
import { Speech } from './language.ts';
import { controls } from './shared-styles.ts';
import { type StaffWords, staffWords } from './staff-words.ts';

/** What the coordinator asks of a new password. */
const MIN_PASSWORD = 8;

/** Asks for the hall password, or at the first start for a new one; says `signed-in` when that is done. */
@customElement('hv-sign-in')
export class SignInForm extends LitElement {
  /** The page signed in to. */
  @property() name = '';
  readonly #speech = new Speech(this);
  @state() private session: Session | null = null;
  @state() private problem = '';
  @state() private isBusy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  async #look(): Promise<void> {
    this.session = await api.session();
    if (this.session === null) {
      this.problem = staffWords[this.#speech.language].offline;
      setTimeout(() => {
        if (this.isConnected) void this.#look();
      }, 2000);
    } else {
      this.problem = '';
      if (this.session.signedIn) this.dispatchEvent(new Event('signed-in'));
    }
  }

  override render(): TemplateResult | typeof nothing {
    const words = staffWords[this.#speech.language];
    // Somebody who is signed in never sees the form.
    if (this.session?.signedIn || (this.session === null && this.problem === '')) return nothing;
    const setUp = this.session?.setUp === false;
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, words)}>
      <button type="button" class="language" @click=${() => this.#speech.toggle()}>${words.other}</button>
      <h1>${words.product} <small>${this.name}</small></h1>
      ${setUp ? html`<p>${words.firstStart}</p>` : nothing}
      ${setUp ? html`<label>${words.setupCode}<input name="code" inputmode="numeric" autocomplete="off" required /></label>` : nothing}
      <label>${setUp ? words.newPassword : words.password}
        <input name="password" type="password" autocomplete=${setUp ? 'new-password' : 'current-password'} required autofocus /></label>
      ${setUp ? html`<label>${words.repeatPassword}<input name="again" type="password" autocomplete="new-password" required /></label>` : nothing}
      <p class="problem" role="alert">${this.problem}</p>
      <button class="main" ?disabled=${this.isBusy || this.session === null}>${setUp ? words.setUp : words.signIn}</button>
    </form>`;
  }

  async #submit(event: SubmitEvent, words: StaffWords): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const field = (name: string) => String(fields.get(name) ?? '');
    const setUp = this.session?.setUp === false;
    if (setUp && field('password').length < MIN_PASSWORD) this.problem = words.tooShort;
    else if (setUp && field('password') !== field('again')) this.problem = words.mismatch;
    else await this.#send(setUp, field('code').trim(), field('password'), words);
  }

  async #send(setUp: boolean, code: string, password: string, words: StaffWords): Promise<void> {
    this.isBusy = true;
    const outcome = setUp ? await api.setUp(code, password) : await api.signIn(password);
    this.isBusy = false;
    const problems: Record<SignIn, string> = {
      ok: '',
      wrong: setUp ? words.wrongCode : words.wrongPassword,
      'too-often': words.tooOften,
      offline: words.offline,
    };
    this.problem = problems[outcome];
    if (outcome === 'ok') this.dispatchEvent(new Event('signed-in'));
  }

  static override styles = [
    controls,
    css`
      :host {
        box-sizing: border-box;
        display: grid;
        place-items: center;
        min-height: 100vh;
        padding: 1rem;
      }
      form {
        position: relative;
        display: grid;
        gap: 0.9rem;
        width: min(26rem, 100%);
        padding: 2rem;
        background: var(--card);
        border: 1px solid var(--line);
        border-top: 0.5rem solid var(--red);
        border-radius: 0.5rem;
      }
      h1,
      p {
        margin: 0;
      }
      label {
        display: grid;
        gap: 0.3rem;
      }
      h1 {
        color: var(--red);
      }
      h1 small {
        margin-left: 0.3rem;
        font-size: 1.1rem;
        color: var(--ink-soft);
      }
      .language {
        position: absolute;
        top: 1.2rem;
        right: 1.2rem;
        min-height: 2rem;
      }
      button.main {
        min-height: 3rem;
      }
      .problem {
        min-height: 1.4em;
        color: var(--against);
        font-weight: 600;
      }
    `,
  ];
}
