import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Timers } from '../../../../shared/pages/timers.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { BundleTaken, HallExchange } from '../../../contract/register/documents.ts';
import { controls } from '../../parts/shared-styles.ts';
import { registerApi } from '../parts/register-api.ts';
import { exchangeWords } from './hall-exchange-words.ts';

/** How often it is looked whether a bundle has come. */
const LOOK_MS = 4_000;

/** What goes between register and hall: the frozen list there, the bundle back. */
@customElement('hv-hall-exchange')
export class HallExchangeView extends LitElement {
  @property() language: Language = 'zh';
  @property({ type: Number }) year = 0;
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  /** The result was entered. */
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private exchange: HallExchange | null = null;
  @state() private said: { readonly text: string; readonly detail: string; readonly isGood: boolean } | null =
    null;
  @state() private isBusy = false;

  constructor() {
    super();
    new Timers(this).always(LOOK_MS, () => void this.#look());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('year')) return;
    this.said = null;
    void this.#look();
  }

  override render(): TemplateResult | typeof nothing {
    const words = exchangeWords[this.language];
    const { exchange } = this;
    if (!exchange) return nothing;
    return html`<section>
      <h3>${words.title}</h3>
      ${this.may('hand-over') ? this.#handOver(exchange) : nothing}
      ${this.may('enter-result') ? this.#takeBack(exchange) : nothing}
      <p role="status" class=${this.said?.isGood ? 'good' : 'bad'}>${this.isBusy ? words.verifying : (this.said?.text ?? '')}</p>
      ${this.said?.detail ? html`<pre tabindex="0">${this.said.detail}</pre>` : nothing}
    </section>`;
  }

  #handOver({ hasFolder }: HallExchange): TemplateResult {
    const words = exchangeWords[this.language];
    if (!hasFolder) return html`<p class="soft">${words.noFolder}</p>`;
    return html`<p class="soft">${words.handOverHint}</p>
      <p><button class="main" data-act="hand-over" ?disabled=${this.isBusy} @click=${this.#onHandOver}>${words.handOver}</button></p>`;
  }

  #takeBack({ key, hasFolder, bundles }: HallExchange): TemplateResult {
    const words = exchangeWords[this.language];
    if (key === null) return html`<p class="bad">⚠ ${words.noKey}</p>`;
    const when = (at: number) => new Date(at).toLocaleString(this.language === 'zh' ? 'zh-CN' : 'en-GB');
    return html`<p class="soft">${words.takeHint}</p>
      ${
        hasFolder
          ? html`<h4>${words.inFolder}</h4>
              ${bundles.length === 0 ? html`<p class="soft">${words.none}</p>` : nothing}
              <ul>${bundles.map(
                ({
                  name,
                  bytes,
                  at,
                }) => html`<li><b>${name}</b> <span class="soft">${words.megabytes((bytes / 1e6).toFixed(1), when(at))}</span>
                  <button data-bundle=${name} ?disabled=${this.isBusy} @click=${() => this.#take(() => registerApi.takeBundle(this.year, name))}>${words.takeBack}</button></li>`,
              )}</ul>`
          : nothing
      }
      <p><label>${words.fromFile} <input type="file" accept=".zip,application/zip" ?disabled=${this.isBusy} @change=${this.#onFile} /></label></p>`;
  }

  async #look(): Promise<void> {
    if (this.year === 0 || !(this.may('hand-over') || this.may('enter-result'))) return;
    this.exchange = (await registerApi.hall()) ?? this.exchange;
  }

  readonly #onHandOver = async (): Promise<void> => {
    const answer = await registerApi.handOver(this.year);
    this.said = answer.ok
      ? { text: exchangeWords[this.language].handedOver, detail: '', isGood: true }
      : { text: answer.text[this.language], detail: answer.detail ?? '', isGood: false };
  };

  readonly #onFile = async ({ target }: Event): Promise<void> => {
    const file = target instanceof HTMLInputElement ? target.files?.[0] : undefined;
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    await this.#take(() => registerApi.bundle(this.year, bytes));
  };

  async #take(
    asking: () => Promise<BundleTaken | { readonly is: 'problem'; readonly text: Said }>,
  ): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    const taken = await asking();
    this.isBusy = false;
    if (taken.is === 'done') {
      this.said = { text: exchangeWords[this.language].done(taken.chosen), detail: '', isGood: true };
      this.onDone();
      return;
    }
    const detail = taken.is === 'refused' ? (taken.detail?.[this.language] ?? '') : '';
    this.said = { text: taken.text[this.language], detail, isGood: false };
  }

  static override styles = [
    controls,
    css`
      section {
        margin: 1rem 0;
        padding: 0.2rem 1rem 0.8rem;
        border: 1px solid var(--line);
        border-left: 0.35rem solid var(--gold);
        border-radius: 0.4rem;
      }
      h3 {
        margin: 0.6rem 0;
      }
      h4 {
        margin: 0.6rem 0 0.2rem;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.3rem 0.8rem;
        padding: 0.3rem 0;
      }
      p {
        max-width: 60rem;
      }
      .good {
        color: var(--for);
        font-weight: 600;
      }
      .bad {
        color: var(--against);
        font-weight: 600;
      }
      pre {
        overflow-x: auto;
        white-space: pre-wrap;
      }
    `,
  ];
}

interface Said {
  readonly zh: string;
  readonly en: string;
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-hall-exchange': HallExchangeView;
  }
}
