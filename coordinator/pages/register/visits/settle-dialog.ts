import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { quantityText } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { PartDocument, WorkDocument } from '../../../contract/register/works.ts';
import { ActDialog } from '../../parts/act-dialog.ts';
import { bothStyles, bothValues } from '../parts/both-values.ts';
import { registerApi } from '../parts/register-api.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { quantityOf } from './site-acts.ts';
import { visitsWords } from './visits-words.ts';

export interface SettleAsk {
  readonly work: WorkDocument;
  readonly part: PartDocument;
  readonly name: NameOf;
}

/** Settles a figure on which group and body do not agree; a second person confirms it. Calls `onDone`. */
@customElement('hv-settle-dialog')
export class SettleDialog extends ActDialog<SettleAsk> {
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private value = '';

  override async ask(asked: SettleAsk, language: Language): Promise<void> {
    this.value = '';
    await super.ask(asked, language);
  }

  protected override formFor(asked: SettleAsk): TemplateResult {
    const words = visitsWords[this.language];
    const { work, part, name } = asked;
    const { found, reported } = part.figure;
    const fill = (value: number) => () => {
      this.value = quantityText(value);
    };
    const onInput = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) this.value = target.value;
    };
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked)}>
      <h2 id="name">${words.settleName}</h2>
      ${bothValues(work, part, name, this.language)}
      <p id="explains">${words.settleExplains}</p>
      <label>${words.settle} (${part.part.target.unit})<input name="done" inputmode="decimal" autocomplete="off" required .value=${this.value} @input=${onInput} /></label>
      <p class="fill"><button type="button" @click=${fill(reported)}>${quantityText(reported)}</button>${found === null ? nothing : html`<button type="button" @click=${fill(found)}>${quantityText(found)}</button>`}</p>
      <label>${words.reason}<textarea name="words" rows="3" maxlength="2000" required></textarea></label>
      ${this.foot({ act: words.settleName, isBlocked: quantityOf(this.value) === null })}
    </form>`;
  }

  async #submit(event: SubmitEvent, { work, part }: SettleAsk): Promise<void> {
    event.preventDefault();
    const done = quantityOf(this.value);
    const report = part.figure.seq;
    if (this.isBusy || done === null || report === null || !(event.target instanceof HTMLFormElement)) return;
    const words = String(new FormData(event.target).get('words') ?? '').trim();
    await this.send(() =>
      registerApi.act({ act: 'settle-figure', project: work.id, part: part.part.id, report, done, words }),
    );
    this.onDone();
  }

  static override styles = [
    ActDialog.styles,
    bothStyles,
    css`
      form {
        display: grid;
        gap: 0.8rem;
      }
      p {
        margin: 0;
      }
      .fill {
        display: flex;
        gap: 0.6rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-settle-dialog': SettleDialog;
  }
}
