import { html, LitElement, type nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { ConfirmDialog } from '../parts/confirm-dialog.ts';
import '../parts/confirm-dialog.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import { membersPage, membersPageStyles } from '../parts/members-page.ts';
import { controls } from '../parts/shared-styles.ts';
import { staffFrame } from '../parts/staff-frame.ts';
import { staffFrameStyles } from '../parts/staff-header.ts';

const zh = {
  title: '工作人员',
  hint: '名单和角色写在 hall.yaml 的 staff 中，修改后在此重新读取。这里给出一次性码、查看和结束登录；每次都记入账本。',
  reload: '重新读取名单',
  reloadExplains:
    '读取 hall.yaml 中的人员、角色和权限设置。已不在名单上的人立即不能再操作；文件有误则什么也不改变。',
};
const en: typeof zh = {
  title: 'The staff',
  hint: 'Persons and roles stand in hall.yaml under staff; when they have changed, have them read again here. Here codes are given, and sessions seen and ended; the ledger keeps each time.',
  reload: 'Read the list again',
  reloadExplains:
    'Reads persons, roles and rights in hall.yaml. Whoever is no longer on the list can do nothing from then on; with a mistake in the file nothing changes.',
};

/** The administrator's page: who is on the staff, how each signs in, and where. */
@customElement('hv-admin')
export class AdminPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall'], asks: true });
  @query('hv-confirm') private confirm!: ConfirmDialog | null;

  override render(): TemplateResult | typeof nothing {
    return staffFrame({ page: 'admin', speech: this.#speech, feed: this.#feed, body: () => this.#body() });
  }

  #body(): TemplateResult {
    const { language } = this.#speech;
    const words = language === 'zh' ? zh : en;
    const reload = () =>
      this.confirm?.ask(
        { name: words.reload, explains: words.reloadExplains, act: () => ({ act: 'reload' }) },
        language,
      );
    return html`${membersPage({
      ...{ language, title: words.title, hint: words.hint },
      more: html`<p><button data-act="reload" @click=${reload}>${words.reload}</button></p>`,
    })}
    <hv-confirm @signed-out=${() => this.#feed.restart()}></hv-confirm>`;
  }

  static override styles = [controls, staffFrameStyles, membersPageStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-admin': AdminPage;
  }
}
