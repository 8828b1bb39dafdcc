import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { WaitingAct } from '../../../contract/register/documents.ts';
import type { WorkDocument, WorkRow } from '../../../contract/register/works.ts';
import { toRead } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { bothStyles, bothValues } from '../parts/both-values.ts';
import { registerApi } from '../parts/register-api.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import '../parts/work-light.ts';
import type { GroupDialog } from './group-dialog.ts';
import './group-dialog.ts';
import type { SettleDialog } from './settle-dialog.ts';
import './settle-dialog.ts';
import { siteStyles } from './site-styles.ts';
import { visitsWords } from './visits-words.ts';

/** What the offices do for supervision: who is of which group, and figures on which group and body do not agree. */
@customElement('hv-groups')
export class GroupsView extends LitElement {
  @property() language: Language = 'zh';
  /** Years of which something was decided, the last first. */
  @property({ attribute: false }) years: readonly number[] = [];
  @property({ attribute: false }) name: NameOf = (_kind, id) => id;
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  @property({ attribute: false }) waiting: readonly WaitingAct[] = [];
  /** Another means that something may have changed. */
  @property({ type: Number }) seq = 0;
  /** The day where the browser is. */
  @property() day = '';
  @property({ attribute: false }) onLookBack: (work: WorkRow) => void = () => {};
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private year: number | null = null;
  @state() private rows: readonly WorkRow[] | null = null;
  /** Of these some figure is disputed. */
  @state() private disputed: readonly WorkDocument[] = [];
  #asked = 0;
  @query('hv-group-dialog') private group!: GroupDialog | null;
  @query('hv-settle-dialog') private settle!: SettleDialog | null;

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('years') || changed.has('seq')) void this.read();
  }

  /** Asks for everything anew. */
  async read(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const year = this.year ?? this.years[0];
    if (year === undefined) return;
    const found = await registerApi.works(year);
    const disputed = found?.works.filter(({ disputedParts }) => disputedParts > 0) ?? [];
    const whole = await Promise.all(disputed.map(({ id }) => registerApi.work(id)));
    if (asked !== this.#asked || found === null) return;
    this.rows = found.works;
    this.disputed = whole.flatMap((one) => one ?? []);
  }

  override render(): TemplateResult {
    const words = visitsWords[this.language];
    const onYear = ({ target }: Event) => {
      if (!(target instanceof HTMLSelectElement)) return;
      this.year = Number(target.value);
      this.rows = null;
      void this.read();
    };
    return html`${
      this.years.length > 1
        ? html`<p><select aria-label=${words.year(this.years[0] ?? 0)} @change=${onYear}>${this.years.map((year) => html`<option value=${year}>${words.year(year)}</option>`)}</select></p>`
        : nothing
    }
    ${this.rows === null ? html`<p class="soft">${this.years.length > 0 ? words.loading : words.noWorks}</p>` : this.#rows(this.rows)}
    <hv-group-dialog .onDone=${this.#done} @signed-out=${this.#done}></hv-group-dialog>
    <hv-settle-dialog .onDone=${this.#done} @signed-out=${this.#done}></hv-settle-dialog>`;
  }

  readonly #done = (): void => {
    this.onDone();
    void this.read();
  };

  #rows(rows: readonly WorkRow[]): TemplateResult {
    const words = visitsWords[this.language];
    const parts = this.disputed.flatMap((work) =>
      work.partsWork.filter(({ figure }) => figure.is === 'disputed').map((part) => ({ work, part })),
    );
    return html`${
      parts.length > 0
        ? html`<h3>⚠ ${words.disputes}</h3><ul class="cards">${parts.map(
            ({ work, part }) => html`<li class="card">${bothValues(work, part, this.name, this.language)}
              ${this.#settling(work, part)}</li>`,
          )}</ul>`
        : nothing
    }
    <h3>${words.group}</h3>
    ${rows.length === 0 ? html`<p class="soft">${words.noWorks}</p>` : nothing}
    <ul class="cards">${rows.map((row) => this.#row(row))}</ul>`;
  }

  #settling(work: WorkDocument, part: WorkDocument['partsWork'][number]): TemplateResult | typeof nothing {
    const words = visitsWords[this.language];
    const isWaiting = this.waiting.some(
      ({ act }) => act.act === 'settle-figure' && act.project === work.id && act.part === part.part.id,
    );
    if (isWaiting) return html`<p class="warn">${words.waitingSecond}</p>`;
    if (!this.may('settle-figure')) return nothing;
    const ask = () => void this.settle?.ask({ work, part, name: this.name }, this.language);
    return html`<p class="acts"><button class="main" data-act="settle" @click=${ask}>${words.settleName}</button></p>`;
  }

  #row(row: WorkRow): TemplateResult {
    const words = visitsWords[this.language];
    return html`<li class="card" data-work=${row.id}>
      <b>${toRead(row.title, this.language)}</b>
      <p class="meta"><code>${row.id}</code><span>${this.name('categories', row.category)}</span><span>${this.name('bodies', row.lead)}</span>
        ${row.hasGroup ? html`<span class="good">${words.hasGroup}</span>` : html`<span class="warn">${words.noGroup}</span>`}
        ${row.openFindings > 0 ? html`<span>${words.openFindings(row.openFindings)}</span>` : nothing}</p>
      <hv-work-light .language=${this.language} .light=${row.light}></hv-work-light>
      <p class="acts">
        ${this.may('appoint-group') ? html`<button data-act="appoint" @click=${() => this.#appoint(row.id)}>${row.hasGroup ? words.appointAgain : words.appoint}</button>` : nothing}
        ${this.may('look-back') && Number(this.day.slice(0, 4)) > row.cycle ? html`<button data-act="look-back" @click=${() => this.onLookBack(row)}>${words.lookBack}</button>` : nothing}
      </p>
    </li>`;
  }

  async #appoint(id: string): Promise<void> {
    const [work, members] = await Promise.all([registerApi.work(id), registerApi.members()]);
    if (work && members) await this.group?.ask({ work, members, name: this.name }, this.language);
  }

  static override styles = [
    controls,
    siteStyles,
    bothStyles,
    css`
      p {
        margin: 0.3rem 0;
      }
      @media (min-width: 48rem) {
        .acts button {
          flex: 0 1 14rem;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-groups': GroupsView;
  }
}
