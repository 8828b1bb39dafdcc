import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { label, TERMS } from '../../../shared/terms.ts';
import { fingerprint } from '../parts/countdown.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';

const zh = {
  name: '会堂表决',
  pages: [
    ['/hall', '会场大屏', '签到、表决进度和宣布的结果，供全场观看'],
    ['/chair', TERMS.chair.zh, '开始、结束表决，宣布结果'],
    ['/operator', TERMS.operator.zh, '终端、签到、证件卡、存证包'],
    ['/scrutineer', '监票', '生成无记名表决的密钥，解密总票数，检验席位，签署结果'],
    ['/receipts', TERMS.receiptCode.zh, '查自己的密封票是否计入'],
  ],
  key: '主机密钥指纹',
  hint: '会前公布此指纹；核验存证包时与之核对',
  other: 'English',
};
const en: typeof zh = {
  name: 'Hallvote',
  pages: [
    ['/hall', 'Hall display', 'Check-in, turnout and announced results, for everybody to see'],
    ['/chair', label(TERMS.chair, 'en'), 'Opens and closes votes, announces results'],
    ['/operator', label(TERMS.operator, 'en'), 'Terminals, check-in, cards, the bundle'],
    [
      '/scrutineer',
      'Scrutineers',
      'Make the key of secret votes, decrypt the sum, audit seats, sign the result',
    ],
    ['/receipts', 'Receipt codes', 'Whether one’s own sealed ballot is counted'],
  ],
  key: 'Coordinator’s key',
  hint: 'Publish it before the sitting; whoever verifies the bundle compares it',
  other: '中文',
};

/** The start page: where to go. */
@customElement('hv-index')
export class IndexPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, { public: ['hall'] });

  override render(): TemplateResult {
    const words = this.#speech.language === 'zh' ? zh : en;
    const { hall } = this.#feed.documents;
    return html`<main>
      <button @click=${() => this.#speech.toggle()}>${words.other}</button>
      <h1>${words.name}</h1>
      ${hall ? html`<p class="sitting">${this.#speech.text(hall.congress)}<br />${this.#speech.text(hall.title)}　${hall.date}</p>` : nothing}
      <nav>
        ${words.pages.map(([path, name, what]) => html`<a href=${path ?? '/'}><b>${name}</b><span>${what}</span></a>`)}
      </nav>
      ${hall ? html`<p class="key">${words.key} <code>${fingerprint(hall.kid)}</code><br /><small>${words.hint}</small></p>` : nothing}
    </main>`;
  }

  static override styles = css`
    main {
      max-width: 56rem;
      margin: 0 auto;
      padding: min(3rem, 6vh) 1.5rem 1rem;
    }
    button {
      float: right;
      font: inherit;
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
      margin: 1.6rem 0;
    }
    /* What the hall watches, above what people work at. */
    a:first-child {
      grid-column: 1 / -1;
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
  `;
}
