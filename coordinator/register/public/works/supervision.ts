import { html } from 'hono/html';
import { INSPECTION_TERMS } from '../../../../shared/terms.ts';
import type { Finding, Inspection, Visit } from '../../model/work/works.ts';
import { type Html, type Look, said } from '../frame.ts';
import { quantity, type Shown } from './shown.ts';
import { entryHere, fromEntry, pictures, termed } from './work-words.ts';

const titleOf = ({ work }: Shown, part: string): string =>
  [...work.sheet.parts, ...work.promised.parts].find(({ id }) => id === part)?.title ?? part;
const unitOf = ({ work }: Shown, part: string): string =>
  [...work.sheet.parts, ...work.promised.parts].find(({ id }) => id === part)?.target.unit ?? '';

/** 监督小组: which committee and which deputies look after it. */
export function groupOf({ look, work: { group } }: Shown): Html | null {
  const { t } = look;
  if (!group) return null;
  return html`<p>${said(group.committee)}${t('：', ': ')}${said(group.members.map(({ name }) => name).join('、'))} ${entryHere(look, group.seq)}</p>`;
}

/** Visits, the latest first, with what the group says of a figure. */
export function visitsOf(shown: Shown, only: string | null = null): Html | null {
  const visits = [...shown.work.visits.values()].filter(({ part }) => only === null || part === only);
  return visits.length === 0
    ? null
    : html`<ul class="list">${visits.toReversed().map((one) => html`<li>${visitLines(shown, one)}</li>`)}</ul>`;
}

/** One visit. @param page where the ledger's entry is told, where it is not this page. */
export function visitLines(shown: Shown, one: Visit, page = ''): Html {
  const { look } = shown;
  const { t, date } = look;
  return html`<p><b>${date(one.day)}</b> ${said(titleOf(shown, one.part))} ${page === '' ? entryHere(look, one.seq) : fromEntry(look, one.seq, page)}</p>
${one.figure ? html`<p>${verdict(shown, one, page)}</p>` : ''}
${one.words === '' ? '' : html`<p>${t('小组意见：', 'The group: ')}${said(one.words)}</p>`}${pictures(look, one.photos)}`;
}

function verdict(shown: Shown, { part, figure }: Visit, page: string): Html {
  const { look, work } = shown;
  const { t } = look;
  if (!figure) return html``;
  const report = work.parts.get(part)?.reports.get(figure.report);
  const unit = unitOf(shown, part);
  const reported = html`${quantity(report?.done ?? 0, unit)} ${fromEntry(look, figure.report, page)}`;
  if (figure.verdict === 'confirmed')
    return html`<span class="mark good">${t('✓ 属实', '✓ confirmed')}</span> ${t('填报', 'reported ')}${reported}`;
  return html`<span class="mark alarm">${t('✕ 不符', '✕ disputed')}</span> ${t('填报', 'reported ')}${reported}${t('，现场核查', ', found at the site ')}<b>${quantity(figure.found, unit)}</b>`;
}

/** Disputed figures that were settled. */
export function settledOf(shown: Shown): Html | null {
  const { look, work } = shown;
  const settled = [...work.parts].flatMap(([part, its]) => (its.settled ? [{ part, ...its.settled }] : []));
  if (settled.length === 0) return null;
  return html`<ul class="list">${settled.map(
    ({ part, done, words, seq, report }) =>
      html`<li><p>${said(titleOf(shown, part))}${look.t('：裁定为', ': settled as ')}<b>${quantity(done, unitOf(shown, part))}</b> ${entryHere(look, seq)}${look.t('，所涉月报', ', of the report ')}${fromEntry(look, report)}</p>${said(words, 'p')}</li>`,
  )}</ul>`;
}

/** 问题清单: with due dates, answers, and whether it is closed. */
export function findingsOf(shown: Shown): Html | null {
  const all = [...shown.work.findings.values()];
  return all.length === 0
    ? null
    : html`<ol class="list">${all.map((one) => html`<li>${findingLines(shown, one)}</li>`)}</ol>`;
}

function findingState(look: Look, { state, due }: Finding): Html {
  const { t, date, register } = look;
  if (state === 'closed') return html`<span class="mark good">${t('✓ 已销号', '✓ closed')}</span>`;
  const until = t(`${date(due)}前`, `due ${date(due)}`);
  if (state === 'answered')
    return html`<span class="mark open">${t('已答复，待小组查看', 'answered; the group is to look')}</span>`;
  return due < register.day
    ? html`<span class="mark alarm">${t('已逾期', 'past due')}</span> ${until}`
    : html`<span class="mark open">${t('待整改', 'open')}</span> ${until}`;
}

function findingLines(shown: Shown, one: Finding): Html {
  const { look } = shown;
  const { t, date } = look;
  return html`<p>${findingState(look, one)} ${entryHere(look, one.seq)}</p>
${one.part === null ? '' : html`<p class="soft">${said(titleOf(shown, one.part))}</p>`}${said(one.words, 'p')}
${one.voice === null ? '' : html`<p class="soft">${t('来自现场留言', 'from what somebody said at the site')} ${one.voice}</p>`}${pictures(look, one.photos)}
${[...one.answers].map(({ words, evidence, seq }) => html`<p><b>${t('责任单位答复：', 'The body: ')}</b>${said(words)} ${entryHere(look, seq)}</p>${pictures(look, evidence)}`)}
${[...one.returns].map(({ words, due, seq }) => html`<p><b>${t('小组退回：', 'Returned: ')}</b>${said(words)}${t(`（${date(due)}前再报）`, ` (due ${date(due)})`)} ${entryHere(look, seq)}</p>`)}
${one.closed ? html`<p><b>${t('销号：', 'Closed: ')}</b>${said(one.closed.words)} ${entryHere(look, one.closed.seq)}</p>` : ''}`;
}

/** 专题询问, 集中视察, 听取汇报 that looked at this project, with their documents. */
export function inspectionsOf(look: Look, inspections: readonly Inspection[]): Html | null {
  if (inspections.length === 0) return null;
  return html`<ul class="list">${inspections.map(
    ({ kind, day, title, words, documents, seq }) =>
      html`<li><p><b>${termed(look, INSPECTION_TERMS[kind])}</b> ${look.date(day)} ${entryHere(look, seq)}</p>${said(title, 'p')}${words === '' ? '' : said(words, 'p')}${pictures(look, documents)}</li>`,
  )}</ul>`;
}
