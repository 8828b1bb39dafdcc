import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Timers } from '../../../../shared/pages/timers.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { AppraisalTaken, BundleTaken, HallExchange } from '../../../contract/register/hall-documents.ts';
import { isProblem, type Problem } from '../../parts/api.ts';
import { controls } from '../../parts/shared-styles.ts';
import { exchangeWords } from './exchange-words.ts';
import { momentText } from './moments.ts';
import { registerApi } from './register-api.ts';

/** What came of the last thing that was done here. */
interface Said {
  readonly isGood: boolean;
  readonly text: Problem['text'];
  readonly detail: Problem['text'] | null;
}

const KB = 1024;
const LOOK_MS = 4_000;

/** What is exchanged: a vote on the list, or an appraisal of its projects. */
export interface Exchange {
  /** The right of whoever takes a bundle. */
  readonly right: 'enter-result' | 'enter-appraisal';
  readonly words: (language: Language) => {
    readonly title: string;
    readonly handOver: string;
    readonly handOverExplains: string;
    readonly byHand: string;
    readonly bundleExplains: string;
  };
  readonly handOver: () => Promise<ActAnswer>;
  readonly take: (name: string) => Promise<BundleTaken | AppraisalTaken | Problem>;
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => Promise<BundleTaken | AppraisalTaken | Problem>;
}

/** The vote on the frozen list of `year`. */
export const voteOf = (year: number): Exchange => ({
  right: 'enter-result',
  words: (language) => exchangeWords[language].vote,
  handOver: () => registerApi.handOver(year),
  take: (name) => registerApi.takeBundle(year, name),
  send: (bytes) => registerApi.bundle(year, bytes),
});

/** What goes between the register and the hall: the frozen list there, and its bundle back, which is verified whole before anything is entered. */
@customElement('hv-hall-exchange')
export class HallExchangeView extends LitElement {
  @property() language: Language = 'zh';
  @property() timezone = 'UTC';
  @property({ attribute: false }) exchange: Exchange = voteOf(0);
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private hall: HallExchange | null = null;
  @state() private isBusy = false;
  @state() private said: Said | null = null;

  constructor() {
    super();
    // A bundle comes while somebody waits for it.
    new Timers(this).always(LOOK_MS, () => void this.#read());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('exchange') && this.hall === null) void this.#read();
  }

  async #read(): Promise<void> {
    this.hall = (await registerApi.hall()) ?? this.hall;
  }

  override render(): TemplateResult | typeof nothing {
    const { hall, language, isBusy, said, exchange } = this;
    const words = { ...exchangeWords[language], ...exchange.words(language) };
    if (hall === null) return nothing;
    const mayEnter = this.may(exchange.right);
    return html`<section aria-label=${words.title}>
      <h3>${words.title}</h3>
      ${
        hall.hasFolder && this.may('hand-over')
          ? html`<p><button data-act="hand-over" ?disabled=${isBusy} @click=${this.#handOver}>${words.handOver}</button> <span class="soft">${words.handOverExplains}</span></p>`
          : html`<p class="soft">${words.byHand}</p>`
      }
      ${
        mayEnter
          ? html`<h4>${words.bundle}</h4>
              <p class="soft">${words.bundleExplains}</p>
              ${hall.key === null ? html`<p class="warn">⚠ ${words.noKey}</p>` : nothing}
              ${
                hall.hasFolder
                  ? html`<ul>${hall.bundles.map(
                      ({
                        name,
                        bytes,
                        at,
                      }) => html`<li><code>${name}</code> <span class="soft">${words.size(Math.ceil(bytes / KB), momentText(at, this.timezone, language))}</span>
                        <button data-bundle=${name} ?disabled=${isBusy} @click=${() => this.#take(exchange.take(name))}>${words.take}</button></li>`,
                    )}</ul>
                    ${hall.bundles.length === 0 ? html`<p class="soft">${words.noBundle}</p>` : nothing}
                    <p><button ?disabled=${isBusy} @click=${() => this.#read()}>${words.again}</button></p>`
                  : nothing
              }
              <label>${words.upload}<input type="file" accept=".zip,application/zip" ?disabled=${isBusy} @change=${this.#onFile} /></label>`
          : nothing
      }
      <div role="status">${isBusy ? html`<p>${words.verifying}</p>` : nothing}
        ${said ? html`<p class=${said.isGood ? 'good' : 'bad'}>${said.text[language]}${said.detail ? html`<br />${said.detail[language]}` : nothing}</p>` : nothing}</div>
    </section>`;
  }

  readonly #handOver = async (): Promise<void> => {
    const answer = await this.exchange.handOver();
    this.said = answer.ok
      ? {
          isGood: true,
          text: { zh: exchangeWords.zh.handedOver, en: exchangeWords.en.handedOver },
          detail: null,
        }
      : { isGood: false, text: answer.text, detail: null };
  };

  readonly #onFile = async ({ target }: Event): Promise<void> => {
    if (!(target instanceof HTMLInputElement)) return;
    const [file] = target.files ?? [];
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    target.value = '';
    await this.#take(this.exchange.send(bytes));
  };

  async #take(taking: Promise<BundleTaken | AppraisalTaken | Problem>): Promise<void> {
    this.isBusy = true;
    this.said = null;
    const taken = await taking;
    this.isBusy = false;
    if (isProblem(taken)) this.said = { isGood: false, text: taken.text, detail: null };
    else if (taken.is === 'refused') this.said = { isGood: false, text: taken.text, detail: taken.detail };
    else {
      const { zh, en } = exchangeWords;
      this.said = {
        isGood: true,
        text:
          'chosen' in taken
            ? { zh: zh.done(taken.chosen), en: en.done(taken.chosen) }
            : { zh: zh.graded(taken.graded), en: en.graded(taken.graded) },
        detail: null,
      };
      this.onDone();
    }
  }

  static override styles = [
    controls,
    css`
      section {
        margin: 1rem 0;
        padding: 0.8rem 1.1rem;
        border: 1px solid var(--line);
        border-left: 0.35rem solid var(--gold);
        background: var(--paper);
      }
      h3,
      h4 {
        margin: 0 0 0.3rem;
      }
      h4 {
        margin-top: 0.8rem;
      }
      p {
        margin: 0.3rem 0;
      }
      ul {
        margin: 0.4rem 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.3rem 0.9rem;
        padding: 0.3rem 0;
        border-bottom: 1px solid var(--line);
      }
      li button {
        margin-left: auto;
      }
      label {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.3rem;
        max-width: 30rem;
      }
      .good,
      .bad,
      .warn {
        padding: 0.5rem 0.8rem;
        border-left: 0.3rem solid var(--for);
        background: var(--good-wash);
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .bad {
        border-left-color: var(--against);
        background: var(--bad-wash);
      }
      .warn {
        border-left-color: var(--gold);
        background: var(--warn-wash);
      }
      code {
        font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-hall-exchange': HallExchangeView;
  }
}
