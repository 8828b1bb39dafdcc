import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { DutiesDocument } from '../../../contract/register/duties.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import type { WorkDocument } from '../../../contract/register/works.ts';
import { OfficePage } from '../parts/office-page.ts';
import { registerApi } from '../parts/register-api.ts';
import { type NameOf, nameIn } from '../parts/sheet-view.ts';
import '../parts/workbook-exchange.ts';
import type { SendWorkbook, WorkbookExchange } from '../parts/workbook-exchange.ts';
import './answer-form.ts';
import { dueList, dueStyles, type Opened } from './due-list.ts';
import './overdue-table.ts';
import './part-view.ts';
import { reportsStyles } from './reports-styles.ts';
import { reportsTableWords } from './reports-table-words.ts';
import { reportsWords } from './reports-words.ts';
import { workList, workListStyles } from './work-list.ts';

type Sent = keyof (typeof reportsWords)['zh']['sent'];

/** What a lead body owes, plans, reports and answers; and for the offices what is overdue, by body. */
@customElement('hv-register-reports')
export class ReportsPage extends OfficePage {
  protected readonly page = 'reports';
  @state() private year: number | null = null;
  @state() private document: DutiesDocument | null = null;
  @state() private opened: Opened | null = null;
  /** The project of what is open; null while it is read. */
  @state() private work: WorkDocument | null = null;
  @state() private sent: Sent | null = null;
  /** A form that was sent is a new one afterwards. */
  #forms = 0;
  #asked = 0;

  protected override forget(): void {
    this.document = null;
    this.work = null;
    this.opened = null;
  }

  protected override async read(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const { session, may } = this.office;
    if (!session?.person) return;
    const { cycles } = session;
    this.year ??= (cycles.findLast(({ stage }) => stage === 'decided') ?? cycles.at(-1))?.year ?? null;
    if (this.year === null || !(may('report') || may('remind'))) return;
    const [document, work] = await Promise.all([
      registerApi.duties(this.year),
      this.opened ? registerApi.work(this.opened.project) : null,
    ]);
    if (asked !== this.#asked) return;
    this.document = document ?? this.document;
    this.work = work ?? this.work;
  }

  protected override body(): TemplateResult {
    const { language } = this.speech;
    const words = reportsWords[language];
    const { session, person } = this.office;
    const { document } = this;
    const cycles = session?.cycles ?? [];
    const name = nameIn(this.office.names, language);
    const isOffice = this.office.may('remind');
    const onYear = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement) this.#turnTo(Number(target.value));
    };
    return html`<main>
      <div class="bar">
        ${cycles.length > 0 ? html`<label>${words.year} <select name="year" @change=${onYear}>${cycles.map(({ year }) => html`<option value=${year} ?selected=${year === this.year}>${words.yearOf(year)}</option>`)}</select></label>` : html`<span>${words.noYear}</span>`}
        <b>${isOffice ? words.ofAll : words.ofBody(name('bodies', person?.body ?? ''))}</b>
      </div>
      <div class="two ${this.opened ? 'one' : 'all'}">
        <section class="left">${document ? this.#left(document, name, isOffice) : html`<p class="soft">${cycles.length > 0 ? words.loading : nothing}</p>`}</section>
        <section class="open">${this.opened ? html`<button class="back" @click=${() => this.#open(null)}>${words.back}</button>${this.#said()}${this.#opened(this.opened)}` : nothing}</section>
      </div>
    </main>`;
  }

  #left(document: DutiesDocument, name: NameOf, isOffice: boolean): TemplateResult {
    const { language } = this.speech;
    const words = reportsWords[language];
    const onOpen = (opened: Opened) => this.#open(opened);
    return html`${this.opened ? nothing : this.#said()}
      ${
        isOffice
          ? html`<hv-overdue .language=${language} .document=${document} .name=${name} .onDone=${this.office.refresh}></hv-overdue>`
          : html`<h3>${words.due}</h3>${dueList(document, language, this.opened, onOpen)}`
      }
      ${this.#workbook(document.year)}
      <h3>${words.byProject}</h3>
      ${workList({ document, language, name, opened: this.opened, onOpen })}`;
  }

  #workbook(year: number): TemplateResult {
    const { language } = this.speech;
    const href = REGISTER_ROUTES.reportsTable.path.replace(':year', String(year));
    const downloads: WorkbookExchange['downloads'] = [[reportsTableWords[language].reports, href]];
    const send: SendWorkbook = (bytes, fingerprint) => registerApi.reportsTable(year, bytes, fingerprint);
    return html`<hv-workbook .language=${language} .words=${reportsTableWords} .year=${year} .downloads=${downloads}
      .send=${this.office.may('report') ? send : null} .onDone=${this.office.refresh}></hv-workbook>`;
  }

  /** What was handed in last. */
  #said(): TemplateResult {
    return html`<div role="status">${this.sent ? html`<p class="said">${reportsWords[this.speech.language].sent[this.sent]}</p>` : nothing}</div>`;
  }

  #opened(opened: Opened): TemplateResult {
    const { language } = this.speech;
    const { work } = this;
    if (work?.id !== opened.project) return html`<p class="soft">${reportsWords[language].loading}</p>`;
    const key = `${JSON.stringify(opened)} ${this.#forms}`;
    if (opened.is === 'part') {
      const body = work.sheet.parts.find(({ id }) => id === opened.part)?.body;
      const isOwn = this.office.may('report') && body === this.office.person?.body;
      return html`${keyed(key, html`<hv-part .language=${language} .work=${work} .partId=${opened.part} .form=${opened.form} .month=${opened.month} .isOwn=${isOwn} .onSent=${(what: Sent) => void this.#onSent(what)}></hv-part>`)}`;
    }
    const finding = opened.is === 'finding' ? opened.finding : '';
    const what = opened.is === 'finding' ? 'answer' : 'explain';
    return html`${keyed(key, html`<hv-answer-form .language=${language} .work=${work} .finding=${finding} .onSent=${() => void this.#onSent(what)}></hv-answer-form>`)}`;
  }

  #turnTo(year: number): void {
    this.year = year;
    this.document = null;
    this.#open(null);
  }

  #open(opened: Opened | null): void {
    // While nothing is open its project is not read anew, and no form begins with what may be old.
    if (this.opened === null) this.work = null;
    this.opened = opened;
    this.sent = null;
    void this.read();
  }

  async #onSent(what: Sent): Promise<void> {
    await this.office.refresh();
    await this.read();
    this.sent = what;
    // Begun anew with what is known now: of a part with the next month; what was answered is done.
    this.#forms += 1;
    const { opened } = this;
    this.opened = opened?.is === 'part' ? { ...opened, form: 'report', month: '' } : null;
  }

  static override styles = [OfficePage.styles, dueStyles, workListStyles, reportsStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-reports': ReportsPage;
  }
}
