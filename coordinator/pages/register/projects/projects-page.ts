import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { exactWan } from '../../../../shared/projects/money.ts';
import type { Sheet } from '../../../../shared/projects/sheet.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { CycleDocument, ProjectDocument } from '../../../contract/register/documents.ts';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import { listFileName } from '../../../register/bridge/list-file.ts';
import { dayIn } from '../../../register/program/days.ts';
import type { ConfirmDialog, Proposal } from '../../parts/confirm-dialog.ts';
import '../../parts/confirm-dialog.ts';
import { reasonQuestion } from '../../parts/confirm-dialog.ts';
import { Speech } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { staffFrameStyles } from '../../parts/staff-header.ts';
import { freeProjectId } from '../desk/desk-acts.ts';
import { momentText } from '../parts/moments.ts';
import { Office } from '../parts/office.ts';
import { type RegisterDoing, registerApi } from '../parts/register-api.ts';
import { registerFrame } from '../parts/register-frame.ts';
import { nameIn } from '../parts/sheet-view.ts';
import { sheetWords } from '../parts/sheet-words.ts';
import '../parts/workbook-exchange.ts';
import type { SendWorkbook } from '../parts/workbook-exchange.ts';
import type { CycleDialog } from './cycle-dialog.ts';
import './cycle-dialog.ts';
import { type Exchange, voteOf } from '../parts/hall-exchange.ts';
import './list-order.ts';
import type { PaperDialog } from './paper-dialog.ts';
import './paper-dialog.ts';
import { fingerprint, listStyles, listTable, resultView } from './list-view.ts';
import './project-form.ts';
import type { ProjectCommand } from './project-view.ts';
import './project-view.ts';
import { projectsStyles } from './projects-styles.ts';
import { tableWords } from './projects-table-words.ts';
import { projectsWords } from './projects-words.ts';

/** A project that is not there yet. */
const NEW = '+';

/** The projects of a cycle, and the list that is made of them. */
@customElement('hv-register-projects')
export class ProjectsPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #office = new Office(this, () => void this.#read());
  @state() private year: number | null = null;
  @state() private cycle: CycleDocument | null = null;
  @state() private tab: 'projects' | 'list' = 'projects';
  /** The project that is open, and whether its sheet is being changed. */
  @state() private current = '';
  @state() private isEditing = false;
  @state() private said = '';
  #asked = 0;
  #vote: { readonly year: number; readonly exchange: Exchange } | null = null;
  @query('hv-confirm') private confirm!: ConfirmDialog | null;
  @query('hv-paper-dialog') private paper!: PaperDialog | null;
  @query('hv-cycle-dialog') private opening!: CycleDialog | null;

  get #words() {
    return projectsWords[this.#speech.language];
  }

  override render(): TemplateResult {
    return registerFrame({
      page: 'projects',
      speech: this.#speech,
      office: this.#office,
      body: () => this.#body(),
    });
  }

  async #read(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const { session, may } = this.#office;
    if (!session?.person) {
      this.cycle = null;
      return;
    }
    this.year ??= session.cycles.at(-1)?.year ?? null;
    if (this.year === null || !may('read')) return;
    const cycle = await registerApi.cycle(this.year);
    if (asked === this.#asked) this.cycle = cycle ?? this.cycle;
  }

  #body(): TemplateResult {
    const words = this.#words;
    const { session, may } = this.#office;
    const cycles = session?.cycles ?? [];
    const onYear = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement) this.#turnTo(Number(target.value));
    };
    const { cycle } = this;
    return html`<main>
      <div class="bar">
        ${cycles.length > 0 ? html`<label>${words.year} <select name="year" @change=${onYear}>${cycles.map(({ year }) => html`<option value=${year} ?selected=${year === this.year}>${words.yearOf(year)}</option>`)}</select></label>` : html`<span>${words.noCycle}</span>`}
        ${cycle ? html`<span><b class="stage">${words.stages[cycle.stage]}</b> <span class="soft">${words.collected(cycle.from, cycle.to)}</span></span>` : nothing}
        ${may('open-cycle') ? html`<button class="last" data-act="open-cycle" @click=${this.#openCycle}>${words.openCycle}</button>` : nothing}
      </div>
      ${
        cycle
          ? html`<nav class="tabs">${(['projects', 'list'] as const).map(
              (tab) =>
                html`<button data-tab=${tab} aria-current=${tab === this.tab ? 'page' : 'false'} @click=${() => {
                  this.tab = tab;
                }}>${words[tab]}</button>`,
            )}</nav>
            ${this.tab === 'projects' ? this.#projects(cycle) : this.#list(cycle)}`
          : cycles.length > 0
            ? html`<p class="soft">${words.loading}</p>`
            : nothing
      }
    </main>
    <p class="unseen" role="status">${this.said}</p>
    <hv-confirm @signed-out=${this.#office.refresh}></hv-confirm>
    <hv-paper-dialog .onDone=${this.#office.refresh} @signed-out=${this.#office.refresh}></hv-paper-dialog>
    <hv-cycle-dialog .onDone=${(year: number) => this.#turnTo(year)} @signed-out=${this.#office.refresh}></hv-cycle-dialog>`;
  }

  #projects(cycle: CycleDocument): TemplateResult {
    const words = this.#words;
    const shown = cycle.projects.filter(({ state }) => state !== 'dropped');
    const open = shown.find(({ id }) => id === this.current) ?? null;
    const mayDraft = this.#office.may('draft-project') && !cycle.decided;
    return html`<div class="two ${open || this.current === NEW ? 'one' : 'all'}">
      <section class="projects">
        ${this.#workbook(cycle.year)}
        ${mayDraft ? html`<p><button data-act="new-project" @click=${() => this.#open(NEW, true)}>${words.newProject}</button></p>` : nothing}
        ${shown.length === 0 ? html`<p class="soft">${words.noProjects}</p>` : html`<ul>${shown.map((project) => this.#card(project))}</ul>`}
      </section>
      <section class="open">${open || this.current === NEW ? html`<button class="back" @click=${() => this.#open('')}>${words.backToList}</button>${this.#opened(cycle, open)}` : nothing}</section>
    </div>`;
  }

  #workbook(year: number): TemplateResult {
    const { language } = this.#speech;
    const { may, refresh } = this.#office;
    const words = tableWords[language];
    const at = (path: string) => path.replace(':year', String(year));
    const downloads = [
      [words.projects, at(REGISTER_ROUTES.projectsTable.path)],
      [words.proposals, at(REGISTER_ROUTES.proposalsTable.path)],
    ] as const;
    const send: SendWorkbook = (bytes, fingerprint) => registerApi.projectsTable(year, bytes, fingerprint);
    return html`<hv-workbook .language=${language} .words=${tableWords} .year=${year} .downloads=${may('export') ? downloads : []}
      .send=${may('change-project') ? send : null} .onDone=${refresh}></hv-workbook>`;
  }

  #card({ id, state, sheet, investment, finish, gaps }: ProjectDocument): TemplateResult {
    const words = this.#words;
    const { language } = this.#speech;
    const isOpen = state === 'draft' || state === 'candidate';
    const name = nameIn(this.#office.names, language);
    return html`<li class=${id === this.current ? 'here' : ''}><button data-open=${id} aria-current=${id === this.current ? 'true' : 'false'} @click=${() => this.#open(id)}>
      <span class="title">${this.#speech.text(sheet.title)}</span>
      <span class="meta"><code>${id}</code><b class="state is-${state}">${sheetWords[language].states[state]}</b>
        <span>${name('bodies', sheet.lead)}</span><span>${sheetWords[language].wan(exactWan(investment))}</span>${finish ? html`<span>${finish}</span>` : nothing}
        ${isOpen ? (gaps.length > 0 ? html`<b class="bad">⚠ ${words.missing(gaps.length)}</b>` : html`<span class="good">${words.complete}</span>`) : nothing}</span>
    </button></li>`;
  }

  #opened(cycle: CycleDocument, project: ProjectDocument | null): TemplateResult {
    const { language } = this.#speech;
    const { names, may } = this.#office;
    if (!this.isEditing || !(may('change-project') || project === null))
      return html`<hv-project .language=${language} .project=${project} .name=${nameIn(names, language)} .may=${may} .onCommand=${(command: ProjectCommand) => project && this.#command(command, project)}></hv-project>`;
    return html`${keyed(
      this.current,
      html`<hv-project-form .language=${language} .year=${cycle.year} .sheet=${project?.sheet ?? null} .sheetHash=${project?.sheetHash ?? ''} .names=${names}
        .onSave=${(sheet: Sheet, read: string) => this.#save(cycle, project, sheet, read)} .onLeave=${() => this.#open(project?.id ?? '')}></hv-project-form>`,
    )}`;
  }

  #list(cycle: CycleDocument): TemplateResult {
    const words = this.#words;
    const { language } = this.#speech;
    const { may, names, timezone } = this.#office;
    const { submitted, frozen, decided, year } = cycle;
    const lead = (id: string) => nameIn(names, language)('bodies', id);
    const ofYear = (path: string) => path.replace(':year', String(year));
    const agenda = ofYear(REGISTER_ROUTES.agenda.path);
    if (frozen)
      return html`<section class="list">
        ${resultView(cycle, language)}
        <h3>${words.frozenTitle}</h3>
        <p>${words.frozenAt(momentText(frozen.at, timezone, language))} · ${words.places} ${frozen.places}</p>
        ${fingerprint(words.fingerprint, frozen.hash)}
        <p class="files"><a href=${agenda} download>${words.agenda}</a> <a href=${this.#listAddress(year)} download>${words.listText}</a> <a href=${ofYear(PUBLIC_ROUTES.booklet.path)} download>${words.booklet}</a></p>
        ${
          decided || !(may('hand-over') || may('enter-result'))
            ? nothing
            : html`<hv-hall-exchange .language=${language} .timezone=${timezone} .exchange=${this.#exchange(year)} .may=${may} .onDone=${this.#office.refresh}></hv-hall-exchange>`
        }
        ${listTable(cycle, frozen.projects, lead, language)}
        ${
          decided
            ? nothing
            : html`<p class="acts">${may('enter-paper-result') ? html`<button data-act="enter-paper" @click=${() => this.paper?.ask({ cycle, frozen }, language)}>${words.enterPaper}</button>` : nothing}
                ${may('withdraw-list') ? html`<button data-act="withdraw-list" @click=${() => this.#withdrawList(year, frozen.hash)}>${words.withdrawList}</button>` : nothing}</p>`
        }
      </section>`;
    return html`<section class="list">
      ${
        submitted
          ? html`<h3>${words.submittedTitle}</h3>
              <p>${words.places} ${submitted.places}</p>
              ${fingerprint(words.fingerprint, submitted.hash)}
              ${listTable(cycle, submitted.projects, lead, language)}
              ${this.#freezing(year, submitted.hash)}`
          : nothing
      }
      ${
        may('submit-list')
          ? html`<hv-list-order .language=${language} .cycle=${cycle} .onSubmitList=${(places: number, projects: readonly string[]) => this.#submitList(year, places, projects)}></hv-list-order>`
          : submitted
            ? nothing
            : html`<p class="soft">${words.noCandidates}</p>`
      }
    </section>`;
  }

  /** The same object while the year is the same: what is on its way is not begun anew. */
  #exchange(year: number): Exchange {
    if (this.#vote?.year !== year) this.#vote = { year, exchange: voteOf(year) };
    return this.#vote.exchange;
  }

  #listAddress(year: number): string {
    const id = this.#office.session?.register.id ?? '';
    return REGISTER_ROUTES.list.path.replace(':file', listFileName({ register: id, cycle: year }));
  }

  #freezing(year: number, list: string): TemplateResult | typeof nothing {
    const words = this.#words;
    if (!this.#office.may('freeze-list')) return html`<p class="soft">${words.notFrozenYet}</p>`;
    if (this.#isWaiting('freeze-list')) return nothing;
    return html`<p><button class="main" data-act="freeze-list" @click=${() => this.#freeze(year, list)}>${words.freeze}</button></p>`;
  }

  /** Whether an act waits for a second person already, by whomever it was proposed. */
  #isWaiting(name: RegisterDoing['act']): boolean {
    return this.#office.waiting.some(({ act }) => act.act === name);
  }

  #turnTo(year: number): void {
    this.year = year;
    this.cycle = null;
    this.current = '';
    void this.#office.refresh();
  }

  #open(id: string, isEditing = false): void {
    this.current = id;
    this.isEditing = isEditing;
  }

  readonly #openCycle = (): void => {
    const last = this.#office.session?.cycles.at(-1)?.year;
    const now = Date.now();
    const day = dayIn(this.#office.timezone);
    const from = day(now);
    const year = Math.max((last ?? 0) + 1, Number(from.slice(0, 4)) + 1);
    void this.opening?.ask({ year, from, to: day(now + 30 * 86_400_000) }, this.#speech.language);
  };

  /** @param read which sheet of the project the person had before them. */
  async #save(
    cycle: CycleDocument,
    project: ProjectDocument | null,
    sheet: Sheet,
    read: string,
  ): Promise<ActAnswer> {
    const id = project?.id ?? freeProjectId(cycle.year, cycle.projects);
    const answer = await registerApi.act(
      project
        ? { act: 'change-project', project: id, read, sheet }
        : { act: 'draft-project', project: id, cycle: cycle.year, sheet },
    );
    if (!answer.ok) {
      // What somebody else has changed is shown beside what was typed.
      if (answer.reason === 'other-sheet') await this.#office.refresh();
      return answer;
    }
    this.#open(id);
    this.said = this.#words.saved;
    await this.#office.refresh();
    return answer;
  }

  #command(command: ProjectCommand, { id, sheet }: ProjectDocument): void {
    const words = this.#words;
    const facts = [[words.project, this.#speech.text(sheet.title)]] as const;
    switch (command) {
      case 'edit':
        this.#open(id, true);
        return;
      case 'candidate':
        this.#ask(
          { name: words.candidate, explains: words.candidateExplains },
          () => ({ act: 'name-candidate', project: id }),
          facts,
        );
        return;
      case 'withdraw':
        this.#ask(
          { name: words.withdrawName, explains: words.withdrawExplains, hasReason: true },
          (reason) => ({ act: 'withdraw-candidate', project: id, reason }),
          facts,
        );
        return;
      case 'drop':
        this.#ask(
          { name: words.dropName, explains: words.dropExplains, hasReason: true },
          (reason) => ({ act: 'drop-project', project: id, reason }),
          facts,
        );
    }
  }

  #submitList(cycle: number, places: number, projects: readonly string[]): void {
    const words = this.#words;
    this.#ask(
      { name: words.submitName, explains: words.submitExplains },
      () => ({ act: 'submit-list', cycle, places, projects }),
      [
        [words.places, String(places)],
        [words.list, String(projects.length)],
      ],
    );
  }

  #freeze(cycle: number, list: string): void {
    const words = this.#words;
    this.#ask(
      { name: words.freezeName, explains: words.freezeExplains, isGrave: true },
      () => ({ act: 'freeze-list', cycle, list }),
      [[words.fingerprint, list]],
    );
  }

  #withdrawList(cycle: number, list: string): void {
    const words = this.#words;
    this.#ask(
      { name: words.withdrawListName, explains: words.withdrawListExplains, hasReason: true, isGrave: true },
      (reason) => ({ act: 'withdraw-list', cycle, list, reason }),
      [[words.fingerprint, list]],
    );
  }

  /** Asks before an act; what has become of it is read when it is done or waits. */
  #ask(
    {
      hasReason = false,
      ...what
    }: Pick<Proposal, 'name' | 'explains' | 'isGrave'> & { readonly hasReason?: boolean },
    act: (reason: string) => RegisterDoing,
    facts: readonly (readonly [string, string])[],
  ): void {
    const { language } = this.#speech;
    void this.confirm?.ask(
      {
        ...what,
        facts: () => facts,
        ...(hasReason && { question: reasonQuestion(language) }),
        act: (reason) => async () => {
          const answer = await registerApi.act(act(reason));
          if (answer.ok) void this.#office.refresh();
          return answer;
        },
      },
      language,
    );
  }

  static override styles = [controls, staffFrameStyles, listStyles, projectsStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-projects': ProjectsPage;
  }
}
