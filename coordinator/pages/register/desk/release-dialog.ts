import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ActDialog } from '../../parts/act-dialog.ts';
import { registerApi } from '../parts/register-api.ts';
import { deskWords } from './desk-words.ts';

const OUTCOMES = ['adopted', 'merged', 'excluded', 'not-adopted'] as const;

/** What is about to be released: so many answers of each kind, as whoever releases them has seen. */
export interface ReleaseAsk {
  readonly cycle: number;
  readonly total: number;
  readonly drafts: string;
  readonly draftedAs: Readonly<Record<string, number>>;
}

/** Asks before all drafted answers of a cycle are released at one moment. Calls `onDone`; with 0 where nothing was. */
@customElement('hv-release-dialog')
export class ReleaseDialog extends ActDialog<ReleaseAsk> {
  @property({ attribute: false }) onDone: (what: string, count: number) => void = () => {};

  protected override formFor(asked: ReleaseAsk): TemplateResult {
    const words = deskWords[this.language];
    const { cycle, total, draftedAs } = asked;
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked)}>
      <h2 id="name">${words.releaseName}</h2>
      <table><caption>${words.yearOf(cycle)}</caption>
        <tbody>${OUTCOMES.map((is) => html`<tr><th scope="row">${words.stages[is]}</th><td class="n">${draftedAs[is] ?? 0}</td></tr>`)}</tbody>
        <tfoot><tr><th scope="row">${words.releaseAll}</th><td class="n">${total}</td></tr></tfoot></table>
      <p id="explains">${words.releaseExplains}</p>
      ${this.foot({ act: words.release(total), focus: 'cancel' })}
    </form>`;
  }

  async #submit(event: SubmitEvent, { cycle, total, drafts }: ReleaseAsk): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    const isDone = await this.send(() => registerApi.act({ act: 'release', cycle, drafts }));
    this.onDone(deskWords[this.language].releaseName, isDone ? total : 0);
  }

  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        width: min(34rem, 94vw);
      }
      table {
        margin-top: 0.8rem;
        font-size: 1.15rem;
      }
      caption {
        text-align: left;
        font-weight: 600;
      }
      th {
        font-size: 1rem;
      }
      tfoot th,
      tfoot td {
        border-top: 2px solid var(--ink);
        color: var(--ink);
        font-weight: 700;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-release-dialog': ReleaseDialog;
  }
}
