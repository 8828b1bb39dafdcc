import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProjectsPreview } from '../../../contract/register/documents.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import { isProblem, type Problem } from '../../parts/api.ts';
import { controls } from '../../parts/shared-styles.ts';
import { registerApi } from '../parts/register-api.ts';
import { tableWords } from './projects-table-words.ts';

/** Projects as a workbook: out, and back with what would change. */
@customElement('hv-projects-table')
export class ProjectsTable extends LitElement {
  @property() language: Language = 'zh';
  @property({ type: Number }) year = 0;
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
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
    const words = tableWords[this.language];
    const mayTake = this.may('export');
    const mayBring = this.may('change-project');
    if (!mayTake && !mayBring) return nothing;
    const at = (path: string) => path.replace(':year', String(this.year));
    return html`<details>
      <summary>${words.title}</summary>
      ${mayTake ? html`<p class="files"><a href=${at(REGISTER_ROUTES.projectsTable.path)} download>${words.projects}</a> <a href=${at(REGISTER_ROUTES.proposalsTable.path)} download>${words.proposals}</a></p>` : nothing}
      ${
        mayBring
          ? html`<p><label>${words.bring} <input type="file" accept=".xlsx,.csv" ?disabled=${this.isBusy} @change=${this.#onFile} /></label></p>
              <p class="soft">${words.hint}</p>`
          : nothing
      }
      <p role="status">${this.isBusy ? words.reading : (this.said?.[this.language] ?? '')}</p>
      ${this.preview ? this.#shown(this.preview) : nothing}
    </details>`;
  }

  #shown({ added, changed, refused, acts }: ProjectsPreview): TemplateResult {
    const words = tableWords[this.language];
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
    await this.#send(null);
  };

  readonly #onConfirm = (): Promise<void> => this.#send(this.preview?.fingerprint ?? null);

  async #send(fingerprint: string | null): Promise<void> {
    if (!this.#bytes || this.isBusy) return;
    this.isBusy = true;
    const answer = await registerApi.projectsTable(this.year, this.#bytes, fingerprint);
    this.isBusy = false;
    if (isProblem(answer) || answer.is === 'refused') {
      this.said = answer.text;
      return;
    }
    if (answer.is === 'read') {
      this.preview = answer.preview;
      const { zh, en } = tableWords;
      this.said = fingerprint === null ? null : { zh: zh.changedMeanwhile, en: en.changedMeanwhile };
      return;
    }
    const { acts } = answer;
    this.#discard();
    this.said = { zh: tableWords.zh.done(acts), en: tableWords.en.done(acts) };
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
    'hv-projects-table': ProjectsTable;
  }
}
