import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { exactWan } from '../../../../shared/projects/money.ts';
import { quantityText } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import { monthText, percentText } from '../../../contract/register/work-words.ts';
import type { PartDocument, WorkDocument } from '../../../contract/register/works.ts';
import { controls } from '../../parts/shared-styles.ts';
import '../parts/file-field.ts';
import { registerApi } from '../parts/register-api.ts';
import '../parts/work-light.ts';
import { filesView, problemText, refusalView, reportFormStyles, typed } from './form-parts.ts';
import {
  doneOf,
  figuresOf,
  lightAfter,
  monthsToReport,
  needsReason,
  plannedBy,
  type ReportDraft,
  type ReportProblem,
  reportBefore,
  reportDraft,
  reportProblems,
  reportsByMonth,
} from './report-draft.ts';
import { reportsWords } from './reports-words.ts';

/** A month's report while it is written: last time's figures and the plan's beside each field, and the light that would follow. */
@customElement('hv-report-form')
export class ReportForm extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) work: WorkDocument | null = null;
  @property({ attribute: false }) shown: PartDocument | null = null;
  /** The month to begin with, where one was asked for. */
  @property() month = '';
  @property({ attribute: false }) onSent: () => void = () => {};
  @state() private draft: ReportDraft | null = null;
  /** Files that are taken now; those of the report before stay with it. */
  @state() private added: readonly string[] = [];
  @state() private isUploading = false;
  @state() private isTried = false;
  @state() private isBusy = false;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.draft !== null || !this.shown || !this.work) return;
    const { all, begin } = monthsToReport(this.shown, this.work.day);
    const month = all.includes(this.month) ? this.month : begin;
    if (month !== null) this.draft = reportDraft(this.shown, month);
  }

  /** The draft with all its files. */
  get #whole(): ReportDraft | null {
    const { draft, added } = this;
    return draft && { ...draft, evidence: [...new Set([...draft.evidence, ...added])] };
  }

  override render(): TemplateResult {
    const words = reportsWords[this.language];
    const { language, shown, work } = this;
    const draft = this.#whole;
    if (!draft || !shown || !work) return html`<p class="soft">${words.nothingToReport}</p>`;
    const { day, rules } = work;
    const { all, owed } = monthsToReport(shown, day);
    const reported = reportsByMonth(shown);
    const problems = reportProblems(draft, shown, day, this.isTried);
    const isAsked = needsReason(draft, shown, day);
    const before = reportBefore(shown, draft.month);
    const planned = plannedBy(shown, draft.month);
    const done = doneOf(draft.done);
    const kept = this.draft?.evidence ?? [];
    const { unit } = shown.part.target;
    const said = (month: string) => {
      if (shown.overdue.includes(month)) return ` · ${words.isOverdue}`;
      if (owed.includes(month)) return ` · ${words.isOwed}`;
      return reported.has(month) ? ` · ${words.isReported}` : '';
    };
    return html`<form novalidate @submit=${(event: SubmitEvent) => this.#submit(event)}>
      <h3>${words.reportTitle}</h3>
      <label>${words.month}<select name="month" @change=${typed((month) => {
        this.draft = reportDraft(shown, month);
        this.isTried = false;
      })}>${all.map((month) => html`<option value=${month} ?selected=${month === draft.month}>${monthText(month, language)}${said(month)}</option>`)}</select></label>
      <div class="figures">
        ${this.#figure('done', `${words.done}${words.ofUnit(unit)}`, draft, problems, {
          last: before && quantityText(before.done),
          planned: `${quantityText(planned.done)} · ${percentText(planned.permille)}`,
        })}
        ${this.#figure('appropriated', words.appropriated, draft, problems, {
          last: before && exactWan(before.appropriated),
          planned: exactWan(planned.fen),
        })}
        ${this.#figure('paid', words.paid, draft, problems, { last: before && exactWan(before.paid), planned: null })}
      </div>
      ${
        isAsked
          ? html`<label class="reason">${words.reason} <small>${words.reasonHint}</small><input name="reason" maxlength="2000" .value=${draft.reason} aria-required="true" aria-invalid=${this.isTried && draft.reason.trim() === '' ? 'true' : 'false'} @input=${typed((reason) => this.#set({ reason }))} /></label>`
          : nothing
      }
      <label>${words.words}<textarea name="words" rows="3" maxlength="2000" .value=${draft.words} @input=${typed((text) => this.#set({ words: text }))}></textarea></label>
      ${kept.length > 0 ? html`<p>${words.evidenceKept(kept.length)} ${filesView(kept, language)}</p>` : nothing}
      <hv-file-field .language=${language} label=${words.evidenceField} .onChange=${this.#onFiles}></hv-file-field>
      <div class="after" aria-live="polite"><span>${words.lightAfter}</span> ${
        done !== null
          ? html`<hv-work-light .language=${language} .light=${lightAfter(shown, { month: draft.month, done }, work)} .rules=${rules}></hv-work-light>`
          : html`<span class="soft">${words.lightLater}</span>`
      }</div>
      ${this.#problems(problems)}
      ${refusalView(this.refusal, language)}
      <div class="foot"><button class="main" data-act="send-report" ?disabled=${this.isBusy || this.isUploading}>${words.sendReport}</button></div>
    </form>`;
  }

  #figure(
    field: 'done' | 'appropriated' | 'paid',
    label: string,
    draft: ReportDraft,
    problems: readonly ReportProblem[],
    { last, planned }: { readonly last: string | null; readonly planned: string | null },
  ): TemplateResult {
    const words = reportsWords[this.language];
    const problem = problems.find((each) => each.field === field);
    return html`<div class="n"><label>${label}<input name=${field} inputmode="decimal" .value=${draft[field]} aria-invalid=${problem ? 'true' : 'false'} aria-describedby="${field}-beside" @input=${typed((text) => this.#set({ [field]: text }))} /></label>
      <dl id="${field}-beside"><dt>${words.last}</dt><dd>${last ?? words.lastNone}</dd>${planned === null ? nothing : html`<dt>${words.planned}</dt><dd>${planned}</dd>`}</dl>
      ${problem ? html`<span class="wrong">${problemText(problem.reason, this.language)}</span>` : nothing}</div>`;
  }

  /** What belongs to no figure, and is told where it is sent. */
  #problems(problems: readonly ReportProblem[]): TemplateResult {
    const shown = problems.filter(
      ({ field }) => !FIGURES.has(field) && (this.isTried || field === 'evidence' || field === 'plan'),
    );
    return html`<div role="status">${shown.map(({ reason }) => html`<p class="wrong">${problemText(reason, this.language)}</p>`)}</div>`;
  }

  #set(some: Partial<ReportDraft>): void {
    if (this.draft) this.draft = { ...this.draft, ...some };
  }

  readonly #onFiles = (hashes: readonly string[], isBusy: boolean): void => {
    this.added = hashes;
    this.isUploading = isBusy;
  };

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { shown, work } = this;
    const draft = this.#whole;
    if (this.isBusy || !draft || !shown || !work) return;
    this.isTried = true;
    this.refusal = null;
    const figures = figuresOf(draft);
    if (!figures || reportProblems(draft, shown, work.day, true).length > 0) return;
    const reason = needsReason(draft, shown, work.day) ? figures.reason : null;
    this.isBusy = true;
    const of = { project: work.id, part: shown.part.id };
    const answer = await registerApi.act({
      ...{ act: 'report', ...of, ...figures, reason, words: draft.words.trim() },
      evidence: [...figures.evidence],
    });
    this.isBusy = false;
    if (answer.ok) this.onSent();
    else this.refusal = answer;
  }

  static override styles = [
    controls,
    reportFormStyles,
    css`
      .figures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr));
        gap: 0.8rem 1.2rem;
      }
      .figures > div {
        text-align: left;
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 0 0.8rem;
        margin: 0.25rem 0 0;
        font-size: 0.88rem;
      }
      dt {
        color: var(--ink-soft);
      }
      dd {
        margin: 0;
        text-align: right;
      }
      .reason {
        padding: 0.5rem 0.8rem;
        border-left: 0.3rem solid var(--gold);
        background: var(--warn-wash);
      }
      .after {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        gap: 0.4rem 0.8rem;
        padding: 0.6rem 0.8rem;
        border: 1px dashed var(--line-strong);
        border-radius: 0.4rem;
        line-height: 1.75rem;
      }
      small {
        color: var(--ink);
      }
    `,
  ];
}

const FIGURES: ReadonlySet<string> = new Set(['done', 'appropriated', 'paid']);

declare global {
  interface HTMLElementTagNameMap {
    'hv-report-form': ReportForm;
  }
}
