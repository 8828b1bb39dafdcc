import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProjectDocument } from '../../../contract/register/documents.ts';
import { toRead } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { type NameOf, sheetStyles, sheetView } from '../parts/sheet-view.ts';
import { sheetWords } from '../parts/sheet-words.ts';
import { projectsWords } from './projects-words.ts';

/** What is done with a project. */
export type ProjectCommand = 'edit' | 'candidate' | 'withdraw' | 'drop';

/** A project as it stands, what is missing of it, and what may be done with it. */
@customElement('hv-project')
export class ProjectView extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) project: ProjectDocument | null = null;
  @property({ attribute: false }) name: NameOf = (_kind, id) => id;
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  @property({ attribute: false }) onCommand: (command: ProjectCommand) => void = () => {};

  override render(): TemplateResult {
    const { project, language } = this;
    if (!project) return html``;
    const words = projectsWords[language];
    const { id, state, sheet, gaps, answers } = project;
    const isOpen = state === 'draft' || state === 'candidate';
    const acts: readonly (readonly [ProjectCommand, string, boolean, string])[] = [
      ['edit', words.edit, isOpen && this.may('change-project'), ''],
      ['candidate', words.candidate, state === 'draft' && this.may('name-candidate'), 'main'],
      ['withdraw', words.withdraw, state === 'candidate' && this.may('withdraw-candidate'), ''],
      ['drop', words.drop, isOpen && this.may('drop-project'), ''],
    ];
    const partTitle = (part: string) => sheet.parts.find((one) => one.id === part)?.title ?? part;
    return html`<article>
      <h2>${toRead(sheet.title, language)}</h2>
      <p class="meta"><code>${id}</code> <b>${sheetWords[language].states[state]}</b>${answers > 0 ? html` · ${words.answers(answers)}` : nothing}</p>
      <p class="acts">${acts
        .filter(([, , isThere]) => isThere)
        .map(
          ([act, label, , look]) =>
            html`<button class=${look} data-act=${act} ?disabled=${act === 'candidate' && gaps.length > 0} @click=${() => this.onCommand(act)}>${label}</button>`,
        )}</p>
      ${
        gaps.length > 0 && isOpen
          ? html`<div class="gaps"><b>${words.missingTitle}</b><ul>${gaps.map(({ text, part }) => html`<li>${part === undefined ? nothing : html`${words.partOf(partTitle(part))} — `}${text[language]}</li>`)}</ul></div>`
          : nothing
      }
      ${sheetView(project, this.name, language)}
    </article>`;
  }

  static override styles = [
    controls,
    sheetStyles,
    css`
      h2 {
        margin: 0;
        font-size: 1.35rem;
      }
      .meta {
        margin: 0.3rem 0;
        color: var(--ink-soft);
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        margin: 0.6rem 0;
      }
      .gaps {
        margin: 0.6rem 0;
        padding: 0.6rem 0.9rem;
        border-left: 0.35rem solid var(--abstain);
        background: var(--warn-wash);
      }
      .gaps ul {
        margin: 0.2rem 0 0;
        padding-left: 1.4rem;
      }
      code {
        font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-project': ProjectView;
  }
}
