import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { CycleDocument, RegisterNames, WaitingAct } from '../../../contract/register/documents.ts';
import type { WorkDocument } from '../../../contract/register/works.ts';
import { ActDialog } from '../../parts/act-dialog.ts';
import { toRead } from '../../parts/language.ts';
import { bothStyles } from './both-values.ts';
import { actorName, deed } from './deeds.ts';
import { frameWords } from './frame-words.ts';
import { attachmentAddress, registerApi } from './register-api.ts';
import { differsStyles } from './sheet-differs.ts';
import { nameIn, sheetStyles, sheetView } from './sheet-view.ts';
import { isWaitingWork, projectsOf, waitingWork } from './waiting-work.ts';

type Act<A extends string> = Extract<WaitingAct['act'], { act: A }>;

/** Shows whoever confirms exactly what they confirm. Says `done`. */
@customElement('hv-waiting-dialog')
export class WaitingDialog extends ActDialog<WaitingAct> {
  @property({ attribute: false }) names: RegisterNames | null = null;
  @state() private cycle: CycleDocument | null = null;
  @state() private works: readonly WorkDocument[] | null = null;

  override async ask(asked: WaitingAct, language: Language): Promise<void> {
    this.cycle = null;
    this.works = null;
    await super.ask(asked, language);
    const { act } = asked;
    if (isWaitingWork(act)) {
      const read = await Promise.all(projectsOf(act).map((id) => registerApi.work(id)));
      this.works = read.flatMap((work) => work ?? []);
    } else if ('cycle' in act) this.cycle = await registerApi.cycle(act.cycle);
  }

  protected override formFor(asked: WaitingAct): TemplateResult {
    const words = frameWords[this.language];
    const { act } = asked;
    const isOf =
      act.act === 'freeze-list' ||
      act.act === 'withdraw-list' ||
      act.act === 'enter-paper-result' ||
      isWaitingWork(act);
    const name = nameIn(this.names, this.language);
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked)}>
      <h2 id="name">${deed(asked, this.language)}</h2>
      <p>${words.asks(actorName(asked.by, this.language))}</p>
      ${this.cycle === null && this.works === null ? html`<p class="soft" role="status">${words.reading}</p>` : nothing}
      ${this.works && isWaitingWork(act) ? waitingWork(act, this.works, name, this.language) : nothing}
      ${this.cycle && act.act === 'freeze-list' ? this.#freezing(act, this.cycle) : nothing}
      ${this.cycle && act.act === 'withdraw-list' ? this.#withdrawing(act) : nothing}
      ${this.cycle && act.act === 'enter-paper-result' ? this.#paper(act, this.cycle) : nothing}
      <p id="explains">${isOf ? words.explains[act.act] : ''} ${words.both}</p>
      ${this.foot({ act: words.confirm, isBlocked: !this.#isAsRead(asked), focus: 'cancel' })}
    </form>`;
  }

  /** Whether what is shown is what was proposed. */
  #isAsRead({ act }: WaitingAct): boolean {
    if (isWaitingWork(act)) return this.works?.length === projectsOf(act).length;
    if (this.cycle === null) return false;
    return act.act !== 'freeze-list' || this.cycle.submitted?.hash === act.list;
  }

  #freezing({ list }: Act<'freeze-list'>, { submitted, projects }: CycleDocument): TemplateResult {
    const words = frameWords[this.language];
    if (submitted?.hash !== list) return html`<p class="refusal" role="alert">${words.changed}</p>`;
    const name = nameIn(this.names, this.language);
    return html`${this.#fingerprint(list)}
      <p><b>${words.places(submitted.places, submitted.projects.length)}</b></p>
      <ol class="read" tabindex="0">${submitted.projects.map((id) => {
        const project = projects.find((one) => one.id === id);
        return project
          ? html`<li><h3>${toRead(project.sheet.title, this.language)}</h3>${sheetView(project, name, this.language)}</li>`
          : nothing;
      })}</ol>`;
  }

  #withdrawing({ list, reason }: Act<'withdraw-list'>): TemplateResult {
    return html`${this.#fingerprint(list)}
      <dl class="facts"><dt>${frameWords[this.language].reason}</dt><dd>${reason}</dd></dl>`;
  }

  #paper(act: Act<'enter-paper-result'>, { projects }: CycleDocument): TemplateResult {
    const words = frameWords[this.language];
    const { list, roll, present, cast, votes, chosen, sheet, reason } = act;
    const titleOf = (id: string) => {
      const found = projects.find((one) => one.id === id);
      return found ? toRead(found.sheet.title, this.language) : id;
    };
    return html`${this.#fingerprint(list)}
      <dl class="facts">
        <dt>${words.roll}</dt><dd>${roll}</dd><dt>${words.present}</dt><dd>${present}</dd><dt>${words.cast}</dt><dd>${cast}</dd>
        <dt>${words.reason}</dt><dd>${reason}</dd>
        <dt>${words.sheet}</dt><dd><code>${sheet}</code> <a href=${attachmentAddress(sheet, 'whole')} target="_blank" rel="noopener">${words.openSheet}</a></dd>
      </dl>
      <table><thead><tr><th scope="col">${words.project}</th><th scope="col" class="n">${words.votes}</th><th scope="col">${words.chosen}</th></tr></thead>
        <tbody>${votes.map(({ project, votes: n }) => html`<tr><td>${titleOf(project)}</td><td class="n">${n}</td><td>${chosen.includes(project) ? `✓ ${words.chosen}` : ''}</td></tr>`)}</tbody></table>`;
  }

  #fingerprint(hash: string): TemplateResult {
    return html`<p class="fingerprint">${frameWords[this.language].fingerprint}<br /><code>${hash.replace(/.{8}(?=.)/g, '$& ')}</code></p>`;
  }

  async #submit(event: SubmitEvent, { id }: WaitingAct): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    await this.send(() => registerApi.confirmWaiting(id));
    this.dispatchEvent(new Event('done'));
  }

  static override styles = [
    ActDialog.styles,
    sheetStyles,
    bothStyles,
    differsStyles,
    css`
      dialog {
        width: min(64rem, 96vw);
      }
      .fingerprint code {
        font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
        overflow-wrap: anywhere;
      }
      .read {
        max-height: 50vh;
        margin: 0 0 1rem;
        padding: 0.4rem 1rem 0.4rem 2.4rem;
        overflow: auto;
        border: 1px solid var(--line);
        background: var(--paper);
      }
      .read li {
        padding: 0.6rem 0;
        border-bottom: 1px solid var(--line);
      }
      h3 {
        margin: 0;
        font-size: 1.15rem;
      }
      .facts {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 0.3rem 1rem;
      }
      @media (max-width: 40rem) {
        .facts {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
      }
      .facts dt {
        color: var(--ink-soft);
      }
      .facts dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-waiting-dialog': WaitingDialog;
  }
}
