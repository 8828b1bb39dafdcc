import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CycleDocument } from '../../../contract/register/documents.ts';
import { ActDialog } from '../../parts/act-dialog.ts';
import { toRead } from '../../parts/language.ts';
import '../parts/file-field.ts';
import { registerApi } from '../parts/register-api.ts';
import { projectsWords } from './projects-words.ts';

/** A frozen list that was voted on on paper. */
export interface PaperAsk {
  readonly cycle: CycleDocument;
  readonly frozen: NonNullable<CycleDocument['frozen']>;
}

/** Enters what a congress decided on paper, from the signed sheet; another person confirms it. Calls `onDone`. */
@customElement('hv-paper-dialog')
export class PaperDialog extends ActDialog<PaperAsk> {
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private sheet: string | null = null;

  override async ask(asked: PaperAsk, language: 'zh' | 'en'): Promise<void> {
    this.sheet = null;
    await super.ask(asked, language);
  }

  protected override formFor(asked: PaperAsk): TemplateResult {
    const words = projectsWords[this.language];
    const { cycle, frozen } = asked;
    const number = (label: string, name: string, least: number) =>
      html`<label>${label}<input type="number" name=${name} min=${least} max="100000" required /></label>`;
    const onFile = ([hash]: readonly string[]) => {
      this.sheet = hash ?? null;
    };
    const title = (id: string) => {
      const found = cycle.projects.find((one) => one.id === id);
      return found ? toRead(found.sheet.title, this.language) : id;
    };
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked)}>
      <h2 id="name">${words.paperName}</h2>
      <p id="explains">${words.paperExplains}</p>
      <div class="three">${number(words.roll, 'roll', 1)}${number(words.inRoom, 'present', 0)}${number(words.cast, 'cast', 0)}</div>
      <table><caption>${words.paperPlaces(frozen.places)}</caption>
        <thead><tr><th scope="col">${words.project}</th><th scope="col">${words.votes}</th><th scope="col">${words.isChosen}</th></tr></thead>
        <tbody>${frozen.projects.map(
          (id) => html`<tr><td>${title(id)}</td>
            <td><input type="number" name="votes-${id}" min="0" max="100000" aria-label="${words.votes}: ${title(id)}" required /></td>
            <td><input type="checkbox" name="chosen" value=${id} aria-label="${words.isChosen}: ${title(id)}" /></td></tr>`,
        )}</tbody></table>
      <hv-file-field .language=${this.language} label=${words.paperSheet} isOne .onChange=${onFile}></hv-file-field>
      <label>${words.paperReason}<input name="reason" maxlength="1000" required /></label>
      ${this.foot({ act: words.paperName, isBlocked: this.sheet === null })}
    </form>`;
  }

  async #submit(event: SubmitEvent, { cycle, frozen }: PaperAsk): Promise<void> {
    event.preventDefault();
    const { sheet } = this;
    if (this.isBusy || sheet === null || !(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const number = (name: string) => Number(fields.get(name));
    await this.send(() =>
      registerApi.act({
        act: 'enter-paper-result',
        cycle: cycle.year,
        list: frozen.hash,
        roll: number('roll'),
        present: number('present'),
        cast: number('cast'),
        votes: frozen.projects.map((project) => ({ project, votes: number(`votes-${project}`) })),
        chosen: fields.getAll('chosen').map(String),
        sheet,
        reason: String(fields.get('reason') ?? '').trim(),
      }),
    );
    this.onDone();
  }

  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        width: min(46rem, 96vw);
      }
      form {
        display: grid;
        gap: 0.8rem;
      }
      p {
        margin: 0;
      }
      .three {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr));
        gap: 0.8rem;
      }
      caption {
        text-align: left;
        font-weight: 600;
      }
      td input[type='number'] {
        width: 6rem;
      }
      td input[type='checkbox'] {
        width: 1.3rem;
        min-height: 1.3rem;
        accent-color: var(--red);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-paper-dialog': PaperDialog;
  }
}
