import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CycleDocument, ProposalRow, RegisterNames } from '../../../contract/register/documents.ts';
import { QUESTIONS } from '../../../register/model/entries.ts';
import { ActDialog } from '../../parts/act-dialog.ts';
import { toRead } from '../../parts/language.ts';
import { actAll } from '../parts/register-api.ts';
import { type DeskAsk, doingsOf } from './desk-acts.ts';
import { deskWords } from './desk-words.ts';
import { personalHints } from './personal-hints.ts';

const NEW = '+';
const SHOWN = 4;

/** One form for each thing that is done with proposals; with several marked the same is done with all of them. Calls `onDone`. */
@customElement('hv-desk-dialog')
export class DeskDialog extends ActDialog<DeskAsk> {
  @property({ attribute: false }) names: RegisterNames | null = null;
  @property({ attribute: false }) onDone: (what: string, count: number) => void = () => {};
  @state() private hints: readonly string[] = [];
  @state() private project = '';

  override async ask(asked: DeskAsk, language: 'zh' | 'en'): Promise<void> {
    this.project = openProjects(asked.cycle)[0]?.id ?? NEW;
    const { sent, proposer = null } = asked.detail ?? {};
    this.hints = sent ? personalHints(`${sent.title}\n${sent.text}`, proposer) : [];
    await super.ask(asked, language);
  }

  protected override formFor(asked: DeskAsk): TemplateResult {
    const words = deskWords[this.language];
    const { name, explains, act, fields } = {
      clear: {
        name: words.clearName,
        explains: words.clearExplains,
        act: words.clearAct,
        fields: this.#clear,
      },
      classify: {
        name: words.classifyName,
        explains: words.classifyExplains,
        act: words.classifyName,
        fields: this.#classify,
      },
      opine: {
        name: words.opineName,
        explains: words.opineExplains,
        act: words.opineName,
        fields: this.#opine,
      },
      merge: { name: words.mergeName, explains: words.mergeExplains, act: words.draft, fields: this.#merge },
      exclude: {
        name: words.excludeName,
        explains: words.excludeExplains,
        act: words.draft,
        fields: this.#exclude,
      },
      'not-adopt': {
        name: words.notAdoptName,
        explains: words.notAdoptExplains,
        act: words.draft,
        fields: this.#reason,
      },
      adopt: { name: words.adoptName, explains: words.adoptExplains, act: words.draft, fields: this.#adopt },
    }[asked.is];
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked, name)} @keydown=${this.#onKey}>
      <h2 id="name">${name}</h2>
      ${this.#which(asked.rows)}
      <p id="explains">${explains}</p>
      <div class="fields">${fields(asked)}</div>
      ${this.foot({ act })}
    </form>`;
  }

  #which(rows: readonly ProposalRow[]): TemplateResult {
    const words = deskWords[this.language];
    const title = (row: ProposalRow) => html`<li><code>${row.id}</code> ${row.title ?? words.unread}</li>`;
    return html`<ul class="which">${rows.slice(0, SHOWN).map(title)}${rows.length > SHOWN ? html`<li>${words.more(rows.length - SHOWN)}</li>` : nothing}</ul>`;
  }

  readonly #clear = ({ detail }: DeskAsk): TemplateResult => {
    const words = deskWords[this.language];
    const from = detail?.wording ?? detail?.sent;
    const onInput = () => {
      const form = this.form && new FormData(this.form);
      this.hints = personalHints(`${form?.get('title')}\n${form?.get('text')}`, detail?.proposer ?? null);
    };
    return html`<label>${words.title}<input name="title" .defaultValue=${from?.title ?? ''} maxlength="200" required @input=${onInput} /></label>
      <label>${words.text}<textarea name="text" rows="9" .defaultValue=${from?.text ?? ''} maxlength="4000" required autofocus @input=${onInput}></textarea></label>
      <p class="hints" role="status">${this.hints.length > 0 ? words.hint(this.hints) : ''}</p>`;
  };

  readonly #classify = ({ rows }: DeskAsk): TemplateResult => {
    const words = deskWords[this.language];
    const [first] = rows;
    return html`<label>${words.category}<select name="category" required autofocus>${this.#options('categories', first?.category ?? '')}</select></label>
      <label>${words.area}<select name="area"><option value="">${words.noArea}</option>${this.#options('areas', first?.area ?? '')}</select></label>`;
  };

  readonly #opine = (): TemplateResult => {
    const words = deskWords[this.language];
    // An answer needs its reason.
    const onAnswer = ({ target, currentTarget }: Event) => {
      const reason =
        currentTarget instanceof Element
          ? currentTarget.querySelector<HTMLInputElement>('input[maxlength]')
          : null;
      if (reason && target instanceof HTMLInputElement && target.type === 'radio')
        reason.required = target.value !== '';
    };
    return html`${QUESTIONS.map(
      (question) => html`<fieldset @change=${onAnswer}><legend>${words.questions[question]}</legend>
        <div class="radios">${(['', 'yes', 'no', 'unclear'] as const).map(
          (answer) =>
            html`<label class="radio"><input type="radio" name=${question} value=${answer} ?checked=${answer === ''} />${answer === '' ? words.skip : words.answers[answer]}</label>`,
        )}</div>
        <label>${words.reason}<input name="${question}-reason" maxlength="1000" /></label></fieldset>`,
    )}`;
  };

  readonly #merge = ({ detail, into }: DeskAsk): TemplateResult => {
    const words = deskWords[this.language];
    const similar = detail?.similar ?? [];
    const isListed = similar.some(({ id }) => id === into);
    return html`<fieldset><legend>${words.into}</legend>
      ${similar.map(
        ({ id, title, stage }) =>
          html`<label class="radio"><input type="radio" name="into" value=${id} ?checked=${id === into} /><span><code>${id}</code> ${title ?? words.unread} <span class="soft">${words.stages[stage]}</span></span></label>`,
      )}
      <label>${words.byNumber}<input name="number" .defaultValue=${isListed ? '' : into} placeholder=${words.numberHint} pattern="\\s*\\d{4}-[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{7}\\s*" autocomplete="off" /></label></fieldset>`;
  };

  readonly #exclude = (asked: DeskAsk): TemplateResult => {
    const words = deskWords[this.language];
    const grounds = this.names?.grounds ?? [];
    return html`<fieldset><legend>${words.ground}</legend>${grounds.map(
      ({ id, name }, i) =>
        html`<label class="radio"><input type="radio" name="ground" value=${id} required ?autofocus=${i === 0} />${toRead(name, this.language)}</label>`,
    )}</fieldset>${this.#reason(asked)}`;
  };

  readonly #reason = ({ is }: DeskAsk): TemplateResult =>
    html`<label>${deskWords[this.language].publicReason}<textarea name="reason" rows="4" maxlength="1000" required ?autofocus=${is === 'not-adopt'}></textarea></label>`;

  readonly #adopt = ({ rows, detail, cycle }: DeskAsk): TemplateResult => {
    const words = deskWords[this.language];
    const title = detail?.title ?? rows[0]?.title ?? '';
    const onChange = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement) this.project = target.value;
    };
    return html`<label>${words.project}<select name="project" autofocus @change=${onChange}>
        ${openProjects(cycle).map(({ id, sheet }) => html`<option value=${id} ?selected=${id === this.project}>${id} ${toRead(sheet.title, this.language)}</option>`)}
        <option value=${NEW} ?selected=${this.project === NEW}>${words.newProject}</option></select></label>
      ${
        this.project === NEW
          ? html`<label>${words.projectTitle}<input name="title" .defaultValue=${title} maxlength="200" required /></label>
              <label>${words.summary}<input name="summary" .defaultValue=${title} maxlength="200" required /></label>
              <label>${words.category}<select name="category" required>${this.#options('categories', rows[0]?.category ?? '')}</select></label>
              <label>${words.lead}<select name="lead" required><option value="" disabled selected></option>${this.#options('bodies', '')}</select></label>`
          : nothing
      }`;
  };

  #options(kind: 'categories' | 'areas' | 'bodies', chosen: string): TemplateResult[] {
    return (this.names?.[kind] ?? []).map(
      ({ id, name }) =>
        html`<option value=${id} ?selected=${id === chosen}>${toRead(name, this.language)}</option>`,
    );
  }

  /** The form is sent with Ctrl+Enter from a text of several lines too. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.ctrlKey) this.form?.requestSubmit();
  };

  async #submit(event: SubmitEvent, asked: DeskAsk, name: string): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const doings = doingsOf(asked, (field) => String(fields.get(field) ?? '').trim());
    if (doings.length === 0) return;
    const isDone = await this.send(() => actAll(doings));
    this.onDone(name, isDone ? asked.rows.length : 0);
  }

  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        width: min(44rem, 96vw);
      }
      .which {
        margin: 0.6rem 0;
        padding: 0.6rem 0.9rem;
        background: var(--paper);
        list-style: none;
        overflow-wrap: anywhere;
      }
      .fields {
        display: grid;
        gap: 0.8rem;
      }
      fieldset {
        display: grid;
        gap: 0.4rem;
        margin: 0;
        border: 1px solid var(--line);
        border-radius: 0.4rem;
      }
      legend {
        padding: 0 0.4rem;
        font-weight: 600;
      }
      .radios {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2rem 1.2rem;
      }
      .radio {
        display: flex;
        align-items: baseline;
        gap: 0.5rem;
      }
      .radio input {
        width: 1.1rem;
        min-height: 1.1rem;
        accent-color: var(--red);
      }
      .hints {
        min-height: 1.4em;
        margin: 0;
        color: var(--against);
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      code {
        font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
      }
    `,
  ];
}

/** Projects into which something may still be adopted. */
const openProjects = (cycle: CycleDocument | null) =>
  (cycle?.projects ?? []).filter(({ state }) => state !== 'dropped');

declare global {
  interface HTMLElementTagNameMap {
    'hv-desk-dialog': DeskDialog;
  }
}
