import { html, LitElement, type nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../parts/account-view.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrame } from '../parts/staff-frame.ts';
import { staffFrameStyles } from '../parts/staff-header.ts';

/** One's own account in a hall. */
@customElement('hv-account')
export class AccountPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall'], asks: true });

  override render(): TemplateResult | typeof nothing {
    return staffFrame({
      page: 'account',
      speech: this.#speech,
      feed: this.#feed,
      body: () =>
        html`<hv-account-view .language=${this.#speech.language} .person=${this.#feed.person}></hv-account-view>`,
    });
  }

  static override styles = [controls, staffFrameStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-account': AccountPage;
  }
}
