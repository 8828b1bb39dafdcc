import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { EligibleMember, WorkDocument } from '../../../contract/register/works.ts';
import { ActDialog } from '../../parts/act-dialog.ts';
import { toRead } from '../../parts/language.ts';
import { registerApi } from '../parts/register-api.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { knows, offered } from './group-match.ts';
import { visitsWords } from './visits-words.ts';

export interface GroupAsk {
  readonly work: WorkDocument;
  readonly members: readonly EligibleMember[];
  readonly name: NameOf;
}

/** More lines than anybody reads; the field above them finds the others. */
const MOST_LINES = 60;

/** Appoints the group of a project: who knows its category is offered first. Calls `onDone`. */
@customElement('hv-group-dialog')
export class GroupDialog extends ActDialog<GroupAsk> {
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private chosen: ReadonlySet<string> = new Set();
  /** Of whom it was made before: they stand first, and nobody moves under a finger. */
  @state() private ofGroup: ReadonlySet<string> = new Set();
  @state() private typed = '';

  override async ask(asked: GroupAsk, language: Language): Promise<void> {
    this.ofGroup = new Set(asked.work.group?.members.map(({ id }) => id));
    this.chosen = this.ofGroup;
    this.typed = '';
    await super.ask(asked, language);
  }

  protected override formFor(asked: GroupAsk): TemplateResult {
    const words = visitsWords[this.language];
    const { work, members, name } = asked;
    const lines = offered(members, work.category, this.ofGroup, this.typed).slice(0, MOST_LINES);
    const onSearch = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) this.typed = target.value;
    };
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked)}>
      <h2 id="name">${words.appointName}</h2>
      <p>${toRead(work.title, this.language)} · ${name('categories', work.category)}</p>
      <p id="explains">${words.appointExplains}</p>
      <label>${words.committee}<input name="committee" maxlength="100" required autocomplete="off" value=${work.group?.committee ?? ''} /></label>
      <label>${words.search}<input type="search" autocomplete="off" @input=${onSearch} /></label>
      <fieldset><legend>${words.member} · <span role="status">${words.chosen(this.chosen.size)}</span></legend>
        ${lines.length === 0 ? html`<p class="soft">${words.nobodyFound}</p>` : nothing}
        ${repeat(
          lines,
          ({ id }) => id,
          (one) => this.#line(one, asked),
        )}</fieldset>
      ${this.foot({ act: words.appointName, isBlocked: this.chosen.size === 0 })}
    </form>`;
  }

  #line(one: EligibleMember, { work, name }: GroupAsk): TemplateResult {
    const words = visitsWords[this.language];
    const onChange = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement)) return;
      const next = new Set(this.chosen);
      if (target.checked) next.add(one.id);
      else next.delete(one.id);
      this.chosen = next;
    };
    const fields = one.fields.map((field) => name('categories', field)).join('、');
    return html`<label class="line"><input type="checkbox" value=${one.id} .checked=${this.chosen.has(one.id)} @change=${onChange} />
      <span>${one.name}</span>${knows(one, work.category) ? html`<b class="good">★ ${words.knows}</b>` : nothing}<span class="soft">${fields}</span></label>`;
  }

  async #submit(event: SubmitEvent, { work }: GroupAsk): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const committee = String(new FormData(event.target).get('committee') ?? '').trim();
    const members = [...this.chosen];
    const done = await this.send(() =>
      registerApi.act({ act: 'appoint-group', project: work.id, committee, members }),
    );
    if (done) this.onDone();
  }

  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        width: min(40rem, 96vw);
      }
      form {
        display: grid;
        gap: 0.8rem;
      }
      p {
        margin: 0;
      }
      fieldset {
        max-height: 40vh;
        min-width: 0;
        margin: 0;
        padding: 0;
        overflow: auto;
        border: 1px solid var(--line);
      }
      legend {
        padding: 0 0.4rem;
        font-weight: 600;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.2rem 0.7rem;
        min-height: 2.75rem;
        padding: 0 0.7rem;
        border-bottom: 1px solid var(--line);
      }
      .line input {
        width: 1.3rem;
        min-height: 1.3rem;
        accent-color: var(--red);
      }
      .good {
        color: var(--for);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-group-dialog': GroupDialog;
  }
}
