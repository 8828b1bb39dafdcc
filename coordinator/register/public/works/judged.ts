import { html } from 'hono/html';
import { DOCUMENT_TERMS, GRADE_TERMS } from '../../../../shared/terms.ts';
import type { Appraisal, LookBack, PublishedDocument, Rectification } from '../../model/work/works.ts';
import { fingerprint, type Html, type Look, said } from '../frame.ts';
import type { Shown } from './shown.ts';
import { entryHere, gradeClass, gradeWord, pictures, termed } from './work-words.ts';

/** 满意度测评: the counts, the grade by the congress's own rule, and the proof. The latest first. */
export function appraisalsOf({ look, work }: Shown): Html | null {
  if (work.appraisals.size === 0) return null;
  return html`${[...work.appraisals].toReversed().map((one) => appraisalCard(look, one))}`;
}

function appraisalCard(look: Look, one: Appraisal): Html {
  const { t, date, register } = look;
  const { counts, grade, how, proof, cast, roll } = one;
  const of = register.works.rules.basis === 'roll' ? roll : cast;
  const bars = (['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const).map(
    (each) =>
      html`<tr><th scope="row">${termed(look, GRADE_TERMS[each])}</th><td class="n">${counts[each]}</td><td class="n">${of === 0 ? '—' : `${Math.round((counts[each] * 1000) / of) / 10}%`}</td></tr>`,
  );
  const by =
    one.appraisers === 'congress'
      ? t('全体代表测评', 'by the whole congress')
      : t('常委会组成人员测评', 'by the standing committee’s members');
  return html`<div class="card"><p><span class="mark ${gradeClass(grade)}">${gradeWord(look, grade)}</span> ${date(register.dayOf(one.at))}${t('，', ', ')}${by} ${entryHere(look, one.seq)}</p>
<table><thead><tr><th scope="col">${t('评价', 'Grade')}</th><th scope="col" class="n">${t('票', 'Votes')}</th><th scope="col" class="n">${t('占比', 'Share')}</th></tr></thead><tbody>${bars}</tbody></table>
<p class="small soft">${t(`应投${roll}人，投票${cast}人。`, `${roll} on the roll, ${cast} voted.`)}</p>
<dl class="facts"><dt>${how === 'bundle' ? t('存证包指纹', 'Fingerprint of the bundle') : t('计票单指纹（纸质）', 'Fingerprint of the signed sheet (paper)')}</dt><dd>${fingerprint(proof)}</dd></dl>
${how === 'bundle' ? html`<p><a href="/bundles/${proof}.zip">${t('会场存证包', 'the hall’s bundle')}</a></p>` : pictures(look, [proof])}</div>`;
}

/** The days from one to another, as days are counted. */
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** 整改: its clock, and what was explained, until it is appraised again or accepted. */
export function rectificationsOf({ look, work }: Shown): Html | null {
  if (work.rectifications.size === 0) return null;
  return html`${[...work.rectifications].map((one) => html`<div class="card">${rectificationLines(look, one)}</div>`)}`;
}

function rectificationLines(look: Look, one: Rectification): Html {
  const { t, date, register } = look;
  const since = register.dayOf(one.since);
  const until = one.closed ? register.dayOf(one.closed.at) : register.day;
  const days = daysBetween(since, until);
  const why =
    one.why === 'dissatisfied' ? t('测评不满意', 'appraised as dissatisfied') : t('责令整改', 'ordered');
  const clock = one.closed
    ? html`<span class="mark good">${one.closed.how === 'accepted' ? t('✓ 整改已认可', '✓ accepted') : t('✓ 重新测评通过', '✓ appraised again')}</span> ${t(`历时${days}天`, `after ${days} days`)}`
    : html`<span class="mark alarm">${t('整改中', 'being put right')}</span> <b>${t(`已${days}天`, `day ${days}`)}</b>${explainBy(look, one, since)}`;
  return html`<p>${clock}</p><p>${why}${t(`，${date(since)}起`, `, since ${date(since)}`)}</p>
${one.ordered.map(({ words, due, seq }) => html`<p><b>${t(`要求（${date(due)}前）：`, `Ordered (by ${date(due)}): `)}</b>${said(words)} ${entryHere(look, seq)}</p>`)}
${one.explanations.map(({ kind, words, evidence, seq }) => html`<p><b>${kind === 'explanation' ? t('说明：', 'Explanation: ') : t('整改情况：', 'What was done: ')}</b>${said(words)} ${entryHere(look, seq)}</p>${pictures(look, evidence)}`)}
${one.closed && one.closed.words !== '' ? html`<p>${said(one.closed.words)}</p>` : ''}`;
}

/** Until when the body is to explain. */
function explainBy({ t, date, register }: Look, one: Rectification, since: string): string {
  if (one.explanations.length > 0) return '';
  const ordered = one.ordered.at(-1)?.due;
  const days = register.works.rules.explainDays;
  const due = ordered ?? new Date(Date.parse(since) + days * 86_400_000).toISOString().slice(0, 10);
  return due < register.day
    ? t(`，说明已逾期（${date(due)}前应说明）`, `; the explanation is past due (${date(due)})`)
    : t(`，${date(due)}前应作说明`, `; to be explained by ${date(due)}`);
}

/** 回头看: does it still work, who uses it. */
export function lookBacksOf({ look, work }: Shown): Html | null {
  if (work.lookBacks.size === 0) return null;
  return html`<ul class="list">${[...work.lookBacks.values()].map((one) => html`<li>${lookBackLines(look, one)}</li>`)}</ul>`;
}

function lookBackLines(look: Look, one: LookBack): Html {
  const { t, date } = look;
  const does = {
    yes: html`<span class="mark good">${t('✓ 正常使用', '✓ it works')}</span>`,
    partly: html`<span class="mark open">${t('部分使用', 'it works in part')}</span>`,
    no: html`<span class="mark alarm">${t('✕ 未能使用', '✕ it does not work')}</span>`,
  }[one.works];
  return html`<p>${does} ${date(one.day)} ${entryHere(look, one.seq)}</p>${one.users === '' ? '' : html`<p>${t('谁在用：', 'Who uses it: ')}${said(one.users)}</p>`}${one.words === '' ? '' : said(one.words, 'p')}${pictures(look, one.photos)}`;
}

/** 公布的文件: those that hold; one that was corrected is told by the one that corrects it. */
export function documentsOf(look: Look, documents: readonly PublishedDocument[]): Html | null {
  const { t, date, register } = look;
  const replaced = new Set(documents.map(({ replaces }) => replaces));
  const held = documents.filter(({ document }) => !replaced.has(document));
  if (held.length === 0) return null;
  return html`<ul class="list">${held
    .toReversed()
    .map(
      ({ kind, title, at, pdf, replaces, seq }) =>
        html`<li><p><b>${termed(look, DOCUMENT_TERMS[kind])}</b> ${said(title)}</p><p class="tags"><span>${date(register.dayOf(at))}</span>${replaces === null ? '' : html`<span>${t('更正后', 'corrected')}</span>`}<a href="/evidence/${pdf}/whole">PDF</a>${entryHere(look, seq)}</p></li>`,
    )}</ul>`;
}
