import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { TERMS } from '../../../shared/terms.ts';
import type { StaffPage } from '../../contract/staff-pages.ts';
import { fingerprint } from '../parts/countdown.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import { openWire, openWireStyles } from '../parts/open-wire.ts';
import { pagesOf } from '../parts/staff-frame.ts';
import { staffWords } from '../parts/staff-words.ts';

const zh = {
  name: '会堂表决',
  everybody: [
    ['/hall', '会场大屏', '签到、表决进度和宣布的结果，供全场观看'],
    ['/receipts', TERMS.receiptCode.zh, '查自己的密封票是否计入'],
  ],
  staff: {
    chair: '开始、结束表决，宣布结果',
    operator: '终端、签到、证件卡、人员的一次性码、存证包',
    scrutineer: '生成无记名表决的密钥，解密总票数，检验席位，签署结果',
    auditor: '全部内容只读：议程、签到、席位、拒绝记录、监票、存证包',
    admin: '人员、一次性码、登录情况',
    account: '密码、手机验证器、已登录的设备',
  },
  signInFor: '工作人员请先登录',
  greeting: (name: string) => `${name}，您可以打开：`,
  signOut: '退出登录',
  key: '主机密钥指纹',
  hint: '会前公布此指纹；核验存证包时与之核对',
  other: 'English',
};
const en: typeof zh = {
  name: 'Hallvote',
  everybody: [
    ['/hall', 'Hall display', 'Check-in, turnout and announced results, for everybody to see'],
    ['/receipts', 'Receipt codes', 'Whether one’s own sealed ballot is counted'],
  ],
  staff: {
    chair: 'Opens and closes votes, announces results',
    operator: 'Terminals, check-in, cards, codes for the staff, the bundle',
    scrutineer: 'Make the key of secret votes, decrypt the sum, audit seats, sign the result',
    auditor: 'Everything, to be read: agenda, attendance, seats, refusals, scrutineers, the bundle',
    admin: 'The staff, one-time codes, who is signed in',
    account: 'Password, authenticator, where you are signed in',
  },
  signInFor: 'For the staff, who sign in first',
  greeting: (name) => `${name}, you may open:`,
  signOut: 'Sign out',
  key: 'Coordinator’s key',
  hint: 'Publish it before the sitting; whoever verifies the bundle compares it',
  other: '中文',
};

/** Where somebody works who has not said yet who they are. */
const BEFORE: readonly StaffPage[] = ['chair', 'operator', 'scrutineer', 'auditor', 'admin'];

/** The start page: where to go. Whoever is signed in finds their own pages, and no others. */
@customElement('hv-index')
export class IndexPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall'], asks: true, forAll: true });

  override render(): TemplateResult {
    const words = this.#speech.language === 'zh' ? zh : en;
    const { hall } = this.#feed.documents;
    const link = ([path = '/', name, what]: readonly (string | undefined)[]) =>
      html`<a href=${path}><b>${name}</b><span>${what}</span></a>`;
    return html`${openWire(this.#feed.session?.wire, this.#speech)}<main>
      <button @click=${() => this.#speech.toggle()}>${words.other}</button>
      <h1>${words.name}</h1>
      ${hall ? html`<p class="sitting">${this.#speech.text(hall.congress)}<br />${this.#speech.text(hall.title)}　${hall.date}</p>` : nothing}
      <nav>${words.everybody.map(link)}</nav>
      ${this.#feed.session === null ? nothing : this.#staff(words, link)}
      ${hall ? html`<p class="key">${words.key} <code>${fingerprint(hall.kid)}</code><br /><small>${words.hint}</small></p>` : nothing}
    </main>`;
  }

  #staff(words: typeof zh, link: (entry: readonly string[]) => TemplateResult): TemplateResult {
    const { person } = this.#feed;
    const names = staffWords[this.#speech.language].pages;
    const pages = person ? pagesOf(this.#feed) : BEFORE;
    return html`<h2>${person ? words.greeting(person.name) : words.signInFor}
        ${person ? html`<button @click=${() => this.#feed.signOut()}>${words.signOut}</button>` : nothing}</h2>
      <nav>${pages.map((page) => link([`/${page}`, names[page], words.staff[page]]))}</nav>`;
  }

  static override styles = [
    openWireStyles,
    css`
    main {
      max-width: 56rem;
      margin: 0 auto;
      padding: min(3rem, 6vh) 1.5rem 1rem;
    }
    main > button {
      float: right;
    }
    button {
      font: inherit;
      font-weight: 400;
      padding: 0.4rem 0.9rem;
      border: 1px solid var(--line);
      border-radius: 0.4rem;
      background: none;
      cursor: pointer;
    }
    h1 {
      margin: 0;
      color: var(--red);
      font-size: 2.4rem;
    }
    .sitting {
      font-size: 1.15rem;
    }
    nav {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
      gap: 1rem;
      margin: 1rem 0;
    }
    h2 {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0.3rem 1rem;
      margin: 2rem 0 0;
      font-size: 1.15rem;
    }
    a {
      display: grid;
      align-content: start;
      gap: 0.2rem;
      padding: 1.1rem 1.4rem;
      border: 1px solid var(--line);
      border-left: 0.4rem solid var(--red);
      border-radius: 0.4rem;
      background: var(--card);
      color: inherit;
      text-decoration: none;
    }
    a:hover {
      border-color: var(--red);
    }
    a b {
      font-size: 1.3rem;
    }
    a span {
      text-wrap: pretty;
    }
    a span,
    .key {
      color: var(--ink-soft);
    }
    code {
      color: var(--ink);
      font-size: 1.1rem;
    }
  `,
  ];
}
