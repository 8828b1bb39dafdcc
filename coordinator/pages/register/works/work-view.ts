import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Sheet } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { label, WORK_STAGES } from '../../../../shared/terms.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { RegisterNames } from '../../../contract/register/documents.ts';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { percentText } from '../../../contract/register/work-words.ts';
import type { WorkDocument } from '../../../contract/register/works.ts';
import { Speech } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import type { AskedForm } from '../parts/form-dialog.ts';
import { momentText } from '../parts/moments.ts';
import { registerApi } from '../parts/register-api.ts';
import { differsStyles } from '../parts/sheet-differs.ts';
import { nameIn } from '../parts/sheet-view.ts';
import '../parts/work-light.ts';
import '../projects/project-form.ts';
import {
  acceptForm,
  askChangeForm,
  decideForm,
  kindsFor,
  linkForm,
  orderForm,
  refuseForm,
} from './work-forms.ts';
import { workParts } from './work-parts.ts';
import { workRecord } from './work-record.ts';
import { bar } from './works-list.ts';
import { worksStyles } from './works-styles.ts';
import { worksWords } from './works-words.ts';

/** A project from the vote on, and what may be decided about it. */
@customElement('hv-work')
export class WorkView extends LitElement {
  readonly #speech = new Speech(this);
  @property() language: Language = 'zh';
  @property() timezone = 'UTC';
  @property({ attribute: false }) work: WorkDocument | null = null;
  @property({ attribute: false }) names: RegisterNames | null = null;
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  @property({ attribute: false }) onAsk: (form: AskedForm) => void = () => {};
  @property({ attribute: false }) onDone: () => void = () => {};
  /** What holds from then on is being written. */
  @state() private isWriting = false;

  override render(): TemplateResult | typeof nothing {
    const { work, language } = this;
    if (work === null) return nothing;
    const words = worksWords[language];
    const name = nameIn(this.names, language);
    const dayOf = (at: number) => momentText(at, this.timezone, language);
    if (this.isWriting)
      return html`${keyed(
        work.id,
        html`<hv-project-form .language=${language} .year=${work.cycle} .sheet=${work.sheet} .names=${this.names}
          .onSave=${(sheet: Sheet) => this.#written(work, sheet)} .onLeave=${() => {
            this.isWriting = false;
          }}></hv-project-form>`,
      )}`;
    return html`<article>
      <h2>${this.#speech.text(work.title)}</h2>
      <div class="head"><hv-work-light .language=${language} .light=${work.light} .rules=${work.rules}></hv-work-light>
        <span>${label(WORK_STAGES[work.stage], language)}</span>
        <span>${words.progress} ${percentText(work.progress.permille)}（${work.progress.weights === 'money' ? words.byMoney : words.byParts}）</span>
        <a href=${PUBLIC_ROUTES.publicProject.path.replace(':id', work.id)}>${words.publicPage}</a></div>
      ${bar(work.progress.permille)}
      ${this.#acts(work)}
      ${work.shareOf ? html`<p><b>${words.linked(`${work.shareOf.register} / ${work.shareOf.project}`)}</b></p>` : nothing}
      ${work.group ? html`<p>${words.group}：${work.group.committee}（${work.group.members.map((one) => one.name).join('、')}）</p>` : html`<p class="bad">⚠ ${words.noGroup}</p>`}
      ${workParts(work, this.#speech, name)}
      ${workRecord({
        ...{ work, dayOf, name },
        speech: this.#speech,
        may: this.may,
        onRequest: (request, what) =>
          this.onAsk(
            what === 'decide'
              ? decideForm(work, request, null, this.#ways)
              : refuseForm(work, request, this.#ways),
          ),
      })}
    </article>`;
  }

  get #ways() {
    return { language: this.language, name: nameIn(this.names, this.language), onDone: this.onDone };
  }

  #acts(work: WorkDocument): TemplateResult {
    const words = worksWords[this.language];
    const { may } = this;
    const isOpen = work.standing !== 'ended';
    const isExplained = work.rectifications.some(
      ({ closed, explanations }) => !closed && explanations.length > 0,
    );
    const change = may('decide-change') ? 'decide' : may('ask-change') ? 'ask' : null;
    const form =
      change === 'decide' ? decideForm(work, null, null, this.#ways) : askChangeForm(work, null, this.#ways);
    return html`<p class="acts">
      ${
        change !== null && isOpen
          ? html`<button data-act="change" @click=${() => {
              this.isWriting = true;
            }}>${change === 'decide' ? words.newSheet : words.askSheet}</button>`
          : nothing
      }
      ${change !== null && kindsFor(work.standing).length > 0 ? html`<button data-act=${change} @click=${() => this.onAsk(form)}>${form.name}</button>` : nothing}
      ${may('order-rectification') && isOpen ? html`<button data-act="order" @click=${() => this.onAsk(orderForm(work, this.#ways))}>${words.order}</button>` : nothing}
      ${may('accept-rectification') && isExplained ? html`<button data-act="accept" @click=${() => this.onAsk(acceptForm(work, this.#ways))}>${words.accept}</button>` : nothing}
      ${may('link') && !work.shareOf ? html`<button data-act="link" @click=${() => this.onAsk(linkForm(work, this.#ways))}>${words.link}</button>` : nothing}
      ${may('link') && work.shareOf ? html`<button data-act="unlink" @click=${() => this.#unlink(work)}>${words.unlink}</button>` : nothing}
    </p>`;
  }

  /** What was written is asked for, or decided, with its reason. */
  async #written(work: WorkDocument, sheet: Sheet): Promise<ActAnswer> {
    const form = this.may('decide-change')
      ? decideForm(work, null, sheet, this.#ways)
      : askChangeForm(work, sheet, this.#ways);
    this.onAsk({
      ...form,
      act: async (filled) => {
        const answer = await form.act(filled);
        if (answer.ok) this.isWriting = false;
        return answer;
      },
    });
    return { ok: true };
  }

  async #unlink({ id }: WorkDocument): Promise<void> {
    await registerApi.act({ act: 'link', project: id, to: null });
    this.onDone();
  }

  static override styles = [
    controls,
    worksStyles,
    differsStyles,
    css`
      a {
        color: var(--go);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-work': WorkView;
  }
}
