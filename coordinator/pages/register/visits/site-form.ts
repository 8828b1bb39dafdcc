import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { monthText } from '../../../contract/register/work-words.ts';
import type { PartDocument } from '../../../contract/register/works.ts';
import { controls } from '../../parts/shared-styles.ts';
import { quantity } from '../parts/quantity.ts';
import type { Kept, Photo } from './kept.ts';
import type { PhotoField } from './photo-field.ts';
import './photo-field.ts';
import { actOf } from './site-acts.ts';
import { siteStyles } from './site-styles.ts';
import { visitsWords } from './visits-words.ts';

const VERDICTS = ['confirmed', 'disputed', 'none'] as const;
const WORKS = ['yes', 'partly', 'no'] as const;

/**
 * What somebody writes at a site: a visit, a finding, a look-back. Whatever is typed is kept on the telephone as soon as a
 * field is left, a camera opens or the page goes out of sight: a telephone ends pages that nobody looks at.
 */
@customElement('hv-site-form')
export class SiteForm extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) draft: Kept | null = null;
  /** The part it is about, where it is about one and that is known here. */
  @property({ attribute: false }) about: PartDocument | null = null;
  /** The day where the telephone is. */
  @property() day = '';
  /** Keeps what was typed so far. */
  @property({ attribute: false }) onDraft: (draft: Kept) => void = () => {};
  /** It is whole, and is to be sent. */
  @property({ attribute: false }) onKeep: (draft: Kept) => void = () => {};
  @property({ attribute: false }) onLeave: () => void = () => {};
  @state() private problem = '';
  @state() private verdict = '';
  @query('hv-photo-field') private field!: PhotoField | null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onHide);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onHide);
    this.#keepTyped();
  }

  override render(): TemplateResult | typeof nothing {
    const { draft, language } = this;
    if (draft === null) return nothing;
    const words = visitsWords[language];
    const { what, title, fields, photos } = draft;
    return html`<form @submit=${this.#onSubmit} @change=${this.#onChange}>
      <button type="button" class="back" data-act="leave" @click=${this.onLeave}>${words.back}</button>
      <h2>${words.form[what]}</h2>
      <p class="soft">${title}</p>
      ${what === 'visit' ? this.#visit(fields) : what === 'find' ? this.#find(fields) : this.#lookBack(fields)}
      <hv-photo-field .language=${language} .photos=${photos} .onPhotos=${this.#onPhotos}></hv-photo-field>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <p class="foot"><button class="main" data-act="keep">${words.keep}</button></p>
    </form>`;
  }

  #visit(fields: Kept['fields']): TemplateResult {
    const words = visitsWords[this.language];
    const { about: part } = this;
    const report = part?.reports.find(({ seq }) => String(seq) === fields.report);
    const verdict = this.verdict || (fields.verdict ?? 'none');
    return html`${
      part && report
        ? html`<fieldset><legend>${words.verdict}</legend>
            <p class="big">${words.figure(monthText(report.month, this.language), quantity(report.done, part))}</p>
            <div class="choices">${VERDICTS.map(
              (each) =>
                html`<label><input type="radio" name="verdict" value=${each} ?checked=${each === (fields.verdict ?? 'none')} />${words.verdicts[each]}</label>`,
            )}</div>
            ${
              verdict === 'disputed'
                ? html`<label class="field">${words.found(part.part.target.unit)}<input name="found" inputmode="decimal" autocomplete="off" required value=${fields.found ?? ''} /></label>`
                : nothing
            }</fieldset>`
        : nothing
    }
    ${this.#text('words', words.visitWords, fields)}
    ${this.#day('day', words.day, fields, { max: this.day })}`;
  }

  #find(fields: Kept['fields']): TemplateResult {
    const words = visitsWords[this.language];
    return html`${this.#text('words', words.findWords, fields, true)}${this.#day('due', words.dueDay, fields, { min: this.day })}`;
  }

  #lookBack(fields: Kept['fields']): TemplateResult {
    const words = visitsWords[this.language];
    return html`<fieldset><legend>${words.doesItWork}</legend>
        <div class="choices">${WORKS.map(
          (each) =>
            html`<label><input type="radio" name="works" value=${each} required ?checked=${each === fields.works} />${words.works[each]}</label>`,
        )}</div></fieldset>
      ${this.#text('users', words.users, fields)}
      ${this.#text('words', words.visitWords, fields)}
      ${this.#day('day', words.day, fields, { max: this.day })}`;
  }

  #text(name: string, label: string, fields: Kept['fields'], isRequired = false): TemplateResult {
    return html`<label class="field">${label}<textarea name=${name} rows="3" maxlength="2000" ?required=${isRequired} .value=${fields[name] ?? ''}></textarea></label>`;
  }

  #day(
    name: string,
    label: string,
    fields: Kept['fields'],
    { min, max }: { readonly min?: string; readonly max?: string },
  ): TemplateResult {
    return html`<label class="field">${label}<input type="date" name=${name} required min=${min ?? nothing} max=${max ?? nothing} value=${fields[name] ?? ''} /></label>`;
  }

  /** The draft as it is typed at this moment. */
  #typed(): Kept | null {
    const form = this.renderRoot.querySelector('form');
    if (!form || !this.draft) return null;
    const typed = [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    );
    return { ...this.draft, fields: { ...this.draft.fields, ...Object.fromEntries(typed) } };
  }

  readonly #onChange = (): void => {
    const typed = this.#typed();
    if (!typed) return;
    this.verdict = typed.fields.verdict ?? '';
    this.#become(typed);
  };

  readonly #onHide = (): void => {
    if (document.visibilityState === 'hidden') this.#keepTyped();
  };

  /** What is in a field that nobody has left yet: a way back, or a session that runs out, takes the form away. */
  #keepTyped(): void {
    const typed = this.#typed();
    const before = this.draft?.fields ?? {};
    if (typed && Object.entries(typed.fields).some(([name, value]) => value !== (before[name] ?? '')))
      this.#become(typed);
  }

  readonly #onPhotos = (photos: readonly Photo[]): void => {
    const typed = this.#typed();
    if (typed) this.#become({ ...typed, photos });
  };

  #become(draft: Kept): void {
    this.draft = draft;
    this.problem = '';
    this.onDraft(draft);
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = this.#typed();
    if (!typed) return;
    const words = visitsWords[this.language];
    if (this.field?.isBusy) {
      this.problem = words.shrinking;
      return;
    }
    const act = actOf(typed);
    if (act) this.onKeep({ ...typed, state: { is: 'kept', act } });
    else this.problem = typed.what === 'visit' ? words.incomplete : words.incompleteForm;
  };

  static override styles = [
    controls,
    siteStyles,
    css`
      form {
        display: grid;
        gap: 1rem;
      }
      form > p,
      fieldset p {
        margin: 0;
      }
      .back {
        justify-self: start;
        margin: 0;
      }
      fieldset {
        display: grid;
        gap: 0.7rem;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: none;
      }
      legend {
        padding: 0 0 0.3rem;
        color: var(--ink-soft);
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr));
        gap: 0.5rem;
      }
      .choices label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 3.2rem;
        padding: 0 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: 0.5rem;
        background: var(--card);
      }
      .choices label:has(input:checked) {
        border-color: var(--red);
        box-shadow: inset 0 0 0 2px var(--red);
        font-weight: 700;
      }
      .choices input {
        flex: none;
        width: 1.3rem;
        min-height: 1.3rem;
        margin: 0;
        accent-color: var(--red);
      }
      .field {
        display: grid;
        gap: 0.3rem;
      }
      .field input,
      .field textarea {
        width: 100%;
        min-height: 3rem;
        font-size: 1.05rem;
      }
      .problem {
        padding: 0.6rem 0.9rem;
        border-left: 0.3rem solid var(--against);
        background: var(--bad-wash);
        font-weight: 600;
      }
      /* Where a thumb is, whatever has been scrolled. */
      .foot {
        position: sticky;
        z-index: 1;
        bottom: 0;
        margin: 0 -0.9rem;
        padding: 0.6rem 0.9rem;
        border-top: 1px solid var(--line);
        background: var(--paper);
      }
      .foot button {
        width: 100%;
        min-height: 3.4rem;
        font-size: 1.15rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-site-form': SiteForm;
  }
}
