import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ActDialog } from '../../parts/act-dialog.ts';
import { registerApi } from '../parts/register-api.ts';
import { projectsWords } from './projects-words.ts';

/** What is offered for a cycle that is about to be opened. */
export interface CycleAsk {
  readonly year: number;
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;

/** So many days, both counted; null where they are none. */
function daysOf(from: string, to: string): number | null {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
  return days > 0 ? days : null;
}

/** Opens a cycle: its year, and when proposals are collected. Calls `onDone`. */
@customElement('hv-cycle-dialog')
export class CycleDialog extends ActDialog<CycleAsk> {
  @property({ attribute: false }) onDone: (year: number) => void = () => {};
  @state() private days: number | null = null;

  override async ask(asked: CycleAsk, language: 'zh' | 'en'): Promise<void> {
    this.days = daysOf(asked.from, asked.to);
    await super.ask(asked, language);
  }

  protected override formFor({ year, from, to }: CycleAsk): TemplateResult {
    const words = projectsWords[this.language];
    const onInput = () => {
      const fields = this.form && new FormData(this.form);
      this.days = daysOf(String(fields?.get('from')), String(fields?.get('to')));
    };
    return html`<form @submit=${this.#submit} @input=${onInput}>
      <h2 id="name">${words.openCycleName}</h2>
      <p id="explains">${words.openCycleExplains}</p>
      <div class="fields">
        <label>${words.year}<input type="number" name="year" min="2000" max="2200" .defaultValue=${String(year)} required autofocus /></label>
        <label>${words.from}<input type="date" name="from" .defaultValue=${from} required /></label>
        <label>${words.to}<input type="date" name="to" .defaultValue=${to} required /></label>
      </div>
      <p role="status">${this.days === null ? '' : words.days(this.days)}</p>
      ${this.foot({ act: words.openCycleName, isBlocked: this.days === null })}
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const cycle = Number(fields.get('year'));
    const [from, to] = [String(fields.get('from')), String(fields.get('to'))];
    if (await this.send(() => registerApi.act({ act: 'open-cycle', cycle, from, to }))) this.onDone(cycle);
  };

  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        width: min(34rem, 94vw);
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
        gap: 0.8rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-cycle-dialog': CycleDialog;
  }
}
