import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { percentText } from '../../../contract/register/work-words.ts';
import type { PartDocument, WorkDocument, WorkRow } from '../../../contract/register/works.ts';
import type { ConfirmDialog } from '../../parts/confirm-dialog.ts';
import '../../parts/confirm-dialog.ts';
import { staffWords } from '../../parts/staff-words.ts';
import { frameWords } from '../parts/frame-words.ts';
import { OfficePage } from '../parts/office-page.ts';
import { nameIn } from '../parts/sheet-view.ts';
import '../parts/work-light.ts';
import type { FindingDialog } from './finding-dialog.ts';
import './finding-dialog.ts';
import './groups-view.ts';
import type { Kept } from './kept.ts';
import type { OutboxCommand } from './outbox-list.ts';
import './outbox-list.ts';
import { Pocket } from './pocket.ts';
import { type Begun, begun, dayOf, freshId } from './site-acts.ts';
import './site-form.ts';
import type { FindingCommand } from './site-project.ts';
import './site-project.ts';
import { siteStyles } from './site-styles.ts';
import { momentText, visitsWords } from './visits-words.ts';

/** The day where the telephone is. */
const today = (): string => dayOf(new Date());

/** “My projects” for whoever watches them on the spot, with or without a network; and for the offices who appoint the groups. */
@customElement('hv-register-visits')
export class VisitsPage extends OfficePage {
  protected readonly page = 'visits';
  readonly #pocket = new Pocket(this, this.office);
  /** What is being written. */
  @state() private draft: Kept | null = null;
  @state() private isOffices = false;
  @query('hv-confirm') private confirm!: ConfirmDialog | null;
  @query('hv-finding-dialog') private finding!: FindingDialog | null;

  get #words() {
    return visitsWords[this.speech.language];
  }

  protected override forget(): void {
    this.draft = null;
  }

  protected override read(): Promise<void> {
    return this.#pocket.refresh();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#onHash);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#onHash);
  }

  /** The way back of the telephone leads from a form to its project, and from there to the list. */
  readonly #onHash = (): void => {
    this.draft = null;
    this.requestUpdate();
  };

  override render(): TemplateResult {
    const { session, isConnected } = this.office;
    const { last, unsent } = this.#pocket;
    const isAway = !isConnected && !session?.person && last !== null;
    if (isAway) return this.#away();
    const isSignedOut = session !== null && session.person === null;
    return html`${isSignedOut && unsent > 0 ? html`<p class="banner" role="status">${this.#words.unsentHere(unsent)}</p>` : nothing}
      ${super.render()}`;
  }

  /** The page as it opens where there is no network. */
  #away(): TemplateResult {
    const { language } = this.speech;
    const { last } = this.#pocket;
    return html`<header><b>${frameWords[language].pages.visits}</b><span>${last ? this.speech.text(last.session.register.name) : ''}</span>
        <nav><span class="who">${last?.session.person?.name ?? ''}</span><button @click=${() => this.speech.toggle()}>${staffWords[language].other}</button></nav></header>
      ${this.body()}`;
  }

  readonly #may = (right: string): boolean =>
    (this.office.session ?? this.#pocket.last?.session)?.rights.includes(right) ?? false;

  protected override body(): TemplateResult {
    const words = this.#words;
    const { language } = this.speech;
    const { last, isBroken } = this.#pocket;
    const { isConnected } = this.office;
    const isOffice = this.#may('appoint-group') || this.#may('settle-figure');
    const isMember = this.#may('visit');
    const showsOffices = isOffice && (this.isOffices || !isMember);
    return html`<main>
      ${isBroken ? html`<p class="problem" role="alert">${words.cannotKeep}</p>` : nothing}
      ${!isConnected && last ? html`<p class="away" role="status">${words.offline(momentText(last.at, language))}</p>` : nothing}
      ${isOffice && isMember ? this.#tabs(showsOffices) : nothing}
      ${this.draft ? this.#form(this.draft) : showsOffices ? html`${this.#outbox(this.#pocket.kept)}${this.#offices()}` : this.#mine()}
    </main>
    <hv-confirm></hv-confirm>
    <hv-finding-dialog .onDone=${this.#refresh} @signed-out=${this.office.refresh}></hv-finding-dialog>`;
  }

  #tabs(showsOffices: boolean): TemplateResult {
    const tab = (isOffices: boolean, label: string) =>
      html`<button aria-current=${isOffices === showsOffices ? 'page' : 'false'} @click=${() => {
        this.isOffices = isOffices;
      }}>${label}</button>`;
    return html`<nav class="tabs">${tab(false, this.#words.mine)}${tab(true, this.#words.groups)}</nav>`;
  }

  #offices(): TemplateResult {
    const { session, names, waiting, may } = this.office;
    const years = session?.cycles.filter(({ stage }) => stage === 'decided').map(({ year }) => year) ?? [];
    return html`<hv-groups .language=${this.speech.language} .years=${years.toReversed()} .seq=${session?.seq ?? 0} .waiting=${waiting} .may=${may}
      .name=${nameIn(names, this.speech.language)} .day=${today()} .onLookBack=${(work: WorkRow) => this.#begin(work, { what: 'look-back', part: null })} .onDone=${this.office.refresh}></hv-groups>`;
  }

  readonly #refresh = (): void => void this.#pocket.refresh();

  #mine(): TemplateResult {
    const words = this.#words;
    const { language } = this.speech;
    const { last, kept, opensOffline } = this.#pocket;
    const open = last?.works.find(({ id }) => `#${id}` === decodeURIComponent(location.hash)) ?? null;
    const isOpen = (one: Kept) => open === null || one.project === open.id;
    const outbox = this.#outbox(kept.filter(isOpen));
    if (open)
      return html`${outbox}<hv-site-project .language=${language} .work=${open} .day=${today()} .isOnline=${this.office.isConnected} .may=${this.#may}
        .name=${nameIn(last?.names ?? null, language)} .onBegin=${(what: Begun) => this.#begin(open, what)} .onLeave=${() => history.back()}
        .onFinding=${(command: FindingCommand) => void this.finding?.ask({ command, project: open.id, day: today() }, language)}></hv-site-project>`;
    return html`${outbox}<h3>${words.mine}</h3>
      ${last === null ? html`<p class="soft">${words.loading}</p>` : last.works.length === 0 ? html`<p class="soft">${words.noneMine}</p>` : nothing}
      <ul class="cards">${last?.works.toReversed().map((work) => this.#card(work))}</ul>
      ${opensOffline === null ? nothing : html`<p class="soft" role="status">${opensOffline ? words.opensOffline : words.needsNetwork}</p>`}`;
  }

  #outbox(all: readonly Kept[]): TemplateResult {
    return html`<hv-outbox .language=${this.speech.language} .all=${all} .sending=${this.#pocket.sending}
      .onCommand=${(command: OutboxCommand, one: Kept) => this.#command(command, one)}></hv-outbox>`;
  }

  #card(work: WorkDocument): TemplateResult {
    const words = this.#words;
    return html`<li class="card"><a class="open" href="#${work.id}">${this.speech.text(work.title)}</a>
      <p class="meta"><span>${words.year(work.cycle)}</span><span>${words.parts(work.parts)}</span><span>${words.progress} ${percentText(work.progress.permille)}</span></p>
      <hv-work-light .language=${this.speech.language} .light=${work.light}></hv-work-light>
      ${work.disputedParts > 0 ? html`<p class="warn">⚠ ${words.disputed(work.disputedParts)}</p>` : nothing}
      ${work.openFindings > 0 ? html`<p class="warn">${words.openFindings(work.openFindings)}</p>` : nothing}
    </li>`;
  }

  #form(draft: Kept): TemplateResult {
    return html`${keyed(
      draft.id,
      html`<hv-site-form .language=${this.speech.language} .draft=${draft} .about=${this.#partOf(draft)} .day=${today()}
        .onDraft=${this.#onDraft} .onKeep=${(whole: Kept) => this.#keep(whole)} .onLeave=${this.#leave}></hv-site-form>`,
    )}`;
  }

  #partOf({ project, part }: Kept): PartDocument | null {
    const work = this.#pocket.last?.works.find(({ id }) => id === project);
    return work?.partsWork.find((one) => one.part.id === part) ?? null;
  }

  /** What was begun on the same is gone on with. */
  #begin(work: Pick<WorkRow, 'id' | 'title'>, what: Begun): void {
    const { person, kept } = this.#pocket;
    if (person === null) return;
    const id = freshId((bytes) => crypto.getRandomValues(bytes));
    const title = this.speech.text(work.title);
    const fresh = begun(work, what, { person, id, title, now: Date.now(), day: today() });
    const unfinished = kept.find(
      (one) =>
        one.state.is === 'draft' &&
        one.what === fresh.what &&
        one.project === fresh.project &&
        one.part === fresh.part &&
        one.fields.voice === fresh.fields.voice,
    );
    this.#write(unfinished ?? fresh);
  }

  #write(draft: Kept): void {
    this.draft = draft;
    scrollTo(0, 0);
  }

  readonly #onDraft = (typed: Kept): void => {
    const now = this.#pocket.kept.find(({ id }) => id === typed.id)?.state.is;
    // What was given away meanwhile is no draft any more.
    if (now === 'kept' || now === 'received') return;
    const draft: Kept = { ...typed, state: { is: 'draft' } };
    if (this.draft?.id === typed.id) this.draft = draft;
    void this.#pocket.put(draft);
  };

  readonly #leave = (): void => {
    this.draft = null;
    void this.#pocket.refresh();
  };

  async #keep(whole: Kept): Promise<void> {
    if (!(await this.#pocket.put(whole))) return;
    this.draft = null;
    scrollTo(0, 0);
  }

  #command(command: OutboxCommand, kept: Kept): void {
    const words = this.#words;
    switch (command) {
      case 'go-on':
        this.#write(kept);
        return;
      case 'seen':
        void this.#pocket.remove(kept.id);
        return;
      case 'discard':
        void this.confirm?.ask(
          {
            name: words.discardName,
            explains: words.discardExplains,
            facts: () => [[words.what[kept.what], kept.title]],
            isGrave: true,
            act: () => async () => {
              await this.#pocket.remove(kept.id);
              return { ok: true };
            },
          },
          this.speech.language,
        );
    }
  }

  static override styles = [
    OfficePage.styles,
    siteStyles,
    css`
      main {
        box-sizing: border-box;
        width: 100%;
        max-width: 46rem;
        margin: 0 auto;
        padding: 0.9rem;
        font-size: 1.05rem;
      }
      .away,
      .problem {
        margin: 0 0 0.8rem;
        padding: 0.6rem 0.9rem;
        border-left: 0.3rem solid var(--gold);
        background: var(--warn-wash);
        line-height: 1.5;
      }
      .problem {
        border-left-color: var(--against);
        background: var(--bad-wash);
        font-weight: 600;
      }
      .tabs {
        display: flex;
        gap: 0.5rem;
        margin-bottom: 0.6rem;
      }
      .tabs button {
        flex: 1;
      }
      .tabs [aria-current='page'] {
        border-bottom: 0.25rem solid var(--red);
        font-weight: 700;
      }
      hv-outbox {
        margin-bottom: 1rem;
      }
      .open {
        display: flex;
        align-items: center;
        min-height: 3rem;
        color: var(--red);
        font-size: 1.15rem;
        font-weight: 700;
      }
      .card p {
        margin: 0.2rem 0;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-visits': VisitsPage;
  }
}
