import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { label, TERMS } from '../../../shared/terms.ts';
import type { ReceiptsDocument } from '../../contract/documents.ts';
import { api } from '../parts/api.ts';
import { Speech } from '../parts/language.ts';
import { controls } from '../parts/shared-styles.ts';

const zh = {
  title: TERMS.receiptCode.zh,
  what: '无记名表决结束后，计入的每张密封票的回执码都列在这里。输入您席位上显示的回执码（前 8 位即可）；查到了，您的票就在总和里。',
  search: '输入回执码',
  none: '还没有结束的无记名表决',
  loading: '正在读取……',
  offline: '连不上主机，请重试',
  again: '重新读取',
  rehearsal: label(TERMS.rehearsal, 'zh'),
  count: (n: number) => `共 ${n} 张`,
  found: (n: number) => (n === 1 ? '查到了：此票已计入' : `查到 ${n} 个，请再多输几位`),
  notFound: '没有查到。请核对字母大小写；仍查不到，请告诉监票人',
  round: label(TERMS.vote, 'zh'),
  other: 'English',
};
const en: typeof zh = {
  title: 'Receipt codes',
  what: 'After a secret vote the receipt code of every sealed ballot that was counted is listed here. Type the code your seat showed (its first 8 characters will do): if it is here, your ballot is in the sum.',
  search: 'Type a receipt code',
  none: 'No secret vote has closed yet',
  loading: 'Loading…',
  offline: 'The coordinator cannot be reached; try again',
  again: 'Read again',
  rehearsal: label(TERMS.rehearsal, 'en'),
  count: (n) => `${n} in all`,
  found: (n) => (n === 1 ? 'Found: this ballot is counted' : `${n} found; type a few more characters`),
  notFound: 'Not found. Mind capital letters; if it still is not here, tell a scrutineer',
  round: label(TERMS.vote, 'en'),
  other: '中文',
};

const LEAST = 4;

/** Everybody's page: whether one's own sealed ballot is among those counted. */
@customElement('hv-receipts')
export class ReceiptsPage extends LitElement {
  readonly #speech = new Speech(this);
  @state() private votes: ReceiptsDocument | 'loading' | 'offline' = 'loading';
  @state() private chosen: string | null = null;
  @state() private search = '';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  async #read(): Promise<void> {
    this.votes = 'loading';
    this.votes = (await api.receipts()) ?? 'offline';
  }

  override render(): TemplateResult {
    const words = this.#speech.language === 'zh' ? zh : en;
    return html`<main>
      <button class="language" @click=${() => this.#speech.toggle()}>${words.other}</button>
      <h1>${words.title}</h1>
      <p>${words.what}</p>
      ${this.#list(words)}
    </main>`;
  }

  #list(words: typeof zh): TemplateResult {
    const again = html`<button @click=${() => this.#read()}>${words.again}</button>`;
    const { votes } = this;
    if (votes === 'loading') return html`<p role="status">${words.loading}</p>`;
    if (votes === 'offline') return html`<p role="alert">${words.offline}</p>${again}`;
    const vote = votes.find(({ round }) => round === this.chosen) ?? votes.at(-1);
    if (!vote) return html`<p role="status">${words.none}</p>${again}`;
    // Whoever copies a code from the seat's screen types its groups apart.
    const wanted = this.search.replace(/\s/g, '');
    const matching = vote.codes.filter((code) => code.startsWith(wanted));
    const isAsked = wanted.length >= LEAST;
    return html`
      <div class="tools">
        <select aria-label=${words.round} @change=${this.#choose}>
          ${votes.toReversed().map(({ round, title, rehearsal }) => html`<option value=${round} ?selected=${round === vote.round}>${this.#speech.text(title)}${rehearsal ? `（${words.rehearsal}）` : ''} ${round}</option>`)}
        </select>
        <input type="search" autocapitalize="off" autocomplete="off" spellcheck="false" placeholder=${words.search} aria-label=${words.search} .value=${this.search} @input=${this.#type} />
        ${again}
      </div>
      <p class="answer ${isAsked ? (matching.length > 0 ? 'good' : 'bad') : ''}" role="status">${
        isAsked
          ? matching.length > 0
            ? words.found(matching.length)
            : words.notFound
          : words.count(vote.codes.length)
      }</p>
      <ol>${matching.map((code) => html`<li><code>${code.match(/.{1,4}/g)?.map((group, i) => html`<span class=${i < 2 ? 'first' : ''}>${group}</span>`)}</code></li>`)}</ol>
      ${matching.length === 0 && !isAsked ? html`<p>${words.notFound}</p>` : nothing}
    `;
  }

  #type(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.search = event.target.value;
  }

  #choose(event: Event): void {
    if (event.target instanceof HTMLSelectElement) this.chosen = event.target.value;
  }

  static override styles = [
    controls,
    css`
      main {
        max-width: 60rem;
        margin: 0 auto;
        padding: 1.5rem 1.2rem 3rem;
      }
      .language {
        float: right;
      }
      h1 {
        margin: 0 0 0.5rem;
        color: var(--red);
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem;
      }
      .tools input {
        flex: 1 1 14rem;
        font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
        font-size: 1.15rem;
      }
      .tools select {
        flex: 1 1 14rem;
        min-width: 0;
      }
      .answer {
        padding: 0.6rem 0.9rem;
        border-left: 0.3rem solid var(--line);
        background: var(--card);
        font-weight: 600;
      }
      .answer.good {
        border-color: var(--for);
        color: var(--for);
      }
      .answer.bad {
        border-color: var(--against);
        color: var(--against);
      }
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
        columns: 27rem auto;
      }
      li {
        padding: 0.25rem 0;
        border-bottom: 1px solid var(--line);
        break-inside: avoid;
        content-visibility: auto;
        contain-intrinsic-size: auto 1.8rem;
      }
      code {
        font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
        font-size: 0.95rem;
      }
      code span {
        margin-right: 0.45ch;
      }
      .first {
        font-weight: 800;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-receipts': ReceiptsPage;
  }
}
