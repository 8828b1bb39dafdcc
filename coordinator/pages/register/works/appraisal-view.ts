import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { GRADE_TERMS, label } from '../../../../shared/terms.ts';
import type { WorksDocument } from '../../../contract/register/works.ts';
import { Speech } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { exchangeWords } from '../parts/exchange-words.ts';
import type { AskedForm, FormField } from '../parts/form-dialog.ts';
import type { Exchange } from '../parts/hall-exchange.ts';
import '../parts/hall-exchange.ts';
import { registerApi } from '../parts/register-api.ts';
import { worksStyles } from './works-styles.ts';
import { worksWords } from './works-words.ts';

const COUNTS = ['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const;
type Appraisers = 'congress' | 'standing-committee';

/** 满意度测评 of a year: handed to the hall and brought back, or entered from paper; and what came of it. */
@customElement('hv-appraisal')
export class AppraisalView extends LitElement {
  readonly #speech = new Speech(this);
  @property() language: Language = 'zh';
  @property() timezone = 'UTC';
  @property({ attribute: false }) works: WorksDocument | null = null;
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  @property({ attribute: false }) onAsk: (form: AskedForm) => void = () => {};
  @property({ attribute: false }) onDone: () => void = () => {};
  @state() private by: Appraisers = 'congress';
  @state() private chosen: ReadonlySet<string> = new Set();
  #exchange: Exchange | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('works');
    if (!changed.has('works') || before?.year === this.works?.year) return;
    this.chosen = new Set(this.#gradable.map(({ id }) => id));
    this.#exchange = null;
  }

  get #gradable() {
    return (this.works?.works ?? []).filter(({ stage }) => stage !== 'ended');
  }

  override render(): TemplateResult | typeof nothing {
    const { works, language } = this;
    if (works === null) return nothing;
    const words = worksWords[language];
    if (works.works.length === 0) return html`<p class="soft">${words.none}</p>`;
    return html`<div class="appraise">
      <table><caption>${words.appraisals}</caption><thead><tr><th scope="col">${words.project}</th><th scope="col">${words.appraisal}</th></tr></thead>
        <tbody>${works.works.map(({ title, grade, isRectifying }) => html`<tr><td>${this.#speech.text(title)}</td><td>${grade === null ? '—' : label(GRADE_TERMS[grade], language)}${isRectifying ? html` <b class="bad">⚠ ${words.rectifying}</b>` : nothing}</td></tr>`)}</tbody></table>
      ${this.may('enter-appraisal') || this.may('hand-over') ? this.#order(works) : nothing}
      ${this.may('enter-paper-appraisal') ? html`<p class="acts"><button data-act="paper" @click=${() => this.onAsk(this.#paper(works))}>${words.paper}</button></p>` : nothing}
    </div>`;
  }

  #order(works: WorksDocument): TemplateResult {
    const words = worksWords[this.language];
    const onBy = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement)
        this.by = target.value === 'congress' ? 'congress' : 'standing-committee';
    };
    const onCheck = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement)) return;
      const next = new Set(this.chosen);
      if (target.checked) next.add(target.value);
      else next.delete(target.value);
      this.chosen = next;
    };
    return html`<h3>${words.appraise}</h3>
      <label>${words.appraisers} <select name="by" @change=${onBy}>${(['congress', 'standing-committee'] as const).map((by) => html`<option value=${by} ?selected=${by === this.by}>${words[by]}</option>`)}</select></label>
      <fieldset><legend>${words.toGrade}</legend>${this.#gradable.map(
        ({ id, title }) =>
          html`<label class="check"><input type="checkbox" value=${id} .checked=${this.chosen.has(id)} @change=${onCheck} />${this.#speech.text(title)}</label>`,
      )}</fieldset>
      <hv-hall-exchange .language=${this.language} .timezone=${this.timezone} .exchange=${this.#exchangeOf(works.year)} .may=${this.may} .onDone=${this.onDone}></hv-hall-exchange>`;
  }

  /** The same object while the year is the same: what is on its way is not begun anew. */
  #exchangeOf(year: number): Exchange {
    this.#exchange ??= {
      right: 'enter-appraisal',
      words: (language) => exchangeWords[language].appraisal,
      handOver: () => registerApi.handOverAppraisal(year, { by: this.by, projects: [...this.chosen] }),
      take: (name) => registerApi.takeAppraisal(year, name),
      send: (bytes) => registerApi.appraisalBundle(year, bytes),
    };
    return this.#exchange;
  }

  #paper(works: WorksDocument): AskedForm {
    const { language } = this;
    const words = worksWords[language];
    const projects = this.#gradable.filter(({ id }) => this.chosen.has(id));
    return {
      ...{ name: words.paper, explains: words.paperExplains, onDone: this.onDone },
      fields: [
        {
          ...{ is: 'choice', name: 'by', label: words.appraisers, value: this.by },
          options: (['congress', 'standing-committee'] as const).map((by) => [by, words[by]] as const),
        },
        {
          ...{ is: 'counts', name: 'turnout', label: words.turnout, least: 0 },
          counts: (['roll', 'present', 'cast'] as const).map((name) => [name, words[name]] as const),
        },
        ...projects.map(
          ({ id, title }): FormField => ({
            ...{ is: 'counts', name: id, label: this.#speech.text(title), least: 0 },
            counts: COUNTS.map((grade) => [`${id} ${grade}`, words.grades[grade]] as const),
          }),
        ),
        { is: 'file', name: 'sheet', label: words.sheet },
        { is: 'text', name: 'reason', label: words.reason, most: 2000 },
      ],
      act: (filled) =>
        registerApi.act({
          act: 'enter-paper-appraisal',
          paper: {
            cycle: works.year,
            by: filled.one('by') === 'congress' ? 'congress' : 'standing-committee',
            roll: filled.number('roll'),
            present: filled.number('present'),
            cast: filled.number('cast'),
            items: projects.map(({ id }) => ({
              project: id,
              satisfied: filled.number(`${id} satisfied`),
              basic: filled.number(`${id} basic`),
              dissatisfied: filled.number(`${id} dissatisfied`),
              'dont-know': filled.number(`${id} dont-know`),
            })),
            sheet: filled.one('sheet'),
            reason: filled.one('reason'),
          },
        }),
    };
  }

  static override styles = [
    controls,
    worksStyles,
    css`
      h3 {
        margin: 0.6rem 0 0;
      }
      .check {
        display: flex;
        gap: 0.4rem;
        align-items: center;
      }
      .check input {
        width: 1.2rem;
        min-height: 1.2rem;
        accent-color: var(--red);
      }
      caption {
        text-align: left;
        font-weight: 600;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-appraisal': AppraisalView;
  }
}
