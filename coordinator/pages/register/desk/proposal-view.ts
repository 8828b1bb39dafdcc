import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProposalDetail } from '../../../contract/register/documents.ts';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { QUESTIONS } from '../../../register/model/entries.ts';
import { controls } from '../../parts/shared-styles.ts';
import { momentText } from '../parts/moments.ts';
import { attachmentAddress } from '../parts/register-api.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { DESK_KEYS, type DeskCommand } from './desk-keys.ts';
import { deskWords } from './desk-words.ts';
import { chipStyles, outcomeChip } from './outcome-chip.ts';
import { proposalStyles } from './proposal-styles.ts';

/** The plan with a point on it, in thousandths. */
const onPlan = ({ x, y }: { readonly x: number; readonly y: number }, text: string): TemplateResult =>
  html`<div class="plan"><img src=${PUBLIC_ROUTES.plan.path} alt=${text} /><svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true"><path d="M${x} 0V1000M0 ${y}H1000" /></svg></div>`;

/** What is done with the proposal that is open, in the order of its buttons. */
const BUTTONS: readonly DeskCommand[] = [
  'clear',
  'classify',
  'opine',
  'second',
  'adopt',
  'merge',
  'exclude',
  'not-adopt',
  'undecide',
];

/** A proposal whole, as far as whoever reads it may see it, and what they may do with it. */
@customElement('hv-proposal')
export class ProposalView extends LitElement {
  @property() language: Language = 'zh';
  @property() timezone = 'UTC';
  @property({ attribute: false }) proposal: ProposalDetail | null = null;
  @property({ type: Boolean }) isReading = false;
  @property({ attribute: false }) name: NameOf = (_kind, id) => id;
  /** What a project is called. */
  @property({ attribute: false }) projectTitle: (id: string) => string = (id) => id;
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  @property({ attribute: false }) onCommand: (command: DeskCommand, into?: string) => void = () => {};
  @property({ attribute: false }) onOpen: (id: string) => void = () => {};
  @property({ attribute: false }) onErase: () => void = () => {};

  override render(): TemplateResult {
    const words = deskWords[this.language];
    const one = this.proposal;
    if (!one) return html`<p class="soft choose">${this.isReading ? words.loading : words.choose}</p>`;
    return html`<article aria-labelledby="title">
      <header>
        <h2 id="title" tabindex="-1">${one.title ?? words.unread}</h2>
        <p class="meta"><code>${one.id}</code> ${outcomeChip(one, this.language)}
          <span>${words.sources[one.source]}·${words.channels[one.channel]}</span>
          <span>${momentText(one.at, this.timezone, this.language)}</span></p>
        ${this.#outcome(one)}
      </header>
      ${this.#buttons(one)}
      ${this.#wording(one)}
      ${this.#files(one)}
      ${this.#facts(one)}
      ${this.may('read') ? this.#opinions(one) : nothing}
      ${this.#like(one)}
    </article>`;
  }

  #outcome({ answer, draft }: ProposalDetail): TemplateResult | typeof nothing {
    const words = deskWords[this.language];
    const outcome = answer ?? draft;
    if (!outcome) return nothing;
    const open = (id: string) => html`<button class="link" @click=${() => this.onOpen(id)}>${id}</button>`;
    const says = {
      merged: () => (outcome.is === 'merged' ? open(outcome.into) : nothing),
      excluded: () =>
        outcome.is === 'excluded'
          ? html`<b>${this.name('grounds', outcome.ground)}</b>：${outcome.reason}`
          : nothing,
      'not-adopted': () => (outcome.is === 'not-adopted' ? outcome.reason : nothing),
      adopted: () =>
        outcome.is === 'adopted' ? html`<b>${this.projectTitle(outcome.project)}</b>` : nothing,
    }[outcome.is];
    return html`<p class="outcome ${answer ? 'released' : 'drafted'}"><span class="soft">${answer ? words.released : words.draftedLong}</span> ${words.stages[outcome.is]} ${says()}</p>`;
  }

  #buttons(one: ProposalDetail): TemplateResult {
    const words = deskWords[this.language];
    const isThere = (command: DeskCommand): boolean => {
      const { needs = null } = DESK_KEYS.find((each) => each.command === command) ?? {};
      if (needs === null || !this.may(needs)) return false;
      if (command === 'clear') return one.sent !== null && !(one.isCleared && one.answer);
      if (one.answer) return false;
      return command === 'undecide' ? one.draft !== null : true;
    };
    const there = BUTTONS.filter(isThere);
    const mayErase = this.may('erase') && !one.isErased && one.sent !== null;
    if (there.length === 0 && !mayErase) return html``;
    const isNext = one.isCleared ? 'adopt' : 'clear';
    return html`<nav class="acts" aria-label=${words.acts}>${there.map((command) => {
      const key = DESK_KEYS.find((each) => each.command === command)?.keys[0] ?? '';
      return html`<button class=${command === isNext ? 'main' : ''} data-act=${command} aria-keyshortcuts=${key} @click=${() => this.onCommand(command)}>${words.commands[command]} <kbd aria-hidden="true">${key}</kbd></button>`;
    })}${mayErase ? html`<button data-act="erase" @click=${this.onErase}>${words.erase}</button>` : nothing}</nav>`;
  }

  #wording({ sent, wording, isErased, proposer, enteredBy }: ProposalDetail): TemplateResult {
    const words = deskWords[this.language];
    const { place } = sent ?? {};
    const where = place && ('name' in place ? place.name : words.atPlan(place.x, place.y));
    const said = [
      [words.name, proposer?.name],
      [words.telephone, proposer?.telephone],
      [words.address, proposer?.address],
    ].filter((each) => each[1]);
    const isSame = sent !== null && sent.title === wording?.title && sent.text === wording.text && !place;
    return html`
      ${wording ? html`<section><h3>${isSame ? words.clearedAsSent : words.cleared}</h3><p class="words"><b>${wording.title}</b>\n${wording.text}</p></section>` : nothing}
      ${sent && !isSame ? html`<section class="sent"><h3>${words.sent}</h3><p class="words"><b>${sent.title}</b>\n${sent.text}</p>${where ? html`<p><span class="soft">${words.place}</span> ${where}</p>` : nothing}${place && 'x' in place ? onPlan(place, words.atPlan(place.x, place.y)) : nothing}</section>` : nothing}
      ${wording ? nothing : html`<p class="soft">${words.notCleared}</p>`}
      ${isErased ? html`<p class="soft">${words.erased}</p>` : nothing}
      ${
        sent
          ? html`<section><h3>${words.proposer}</h3><dl>${said.length > 0 ? said.map(([what, value]) => html`<dt>${what}</dt><dd>${value}</dd>`) : html`<dt>${words.name}</dt><dd class="soft">${words.anonymous}</dd>`}
              ${enteredBy ? html`<dt>${words.enteredBy}</dt><dd>${enteredBy}</dd>` : nothing}</dl></section>`
          : nothing
      }`;
  }

  #files({ files }: ProposalDetail): TemplateResult | typeof nothing {
    const words = deskWords[this.language];
    if (files.length === 0) return nothing;
    return html`<section><h3>${words.attachments}</h3><ul class="files">${files.map(({ hash, type }, i) =>
      type === 'jpg'
        ? html`<li><a href=${attachmentAddress(hash, 'whole')} target="_blank" rel="noopener"><img src=${attachmentAddress(hash, 'small')} alt=${words.picture(i + 1)} loading="lazy" /></a></li>`
        : html`<li><a class="pdf" href=${attachmentAddress(hash, 'whole')} download>${words.pdf(i + 1)}</a></li>`,
    )}</ul></section>`;
  }

  #facts({ category, area, secondedBy }: ProposalDetail): TemplateResult {
    const words = deskWords[this.language];
    return html`<section><dl>
      <dt>${words.category}</dt><dd>${category === null ? words.none : this.name('categories', category)}</dd>
      <dt>${words.area}</dt><dd>${area === null ? words.noArea : this.name('areas', area)}</dd>
      <dt>${words.secondedBy}</dt><dd>${secondedBy.length > 0 ? secondedBy.join('、') : words.nobody}</dd>
    </dl></section>`;
  }

  #opinions({ opinionsGiven }: ProposalDetail): TemplateResult {
    const words = deskWords[this.language];
    return html`<section><h3>${words.opinionsOf}</h3><div class="opinions">${QUESTIONS.map((question) => {
      const given = opinionsGiven.filter((one) => one.question === question);
      return html`<div><h4>${words.questions[question]}</h4>${
        given.length === 0
          ? html`<p class="soft">${words.noOpinion}</p>`
          : given.map(
              ({ answer, reason, person, body }) =>
                html`<p><b class="answer is-${answer}">${{ yes: '✓', no: '✕', unclear: '？' }[answer]} ${words.answers[answer]}</b> ${reason}<br /><span class="soft">${body === null ? '' : `${this.name('bodies', body)} `}${person}</span></p>`,
            )
      }</div>`;
    })}</div></section>`;
  }

  #like({ similar, mergedHere, answer }: ProposalDetail): TemplateResult {
    const words = deskWords[this.language];
    const mayMerge = this.may('draft-decision') && !answer;
    return html`<section><h3>${words.similar}</h3>${
      similar.length === 0
        ? html`<p class="soft">${words.noSimilar}</p>`
        : html`<ul class="like">${similar.map(
            ({
              id,
              title,
              stage,
            }) => html`<li><button class="link" @click=${() => this.onOpen(id)}>${title ?? id}</button> <span class="soft">${words.stages[stage]}</span>
              ${mayMerge ? html`<button class="small" data-merge=${id} aria-label="${words.mergeInto}: ${title ?? id}" @click=${() => this.onCommand('merge', id)}>${words.mergeInto}</button>` : nothing}</li>`,
          )}</ul>`
    }</section>
    ${mergedHere.length > 0 ? html`<section><h3>${words.mergedHere}</h3><p>${mergedHere.map((id) => html`<button class="link" @click=${() => this.onOpen(id)}>${id}</button> `)}</p></section>` : nothing}`;
  }

  static override styles = [controls, chipStyles, proposalStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-proposal': ProposalView;
  }
}
