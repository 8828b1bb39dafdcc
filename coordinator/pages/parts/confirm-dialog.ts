import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Language } from '../../../shared/protocol/ids.ts';
import { ActDialog, type Doing } from './act-dialog.ts';
import { staffWords } from './staff-words.ts';

/** A label and what it says. */
export type Fact = readonly [label: string, value: string];

/** Something the person must say before the act: a reason, a card's number. */
export interface Question {
  readonly label: string;
  readonly maxLength: number;
  /** As the `pattern` of an input, with what it asks for in words. */
  readonly pattern?: string;
  readonly hint?: string;
}

/** An act about to be done: what it is called, what exactly will happen, and how it is told to the coordinator. */
export interface Proposal {
  readonly name: string;
  readonly explains: string;
  /** What it is done to; read anew whenever the dialog is drawn, so that it stays true while it is open. */
  readonly facts?: () => readonly Fact[];
  readonly question?: Question;
  /** The act, from the answer given where one is asked for. */
  readonly act: (answer: string) => Doing;
  /** Who will be asked to confirm it; null or absent where nobody is. */
  readonly second?: string | null;
  /** Cannot be taken back: the way out has the focus. */
  readonly isGrave?: boolean;
  readonly onDone?: () => void;
}

/** The question every act with a reason asks. */
export function reasonQuestion(language: Language): Question {
  return { label: staffWords[language].reason, maxLength: 200 };
}

/** Where the person says what is asked. */
function asking({ label, maxLength, pattern, hint }: Question, isGrave: boolean): TemplateResult {
  // A grave act is never done by the key that ends a line.
  const onKey = (event: KeyboardEvent) => {
    if (isGrave && event.key === 'Enter') event.preventDefault();
  };
  return html`<label>${label}<input name="reason" maxlength=${maxLength} pattern=${pattern ?? '.*\\S.*'} title=${hint ?? ''}
    autocomplete="off" required autofocus @keydown=${onKey} />${hint ? html`<small>${hint}</small>` : nothing}</label>`;
}

/** Asks before every act that takes no more than a word. */
@customElement('hv-confirm')
export class ConfirmDialog extends ActDialog<Proposal> {
  protected override formFor(proposal: Proposal): TemplateResult {
    const { name, explains, question, second, isGrave = false } = proposal;
    const facts = proposal.facts?.() ?? [];
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, proposal)}>
      <h2 id="name">${name}</h2>
      ${facts.length > 0 ? html`<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>` : nothing}
      <p id="explains">${explains}${second ? html`<span class="second">${second}</span>` : nothing}</p>
      ${question ? asking(question, isGrave) : nothing}
      ${this.foot({ act: name, focus: question ? null : isGrave ? 'cancel' : 'act' })}
    </form>`;
  }

  async #submit(event: SubmitEvent, { act, onDone }: Proposal): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const answerGiven = String(new FormData(event.target).get('reason') ?? '').trim();
    if (await this.send(act(answerGiven))) onDone?.();
  }

  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        width: min(38rem, 92vw);
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 0.35rem 1rem;
        margin: 0.8rem 0;
        padding: 0.8rem 1rem;
        border-radius: 0.4rem;
        background: var(--paper);
      }
      dt {
        color: var(--ink-soft);
      }
      dd {
        margin: 0;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }
      p {
        line-height: 1.6;
      }
      .second {
        display: block;
        margin-top: 0.6rem;
        padding-left: 0.7rem;
        border-left: 0.3rem solid var(--gold);
        font-weight: 600;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-confirm': ConfirmDialog;
  }
}
