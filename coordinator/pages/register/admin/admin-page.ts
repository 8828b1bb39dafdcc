import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { membersPage, membersPageStyles } from '../../parts/members-page.ts';
import { OfficePage } from '../parts/office-page.ts';
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
export class RegisterAdmin extends OfficePage {
  protected readonly page = 'admin';

  protected override body(): TemplateResult {
    const { language } = this.speech;
    const words = language === 'zh' ? zh : en;
    return membersPage({
      ...{ language, title: words.title, hint: words.hint },
      more: html`<hv-register-children .language=${language} ?mayPull=${this.office.may('pull')}></hv-register-children>`,
    });
  }

  static override styles = [OfficePage.styles, membersPageStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-admin': RegisterAdmin;
  }
}
