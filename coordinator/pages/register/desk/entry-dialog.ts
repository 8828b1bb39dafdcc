import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { PROPOSAL_CHANNELS } from '../../../../shared/terms.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import type { EntryPreview, EntryTable, Receipt } from '../../../contract/register/table-documents.ts';
import { ActDialog } from '../../parts/act-dialog.ts';
import { isProblem } from '../../parts/api.ts';
import { base64Of } from '../../parts/base64.ts';
import { printSlip } from '../../parts/print-slip.ts';
import '../parts/file-field.ts';
import type { TakenFile } from '../parts/file-field.ts';
import { registerApi } from '../parts/register-api.ts';
import { deskWords } from './desk-words.ts';
import { entryWords } from './entry-words.ts';
import { ENTERED } from './propose-dialog.ts';
import { receiptSlip, receiptStyles } from './receipt-slip.ts';

export type EntryAsk =
  | { readonly is: 'form'; readonly year: number }
  | { readonly is: 'receipts'; readonly receipts: readonly Receipt[] };

/** Enters what came on paper from a table: its template, what it would enter, and, confirmed, the receipts. Calls `onDone`. */
@customElement('hv-entry-dialog')
export class EntryDialog extends ActDialog<EntryAsk> {
  @property({ attribute: false }) onDone: () => void = () => {};
  /** Under which people reach the register; null: where this page came from. */
  @property({ attribute: false }) address: string | null = null;
  @state() private scansOf: EntryTable['scans']['of'] = 'rows';
  @state() private scans: readonly TakenFile[] = [];
  @state() private isUploading = false;
  @state() private table: File | null = null;
  /** What is shown of the table and the scans as they are chosen now. */
  @state() private preview: EntryPreview | null = null;
  @state() private hasChanged = false;

  override async ask(asked: EntryAsk, language: Language): Promise<void> {
    this.scans = [];
    this.isUploading = false;
    this.table = null;
    this.preview = null;
    this.hasChanged = false;
    await super.ask(asked, language);
  }

  protected override formFor(asked: EntryAsk): TemplateResult {
    return asked.is === 'form' ? this.#form(asked.year) : this.#receipts(asked.receipts);
  }

  #form(year: number): TemplateResult {
    const words = entryWords[this.language];
    const { preview } = this;
    const template = REGISTER_ROUTES.entryTemplate.path.replace(':year', String(year));
    const isEmpty = preview !== null && preview.added.length === 0;
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, year)}>
      <h2 id="name">${words.name(year)}</h2>
      <p id="explains">${words.explains}</p>
      <div class="fields">
        <p><a href=${template} download>${words.template}</a> <small>${words.templateHint(ENTERED.map((each) => PROPOSAL_CHANNELS[each][this.language]).join(words.or))}</small></p>
        <fieldset><legend>${words.scans}</legend>
          ${this.#scansOf('rows', words.ofRows)}
          ${this.#scansOf('table', words.ofTable)}
          ${this.scansOf === 'table' ? html`<small>${words.ofTableHint}</small>` : nothing}
          ${keyed(this.scansOf, html`<hv-file-field .language=${this.language} label=${words.file} ?isOne=${this.scansOf === 'table'} .onChange=${this.#onScans}></hv-file-field>`)}
        </fieldset>
        <label>${words.table}<input name="table" type="file" accept=".xlsx,.csv" @change=${this.#onTable} /></label>
      </div>
      <div role="status">${this.hasChanged ? html`<p class="bad">${words.changed}</p>` : nothing}${preview ? this.#shown(preview) : nothing}</div>
      ${this.foot({ act: preview && !isEmpty ? words.enter(preview.added.length) : words.check, isBlocked: this.isUploading || isEmpty })}
    </form>`;
  }

  #scansOf(of: EntryTable['scans']['of'], label: string): TemplateResult {
    const choose = () => {
      if (this.scansOf === of) return;
      this.scansOf = of;
      this.#onScans([], false, []);
    };
    return html`<label class="choice"><input type="radio" name="scans" value=${of} .checked=${this.scansOf === of} @change=${choose} />${label}</label>`;
  }

  #shown({ added, same, refused }: EntryPreview): TemplateResult {
    const words = entryWords[this.language];
    const { channels } = deskWords[this.language];
    return html`
      ${refused.length > 0 ? html`<p class="bad">⚠ ${words.refused(refused.length)}</p><ul class="refused" tabindex="0">${refused.map((each) => html`<li>${each[this.language]}</li>`)}</ul>` : nothing}
      ${same > 0 ? html`<p>${words.same(same)}</p>` : nothing}
      ${
        added.length === 0
          ? html`<p>${words.nothing}</p>`
          : html`<p><b>${words.added(added.length)}</b></p>
              <div class="wide" tabindex="0" role="region" aria-label=${words.added(added.length)}><table>
                <thead><tr>${[words.proposal, words.channel, words.title, words.place, words.from, words.scanCount].map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>
                <tbody>${added.map(({ proposal, channel, title, place, name, scans }) => html`<tr><td><code>${proposal}</code></td><td>${channels[channel]}</td><td class="title">${title}</td><td>${place ?? ''}</td><td>${name ?? ''}</td><td class="n">${scans}</td></tr>`)}</tbody>
              </table></div>`
      }`;
  }

  readonly #onScans = (_hashes: readonly string[], isBusy: boolean, taken: readonly TakenFile[]): void => {
    this.scans = taken;
    this.isUploading = isBusy;
    this.preview = null;
  };

  readonly #onTable = ({ target }: Event): void => {
    this.table = target instanceof HTMLInputElement ? (target.files?.[0] ?? null) : null;
    this.preview = null;
  };

  async #submit(event: SubmitEvent, year: number): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    const made: { receipts: readonly Receipt[] | null } = { receipts: null };
    await this.send(async (): Promise<ActAnswer | null> => {
      const refuse = (text: { readonly zh: string; readonly en: string }): ActAnswer => ({
        ok: false,
        reason: 'problem',
        text,
      });
      const { zh, en } = entryWords;
      const [scan] = this.scans;
      if (!this.table) return refuse({ zh: zh.needsFile, en: en.needsFile });
      if (this.scansOf === 'table' && !scan) return refuse({ zh: zh.needsScan, en: en.needsScan });
      const fingerprint = this.preview?.fingerprint ?? null;
      const answer = await registerApi.enterTable(year, {
        table: await base64Of(this.table),
        scans:
          this.scansOf === 'table' && scan
            ? { of: 'table', scan: scan.hash }
            : { of: 'rows', named: [...this.scans] },
        fingerprint,
      });
      if (isProblem(answer) || answer.is === 'refused') return refuse(answer.text);
      if (answer.is === 'done') {
        made.receipts = answer.receipts;
        return { ok: true };
      }
      this.preview = answer.preview;
      this.hasChanged = fingerprint !== null;
      await this.updateComplete;
      this.renderRoot.querySelector('[role=status]')?.scrollIntoView({ block: 'start' });
      return null;
    });
    if (made.receipts === null) return;
    this.onDone();
    await this.ask({ is: 'receipts', receipts: made.receipts }, this.language);
  }

  #receipts(receipts: readonly Receipt[]): TemplateResult {
    const words = entryWords[this.language];
    const close = (event: Event) => {
      event.preventDefault();
      this.renderRoot.querySelector('dialog')?.close();
    };
    const origin = this.address ?? location.origin;
    const print = () =>
      printSlip(
        html`${receipts.map((each) => html`<section><h1>${words.receipt}</h1>${receiptSlip(each, origin, this.language)}</section>`)}`,
      );
    return html`<form @submit=${close}>
      <h2 id="name">${words.done(receipts.length)}</h2>
      <p id="explains">${words.codesHint}</p>
      <div class="wide" tabindex="0" role="region" aria-label=${words.done(receipts.length)}><table>
        <thead><tr><th scope="col">${words.proposal}</th><th scope="col">${words.title}</th><th scope="col">${words.code}</th></tr></thead>
        <tbody>${receipts.map(({ proposal, title, code }) => html`<tr><td><code>${proposal}</code></td><td class="title">${title}</td><td><code>${code}</code></td></tr>`)}</tbody>
      </table></div>
      <div class="buttons"><button type="button" data-act="print" @click=${print}>${words.print}</button>
        <button class="main" data-act="close" autofocus>${words.close}</button></div>
    </form>`;
  }

  static override styles = [
    ActDialog.styles,
    receiptStyles,
    css`
      dialog {
        width: min(60rem, 96vw);
      }
      .fields {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.9rem;
      }
      .fields p {
        margin: 0;
      }
      fieldset {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.2rem;
        min-width: 0;
        margin: 0;
        border: 1px solid var(--line);
        border-radius: 0.4rem;
      }
      legend {
        padding: 0 0.4rem;
        font-weight: 600;
      }
      .fields > label {
        grid-template-columns: minmax(0, 1fr);
      }
      .choice {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      small {
        color: var(--ink-soft);
      }
      .wide {
        max-height: 20rem;
        overflow: auto;
      }
      .wide td {
        white-space: nowrap;
      }
      .wide td.title {
        min-width: 12rem;
        white-space: normal;
      }
      .refused {
        max-height: 12rem;
        margin: 0.4rem 0;
        padding-left: 1.4rem;
        overflow: auto;
      }
      .bad {
        color: var(--against);
        font-weight: 600;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-entry-dialog': EntryDialog;
  }
}
