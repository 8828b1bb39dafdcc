import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { kindOf, type Motion } from '../../../shared/kinds/kinds.ts';
import { inLanguage } from '../../../shared/protocol/ids.ts';
import { ActDialog } from './act-dialog.ts';
import { api } from './api.ts';
import { asksCast, CAST_FIELD, type Entered, fieldOf, type HandCount, handCount } from './by-hand-tally.ts';
import { staffKind } from './kinds/staff-kinds.ts';
import { type MotionWords, motionWords } from './motion-words.ts';
import { staffWords } from './staff-words.ts';

/** The counts in the form so far. */
function entered(form: HTMLFormElement | null): Entered {
  const fields = form ? new FormData(form) : new FormData();
  return (name) => {
    const text = String(fields.get(name) ?? '').trim();
    return /^\d{1,6}$/.test(text) ? Number(text) : null;
  };
}

/** What is counted; `waiting`: the id of somebody else's entry, for whoever enters theirs blind; null for the first. */
export interface Counting {
  readonly motion: Motion;
  readonly waiting: string | null;
}

/** Enters the counts of a show of hands (举手表决), for when devices fail, and checks them as they are typed. */
@customElement('hv-by-hand')
export class ByHandForm extends ActDialog<Counting> {
  @property({ attribute: false }) attendance = { roll: 0, present: 0 };

  protected override formFor(counting: Counting): TemplateResult {
    const { motion, waiting } = counting;
    const { language, attendance } = this;
    const words = motionWords[language];
    const staff = staffWords[language];
    const count = this.#count(motion);
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, counting)} @input=${() => this.requestUpdate()}>
      <h2 id="name">${waiting === null ? words.byHandAct : words.byHandSecond}</h2>
      <p><b>${inLanguage(motion.title, language)}</b> · ${words.presentOfRoll(attendance.present, attendance.roll)}<br />
        <span class="soft" id="explains">${waiting === null ? words.byHandExplains : words.byHandBlind}</span></p>
      ${!asksCast(motion) ? nothing : html`<label class="cast">${words.castByHand} ${this.#number(CAST_FIELD, words.castByHand, true)}</label>`}
      <div class="counts">${this.#fields(motion, words)}</div>
      <p class="check ${count.ok ? 'fits' : ''}" role="status">${count.ok ? `✓ ${words.checks.fits(count.cast, attendance.present - count.cast)}` : count.problem}</p>
      ${waiting !== null ? nothing : html`<label>${staff.reason}<input name="reason" maxlength="200" pattern=".*\\S.*" autocomplete="off" required /></label>`}
      ${this.foot({ act: waiting === null ? words.byHandAct : words.byHandConfirm, isBlocked: !count.ok })}
    </form>`;
  }

  #count(motion: Motion): HandCount {
    const { attendance, language } = this;
    const { checks } = motionWords[language];
    return handCount(motion, entered(this.form), attendance.present, checks, language);
  }

  #number(name: string, label: string, isFirst = false): TemplateResult {
    return html`<input type="number" name=${name} aria-label=${label} min="0" max="999999" step="1" inputmode="numeric" required ?autofocus=${isFirst} />`;
  }

  #fields(motion: Motion, words: MotionWords): TemplateResult {
    const { language } = this;
    const { ballot, parts } = kindOf(motion.kind);
    const cells = ballot(motion).flatMap((question) => question.cells);
    const marks = [...new Set(cells.map(({ mark }) => mark))];
    const items = parts(motion);
    if (items.length === 0)
      return html`<div class="options">${cells.map(
        ({ mark, item }, i) =>
          html`<label class=${mark}>${words.marks[mark]} ${this.#number(fieldOf({ item, mark }), words.marks[mark], i === 0)}</label>`,
      )}</div>`;
    return html`<table>
      <thead><tr><th>${staffKind(motion.kind).part(words)}</th>${marks.map((mark) => html`<th class="n">${words.marks[mark]}</th>`)}</tr></thead>
      <tbody>${items.map(({ id, title }) => {
        const text = inLanguage(title, language);
        return html`<tr><td>${text}</td>${marks.map((mark) => html`<td class="n">${this.#number(fieldOf({ item: id, mark }), `${text} ${words.marks[mark]}`)}</td>`)}</tr>`;
      })}</tbody>
    </table>`;
  }

  async #submit(event: SubmitEvent, { motion, waiting }: Counting): Promise<void> {
    event.preventDefault();
    const count = this.#count(motion);
    if (this.isBusy || !count.ok || this.form === null) return;
    const reason = String(new FormData(this.form).get('reason') ?? '').trim();
    const { tally, cast } = count;
    if (waiting !== null) await this.send(() => api.confirmWaiting(waiting, { tally, cast }));
    else await this.send({ act: 'by-hand', motion: motion.id, tally, cast, reason });
  }

  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        width: min(52rem, 95vw);
      }
      .counts {
        max-height: 40vh;
        overflow: auto;
        margin: 0.4rem -5px;
        padding: 5px;
      }
      .options {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 1rem;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--card);
      }
      p {
        margin: 0.5rem 0;
      }
      td {
        padding: 0.15rem 0.5rem;
      }
      input[type='number'] {
        width: 5.5rem;
        min-height: 2.1rem;
        text-align: right;
        appearance: textfield;
      }
      .options input[type='number'] {
        width: 100%;
        font-size: 1.6rem;
      }
      label.cast {
        display: flex;
        align-items: center;
        gap: 0.8rem;
        font-weight: 600;
      }
      .check {
        margin: 0.6rem 0;
        padding: 0.4rem 0.8rem;
        border-left: 0.3rem solid var(--abstain);
        background: var(--warn-wash);
        font-weight: 600;
      }
      .check.fits {
        border-left-color: var(--for);
        background: var(--good-wash);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-by-hand': ByHandForm;
  }
}
