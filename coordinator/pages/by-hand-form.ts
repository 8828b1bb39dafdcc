import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { inLanguage, type Language } from '../../shared/ids.ts';
import type { Motion } from '../../shared/motion.ts';
import type { Tally } from '../../shared/tally.ts';
import { api } from './api.ts';
import { controls } from './shared-styles.ts';
import { staffWords } from './staff-words.ts';

/** A cell of the form: what it counts and how it is called. */
interface Cell {
  readonly name: string;
  readonly label: string;
}

const GRADES = ['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const;

/** The counts a show of hands gives for `motion`, from the form's numbers. */
export function tallyOf(motion: Motion, number: (name: string) => number): Tally {
  switch (motion.kind) {
    case 'decision':
      return { kind: 'decision', for: number('for'), against: number('against'), abstain: number('abstain') };
    case 'selection':
      return { kind: 'selection', votes: motion.candidates.map(({ id }) => ({ id, votes: number(id) })) };
    case 'appraisal':
      return {
        kind: 'appraisal',
        items: motion.items.map(({ id }) => ({
          id,
          satisfied: number(`${id}/satisfied`),
          basic: number(`${id}/basic`),
          dissatisfied: number(`${id}/dissatisfied`),
          'dont-know': number(`${id}/dont-know`),
        })),
      };
  }
}

/** Enters the counts of a show of hands (举手表决), for when devices fail. Says `done`. */
@customElement('hv-by-hand')
export class ByHandForm extends LitElement {
  @state() private motion: Motion | null = null;
  @state() private problem = '';
  @state() private isBusy = false;
  @state() private sum = 0;
  @query('dialog') private dialog!: HTMLDialogElement;
  #language: Language = 'zh';

  async ask(motion: Motion, language: Language): Promise<void> {
    this.motion = motion;
    this.#language = language;
    this.problem = '';
    this.sum = 0;
    await this.updateComplete;
    this.dialog.showModal();
  }

  #groups(motion: Motion): { title: string; cells: Cell[] }[] {
    const words = staffWords[this.#language];
    if (motion.kind === 'decision')
      return [
        {
          title: '',
          cells: (['for', 'against', 'abstain'] as const).map((name) => ({ name, label: words[name] })),
        },
      ];
    if (motion.kind === 'selection')
      return motion.candidates.map(({ id, title }) => ({
        title: inLanguage(title, this.#language),
        cells: [{ name: id, label: words.votes }],
      }));
    const grades = GRADES.filter((grade) => grade !== 'dont-know' || motion.dontKnow);
    return motion.items.map(({ id, title }) => ({
      title: inLanguage(title, this.#language),
      cells: grades.map((grade) => ({ name: `${id}/${grade}`, label: words.grades[grade] })),
    }));
  }

  override render(): TemplateResult {
    const words = staffWords[this.#language];
    const { motion } = this;
    return html`<dialog aria-labelledby="name">
      ${
        motion === null
          ? nothing
          : html`<form @submit=${(event: SubmitEvent) => this.#submit(event, motion)} @input=${this.#addUp}>
        <h2 id="name">${words.acts['by-hand']}</h2>
        <p>${inLanguage(motion.title, this.#language)}</p>
        <div class="groups">
          ${this.#groups(motion).map(
            ({ title, cells }) => html`<fieldset>
              ${title ? html`<legend>${title}</legend>` : nothing}
              ${cells.map(({ name, label }) => html`<label>${label}<input type="number" name=${name} min="0" step="1" value="0" required /></label>`)}
            </fieldset>`,
          )}
        </div>
        ${
          motion.kind === 'decision'
            ? html`<p class="soft">${words.castByHand}: <b>${this.sum}</b></p>`
            : html`<label>${words.castByHand}<input type="number" name="cast" min="0" step="1" required /></label>`
        }
        <label>${words.reason}<input name="reason" maxlength="200" required /></label>
        <p class="problem" role="alert">${this.problem}</p>
        <div class="buttons">
          <button type="button" @click=${() => this.dialog.close()}>${words.cancel}</button>
          <button class="main" ?disabled=${this.isBusy}>${words.acts['by-hand']}</button>
        </div>
      </form>`
      }
    </dialog>`;
  }

  #addUp(event: Event): void {
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const fields = new FormData(form);
    this.sum = ['for', 'against', 'abstain'].reduce((all, name) => all + Number(fields.get(name) ?? 0), 0);
  }

  async #submit(event: SubmitEvent, motion: Motion): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const number = (name: string) => Number(fields.get(name) ?? 0);
    const cast =
      motion.kind === 'decision' ? number('for') + number('against') + number('abstain') : number('cast');
    this.isBusy = true;
    const answer = await api.act({
      act: 'by-hand',
      motion: motion.id,
      tally: tallyOf(motion, number),
      cast,
      reason: String(fields.get('reason') ?? ''),
    });
    this.isBusy = false;
    this.problem = answer.ok ? '' : answer.text[this.#language];
    if (!answer.ok) return;
    this.dialog.close();
    this.dispatchEvent(new Event('done'));
  }

  static override styles = [
    controls,
    css`
      dialog {
        width: min(44rem, 94vw);
        max-height: 92vh;
        padding: 1.4rem;
        border: none;
        border-top: 0.4rem solid var(--red);
        border-radius: 0.5rem;
        color: var(--ink);
      }
      h2 {
        margin: 0;
      }
      .groups {
        max-height: 50vh;
        overflow: auto;
      }
      fieldset {
        display: flex;
        gap: 1rem;
        border: none;
        border-bottom: 1px solid var(--line);
        padding: 0.4rem 0;
        margin: 0;
      }
      label {
        display: grid;
        gap: 0.2rem;
      }
      input[type='number'] {
        width: 7rem;
      }
      .problem {
        min-height: 1.4em;
        color: var(--against);
        font-weight: 600;
      }
      .buttons {
        display: flex;
        justify-content: flex-end;
        gap: 0.8rem;
      }
    `,
  ];
}
