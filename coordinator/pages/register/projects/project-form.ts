import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { exactWan, fenOfWan } from '../../../../shared/projects/money.ts';
import type { Sheet } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { RegisterNames } from '../../../contract/register/documents.ts';
import { toRead } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { nameIn } from '../parts/sheet-view.ts';
import { formStyles } from './form-styles.ts';
import { projectsWords } from './projects-words.ts';
import {
  draftOf,
  EMPTY_SHEET,
  emptyPart,
  type FundingDraft,
  type PartDraft,
  type SheetDraft,
  sheetOf,
  type Wrong,
} from './sheet-draft.ts';
import { rebased, sheetChanges } from './sheet-merge.ts';

/** A project's sheet while it is written: what it promises, part by part. */
@customElement('hv-project-form')
export class ProjectForm extends LitElement {
  @property() language: Language = 'zh';
  @property({ type: Number }) year = 0;
  /** The sheet as the register has it; null: a new one. */
  @property({ attribute: false }) sheet: Sheet | null = null;
  /** Which sheet that is. */
  @property() sheetHash = '';
  @property({ attribute: false }) names: RegisterNames | null = null;
  @property({ attribute: false }) onSave: (sheet: Sheet, read: string) => Promise<ActAnswer> = async () => ({
    ok: true,
  });
  @property({ attribute: false }) onLeave: () => void = () => {};
  @state() private draft: SheetDraft = EMPTY_SHEET;
  @state() private wrong: readonly Wrong[] = [];
  @state() private refusal: Extract<ActAnswer, { ok: false }> | null = null;
  @state() private isBusy = false;
  /** The sheet on which the draft stands: what somebody else has made of it since is shown first. */
  @state() private base: { readonly draft: SheetDraft; readonly hash: string } | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('sheet') || this.base !== null) return;
    this.draft = this.sheet ? draftOf(this.sheet) : EMPTY_SHEET;
    this.base = { draft: this.draft, hash: this.sheetHash };
  }

  override render(): TemplateResult {
    const words = projectsWords[this.language];
    const { draft } = this;
    return html`<form @submit=${this.#submit} novalidate>
      <h2>${words.formTitle}</h2>
      ${this.#changed()}
      <div class="two">
        ${this.#text(words.titleZh, draft.title.zh, (zh) => ({ title: { ...draft.title, zh } }), { isNeeded: true })}
        ${this.#text(words.titleEn, draft.title.en ?? '', (en) => ({ title: { ...draft.title, en } }))}
        ${this.#text(words.summaryZh, draft.summary.zh, (zh) => ({ summary: { ...draft.summary, zh } }), { isNeeded: true })}
        ${this.#text(words.summaryEn, draft.summary.en ?? '', (en) => ({ summary: { ...draft.summary, en } }))}
        ${this.#select(words.category, 'categories', draft.category, (category) => this.#change({ category }))}
        ${this.#select(words.lead, 'bodies', draft.lead, (lead) => this.#change({ lead }))}
      </div>
      <label>${words.content}<textarea rows="5" maxlength="4000" .value=${draft.content} @input=${this.#typed((content) => this.#change({ content }))}></textarea></label>
      <div class="two">
        ${this.#text(words.beneficiaries, draft.beneficiaries, (beneficiaries) => ({ beneficiaries }))}
        ${this.#text(words.sources, draft.from.join(' '), (typed) => ({
          from: typed
            .toUpperCase()
            .split(/[\s,，、]+/)
            .filter(Boolean),
        }))}
      </div>
      <fieldset class="co"><legend>${words.co}</legend>${(this.names?.bodies ?? [])
        .filter(({ id }) => id !== draft.lead)
        .map(
          ({ id, name }) =>
            html`<label class="box"><input type="checkbox" .checked=${draft.co.includes(id)} @change=${() => this.#change({ co: draft.co.includes(id) ? draft.co.filter((each) => each !== id) : [...draft.co, id] })} />${toRead(name, this.language)}</label>`,
        )}</fieldset>
      <h3>${words.parts} <span class="sum">${this.#sum(draft.parts.flatMap(({ funding }) => funding))}</span></h3>
      ${draft.parts.map((part, i) => this.#part(part, i))}
      <p><button type="button" data-act="add-part" @click=${() => this.#change({ parts: [...draft.parts, emptyPart(draft.parts, this.year, draft.lead)] })}>${words.addPart}</button></p>
      ${this.#said()}
      <div class="foot"><button type="button" ?disabled=${this.isBusy} @click=${() => this.onLeave()}>${words.back}</button>
        <button class="main" data-act="save" ?disabled=${this.isBusy}>${words.save}</button></div>
    </form>`;
  }

  /** What somebody else has changed meanwhile, and the way on. */
  #changed(): TemplateResult | typeof nothing {
    const { sheet, sheetHash, base } = this;
    if (!sheet || !base || sheetHash === base.hash) return nothing;
    const words = projectsWords[this.language];
    const theirs = draftOf(sheet);
    const goOn = () => {
      this.draft = rebased(base.draft, this.draft, theirs);
      this.base = { draft: theirs, hash: sheetHash };
      this.refusal = null;
    };
    return html`<section class="warn" role="alert"><p>⚠ <b>${words.changed}</b></p>
      <div class="changes" tabindex="0" role="region" aria-label=${words.changed}><table>
        <thead><tr><th scope="col">${words.changedField}</th><th scope="col">${words.changedBefore}</th><th scope="col">${words.changedAfter}</th></tr></thead>
        <tbody>${sheetChanges(base.draft, theirs, words, nameIn(this.names, this.language)).map(
          ({ part, field, before, after }) =>
            html`<tr><td>${part === null ? field : `${part} · ${field}`}</td><td class="before">${before}</td><td>${after}</td></tr>`,
        )}</tbody>
      </table></div>
      <p>${words.changedHint}</p>
      <button type="button" data-act="go-on" @click=${goOn}>${words.goOn}</button></section>`;
  }

  #said(): TemplateResult {
    const words = projectsWords[this.language];
    return html`<div role="alert">${
      this.wrong.length > 0
        ? html`<ul class="refusal">${this.wrong.map(({ what, part = 0 }) => html`<li>${words.wrong[what](words.partNo(part))}</li>`)}</ul>`
        : nothing
    }${this.refusal ? html`<p class="refusal">${this.refusal.text[this.language]}${this.refusal.detail ? html`<br />${this.refusal.detail}` : nothing}</p>` : nothing}</div>`;
  }

  #part(part: PartDraft, i: number): TemplateResult {
    const words = projectsWords[this.language];
    const change = (some: Partial<PartDraft>) =>
      this.#change({ parts: this.draft.parts.map((each, at) => (at === i ? { ...each, ...some } : each)) });
    const isWrong = (...what: Wrong['what'][]) =>
      this.wrong.some((each) => each.part === i + 1 && what.includes(each.what));
    const text = (label: string, value: string, set: (typed: string) => void, bad = false, hint = '') =>
      html`<label>${label}<input .value=${value} placeholder=${hint} maxlength="200" aria-invalid=${bad ? 'true' : 'false'} @input=${this.#typed(set)} /></label>`;
    const { title, body, area, place, quantity, unit, finish, funding } = part;
    const isBare = isWrong('part');
    return html`<fieldset class="part" data-part=${part.id}><legend>${words.partNo(i + 1)}</legend>
      <div class="grid">
        <div class="wide">${text(words.partTitle, title, (each) => change({ title: each }), isBare && title === '')}</div>
        ${this.#select(words.body, 'bodies', body, (each) => change({ body: each }), isBare && body === '')}
        ${this.#select(words.area, 'areas', area, (each) => change({ area: each }), isBare && area === '')}
        ${text(words.place, place, (each) => change({ place: each }))}
        <label>${words.quantity}<input inputmode="decimal" .value=${quantity} aria-invalid=${isWrong('quantity') ? 'true' : 'false'} @input=${this.#typed((each) => change({ quantity: each }))} /></label>
        ${text(words.unit, unit, (each) => change({ unit: each }), isBare && unit === '', words.unitHint)}
        <label>${words.partFinish}<input type="date" .value=${finish} aria-invalid=${isWrong('finish') ? 'true' : 'false'} @input=${this.#typed((each) => change({ finish: each }))} /></label>
      </div>
      <div class="money">${funding.map((line, at) => this.#money(line, at, part, (some) => change({ funding: some }), isWrong('money')))}</div>
      <div class="foot"><button type="button" data-act="add-money" @click=${() => change({ funding: [...funding, { source: '', year: String(this.year), wan: '' }] })}>${words.addMoney}</button>
        <button type="button" data-act="remove-part" aria-label="${words.removePart} ${i + 1}" @click=${() => this.#change({ parts: this.draft.parts.filter((_each, index) => index !== i) })}>${words.removePart}</button></div>
    </fieldset>`;
  }

  #money(
    line: FundingDraft,
    at: number,
    { funding }: PartDraft,
    set: (funding: readonly FundingDraft[]) => void,
    isWrong: boolean,
  ): TemplateResult {
    const words = projectsWords[this.language];
    const change = (some: Partial<FundingDraft>) =>
      set(funding.map((each, index) => (index === at ? { ...each, ...some } : each)));
    const isBad = isWrong && (line.source === '' || fenOfWan(line.wan) === null);
    return html`<div class="line" role="group" aria-label="${words.money} ${at + 1}">
      ${this.#select(words.source, 'sources', line.source, (source) => change({ source }), isBad && line.source === '')}
      <label>${words.moneyYear}<input inputmode="numeric" maxlength="4" .value=${line.year} @input=${this.#typed((year) => change({ year }))} /></label>
      <label>${words.wan}<input class="n" inputmode="decimal" .value=${line.wan} aria-invalid=${isBad && fenOfWan(line.wan) === null ? 'true' : 'false'} @input=${this.#typed((wan) => change({ wan }))} /></label>
      <button type="button" class="remove" aria-label=${words.removeMoney} title=${words.removeMoney} @click=${() => set(funding.filter((_each, index) => index !== at))}>✕</button>
    </div>`;
  }

  #sum(lines: readonly FundingDraft[]): string {
    const words = projectsWords[this.language];
    let fen = 0;
    for (const { wan } of lines) {
      if (wan.trim() === '') continue;
      const one = fenOfWan(wan);
      if (one === null) return words.sumUnknown;
      fen += one;
    }
    return words.sum(exactWan(fen));
  }

  #text(
    label: string,
    value: string,
    some: (typed: string) => Partial<SheetDraft>,
    { isNeeded = false }: { readonly isNeeded?: boolean } = {},
  ): TemplateResult {
    const isBad = isNeeded && this.wrong.length > 0 && value.trim() === '';
    return html`<label>${label}<input .value=${value} maxlength="2000" aria-required=${isNeeded ? 'true' : 'false'} aria-invalid=${isBad ? 'true' : 'false'} @change=${this.#typed((typed) => this.#change(some(typed)))} /></label>`;
  }

  #select(
    label: string,
    kind: 'categories' | 'bodies' | 'areas' | 'sources',
    value: string,
    set: (id: string) => void,
    isBad = this.wrong.length > 0 && value === '',
  ): TemplateResult {
    const onChange = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement) set(target.value);
    };
    return html`<label>${label}<select aria-invalid=${isBad ? 'true' : 'false'} @change=${onChange}>
      <option value="" ?selected=${value === ''}>— ${projectsWords[this.language].choose} —</option>
      ${(this.names?.[kind] ?? []).map(({ id, name }) => html`<option value=${id} ?selected=${id === value}>${toRead(name, this.language)}</option>`)}</select></label>`;
  }

  #typed(set: (typed: string) => void): (event: Event) => void {
    return ({ target }) => {
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) set(target.value);
    };
  }

  #change(some: Partial<SheetDraft>): void {
    this.draft = { ...this.draft, ...some };
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    const typed = sheetOf(this.draft);
    this.refusal = null;
    this.wrong = typed.ok ? [] : typed.wrong;
    if (!typed.ok) return;
    this.isBusy = true;
    const answer = await this.onSave(typed.sheet, this.base?.hash ?? '');
    this.isBusy = false;
    if (!answer.ok) this.refusal = answer;
  };

  static override styles = [controls, formStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-project-form': ProjectForm;
  }
}
