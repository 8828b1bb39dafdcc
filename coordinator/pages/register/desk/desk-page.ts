import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import {
  type CycleDocument,
  PAGE_ROWS,
  type ProposalDetail,
  type ProposalFilter,
  type ProposalQueue,
  type ProposalRow,
} from '../../../contract/register/documents.ts';
import { ProposalId } from '../../../register/model/entries.ts';
import type { ConfirmDialog } from '../../parts/confirm-dialog.ts';
import '../../parts/confirm-dialog.ts';
import { OfficePage } from '../parts/office-page.ts';
import { registerApi } from '../parts/register-api.ts';
import { nameIn } from '../parts/sheet-view.ts';
import { eraseAsk, secondAsk, undecideAsk } from './desk-asks.ts';
import { cycleBar, pagesBar, togetherBar } from './desk-bars.ts';
import type { DeskDialog } from './desk-dialog.ts';
import './desk-dialog.ts';
import { deskFilters } from './desk-filters.ts';
import type { EntryDialog } from './entry-dialog.ts';
import './entry-dialog.ts';
import type { KeysDialog } from './keys-dialog.ts';
import './keys-dialog.ts';
import { DeskKeyboard } from './desk-keyboard.ts';
import type { DeskCommand } from './desk-keys.ts';
import type { DeskQueue } from './desk-queue.ts';
import './desk-queue.ts';
import { deskStyles } from './desk-styles.ts';
import { deskWords } from './desk-words.ts';
import './proposal-view.ts';
import type { ProposeDialog } from './propose-dialog.ts';
import './propose-dialog.ts';
import type { ReleaseDialog } from './release-dialog.ts';
import './release-dialog.ts';

/** The screening desk: the queue, and beside it the proposal that is open. */
@customElement('hv-register-desk')
export class DeskPage extends OfficePage {
  protected readonly page = 'desk';
  protected readonly keyboard = new DeskKeyboard(this, {
    may: this.office.may,
    hasLetters: () => this.keys?.hasLetters ?? true,
    isReady: () => this.queue !== null,
    onCommand: (command) => this.#command(command),
  });
  @state() private filter: Omit<ProposalFilter, 'cycle'> = { stage: 'open' };
  @state() private year: number | null = null;
  @state() private queue: ProposalQueue | null = null;
  @state() private current = new URLSearchParams(location.search).get('p') ?? '';
  @state() private detail: ProposalDetail | null = null;
  @state() private cycle: CycleDocument | null = null;
  @state() private marked: ReadonlyMap<string, ProposalRow> = new Map();
  @state() private said = '';
  #asked = 0;
  @query('hv-desk-queue') private list!: DeskQueue | null;
  @query('hv-desk-dialog') private dialog!: DeskDialog | null;
  @query('hv-release-dialog') private releasing!: ReleaseDialog | null;
  @query('hv-propose-dialog') private proposing!: ProposeDialog | null;
  @query('hv-entry-dialog') private entering!: EntryDialog | null;
  @query('hv-keys-dialog') private keys!: KeysDialog | null;
  @query('hv-confirm') private confirm!: ConfirmDialog | null;

  get #words() {
    return deskWords[this.speech.language];
  }

  protected override forget(): void {
    this.queue = null;
    this.detail = null;
    this.marked = new Map();
  }

  /** Asks for all that is shown; an answer to an earlier question is not waited for any more. */
  protected override async read(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const { session, may } = this.office;
    if (!session?.person) return;
    this.year ??= session.cycles.at(-1)?.year ?? null;
    const { year } = this;
    if (year === null || !(may('read') || may('second'))) return;
    const [queue, detail, cycle] = await Promise.all([
      registerApi.queue({ cycle: year, ...this.filter }),
      this.current === '' ? null : registerApi.proposal(this.current),
      may('read') ? registerApi.cycle(year) : null,
    ]);
    if (asked !== this.#asked) return;
    this.queue = queue ?? this.queue;
    this.detail = this.current === '' ? null : (detail ?? this.detail);
    this.cycle = cycle ?? this.cycle;
  }

  protected override body(): TemplateResult {
    const words = this.#words;
    const { session } = this.office;
    if (session?.cycles.length === 0) return html`<main class="none"><p>${words.noCycle}</p></main>`;
    const { queue } = this;
    const name = nameIn(this.office.names, this.speech.language);
    return html`<main class=${this.current === '' ? 'list' : 'one'}>
      <section class="queue" aria-label=${words.queue}>
        ${this.#bar()}
        ${queue ? deskFilters({ language: this.speech.language, filter: this.filter, queue, names: this.office.names, onFilter: this.#onFilter }) : nothing}
        ${togetherBar({ language: this.speech.language, count: this.marked.size, may: this.office.may, onAsk: (act) => this.#ask(act), onUnmark: this.#unmark })}
        ${
          queue
            ? html`<hv-desk-queue .language=${this.speech.language} .rows=${queue.rows} .name=${name} .current=${this.current} ?isOpenOnly=${this.filter.stage === 'open' && !this.filter.text && !this.filter.category && !this.filter.area && !this.filter.source} ?isMarkable=${this.office.may('classify')}
                .marked=${new Set(this.marked.keys())} .onOpen=${(row: ProposalRow) => this.#open(row.id)} .onMark=${this.#mark}></hv-desk-queue>${pagesBar({ language: this.speech.language, total: queue.total, page: this.filter.page ?? 0, onPage: (page) => this.#onFilter({ page }) })}`
            : html`<p class="soft pad">${words.loading}</p>`
        }
      </section>
      <section class="proposal" aria-live="off">
        ${this.current === '' ? nothing : html`<button class="back" @click=${() => this.#open('')}>${words.back}</button>`}
        <hv-proposal .language=${this.speech.language} .timezone=${this.office.timezone} ?isReading=${this.current !== ''} .proposal=${this.detail} .name=${name} .projectTitle=${this.#projectTitle}
          .may=${this.office.may} .onCommand=${(command: DeskCommand, into?: string) => this.#ask(command, into)} .onOpen=${(id: string) => this.#open(id)} .onErase=${this.#erase}></hv-proposal>
      </section>
    </main>
    <p class="unseen" role="status">${this.said}</p>
    <hv-desk-dialog .names=${this.office.names} .onDone=${this.#done} @signed-out=${this.office.refresh}></hv-desk-dialog>
    <hv-release-dialog .onDone=${this.#released} @signed-out=${this.office.refresh}></hv-release-dialog>
    <hv-propose-dialog .address=${session?.address ?? null} .onDone=${() => this.office.refresh()} @signed-out=${this.office.refresh}></hv-propose-dialog>
    <hv-entry-dialog .address=${session?.address ?? null} .onDone=${() => this.office.refresh()} @signed-out=${this.office.refresh}></hv-entry-dialog>
    <hv-keys-dialog .may=${this.office.may}></hv-keys-dialog>
    <hv-confirm @signed-out=${this.office.refresh}></hv-confirm>`;
  }

  #bar(): TemplateResult {
    const { language } = this.speech;
    return cycleBar({
      ...{ language, office: this.office, year: this.year },
      drafted: this.queue?.counts.drafted ?? 0,
      onYear: (year) => {
        this.year = year;
        this.current = '';
        this.marked = new Map();
        this.#onFilter({ page: 0 });
      },
      onHelp: () => void this.keys?.open(language),
      onPropose: (cycles, isEntered) => void this.proposing?.ask({ is: 'form', cycles, isEntered }, language),
      onTable: (year) => void this.entering?.ask({ is: 'form', year }, language),
      onRelease: this.#release,
    });
  }

  readonly #projectTitle = (id: string): string => {
    const found = this.cycle?.projects.find((one) => one.id === id);
    return found ? `${id} ${this.speech.text(found.sheet.title)}` : id;
  };

  readonly #onFilter = (change: Partial<Omit<ProposalFilter, 'cycle'>>): void => {
    const number = ProposalId.safeParse(change.text?.toUpperCase());
    if (number.success) {
      this.#open(number.data);
      return;
    }
    this.filter = { page: 0, ...this.filter, ...('page' in change ? change : { ...change, page: 0 }) };
    void this.read();
  };

  #open(id: string): void {
    this.current = id;
    const url = new URL(location.href);
    if (id === '') url.searchParams.delete('p');
    else url.searchParams.set('p', id);
    history.replaceState(null, '', url);
    if (this.detail?.id !== id) this.detail = null;
    void this.read();
  }

  readonly #mark = (row: ProposalRow): void => {
    const marked = new Map(this.marked);
    if (!marked.delete(row.id)) marked.set(row.id, row);
    this.marked = marked;
    this.said = this.#words.marked(marked.size);
  };

  readonly #unmark = (): void => {
    this.marked = new Map();
    this.said = this.#words.marked(0);
  };

  readonly #done = (what: string, count: number): void => {
    if (count > 0) {
      this.said = this.#words.done(what, count);
      this.marked = new Map();
    }
    void this.office.refresh();
    void this.list?.focusOn(this.current);
  };

  readonly #release = (): void => {
    const { drafted, drafts, draftedAs } = this.queue?.counts ?? {};
    if (this.year === null || !drafted || !drafts || !draftedAs) return;
    const asked = { cycle: this.year, total: drafted, drafts, draftedAs };
    void this.releasing?.ask(asked, this.speech.language);
  };

  readonly #released = (what: string, count: number): void => {
    // They may be others than were seen: what is drafted now is there to be looked at.
    if (count === 0) this.filter = { stage: 'drafted' };
    this.#done(what, count);
  };

  readonly #erase = (): void => {
    const { language } = this.speech;
    void this.confirm?.ask(eraseAsk(this.current, language, this.#done), language);
  };

  /** The proposals that an act is for: those that are marked, else the one that is open. */
  get #chosen(): readonly ProposalRow[] {
    if (this.marked.size > 0) return [...this.marked.values()];
    const one = this.detail ?? this.queue?.rows.find(({ id }) => id === this.current);
    return one ? [one] : [];
  }

  #ask(command: DeskCommand, into = ''): void {
    const { language } = this.speech;
    // What stands at one proposal is about it, whatever is marked beside it.
    const isAlone = command === 'clear' || command === 'opine' || command === 'second' || into !== '';
    const rows = isAlone && this.detail ? [this.detail] : this.#chosen;
    const [first] = rows;
    if (!first) return;
    const isOpen = rows.length === 1 && first.id === this.detail?.id;
    switch (command) {
      case 'second':
        void this.confirm?.ask(secondAsk(first, language, this.#done), language);
        return;
      case 'undecide':
        void this.confirm?.ask(undecideAsk(rows, language, this.#done), language);
        return;
      case 'clear':
      case 'classify':
      case 'opine':
      case 'merge':
      case 'exclude':
      case 'not-adopt':
      case 'adopt': {
        const detail = isOpen ? this.detail : null;
        void this.dialog?.ask({ is: command, rows, detail, cycle: this.cycle, into }, language);
        return;
      }
      default:
        return;
    }
  }

  #command(command: DeskCommand): void {
    const rows = this.queue?.rows ?? [];
    const here = rows.findIndex(({ id }) => id === this.current);
    const page = this.filter.page ?? 0;
    switch (command) {
      case 'next':
        this.#step(Math.min(rows.length - 1, here + 1));
        return;
      case 'previous':
        this.#step(Math.max(0, here - 1));
        return;
      case 'mark': {
        const row = rows[here];
        if (row) this.#mark(row);
        return;
      }
      case 'mark-all':
        this.marked = rows.every(({ id }) => this.marked.has(id))
          ? new Map()
          : new Map([...this.marked, ...rows.map((row) => [row.id, row] as const)]);
        this.said = this.#words.marked(this.marked.size);
        return;
      case 'search':
        this.renderRoot.querySelector<HTMLInputElement>('input[type=search]')?.focus();
        return;
      case 'previous-page':
        if (page > 0) this.#onFilter({ page: page - 1 });
        return;
      case 'next-page':
        if ((page + 1) * PAGE_ROWS < (this.queue?.total ?? 0)) this.#onFilter({ page: page + 1 });
        return;
      case 'help':
        void this.keys?.open(this.speech.language);
        return;
      case 'escape':
        this.#unmark();
        return;
      default:
        this.#ask(command);
    }
  }

  #step(to: number): void {
    const row = this.queue?.rows[to];
    if (!row) return;
    this.#open(row.id);
    void this.list?.focusOn(row.id);
    this.said = this.#words.at(to + 1, this.queue?.rows.length ?? 0);
  }

  static override styles = [OfficePage.styles, deskStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-desk': DeskPage;
  }
}
