import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import { ActDialog } from '../../parts/act-dialog.ts';
import './file-field.ts';
import { differsStyles } from './sheet-differs.ts';

/** A field of a form that an act asks for. */
export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly isOptional?: boolean;
} & (
  | { readonly is: 'line' | 'text'; readonly most: number; readonly value?: string }
  | { readonly is: 'date'; readonly value?: string; readonly least?: string; readonly last?: string }
  | {
      /** Counts of one thing, side by side. */
      readonly is: 'counts';
      readonly counts: readonly (readonly [name: string, label: string])[];
      readonly least: number;
    }
  | {
      readonly is: 'choice';
      readonly options: readonly (readonly [string, string])[];
      readonly value?: string;
    }
  | {
      readonly is: 'several';
      readonly options: readonly (readonly [string, string])[];
      readonly isAll?: boolean;
    }
  | { readonly is: 'file' | 'files' }
);

/** What somebody has filled in: one text a field, several where several may be chosen. */
export class Filled {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  /** '' where nothing was filled in. */
  one(name: string): string {
    return this.all(name)[0] ?? '';
  }

  /** Null where nothing was filled in. */
  oneOrNull(name: string): string | null {
    return this.one(name) === '' ? null : this.one(name);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  number(name: string): number {
    return Number(this.one(name));
  }
}

export interface AskedForm {
  readonly name: string;
  readonly explains: string;
  /** What it is about, to be read before it is done. */
  readonly about?: TemplateResult | typeof nothing;
  readonly fields: readonly FormField[];
  readonly act: (filled: Filled) => Promise<ActAnswer>;
  readonly onDone: () => void;
}

const WORDS = {
  zh: { needed: '须附文件', optional: (label: string) => `${label}（可不填）` },
  en: { needed: 'A file is needed', optional: (label: string) => `${label} (may be left out)` },
} as const;

/** A form before an act: its fields, what it does, and why it was refused with what was typed still there. */
@customElement('hv-form-dialog')
export class FormDialog extends ActDialog<AskedForm> {
  @state() private files: ReadonlyMap<string, readonly string[]> = new Map();
  @state() private busyFiles = 0;

  override async ask(asked: AskedForm, language: Language): Promise<void> {
    this.files = new Map();
    this.busyFiles = 0;
    await super.ask(asked, language);
  }

  protected override formFor(asked: AskedForm): TemplateResult {
    const isMissing = asked.fields.some((field) => this.#lacks(field));
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked)}>
      <h2 id="name">${asked.name}</h2>
      <p id="explains">${asked.explains}</p>
      ${asked.about ?? nothing}
      ${asked.fields.map((field) => this.#field(field))}
      ${this.foot({ act: asked.name, isBlocked: isMissing || this.busyFiles > 0 })}
    </form>`;
  }

  /** Whether a file is needed that is not there. */
  #lacks({ is, name, isOptional = false }: FormField): boolean {
    return (is === 'file' || is === 'files') && !isOptional && (this.files.get(name) ?? []).length === 0;
  }

  #field(field: FormField): TemplateResult {
    const { name, isOptional = false } = field;
    const label = isOptional ? WORDS[this.language].optional(field.label) : field.label;
    switch (field.is) {
      case 'line':
        return html`<label>${label}<input name=${name} maxlength=${field.most} .value=${field.value ?? ''} ?required=${!isOptional} /></label>`;
      case 'text':
        return html`<label>${label}<textarea name=${name} rows="4" maxlength=${field.most} .value=${field.value ?? ''} ?required=${!isOptional}></textarea></label>`;
      case 'date':
        return html`<label>${label}<input type="date" name=${name} .value=${field.value ?? ''} min=${field.least ?? ''} max=${field.last ?? ''} ?required=${!isOptional} /></label>`;
      case 'counts':
        return html`<fieldset class="counts"><legend>${label}</legend>${field.counts.map(
          ([each, words]) =>
            html`<label>${words}<input type="number" name=${each} min=${field.least} max="100000" required /></label>`,
        )}</fieldset>`;
      case 'choice':
        return html`<label>${label}<select name=${name}>${field.options.map(([value, words]) => html`<option value=${value} ?selected=${value === field.value}>${words}</option>`)}</select></label>`;
      case 'several':
        return html`<fieldset><legend>${label}</legend>${field.options.map(
          ([value, words]) =>
            html`<label class="check"><input type="checkbox" name=${name} value=${value} ?checked=${field.isAll ?? false} />${words}</label>`,
        )}</fieldset>`;
      case 'file':
      case 'files':
        return html`<hv-file-field .language=${this.language} .label=${label} ?isOne=${field.is === 'file'} .onChange=${(hashes: readonly string[], isBusy: boolean) => this.#onFiles(name, hashes, isBusy)}></hv-file-field>
          ${this.#lacks(field) ? html`<p class="soft need">${WORDS[this.language].needed}</p>` : nothing}`;
    }
  }

  #onFiles(name: string, hashes: readonly string[], isBusy: boolean): void {
    this.files = new Map(this.files).set(name, hashes);
    this.busyFiles = isBusy ? 1 : 0;
  }

  async #submit(event: SubmitEvent, asked: AskedForm): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const values = new Map(
      [...new Set(fields.keys())].map(
        (name) => [name, fields.getAll(name).map((each) => String(each).trim())] as const,
      ),
    );
    for (const [name, hashes] of this.files) values.set(name, [...hashes]);
    await this.send(() => asked.act(new Filled(values)));
    asked.onDone();
  }

  static override styles = [
    ActDialog.styles,
    differsStyles,
    css`
      dialog {
        width: min(44rem, 96vw);
      }
      form {
        display: grid;
        gap: 0.8rem;
      }
      p {
        margin: 0;
      }
      fieldset {
        display: grid;
        gap: 0.3rem;
        max-height: 16rem;
        overflow: auto;
        border: 1px solid var(--line);
      }
      .counts {
        grid-template-columns: repeat(auto-fit, minmax(6rem, 1fr));
        gap: 0.3rem 0.8rem;
        max-height: none;
      }
      .check {
        display: flex;
        gap: 0.5rem;
        align-items: center;
      }
      .check input {
        width: 1.3rem;
        min-height: 1.3rem;
        accent-color: var(--red);
      }
      textarea {
        font: inherit;
      }
      .need {
        font-size: 0.9rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-form-dialog': FormDialog;
  }
}
