import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { DutiesDocument, DutyRow } from '../../../contract/register/duties.ts';
import { monthText } from '../../../contract/register/work-words.ts';
import { toRead } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { actAll, type RegisterDoing } from '../parts/register-api.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { daysBetween, reminderText } from './due-list.ts';
import { refusalView } from './form-parts.ts';
import { reportsWords } from './reports-words.ts';

/** Overdue reports by body, each of which can be asked for (催报): by the offices. */
@customElement('hv-overdue')
export class OverdueTable extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) document: DutiesDocument | null = null;
  @property({ attribute: false }) name: NameOf = (_kind, id) => id;
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private isBusy = false;
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;

  override render(): TemplateResult | typeof nothing {
    const { document, language } = this;
    const words = reportsWords[language];
    if (!document) return nothing;
    const late = document.duties.filter(({ kind, isLate }) => kind === 'report' && isLate);
    const bodies = [...new Set(late.map(({ body }) => body))];
    const others = document.duties.filter((duty) => !late.includes(duty));
    return html`<section aria-labelledby="overdue">
      <h3 id="overdue">${words.overdueTitle} ${late.length > 0 ? html`<span class="soft">${words.overdueOf(late.length, bodies.length)}</span>` : nothing}</h3>
      ${late.length === 0 ? html`<p class="good">${words.overdueNone}</p>` : nothing}
      ${refusalView(this.refusal, language)}
      ${bodies.map((body) =>
        this.#body(
          body,
          late.filter((duty) => duty.body === body),
          document.day,
        ),
      )}
      ${others.length > 0 ? this.#others(others, document.day) : nothing}
    </section>`;
  }

  #body(body: string, duties: readonly DutyRow[], day: string): TemplateResult {
    const { language } = this;
    const words = reportsWords[language];
    const called = this.name('bodies', body);
    return html`<div class="body" data-body=${body}><h4>${called} <button data-act="remind-all" aria-label="${words.remindAll(duties.length)} ${called}" ?disabled=${this.isBusy} @click=${() => this.#remind(duties)}>${words.remindAll(duties.length)}</button></h4>
      <div class="wide" tabindex="0" role="region" aria-label=${called}><table>
        <thead><tr><th scope="col">${words.part}</th><th scope="col">${words.month}</th><th scope="col">${words.dueDay}</th><th scope="col">${words.remindedColumn}</th><th scope="col">${words.doing}</th></tr></thead>
        <tbody>${duties.map((duty) => {
          const { partTitle, title, month, due } = duty;
          const text = reminderText(duty, language);
          const what = text === null ? words.remind : words.remindAgain;
          const shown = month === null ? '' : monthText(month, language);
          return html`<tr><td>${partTitle} <span class="soft">${toRead(title, language)}</span></td><td>${shown}</td>
            <td>${due} <b class="bad">${due === null ? '' : `⚠ ${words.late(daysBetween(due, day))}`}</b></td><td>${text ?? html`<span class="soft">${words.never}</span>`}</td>
            <td><button data-act="remind" aria-label="${what} ${partTitle} ${shown}" ?disabled=${this.isBusy} @click=${() => this.#remind([duty])}>${what}</button></td></tr>`;
        })}</tbody></table></div></div>`;
  }

  /** Plans, answers and explanations: nobody reminds of these with an entry, and the offices see them all the same. */
  #others(duties: readonly DutyRow[], day: string): TemplateResult {
    const { language } = this;
    const words = reportsWords[language];
    return html`<details><summary>${words.otherDuties} (${duties.length})</summary>
      <div class="wide" tabindex="0" role="region" aria-label=${words.otherDuties}><table><tbody>${duties.map(
        ({ kind, body, title, partTitle, month, due, isLate }) =>
          html`<tr><td>${this.name('bodies', body)}</td><td>${words.kinds[kind]} ${month === null ? '' : monthText(month, language)}</td><td>${partTitle ?? ''} <span class="soft">${toRead(title, language)}</span></td><td>${due ?? ''} ${due !== null && isLate ? html`<b class="bad">⚠ ${words.late(daysBetween(due, day))}</b>` : nothing}</td></tr>`,
      )}</tbody></table></div></details>`;
  }

  async #remind(duties: readonly DutyRow[]): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    const acts = duties.flatMap(({ project, part, month, partTitle }) =>
      part === null || month === null
        ? []
        : [
            {
              of: `${partTitle ?? part} ${month}`,
              act: { act: 'remind', project, part, month } satisfies RegisterDoing,
            },
          ],
    );
    const answer = await actAll(acts);
    this.isBusy = false;
    this.refusal = answer.ok ? null : answer;
    this.onDone();
  }

  static override styles = [
    controls,
    css`
      h3 {
        margin: 0.4rem 0;
        color: var(--red);
      }
      h3 .soft {
        font-size: 0.95rem;
        font-weight: normal;
      }
      .body {
        margin-bottom: 1rem;
      }
      h4 {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 1rem;
        margin: 0.4rem 0;
        font-size: 1.05rem;
      }
      .wide {
        overflow-x: auto;
      }
      td {
        font-size: 0.95rem;
      }
      td button {
        min-height: 2rem;
        padding: 0.1rem 0.7rem;
        white-space: nowrap;
      }
      .bad {
        color: var(--against);
        white-space: nowrap;
      }
      .good {
        color: var(--for);
        font-weight: 600;
      }
      .refusal {
        padding: 0.6rem 0.9rem;
        border-left: 0.3rem solid var(--against);
        background: var(--bad-wash);
      }
      summary {
        min-height: 2rem;
        cursor: pointer;
      }
      @media (max-width: 40rem) {
        .body thead {
          display: none;
        }
        .body tr {
          display: grid;
          grid-template-columns: 1fr max-content;
          gap: 0 0.8rem;
          padding: 0.4rem 0;
          border-bottom: 1px solid var(--line);
        }
        .body td {
          padding: 0.1rem 0;
          border: none;
        }
        .body td:first-child,
        .body td:nth-child(3) {
          grid-column: 1 / -1;
        }
        .body td:nth-child(2) {
          grid-row: 2;
          grid-column: 1 / -1;
          font-weight: 600;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-overdue': OverdueTable;
  }
}
