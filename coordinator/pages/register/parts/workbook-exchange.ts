import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProjectsPreview, TableAnswer } from '../../../contract/register/table-documents.ts';
import { isProblem, type Problem } from '../../parts/api.ts';
import { controls } from '../../parts/shared-styles.ts';

/** What is said around a workbook, by what it is of. */
export interface WorkbookWords {
  readonly title: string;
  readonly bring: string;
  readonly hint: string;
  readonly reading: string;
  readonly nothing: string;
  readonly added: (n: number) => string;
  readonly changed: (n: number) => string;
  readonly refused: (n: number) => string;
  readonly field: string;
  readonly column: string;
  readonly before: string;
  readonly after: string;
  readonly confirm: (n: number) => string;
  readonly cancel: string;
  readonly done: (n: number) => string;
  readonly changedMeanwhile: string;
}

/** A file for the register: what it would change; with the fingerprint of that, it is done. */
export type SendWorkbook = (
  bytes: Uint8Array<ArrayBuffer>,
  fingerprint: string | null,
) => Promise<TableAnswer | Problem>;

/** A workbook: out, and back with what would change. */
@customElement('hv-workbook')
export class WorkbookExchange extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) words: Readonly<Record<Language, WorkbookWords>> | null = null;
  /** What can be taken away, with its address. */
  @property({ attribute: false }) downloads: readonly (readonly [label: string, href: string])[] = [];
  /** Null: nothing comes back. */
  @property({ attribute: false }) send: SendWorkbook | null = null;
  /** Of which year; with another, what was shown is gone. */
  @property({ type: Number }) year = 0;
  /** Something was changed. */
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private preview: ProjectsPreview | null = null;
  @state() private said: Problem['text'] | null = null;
  @state() private isBusy = false;
  #bytes: Uint8Array<ArrayBuffer> | null = null;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('year')) this.#discard();
  }

  override render(): TemplateResult | typeof nothing {
    const words = this.words?.[this.language];
    if (!words || (this.downloads.length === 0 && this.send === null)) return nothing;
    return html`<details>
      <summary>${words.title}</summary>
      ${this.downloads.length > 0 ? html`<p class="files">${this.downloads.map(([label, href]) => html`<a href=${href} download>${label}</a> `)}</p>` : nothing}
      ${
        this.send
          ? html`<p><label>${words.bring} <input type="file" accept=".xlsx,.csv" ?disabled=${this.isBusy} @change=${this.#onFile} /></label></p>
              <p class="soft">${words.hint}</p>`
          : nothing
      }
      <p role="status">${this.isBusy ? words.reading : (this.said?.[this.language] ?? '')}</p>
      ${this.preview ? this.#shown(this.preview, words) : nothing}
    </details>`;
  }

  #shown({ added, changed, refused, acts }: ProjectsPreview, words: WorkbookWords): TemplateResult {
    return html`
      ${refused.length > 0 ? html`<p class="bad">⚠ ${words.refused(refused.length)}</p><ul>${refused.map((each) => html`<li>${each[this.language]}</li>`)}</ul>` : nothing}
      ${added.length > 0 ? html`<p>${words.added(added.length)}</p><ul>${added.map(({ id, title }) => html`<li><code>${id}</code> ${title}</li>`)}</ul>` : nothing}
      ${
        changed.length > 0
          ? html`<p>${words.changed(changed.length)}</p>
              <div class="wide" tabindex="0" role="region" aria-label=${words.changed(changed.length)}><table>
                <thead><tr><th scope="col">${words.field}</th><th scope="col">${words.column}</th><th scope="col">${words.before}</th><th scope="col">${words.after}</th></tr></thead>
                <tbody>${changed.map(({ id, of, field, before, after }) => html`<tr><td><code>${id}</code> ${of ?? ''}</td><td>${field}</td><td class="before">${before}</td><td><b>${after}</b></td></tr>`)}</tbody>
              </table></div>`
          : nothing
      }
      ${
        acts === 0
          ? html`<p>${words.nothing}</p>`
          : html`<p><button class="main" data-act="import" ?disabled=${this.isBusy} @click=${this.#onConfirm}>${words.confirm(acts)}</button> <button ?disabled=${this.isBusy} @click=${this.#discard}>${words.cancel}</button></p>`
      }`;
  }

  readonly #discard = (): void => {
    this.preview = null;
    this.said = null;
    this.#bytes = null;
  };

  readonly #onFile = async ({ target }: Event): Promise<void> => {
    const file = target instanceof HTMLInputElement ? target.files?.[0] : undefined;
    if (!file) return;
    this.#discard();
    this.#bytes = new Uint8Array(await file.arrayBuffer());
    await this.#ask(null);
  };

  readonly #onConfirm = (): Promise<void> => this.#ask(this.preview?.fingerprint ?? null);

  async #ask(fingerprint: string | null): Promise<void> {
    const { words, send } = this;
    if (!this.#bytes || this.isBusy || !words || !send) return;
    this.isBusy = true;
    const answer = await send(this.#bytes, fingerprint);
    this.isBusy = false;
    if (isProblem(answer) || answer.is === 'refused') {
      this.said = answer.text;
      return;
    }
    if (answer.is === 'read') {
      this.preview = answer.preview;
      const { zh, en } = words;
      this.said = fingerprint === null ? null : { zh: zh.changedMeanwhile, en: en.changedMeanwhile };
      return;
    }
    const { acts } = answer;
    this.#discard();
    this.said = { zh: words.zh.done(acts), en: words.en.done(acts) };
    this.onDone();
  }

  static override styles = [
    controls,
    css`
      details {
        margin: 0.5rem 0;
      }
      summary {
        cursor: pointer;
        min-height: 2rem;
      }
      .files a {
        margin-right: 1.2rem;
      }
      .wide {
        max-height: 24rem;
        overflow: auto;
      }
      .before {
        color: var(--ink-soft);
        text-decoration: line-through;
      }
      .bad {
        color: var(--against);
        font-weight: 600;
      }
      td {
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-workbook': WorkbookExchange;
  }
}
