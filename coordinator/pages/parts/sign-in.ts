import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SignedIn } from '../../contract/answers.ts';
import { api, isProblem, type Problem } from './api.ts';
import { Speech } from './language.ts';
import { controls } from './shared-styles.ts';
import { staffWords } from './staff-words.ts';

/** Who signed in on this device last; no secret. */
const LAST_PERSON = 'hallvote-person';

/** What is asked: who they are; with a one-time code a password of their own; with an authenticator its code. */
type Step = 'person' | 'choose' | 'code';

/** Somebody is in. */
export class SignedInEvent extends Event {
  /** Attempts to be them that failed before. */
  readonly failed: number;

  constructor(failed: number) {
    super('signed-in');
    this.failed = failed;
  }
}

/** Asks who somebody is, on every page of the staff; says `signed-in` when they are in. */
@customElement('hv-sign-in')
export class SignInForm extends LitElement {
  /** The page signed in to. */
  @property() name = '';
  /** What is signed in to, where that is not a hall. */
  @property() product = '';
  readonly #speech = new Speech(this);
  @state() private step: Step = 'person';
  @state() private problem: Problem['text'] | null = null;
  @state() private isBusy = false;
  @state() private isShown = false;
  #person = localStorage.getItem(LAST_PERSON) ?? '';
  #secret = '';

  override render(): TemplateResult {
    const { language } = this.#speech;
    const words = staffWords[language];
    const fields = { person: this.#personFields, choose: this.#choiceFields, code: this.#codeFields };
    return html`<form @submit=${this.#onSubmit}>
      <button type="button" class="language" @click=${() => this.#speech.toggle()}>${words.other}</button>
      <h1>${this.product || words.product} <small>${this.name}</small></h1>
      ${fields[this.step]()}
      <p class="problem" role="alert">${this.problem?.[language] ?? ''}</p>
      <button class="main" ?disabled=${this.isBusy}>${this.step === 'choose' ? words.chooseAndEnter : words.signIn}</button>
      ${
        this.step === 'person'
          ? nothing
          : html`<button type="button" class="back" ?disabled=${this.isBusy} @click=${this.#back}>${words.back}</button>`
      }
    </form>`;
  }

  readonly #personFields = (): TemplateResult => {
    const words = staffWords[this.#speech.language];
    return html`
      <label>${words.person}<input name="person" .defaultValue=${this.#person} autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="100" required ?autofocus=${this.#person === ''} /></label>
      <label>${words.secret}
        <input name="secret" type=${this.isShown ? 'text' : 'password'} autocomplete="current-password" autocapitalize="none" spellcheck="false" required ?autofocus=${this.#person !== ''} /></label>
      ${this.#shownBox()}
      <p class="soft">${words.secretHint}</p>`;
  };

  readonly #choiceFields = (): TemplateResult => {
    const words = staffWords[this.#speech.language];
    const type = this.isShown ? 'text' : 'password';
    return html`
      <p><b>${words.codeIsRight}</b><br />${words.chooseHint}</p>
      <input class="unseen" name="username" autocomplete="username" .defaultValue=${this.#person} tabindex="-1" aria-hidden="true" readonly />
      <label>${words.newPassword}<input name="password" type=${type} autocomplete="new-password" required autofocus /></label>
      <label>${words.repeatPassword}<input name="again" type=${type} autocomplete="new-password" required /></label>
      ${this.#shownBox()}`;
  };

  readonly #codeFields = (): TemplateResult => {
    const words = staffWords[this.#speech.language];
    return html`
      <p>${words.codeWanted}</p>
      <label>${words.code}<input name="code" inputmode="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="60" required autofocus /></label>`;
  };

  #shownBox(): TemplateResult {
    const onChange = (event: Event) => {
      if (event.target instanceof HTMLInputElement) this.isShown = event.target.checked;
    };
    return html`<label class="box"><input type="checkbox" .checked=${this.isShown} @change=${onChange} />${staffWords[this.#speech.language].showTyped}</label>`;
  }

  readonly #back = (): void => {
    this.#secret = '';
    this.#go('person');
  };

  #go(step: Step): void {
    this.step = step;
    this.problem = null;
    this.isShown = false;
    // `autofocus` is for a page that opens; this form has been there.
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLInputElement>('input[autofocus]')?.focus(),
    );
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const field = (name: string) => String(fields.get(name) ?? '');
    if (this.step === 'choose' && field('password') !== field('again')) {
      this.problem = { zh: staffWords.zh.mismatch, en: staffWords.en.mismatch };
      return;
    }
    if (this.step === 'person') {
      this.#person = field('person').trim();
      this.#secret = field('secret');
    }
    this.isBusy = true;
    const outcome =
      this.step === 'choose'
        ? await api.choosePassword(this.#person, this.#secret, field('password'))
        : await api.signIn(this.#person, this.#secret, this.step === 'code' ? field('code') : null);
    this.isBusy = false;
    this.#follow(outcome);
  };

  #follow(outcome: SignedIn | Problem): void {
    if (isProblem(outcome)) {
      this.problem = outcome.text;
      return;
    }
    switch (outcome.is) {
      case 'choose':
        this.#go('choose');
        break;
      case 'code-wanted':
        this.#go('code');
        break;
      case 'in':
        this.#secret = '';
        localStorage.setItem(LAST_PERSON, outcome.person.id);
        this.dispatchEvent(new SignedInEvent(outcome.failed));
    }
  }

  static override styles = [
    controls,
    css`
      :host {
        box-sizing: border-box;
        display: grid;
        flex: 1;
        place-items: center;
        padding: 1rem;
      }
      form {
        position: relative;
        display: grid;
        gap: 0.9rem;
        width: min(27rem, 100%);
        box-sizing: border-box;
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
      p {
        text-wrap: pretty;
      }
      label {
        display: grid;
        gap: 0.3rem;
      }
      label.box {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      label.box input {
        width: 1.2rem;
        min-height: 1.2rem;
        margin: 0;
        accent-color: var(--red);
      }
      h1 {
        padding-right: 5.5rem;
        color: var(--red);
      }
      h1 small {
        display: inline-block;
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
      .back {
        justify-self: center;
        border: none;
        background: none;
        text-decoration: underline;
      }
      .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        min-height: 0;
        padding: 0;
        border: 0;
        opacity: 0;
        pointer-events: none;
      }
      .problem {
        min-height: 1.4em;
        color: var(--against);
        font-weight: 600;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-sign-in': SignInForm;
  }
}
