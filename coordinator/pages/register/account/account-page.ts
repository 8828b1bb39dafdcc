import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../../parts/account-view.ts';
import { OfficePage } from '../parts/office-page.ts';

/** One's own account in a register. */
@customElement('hv-register-account')
export class RegisterAccount extends OfficePage {
  protected readonly page = 'account';

  protected override body(): TemplateResult {
    return html`<hv-account-view .language=${this.speech.language} .person=${this.office.person}></hv-account-view>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-account': RegisterAccount;
  }
}
