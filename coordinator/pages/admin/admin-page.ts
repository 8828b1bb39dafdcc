import { css, html, LitElement, type nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import '../parts/members.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrame, staffFrameStyles } from '../parts/staff-frame.ts';

const zh = {
  title: '工作人员',
  hint: '名单和角色写在 hall.yaml 的 staff 中，由会务“重新读取文件”后生效。这里给出一次性码、查看和结束登录；每次都记入账本。',
};
const en: typeof zh = {
  title: 'The staff',
  hint: 'Persons and roles stand in hall.yaml under staff, and hold once the operator has read the files again. Here codes are given, and sessions seen and ended; the ledger keeps each time.',
};

/** The administrator's page: who is on the staff, how each signs in, and where. */
@customElement('hv-admin')
export class AdminPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall'], asks: true });

  override render(): TemplateResult | typeof nothing {
    return staffFrame({ page: 'admin', speech: this.#speech, feed: this.#feed, body: () => this.#body() });
  }

  #body(): TemplateResult {
    const { language } = this.#speech;
    const words = language === 'zh' ? zh : en;
    return html`<main>
      <h1>${words.title}</h1>
      <p class="soft">${words.hint}</p>
      <hv-members .language=${language}></hv-members>
    </main>`;
  }

  static override styles = [
    controls,
    staffFrameStyles,
    css`
      main {
        flex: 1;
        box-sizing: border-box;
        width: 100%;
        padding: 0.8rem 1.2rem 2rem;
        background: var(--card);
      }
      h1 {
        margin: 0;
        font-size: 1.4rem;
      }
      p {
        max-width: 60rem;
        margin: 0.4rem 0 1rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-admin': AdminPage;
  }
}
