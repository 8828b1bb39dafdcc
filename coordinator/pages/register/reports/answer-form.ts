import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { WorkDocument } from '../../../contract/register/works.ts';
import { controls } from '../../parts/shared-styles.ts';
import '../parts/file-field.ts';
import { type RegisterDoing, registerApi } from '../parts/register-api.ts';
import { dayText, filesView, refusalView, reportFormStyles, typed } from './form-parts.ts';
import { reportsWords } from './reports-words.ts';

type Finding = WorkDocument['findings'][number];
type Rectification = WorkDocument['rectifications'][number];

/** Words and evidence for what a body was asked: a finding's answer, or (`finding` empty) what a rectification wants to hear. */
@customElement('hv-answer-form')
export class AnswerForm extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) work: WorkDocument | null = null;
  @property() finding = '';
  @property({ attribute: false }) onSent: () => void = () => {};
  @state() private words = '';
  @state() private kind: 'explanation' | 'rectification' = 'explanation';
  @state() private evidence: readonly string[] = [];
  @state() private isUploading = false;
  @state() private isBusy = false;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;

  override render(): TemplateResult | typeof nothing {
    const { work, finding, language } = this;
    const words = reportsWords[language];
    if (!work) return nothing;
    const found = work.findings.find((one) => one.finding === finding);
    const open = work.rectifications.find(({ closed }) => closed === null);
    const isOpen = finding === '' ? open !== undefined : found !== undefined && found.state !== 'closed';
    const asked = finding === '' ? open && this.#rectification(open) : found && this.#finding(found);
    if (!isOpen || !asked) return html`<p class="soft">${words.gone}</p>`;
    return html`${asked}
      <form @submit=${(event: SubmitEvent) => this.#submit(event, work.id)}>
        ${finding === '' ? this.#kinds() : nothing}
        <label>${finding === '' ? words.explainWords : words.answer}<textarea name="words" rows="5" maxlength="2000" required .value=${this.words} @input=${typed(
          (text) => {
            this.words = text;
          },
        )}></textarea></label>
        <hv-file-field .language=${language} label=${words.evidenceField} .onChange=${(
          hashes: readonly string[],
          isBusy: boolean,
        ) => {
          this.evidence = hashes;
          this.isUploading = isBusy;
        }}></hv-file-field>
        ${refusalView(this.refusal, language)}
        <div class="foot"><button class="main" data-act="send-answer" ?disabled=${this.isBusy || this.isUploading}>${finding === '' ? words.sendExplain : words.sendAnswer}</button></div>
      </form>`;
  }

  #kinds(): TemplateResult {
    const { explainKind, explainKinds } = reportsWords[this.language];
    return html`<fieldset><legend>${explainKind}</legend>${(['explanation', 'rectification'] as const).map(
      (kind) =>
        html`<label class="choice"><input type="radio" name="kind" value=${kind} .checked=${kind === this.kind} @change=${() => {
          this.kind = kind;
        }} />${explainKinds[kind]}</label>`,
    )}</fieldset>`;
  }

  #finding({ words: said, due, by, at, photos, answers, returns }: Finding): TemplateResult {
    const { language } = this;
    const words = reportsWords[language];
    return html`<section class="asked"><h3>${words.findingTitle}</h3>
      <p class="said">${said}</p>
      <p class="soft">${words.findingBy(by?.name ?? '', dayText(at, language))} · ${words.until(due)}</p>
      ${photos.length > 0 ? html`<p>${words.photos} ${filesView(photos, language)}</p>` : nothing}
      ${answers.map((one) => html`<p><b>${words.answered}</b>${one.words} <span class="soft">${dayText(one.at, language)}</span> ${filesView(one.evidence, language)}</p>`)}
      ${returns.map((one) => html`<p class="warn">${words.returned}${one.words} · ${words.until(one.due)}</p>`)}</section>`;
  }

  #rectification({ why, since, ordered, explanations }: Rectification): TemplateResult {
    const { language } = this;
    const words = reportsWords[language];
    return html`<section class="asked"><h3>${words.explainTitle}</h3>
      <p><b>${words.because[why]}</b> <span class="soft">${words.since(dayText(since, language))}</span></p>
      ${ordered.map((one) => html`<p class="said">${one.words} <span class="soft">${words.until(one.due)}</span></p>`)}
      ${explanations.map((one) => html`<p><b>${words.explained[one.kind]}</b>${one.words} <span class="soft">${dayText(one.at, language)}</span> ${filesView(one.evidence, language)}</p>`)}</section>`;
  }

  async #submit(event: SubmitEvent, project: string): Promise<void> {
    event.preventDefault();
    const { finding, kind, isBusy } = this;
    if (isBusy || this.words.trim() === '') return;
    const said = { words: this.words.trim(), evidence: [...this.evidence] };
    const act: RegisterDoing =
      finding === ''
        ? { act: 'explain', project, kind, ...said }
        : { act: 'answer-finding', project, finding, ...said };
    this.isBusy = true;
    this.refusal = null;
    const answer = await registerApi.act(act);
    this.isBusy = false;
    if (answer.ok) this.onSent();
    else this.refusal = answer;
  }

  static override styles = [
    controls,
    reportFormStyles,
    css`
      .asked {
        margin-bottom: 1rem;
      }
      .asked p {
        margin: 0.3rem 0;
        overflow-wrap: anywhere;
      }
      .said {
        padding: 0.5rem 0.8rem;
        border-left: 0.3rem solid var(--gold);
        background: var(--warn-wash);
        white-space: pre-wrap;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2rem 1.4rem;
        margin: 0;
        border: 1px solid var(--line);
        border-radius: 0.4rem;
      }
      label.choice {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        color: var(--ink);
        font-size: 1rem;
      }
      .choice input {
        width: 1.1rem;
        min-height: 1.1rem;
        accent-color: var(--red);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-answer-form': AnswerForm;
  }
}
