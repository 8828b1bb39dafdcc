import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { monthText, percentText } from '../../../contract/register/work-words.ts';
import type { PartDocument, WorkDocument } from '../../../contract/register/works.ts';
import { toRead } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { quantity } from '../parts/quantity.ts';
import { attachmentAddress } from '../parts/register-api.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import '../parts/work-light.ts';
import { type Begun, daysBetween } from './site-acts.ts';
import { siteStyles } from './site-styles.ts';
import { momentText, visitsWords } from './visits-words.ts';

type Finding = WorkDocument['findings'][number];
export type FindingCommand = { readonly is: 'close' | 'return'; readonly finding: Finding };

/** A project as somebody of its group sees it at the site: what was promised, what is reported, what was said and found. */
@customElement('hv-site-project')
export class SiteProject extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) work: WorkDocument | null = null;
  @property({ attribute: false }) name: NameOf = (_kind, id) => id;
  /** The day where the telephone is. */
  @property() day = '';
  /** Whether pictures can be had of the register. */
  @property({ attribute: false }) isOnline = true;
  @property({ attribute: false }) may: (right: string) => boolean = () => false;
  @property({ attribute: false }) onBegin: (begun: Begun) => void = () => {};
  @property({ attribute: false }) onFinding: (command: FindingCommand) => void = () => {};
  @property({ attribute: false }) onLeave: () => void = () => {};

  override render(): TemplateResult | typeof nothing {
    const { work, language } = this;
    if (work === null) return nothing;
    const words = visitsWords[language];
    const isMember = work.isMine;
    return html`<button class="back" data-act="leave" @click=${this.onLeave}>${words.back}</button>
      <h2>${toRead(work.title, language)}</h2>
      <p class="meta"><span>${words.year(work.cycle)}</span><span>${words.progress} ${percentText(work.progress.permille)}</span>${work.group ? html`<span>${work.group.committee} · ${work.group.members.map(({ name }) => name).join('、')}</span>` : nothing}</p>
      ${isMember || this.may('look-back') ? this.#acts(work, isMember) : nothing}
      <ul class="cards parts">${work.partsWork.map((part) => this.#part(work, part, isMember))}</ul>
      ${this.#voices(work, isMember)}
      ${this.#findings(work, isMember)}
      ${this.#visits(work)}
      ${this.#lookBacks(work)}`;
  }

  #acts(work: WorkDocument, isMember: boolean): TemplateResult {
    const words = visitsWords[this.language];
    // 翌年回头看: from the year after the project's own.
    const isYearAfter = Number(this.day.slice(0, 4)) > work.cycle;
    const begin = (what: Begun['what']) => () => this.onBegin({ what, part: null });
    return html`<p class="acts">
      ${isMember && this.may('find') ? html`<button data-act="find" @click=${begin('find')}>${words.find}</button>` : nothing}
      ${isYearAfter && this.may('look-back') ? html`<button data-act="look-back" @click=${begin('look-back')}>${words.lookBack}</button>` : nothing}
    </p>`;
  }

  #part(work: WorkDocument, one: PartDocument, isMember: boolean): TemplateResult {
    const words = visitsWords[this.language];
    const { part, light } = one;
    const report = one.reports.find(({ seq }) => seq === one.figure.seq);
    return html`<li class="card" data-part=${part.id}>
      <b class="title">${part.title}</b>${part.place === '' ? nothing : html` <span class="soft">${part.place}</span>`}
      <hv-work-light .language=${this.language} .light=${light} .rules=${work.rules}></hv-work-light>
      <dl>
        <dt>${words.target}</dt><dd>${quantity((one.promised ?? part).target.thousandths, { part: one.promised ?? part })}</dd>
        <dt>${words.finish}</dt><dd>${part.finish}</dd>
        <dt>${words.body}</dt><dd>${this.name('bodies', part.body)}</dd>
        <dt>${words.reported}</dt><dd>${this.#figure(one)}</dd>
        ${report ? html`<dt>${words.evidence}</dt><dd>${report.evidence.length > 0 ? this.#photos(report.evidence) : html`<span class="soft">${words.noEvidence}</span>`}</dd>` : nothing}
      </dl>
      ${report?.words ? html`<p class="words">${report.words}</p>` : nothing}
      ${
        isMember && this.may('visit')
          ? html`<p class="acts"><button class="main" data-act="visit" @click=${() => this.onBegin({ what: 'visit', part: one })}>${words.visitHere}</button></p>`
          : nothing
      }
    </li>`;
  }

  #figure(one: PartDocument): TemplateResult {
    const words = visitsWords[this.language];
    const { figure } = one;
    if (figure.is === 'none' || figure.month === null)
      return html`<span class="soft">${words.noReport}</span>`;
    const value = figure.is === 'settled' ? figure.done : figure.reported;
    const state = {
      none: nothing,
      reported: html`<span class="soft">${words.asReported}</span>`,
      confirmed: html`<span class="good">${words.confirmed}</span>`,
      disputed: html`<span class="bad">${words.isDisputed(quantity(figure.found ?? 0, one))}</span>`,
      settled: html`<span>${words.settled(quantity(figure.reported, one))}</span>`,
    }[figure.is];
    return html`<b class="big">${quantity(value, one)}</b> (${percentText(one.permille)})<br />${monthText(figure.month, this.language)} · ${state}`;
  }

  #voices({ voices, sheet, partsWork }: WorkDocument, isMember: boolean): TemplateResult | typeof nothing {
    const words = visitsWords[this.language];
    if (voices.length === 0) return nothing;
    const title = (id: string) => sheet.parts.find((part) => part.id === id)?.title ?? id;
    return html`<h3>${words.voicesTitle}</h3><ul class="cards">${voices.map((voice) => {
      const isObjection = voice.kind === 'objection';
      const part = partsWork.find((one) => one.part.id === voice.part) ?? null;
      return html`<li class="card"><b class=${isObjection ? 'bad' : ''}>${isObjection ? `⚠ ${words.objection}` : words.comment}</b>
        <span class="soft">${title(voice.part)} · ${momentText(voice.at, this.language)}${voice.files > 0 ? ` · ${words.voiceFiles(voice.files)}` : ''}</span>
        <p class="words">${voice.text ?? html`<span class="soft">${words.voiceUnread}</span>`}</p>
        ${isObjection && isMember && this.may('find') ? html`<p class="acts"><button data-act="find-voice" @click=${() => this.onBegin({ what: 'find', part, voice })}>${words.fromVoice}</button></p>` : nothing}
      </li>`;
    })}</ul>`;
  }

  #findings({ findings, sheet }: WorkDocument, isMember: boolean): TemplateResult {
    const words = visitsWords[this.language];
    const title = (id: string | null) => sheet.parts.find((part) => part.id === id)?.title ?? '';
    return html`<h3>${words.findingsTitle}</h3>
      ${findings.length === 0 ? html`<p class="soft">${words.noFindings}</p>` : nothing}
      <ul class="cards">${findings.map((one) => {
        const late = one.state === 'closed' ? 0 : daysBetween(one.due, this.day);
        return html`<li class="card" data-finding=${one.finding}>
          <p class="meta"><b>${words.findingStates[one.state]}</b><span>${words.due(one.due)}</span>${late > 0 ? html`<span class="bad">${words.overdue(late)}</span>` : nothing}<span>${title(one.part)}</span></p>
          <p class="words">${one.words}</p>${this.#photos(one.photos)}
          ${one.answers.map((answer) => html`<p class="words"><b>${words.answer}</b> ${answer.by?.name ?? ''} ${momentText(answer.at, this.language)}<br />${answer.words}</p>${this.#photos(answer.evidence)}`)}
          ${one.returns.map((back) => html`<p class="words"><b>${words.returned}</b> ${back.by?.name ?? ''} ${momentText(back.at, this.language)}<br />${back.words}</p>`)}
          ${one.closed ? html`<p class="words"><b>${words.closedWith}</b> ${one.closed.by?.name ?? ''}<br />${one.closed.words}</p>` : nothing}
          ${
            one.state === 'answered' && isMember && this.may('close-finding')
              ? html`<p class="acts"><button class="main" data-act="close" @click=${() => this.onFinding({ is: 'close', finding: one })}>${words.close}</button><button data-act="return" @click=${() => this.onFinding({ is: 'return', finding: one })}>${words.return}</button></p>`
              : nothing
          }
        </li>`;
      })}</ul>`;
  }

  #visits({ visits, partsWork }: WorkDocument): TemplateResult {
    const words = visitsWords[this.language];
    return html`<h3>${words.visitsTitle}</h3>
      ${visits.length === 0 ? html`<p class="soft">${words.noVisits}</p>` : nothing}
      <ul class="cards">${visits.toReversed().map(({ seq, day, part, by, figure, words: said, photos }) => {
        const one = partsWork.find((each) => each.part.id === part);
        const verdict =
          figure === null
            ? ''
            : figure.verdict === 'confirmed'
              ? words.saidConfirmed
              : words.saidDisputed(one ? quantity(figure.found, one) : String(figure.found / 1000));
        return html`<li class="card"><p class="meta"><b>${day}</b><span>${by?.name ?? ''}</span><span>${one?.part.title ?? ''}</span><span>${words.entry(seq)}</span></p>
          ${verdict ? html`<b>${verdict}</b>` : nothing}<p class="words">${said}</p>${this.#photos(photos)}</li>`;
      })}</ul>`;
  }

  #lookBacks({ lookBacks }: WorkDocument): TemplateResult | typeof nothing {
    const words = visitsWords[this.language];
    if (lookBacks.length === 0) return nothing;
    return html`<h3>${words.lookBacksTitle}</h3><ul class="cards">${lookBacks.map(
      ({ day, by, works, users, words: said, photos, seq }) =>
        html`<li class="card"><p class="meta"><b>${day}</b><span>${by?.name ?? ''}</span><b>${words.works[works]}</b><span>${words.entry(seq)}</span></p><p class="words">${users}</p><p class="words">${said}</p>${this.#photos(photos)}</li>`,
    )}</ul>`;
  }

  /** Pictures come from the register; where there is no network, it is said how many there are. */
  #photos(hashes: readonly string[]): TemplateResult | typeof nothing {
    const words = visitsWords[this.language];
    if (hashes.length === 0) return nothing;
    if (!this.isOnline) return html`<p class="soft">${words.files(hashes.length)}</p>`;
    return html`<div class="photos">${hashes.map(
      (hash, i) =>
        html`<a href=${attachmentAddress(hash, 'whole')} target="_blank" rel="noopener"><img src=${attachmentAddress(hash, 'small')} alt="${words.file} ${i + 1}" loading="lazy" /></a>`,
    )}</div>`;
  }

  static override styles = [
    controls,
    siteStyles,
    css`
      .parts {
        margin-top: 0.8rem;
      }
      .title {
        font-size: 1.1rem;
      }
      hv-work-light {
        display: block;
        margin-top: 0.4rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-site-project': SiteProject;
  }
}
