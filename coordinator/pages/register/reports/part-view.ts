import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { exactWan } from '../../../../shared/projects/money.ts';
import { quantityText } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { monthText, percentText } from '../../../contract/register/work-words.ts';
import type { PartDocument, WorkDocument } from '../../../contract/register/works.ts';
import { toRead } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import '../parts/work-light.ts';
import { tabStyles } from '../parts/tab-styles.ts';
import { filesView } from './form-parts.ts';
import './plan-form.ts';
import { plannedBy, reportsByMonth } from './report-draft.ts';
import './report-form.ts';
import { reportsWords } from './reports-words.ts';

/** A part as its body has it: what was promised, its light, the plan beside what was reported, and the forms for both. */
@customElement('hv-part')
export class PartView extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) work: WorkDocument | null = null;
  @property() partId = '';
  /** With which form it begins, and which month. */
  @property() form: 'report' | 'plan' = 'report';
  @property() month = '';
  /** Whether whoever looks may fill anything in. */
  @property({ type: Boolean }) isOwn = false;
  @property({ attribute: false }) onSent: (what: 'plan' | 'report') => void = () => {};
  @state() private tab: 'report' | 'plan' | null = null;

  override render(): TemplateResult | typeof nothing {
    const { work, language, partId } = this;
    const shown = work?.partsWork.find(({ part }) => part.id === partId);
    if (!work || !shown) return nothing;
    const words = reportsWords[language];
    const { part, investment, light } = shown;
    return html`<h2>${part.title} <span class="soft">${toRead(work.title, language)}</span></h2>
      <dl class="facts">
        <div><dt>${words.target}</dt><dd>${quantityText(part.target.thousandths)} ${part.target.unit}</dd></div>
        <div><dt>${words.money}</dt><dd>${words.wan(exactWan(investment))}</dd></div>
        <div><dt>${words.finish}</dt><dd>${part.finish}</dd></div>
        <div><dt>${words.now}</dt><dd><hv-work-light .language=${language} .light=${light} .rules=${work.rules}></hv-work-light></dd></div>
      </dl>
      ${this.isOwn ? this.#forms(work, shown) : nothing}
      ${this.#history(shown)}`;
  }

  #forms(work: WorkDocument, shown: PartDocument): TemplateResult {
    const words = reportsWords[this.language];
    const { plan, reports } = shown;
    if (work.standing !== 'running') return html`<p class="warn">${words.notRunning}</p>`;
    const isPlanned = plan !== null && !plan.isStale;
    // What there is nothing to do in is not offered.
    const tabs = isPlanned
      ? reports.length > 0
        ? (['report'] as const)
        : (['report', 'plan'] as const)
      : (['plan'] as const);
    const wanted = this.tab ?? this.form;
    const tab = tabs.find((each) => each === wanted) ?? tabs[0];
    return html`${
      tabs.length > 1
        ? html`<nav class="tabs" aria-label=${words.history}>${tabs.map(
            (each) =>
              html`<button data-tab=${each} aria-current=${each === tab ? 'page' : 'false'} @click=${() => {
                this.tab = each;
              }}>${words.tabs[each]}</button>`,
          )}</nav>`
        : nothing
    }
    <section class="form">${
      tab === 'plan'
        ? html`<hv-plan-form .language=${this.language} .project=${work.id} .cycle=${work.cycle} .day=${work.day} .shown=${shown} .onSent=${() => this.onSent('plan')}></hv-plan-form>`
        : html`<hv-report-form .language=${this.language} .work=${work} .shown=${shown} .month=${this.month} .onSent=${() => this.onSent('report')}></hv-report-form>`
    }</section>`;
  }

  #history(shown: PartDocument): TemplateResult {
    const { language } = this;
    const words = reportsWords[language];
    const { part, plan, reports } = shown;
    const held = reportsByMonth(shown);
    const months = [
      ...new Set([...(plan?.months ?? []).map(({ month }) => month), ...held.keys()]),
    ].toSorted();
    if (months.length === 0) return html`<p class="soft">${words.historyNone}</p>`;
    const isCorrected = (month: string) => reports.filter((one) => one.month === month).length > 1;
    return html`<div class="wide" tabindex="0" role="region" aria-label=${words.history}><table>
      <caption>${words.history}</caption>
      <thead><tr><th scope="col">${words.month}</th><th scope="col" class="n">${words.planned}</th><th scope="col" class="n">${words.done}${words.ofUnit(part.target.unit)}</th>
        <th scope="col" class="n">${words.appropriated}</th><th scope="col" class="n">${words.paid}</th><th scope="col">${words.evidence}</th></tr></thead>
      <tbody>${months.map((month) => {
        const report = held.get(month);
        const planned = plannedBy(shown, month);
        const isSeen = report !== undefined && report.seq === shown.figure.seq;
        return html`<tr><th scope="row">${monthText(month, language)}</th>
          <td class="n">${plan ? percentText(planned.permille) : ''}</td>
          <td class="n">${report ? html`<b>${quantityText(report.done)}</b>${isSeen ? html`<br /><small>${words.figures[shown.figure.is]}${shown.figure.found === null ? nothing : ` ${quantityText(shown.figure.found)}`}</small>` : nothing}${isCorrected(month) ? html`<br /><small>${words.correctedAt}</small>` : nothing}` : shown.overdue.includes(month) ? html`<b class="bad">⚠ ${words.isOverdue}</b>` : ''}</td>
          <td class="n">${report ? exactWan(report.appropriated) : ''}</td><td class="n">${report ? exactWan(report.paid) : ''}</td>
          <td>${report ? filesView(report.evidence, language) : nothing}</td></tr>`;
      })}</tbody></table></div>`;
  }

  static override styles = [
    controls,
    tabStyles,
    css`
      h2 {
        margin: 0 0 0.5rem;
        font-size: 1.3rem;
        overflow-wrap: anywhere;
      }
      h2 .soft {
        font-size: 0.95rem;
        font-weight: normal;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem 1.6rem;
        margin: 0 0 0.8rem;
      }
      .facts dt {
        color: var(--ink-soft);
        font-size: 0.85rem;
      }
      .facts dd {
        margin: 0;
        font-weight: 600;
      }
      .form {
        margin-bottom: 1rem;
        padding: 0.8rem 1rem 1rem;
        border: 1px solid var(--line);
        border-left: 0.3rem solid var(--gold);
        background: var(--paper);
      }
      .wide {
        overflow-x: auto;
      }
      caption {
        padding: 0.3rem 0;
        text-align: left;
        font-weight: 600;
      }
      th[scope='row'] {
        color: var(--ink);
        white-space: nowrap;
      }
      small {
        color: var(--ink-soft);
      }
      a {
        color: var(--go);
        white-space: nowrap;
      }
      .bad {
        color: var(--against);
        white-space: nowrap;
      }
      .warn {
        padding: 0.5rem 0.8rem;
        border-left: 0.3rem solid var(--gold);
        background: var(--warn-wash);
      }
      @media (max-width: 30rem) {
        .form {
          padding: 0.6rem 0.5rem 0.8rem;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-part': PartView;
  }
}
