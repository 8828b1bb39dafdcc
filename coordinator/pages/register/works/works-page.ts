import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { WorkDocument, WorksDocument } from '../../../contract/register/works.ts';
import type { AskedForm, FormDialog } from '../parts/form-dialog.ts';
import '../parts/form-dialog.ts';
import { OfficePage } from '../parts/office-page.ts';
import { registerApi } from '../parts/register-api.ts';
import { nameIn } from '../parts/sheet-view.ts';
import { projectsStyles } from '../projects/projects-styles.ts';
import './appraisal-view.ts';
import './work-view.ts';
import { inspectForm } from './work-forms.ts';
import { worksList } from './works-list.ts';
import { worksStyles } from './works-styles.ts';
import { worksWords } from './works-words.ts';

/** What was decided, as it is carried out: for the offices, the committee, and whoever reads along. */
@customElement('hv-register-works')
export class WorksPage extends OfficePage {
  protected readonly page = 'works';
  @state() private year: number | null = null;
  @state() private works: WorksDocument | null = null;
  @state() private work: WorkDocument | null = null;
  @state() private current = '';
  @state() private tab: 'works' | 'appraisal' = 'works';
  #asked = 0;
  @query('hv-form-dialog') private form!: FormDialog | null;

  get #words() {
    return worksWords[this.speech.language];
  }

  protected override forget(): void {
    this.works = null;
    this.work = null;
    this.current = '';
  }

  protected override async read(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const { session } = this.office;
    if (!session?.person) return;
    const decided = session.cycles.filter(({ stage }) => stage === 'decided');
    this.year ??= decided.at(-1)?.year ?? session.cycles.at(-1)?.year ?? null;
    if (this.year === null) return;
    const [works, work] = await Promise.all([
      registerApi.works(this.year),
      this.current === '' ? null : registerApi.work(this.current),
    ]);
    if (asked !== this.#asked) return;
    this.works = works ?? this.works;
    this.work = this.current === '' ? null : (work ?? this.work);
  }

  protected override body(): TemplateResult {
    const words = this.#words;
    const { session, may } = this.office;
    const { works } = this;
    const cycles = session?.cycles ?? [];
    return html`<main>
      <div class="bar">
        <label>${words.year} <select name="year" @change=${this.#onYear}>${cycles.map(({ year }) => html`<option value=${year} ?selected=${year === this.year}>${words.yearOf(year)}</option>`)}</select></label>
        ${
          works && may('inspect') && works.works.length > 0
            ? html`<button class="last" data-act="inspect" @click=${() => this.#ask(inspectForm(works, this.speech, () => void this.office.refresh()))}>${words.inspect}</button>`
            : nothing
        }
      </div>
      <nav class="tabs">${(['works', 'appraisal'] as const).map(
        (tab) =>
          html`<button data-tab=${tab} aria-current=${tab === this.tab ? 'page' : 'false'} @click=${() => {
            this.tab = tab;
          }}>${tab === 'works' ? words.all : words.appraisal}</button>`,
      )}</nav>
      ${works === null ? html`<p class="soft">${words.loading}</p>` : this.tab === 'works' ? this.#list(works) : this.#appraisal(works)}
    </main>
    <hv-form-dialog @signed-out=${this.office.refresh}></hv-form-dialog>`;
  }

  #list(works: WorksDocument): TemplateResult {
    const words = this.#words;
    const { names, may, timezone } = this.office;
    const { language } = this.speech;
    if (works.works.length === 0) return html`<p class="soft">${words.none}</p>`;
    const onOpen = (id: string) => void this.#open(id);
    return html`<div class="two ${this.current === '' ? 'all' : 'one'}">
      <section class="projects">${worksList({ works, speech: this.speech, name: nameIn(names, language), current: this.current, onOpen })}</section>
      <section class="open">${
        this.current === ''
          ? nothing
          : html`<button class="back" @click=${() => onOpen('')}>${words.back}</button>
              ${
                this.work?.id === this.current
                  ? html`<hv-work .language=${language} .work=${this.work} .names=${names} .timezone=${timezone} .may=${may}
                      .onAsk=${(form: AskedForm) => this.#ask(form)} .onDone=${this.office.refresh}></hv-work>`
                  : html`<p class="soft">${words.loading}</p>`
              }`
      }</section>
    </div>`;
  }

  #appraisal(works: WorksDocument): TemplateResult {
    const { may, timezone, refresh } = this.office;
    return html`<hv-appraisal .language=${this.speech.language} .works=${works} .timezone=${timezone} .may=${may}
      .onAsk=${(form: AskedForm) => this.#ask(form)} .onDone=${refresh}></hv-appraisal>`;
  }

  readonly #ask = (form: AskedForm): void => {
    void this.form?.ask(form, this.speech.language);
  };

  async #open(id: string): Promise<void> {
    this.current = id;
    this.work = null;
    await this.read();
  }

  readonly #onYear = ({ target }: Event): void => {
    if (!(target instanceof HTMLSelectElement)) return;
    this.year = Number(target.value);
    this.works = null;
    this.current = '';
    void this.read();
  };

  static override styles = [OfficePage.styles, projectsStyles, worksStyles];
}
