import { html } from 'hono/html';
import { total } from '../../../../shared/projects/money.ts';
import { type Part, quantityText } from '../../../../shared/projects/sheet.ts';
import { CHANGE_TERMS } from '../../../../shared/terms.ts';
import { type Difference, differences } from '../../model/work/shrunk.ts';
import type { Change, ChangeRequest } from '../../model/work/works.ts';
import { type Html, type Look, said } from '../frame.ts';
import type { Shown } from './shown.ts';
import { entryHere, moneyText, pictures, termed } from './work-words.ts';

/** 变更、中止、终止: what was decided, by which decision and with which document; and what was asked for. */
export function changesOf({ look, work }: Shown): Html | null {
  const { changes, requests } = work;
  const open = [...requests.values()].filter(({ answer }) => answer?.is !== 'decided');
  if (changes.size === 0 && open.length === 0) return null;
  return html`<ul class="list">${[...changes].map((one) => html`<li>${changeLines(look, one)}</li>`)}${open.map((one) => html`<li>${requestLines(look, one)}</li>`)}</ul>`;
}

function changeLines(look: Look, one: Change): Html {
  const { t, date, register } = look;
  return html`<p><span class="mark other">${termed(look, CHANGE_TERMS[one.kind])}</span> ${date(register.dayOf(one.at))} ${entryHere(look, one.seq)}</p>
<p><b>${t('决定：', 'Decision: ')}</b>${said(one.decision)}</p><p>${t('原因：', 'Why: ')}${said(one.reason)}</p>
${differencesList(look, one)}${pictures(look, [one.document])}`;
}

function differencesList(look: Look, { before, after }: Change): Html {
  const { t } = look;
  const found = differences(before, after);
  if (found.length === 0) return html``;
  return html`<ul>${found.map(({ promised, now, in: what }) => {
    const title = said((promised ?? now)?.title ?? '');
    if (!promised) return html`<li>${title}${t('：新增', ': added')}</li>`;
    if (!now) return html`<li>${title}${t('：取消', ': dropped')}</li>`;
    const pairs = what.map((each) => differs(look, each, promised, now));
    return html`<li>${title}${t('：', ': ')}${pairs.join(t('；', '; '))}</li>`;
  })}</ul>`;
}

function differs(
  look: Look,
  what: Difference['in'][number],
  { target, finish, funding }: Part,
  now: Part,
): string {
  const { t, date } = look;
  const amount = ({ thousandths, unit }: Part['target']) => `${quantityText(thousandths)} ${unit}`;
  switch (what) {
    case 'target':
      return `${amount(target)} → ${amount(now.target)}`;
    case 'finish':
      return `${date(finish)} → ${date(now.finish)}`;
    case 'money':
      return `${moneyText(look, total(funding))} → ${moneyText(look, total(now.funding))}`;
    case 'place':
      return t('地点变更', 'another place');
    case 'body':
      return t('责任单位变更', 'another body');
  }
}

function requestLines(look: Look, one: ChangeRequest): Html {
  const { t } = look;
  return html`<p><span class="mark ${one.answer ? 'other' : 'open'}">${one.answer ? t('申请未获同意', 'request refused') : t('申请待决定', 'request, not decided')}</span> ${termed(look, CHANGE_TERMS[one.kind])} ${entryHere(look, one.seq)}</p>
<p>${t('申请原因：', 'Why it is asked for: ')}${said(one.reason)}</p>${one.answer ? html`<p>${t('答复：', 'Answer: ')}${said(one.answer.words)}</p>` : ''}${pictures(look, one.documents)}`;
}
