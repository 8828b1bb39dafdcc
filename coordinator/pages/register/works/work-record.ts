import { html, nothing, type TemplateResult } from 'lit';
import { CHANGE_TERMS, GRADE_TERMS, INSPECTION_TERMS, label } from '../../../../shared/terms.ts';
import type { WorkDocument } from '../../../contract/register/works.ts';
import { sheetBefore } from '../../../register/model/work/sheet-differs.ts';
import type { Speech } from '../../parts/language.ts';
import { attachmentAddress } from '../parts/register-api.ts';
import { sheetDiffersView } from '../parts/sheet-differs.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { worksWords } from './works-words.ts';

const DAY_MS = 86_400_000;

/** What has been decided, asked, found and said of a project, the latest first, each with its entry and its files. */
export interface Recorded {
  readonly work: WorkDocument;
  readonly speech: Speech;
  readonly name: NameOf;
  /** A moment of the register's time as its day. */
  readonly dayOf: (at: number) => string;
  /** What may be done with a request that nobody has decided. */
  readonly onRequest: (request: WorkDocument['requests'][number], what: 'decide' | 'refuse') => void;
  readonly may: (right: string) => boolean;
}

export function workRecord(recorded: Recorded): TemplateResult {
  const { work, speech } = recorded;
  const words = worksWords[speech.language];
  const files = filesIn(speech);
  return html`
    ${section(words.requests, requests(recorded))}
    ${section(words.changes, changes(recorded))}
    ${section(words.appraisals, appraisals(recorded))}
    ${section(words.rectification, rectifications(recorded))}
    ${section(
      words.inspections,
      work.inspections.map(
        (one) => html`<li><b>${label(INSPECTION_TERMS[one.kind], speech.language)}</b> ${one.day} ${one.title}
          ${entry(one, words.entry)}<p class="long">${one.words}</p>${files(one.documents)}</li>`,
      ),
    )}
    ${section(
      words.lookBacks,
      work.lookBacks.map(
        (
          one,
        ) => html`<li>${one.day} <b>${words.works[one.works]}</b> ${one.by?.name ?? ''} ${entry(one, words.entry)}
          <p class="long">${one.users} ${one.words}</p>${files(one.photos)}</li>`,
      ),
    )}`;
}

const section = (title: string, lines: readonly TemplateResult[]): TemplateResult | typeof nothing =>
  lines.length === 0 ? nothing : html`<section><h3>${title}</h3><ul class="record">${lines}</ul></section>`;

const entry = ({ seq }: { readonly seq: number }, text: (seq: number) => string): TemplateResult =>
  html`<small class="soft">${text(seq)}</small>`;

const filesIn =
  ({ language }: Speech) =>
  (hashes: readonly string[]): TemplateResult | typeof nothing =>
    hashes.length === 0
      ? nothing
      : html`<p class="files">${hashes.map((hash, i) => html`<a href=${attachmentAddress(hash, 'whole')} target="_blank" rel="noopener" title=${hash}>${worksWords[language].attached(i + 1)}</a>`)}</p>`;

/** What a request would change, or would have; one that another change has overtaken says so. */
function asked(
  work: WorkDocument,
  { sheet, seq, answer }: WorkDocument['requests'][number],
  { language }: Speech,
  name: NameOf,
): TemplateResult {
  const words = worksWords[language];
  if (!sheet) return html`<p class="soft">${words.sheetStays}</p>`;
  const { before, isOutdated } = sheetBefore(work, { seq, answer });
  return html`${isOutdated ? html`<p class="bad">⚠ ${words.outdated}</p>` : nothing}
    ${sheetDiffersView(before, sheet, { language, name, isThen: answer !== null })}`;
}

function requests({ work, speech, name, dayOf, onRequest, may }: Recorded): TemplateResult[] {
  const words = worksWords[speech.language];
  const files = filesIn(speech);
  return work.requests.toReversed().map(
    (
      one,
    ) => html`<li><b>${label(CHANGE_TERMS[one.kind], speech.language)}</b> ${dayOf(one.at)} ${one.by?.name ?? ''} ${entry(one, words.entry)}
      <b class=${one.answer ? '' : 'bad'}>${one.answer === null ? words.awaits : one.answer.is === 'refused' ? words.refused : one.answer.words}</b>
      <p class="long">${one.reason}</p>${asked(work, one, speech, name)}
      ${one.answer?.is === 'refused' ? html`<p class="long">${one.answer.words}</p>` : nothing}${files(one.documents)}
      ${
        one.answer === null && may('decide-change')
          ? html`<p class="acts"><button data-act="decide" @click=${() => onRequest(one, 'decide')}>${words.decide}</button>
              <button data-act="refuse" @click=${() => onRequest(one, 'refuse')}>${words.refuse}</button></p>`
          : nothing
      }</li>`,
  );
}

function changes({ work, speech, name, dayOf }: Recorded): TemplateResult[] {
  const words = worksWords[speech.language];
  const files = filesIn(speech);
  return work.changes.toReversed().map(
    (
      one,
    ) => html`<li><b>${label(CHANGE_TERMS[one.kind], speech.language)}</b> ${dayOf(one.at)} ${one.decision} ${entry(one, words.entry)}
      <p class="long">${one.reason}</p>${one.kind === 'changed' ? sheetDiffersView(one.before, one.after, { language: speech.language, name, isThen: true }) : nothing}${files([one.document])}</li>`,
  );
}

function appraisals({ work, speech, dayOf }: Recorded): TemplateResult[] {
  const words = worksWords[speech.language];
  return work.appraisals.toReversed().map(
    (
      one,
    ) => html`<li>${dayOf(one.at)} ${words[one.appraisers]} <b>${label(GRADE_TERMS[one.grade], speech.language)}</b>
      ${one.how === 'paper' ? html`<b class="bad">${words.onPaper}</b>` : nothing} ${entry(one, words.entry)}
      <p>${(['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const).map((grade) => html`<span>${words.grades[grade]} ${one.counts[grade]}　</span>`)}<span class="soft">${words.cast} ${one.cast} / ${words.roll} ${one.roll}</span></p></li>`,
  );
}

function rectifications({ work, speech, dayOf }: Recorded): TemplateResult[] {
  const words = worksWords[speech.language];
  const files = filesIn(speech);
  return work.rectifications.toReversed().map((one) => {
    const days = Math.floor((Date.parse(`${work.day}T23:59:59Z`) - one.since) / DAY_MS);
    return html`<li><b class=${one.closed ? '' : 'bad'}>${one.closed ? words.closedBy[one.closed.how] : `${words.open} · ${words.sinceDays(Math.max(0, days))}`}</b> ${dayOf(one.since)}
      ${one.ordered.map((order) => html`<p class="long">${words.what}（${words.until} ${order.due}）：${order.words}</p>`)}
      ${one.explanations.map((said) => html`<p class="long">${said.kind === 'explanation' ? words.explanation : words.rectified} ${dayOf(said.at)} ${entry(said, words.entry)}：${said.words}</p>${files(said.evidence)}`)}</li>`;
  });
}
