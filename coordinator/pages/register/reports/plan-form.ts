import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { exactWan } from '../../../../shared/projects/money.ts';
import { quantityText } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import { monthText } from '../../../contract/register/work-words.ts';
import type { PartDocument } from '../../../contract/register/works.ts';
import { monthOf, monthsBetween } from '../../../register/model/work/month.ts';
import { controls } from '../../parts/shared-styles.ts';
import { type RegisterDoing, registerApi } from '../parts/register-api.ts';
import { problemText, refusalView, reportFormStyles, typed } from './form-parts.ts';
import {
  beginningWith,
  monthsOf,
  type PlanDraft,
  type PlanLine,
  type PlanProblem,
  planDraft,
  planProblems,
  spreadEvenly,
  withPercent,
  withQuantity,
} from './plan-draft.ts';
import { reportsWords } from './reports-words.ts';

/** A part's plan while it is written, with what the register would refuse beside each field. */
@customElement('hv-plan-form')
export class PlanForm extends LitElement {
  @property() language: Language = 'zh';
  @property() project = '';
  @property({ type: Number }) cycle = 0;
  @property() day = '';
  @property({ attribute: false }) shown: PartDocument | null = null;
  @property({ attribute: false }) onSent: () => void = () => {};
  @state() private draft: PlanDraft | null = null;
  @state() private isTried = false;
  @state() private isBusy = false;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;

  protected override willUpdate(_changed: PropertyValues): void {
    // What somebody types stays, whatever becomes known of the part meanwhile.
    if (this.draft === null && this.shown)
      this.draft = planDraft(this.shown.part, this.shown.plan, { cycle: this.cycle, day: this.day });
  }

  override render(): TemplateResult | typeof nothing {
    const words = reportsWords[this.language];
    const { draft, shown, language } = this;
    if (!draft || !shown) return nothing;
    const { part, investment, plan } = shown;
    const problems = planProblems(draft, part, this.isTried);
    const set = (some: Partial<PlanDraft>) => {
      this.draft = { ...draft, ...some };
    };
    const firsts = monthsBetween(
      [draft.lines[0]?.month ?? '', `${this.cycle}-01`].sort()[0] ?? '',
      monthOf(part.finish),
    );
    return html`<form novalidate @submit=${(event: SubmitEvent) => this.#submit(event)}>
      <h3>${words.planTitle}</h3>
      ${plan?.isStale ? html`<p class="warn">⚠ ${words.planStale}</p>` : nothing}
      <p class="soft">${words.planHint}</p>
      <p class="tools"><label>${words.first}<select name="first" @change=${typed((first) => {
        this.draft = beginningWith(draft, first);
      })}>${firsts.map((month) => html`<option value=${month} ?selected=${month === draft.lines[0]?.month}>${monthText(month, language)}</option>`)}</select></label>
        <button type="button" data-act="spread" @click=${() => {
          this.draft = spreadEvenly(draft, part);
        }}>${words.spread}</button>
        <span class="soft">${words.target} ${quantityText(part.target.thousandths)} ${part.target.unit} · ${words.money} ${words.wan(exactWan(investment))}</span></p>
      <table><thead><tr><th scope="col">${words.month}</th><th scope="col" class="n">${words.percent}</th><th scope="col" class="n">${words.quantity(part.target.unit)}</th><th scope="col" class="n">${words.cumulative}</th></tr></thead>
        <tbody>${draft.lines.map((line, at) =>
          this.#line(line, at, problems, (some) =>
            set({ lines: draft.lines.map((each, i) => (i === at ? some : each)) }),
          ),
        )}</tbody></table>
      <label>${words.safeguards}<textarea name="safeguards" rows="2" maxlength="2000" .value=${draft.safeguards} @input=${typed((safeguards) => set({ safeguards }))}></textarea></label>
      ${this.isTried && problems.length > 0 ? html`<p class="wrong" role="alert">${words.problems(problems.length)} ${problemText(problems[0]?.reason ?? 'plan-falls', language)}</p>` : nothing}
      ${refusalView(this.refusal, language)}
      <div class="foot"><button class="main" data-act="send-plan" ?disabled=${this.isBusy}>${words.sendPlan}</button></div>
    </form>`;
  }

  #line(
    line: PlanLine,
    at: number,
    problems: readonly PlanProblem[],
    set: (line: PlanLine) => void,
  ): TemplateResult {
    const words = reportsWords[this.language];
    const { shown, language } = this;
    const month = monthText(line.month, language);
    const of = (field: PlanProblem['field']) =>
      problems.find((problem) => problem.at === at && problem.field === field);
    const said = (field: PlanProblem['field']) => {
      const problem = of(field);
      return problem
        ? html`<span class="wrong" id="${field}-${at}">${problemText(problem.reason, language)}</span>`
        : nothing;
    };
    const input = (
      name: string,
      label: string,
      value: string,
      field: PlanProblem['field'],
      change: (text: string) => PlanLine,
    ) =>
      html`<input name="${name}-${line.month}" inputmode="decimal" .value=${value} aria-label="${month} ${label}" aria-invalid=${of(field) ? 'true' : 'false'} aria-describedby=${of(field) ? `${field}-${at}` : nothing} @input=${typed((text) => set(change(text)))} />`;
    if (!shown) return html``;
    const { part } = shown;
    return html`<tr>
      <th scope="row">${month}</th>
      <td class="n">${input('percent', words.percent, line.percent, 'percent', (text) => withPercent(line, part, text))}${said('percent')}</td>
      <td class="n">${input('quantity', words.quantity(part.target.unit), line.quantity, 'percent', (text) => withQuantity(line, part, text))}</td>
      <td class="n">${input('wan', words.cumulative, line.wan, 'wan', (wan) => ({ ...line, wan }))}${said('wan')}</td>
    </tr>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, shown } = this;
    if (this.isBusy || !draft || !shown) return;
    this.isTried = true;
    this.refusal = null;
    const months = monthsOf(draft);
    if (!months || planProblems(draft, shown.part, true).length > 0) return;
    this.isBusy = true;
    const act: RegisterDoing = {
      ...{ act: 'plan', project: this.project, part: shown.part.id, months },
      safeguards: draft.safeguards.trim(),
    };
    const answer = await registerApi.act(act);
    this.isBusy = false;
    if (answer.ok) this.onSent();
    else this.refusal = answer;
  }

  static override styles = [
    controls,
    reportFormStyles,
    css`
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 0.6rem 1rem;
      }
      td,
      th {
        padding: 0.25rem 0.4rem;
        vertical-align: top;
      }
      th[scope='row'] {
        padding-top: 0.85rem;
        color: var(--ink);
        white-space: nowrap;
      }
      td input {
        width: 100%;
        min-width: 4rem;
      }
      td .wrong {
        display: block;
        text-align: left;
      }
      @media (max-width: 30rem) {
        th[scope='row'] {
          padding-left: 0;
          white-space: normal;
        }
        td input {
          min-width: 0;
          padding: 0.3rem 0.35rem;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-plan-form': PlanForm;
  }
}
