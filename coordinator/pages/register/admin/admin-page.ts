import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Speech } from '../../parts/language.ts';
import '../../parts/members.ts';
import { controls } from '../../parts/shared-styles.ts';
import { staffFrameStyles } from '../../parts/staff-header.ts';
import { Office } from '../parts/office.ts';
import { registerFrame } from '../parts/register-frame.ts';
import './children-section.ts';

const zh = {
  title: '工作人员',
  hint: '名单和角色写在 register.yaml 的 staff 中，修改后重新启动项目库。这里给出一次性码；管理员还可查看和结束登录。每次都记入账本。',
};
const en: typeof zh = {
  title: 'The staff',
  hint: 'Persons and roles stand in register.yaml under staff; when they have changed, start the register again. Here codes are given; the administrator also sees and ends sessions. The ledger keeps each time.',
};

/** Who works on the register, how each signs in, and codes to hand out. */
@customElement('hv-register-admin')
export class RegisterAdmin extends LitElement {
  readonly #speech = new Speech(this);
  readonly #office = new Office(this);

  override render(): TemplateResult {
    return registerFrame({
      page: 'admin',
      speech: this.#speech,
      office: this.#office,
      body: () => this.#body(),
    });
  }

  #body(): TemplateResult {
    const { language } = this.#speech;
    const words = language === 'zh' ? zh : en;
    return html`<main>
      <h1>${words.title}</h1>
      <p class="soft">${words.hint}</p>
      <hv-members .language=${language}></hv-members>
      <hv-register-children .language=${language} ?mayPull=${this.#office.may('pull')}></hv-register-children>
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
    'hv-register-admin': RegisterAdmin;
  }
}
