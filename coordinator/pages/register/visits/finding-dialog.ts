import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ActDialog } from '../../parts/act-dialog.ts';
import { registerApi } from '../parts/register-api.ts';
import { later } from './site-acts.ts';
import type { FindingCommand } from './site-project.ts';
import { visitsWords } from './visits-words.ts';

export interface FindingAsk {
  readonly command: FindingCommand;
  readonly project: string;
  readonly day: string;
}

/** Days that a body has when a finding comes back to it. */
const RETURN_DAYS = 14;

/** Closes a finding that was answered, or returns it with another date. Calls `onDone`. */
@customElement('hv-finding-dialog')
export class FindingDialog extends ActDialog<FindingAsk> {
  @property({ attribute: false }) onDone: () => void = () => {};

  protected override formFor(asked: FindingAsk): TemplateResult {
    const words = visitsWords[this.language];
    const { command, day } = asked;
    const isReturn = command.is === 'return';
    const name = isReturn ? words.returnName : words.closeName;
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked)}>
      <h2 id="name">${name}</h2>
      <p>${command.finding.words}</p>
      <p id="explains">${isReturn ? words.returnExplains : words.closeExplains}</p>
      <label>${words.closeWords}<textarea name="words" rows="3" maxlength="2000" required></textarea></label>
      ${isReturn ? html`<label>${words.newDue}<input type="date" name="due" min=${day} value=${later(day, RETURN_DAYS)} required /></label>` : nothing}
      ${this.foot({ act: name })}
    </form>`;
  }

  async #submit(event: SubmitEvent, { command, project }: FindingAsk): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const ofFinding = {
      ...{ project, finding: command.finding.finding },
      words: String(fields.get('words') ?? '').trim(),
    };
    const done = await this.send(() =>
      registerApi.act(
        command.is === 'return'
          ? { act: 'return-finding', ...ofFinding, due: String(fields.get('due') ?? '') }
          : { act: 'close-finding', ...ofFinding },
      ),
    );
    if (done) this.onDone();
  }

  static override styles = [
    ActDialog.styles,
    css`
      form {
        display: grid;
        gap: 0.9rem;
      }
      p {
        margin: 0;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-finding-dialog': FindingDialog;
  }
}
