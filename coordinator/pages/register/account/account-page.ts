import { html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../../parts/account-view.ts';
import { Speech } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { staffFrameStyles } from '../../parts/staff-header.ts';
import { Office } from '../parts/office.ts';
import { registerFrame } from '../parts/register-frame.ts';

/** One's own account in a register. */
@customElement('hv-register-account')
export class RegisterAccount extends LitElement {
  readonly #speech = new Speech(this);
  readonly #office = new Office(this);

  override render(): TemplateResult {
    return registerFrame({
      page: 'account',
      speech: this.#speech,
      office: this.#office,
      body: () =>
        html`<hv-account-view .language=${this.#speech.language} .person=${this.#office.person}></hv-account-view>`,
    });
  }

  static override styles = [controls, staffFrameStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-account': RegisterAccount;
  }
}
