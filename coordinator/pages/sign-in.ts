import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, type Session, type SignIn } from './api.ts';
import { Speech } from './language.ts';
import { controls } from './shared-styles.ts';
import { type StaffWords, staffWords } from './staff-words.ts';

/** Asks for the hall password, or at the first start for a new one; says `signed-in` when that is done. */
@customElement('hv-sign-in')
export class SignInForm extends LitElement {
  readonly #speech = new Speech(this);
  @state() private session: Session | null = null;
  @state() private problem = '';
  @state() private isBusy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#look();
  }

  async #look(): Promise<void> {
    this.session = await api.session();
    if (this.session === null) {
      this.problem = staffWords[this.#speech.language].offline;
      setTimeout(() => this.isConnected && this.#look(), 2000);
    } else {
      this.problem = '';
      if (this.session.signedIn) this.dispatchEvent(new Event('signed-in'));
    }
  }

  override render(): TemplateResult {
    const words = staffWords[this.#speech.language];
    const setUp = this.session?.setUp === false;
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, words)}>
      <h1>${words.product}</h1>
      <p>${setUp ? words.firstStart : nothing}</p>
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
    if (setUp && field('password').length < 8) {
      this.problem = words.tooShort;
      return;
    }
    if (setUp && field('password') !== field('again')) {
      this.problem = words.mismatch;
      return;
    }
    this.isBusy = true;
    const outcome = setUp
      ? await api.setUp(field('code').trim(), field('password'))
      : await api.signIn(field('password'));
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
        display: grid;
        place-items: center;
        min-height: 100vh;
        padding: 1rem;
      }
      form {
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
      .problem {
        min-height: 1.4em;
        color: var(--against);
        font-weight: 600;
      }
    `,
  ];
}
