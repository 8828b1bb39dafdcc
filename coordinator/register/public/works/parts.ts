import { html } from 'hono/html';
import { total } from '../../../../shared/projects/money.ts';
import type { Part } from '../../../../shared/projects/sheet.ts';
import { lightOfPart } from '../../model/work/light.ts';
import { figureOf, permilleOf, plannedPermille } from '../../model/work/progress.ts';
import { type Difference, differences } from '../../model/work/shrunk.ts';
import { type Change, emptyPart, type Work } from '../../model/work/works.ts';
import { type Html, type Look, said } from '../frame.ts';
import { figureLine, partPath, quantity, type Shown } from './shown.ts';
import { lightWithWhy } from './why.ts';
import { bar, fromEntry, money } from './work-words.ts';

/** The last decision that changed a part; null where none did. */
export const changeOf = ({ changes }: Work, part: string): Change | null =>
  changes.findLast(({ before, after }) => differences(before, after).some((one) => one.part === part)) ??
  null;

/** What a part is to come to: how much, by when, for how much money. */
const promise = (look: Look, { target, finish, funding }: Part): Html =>
  html`${quantity(target.thousandths, target.unit)}${look.t('，', ', ')}${look.t(`${look.date(finish)}前`, `by ${look.date(finish)}`)}${look.t('，', ', ')}${money(look, total(funding))}`;

/** What was promised of a part at the vote, beside what holds now and by which decision. */
export function promisedAndNow(
  { look, work }: Shown,
  id: string,
  page = '',
): { readonly rows: Html; readonly mark: Html } {
  const { t } = look;
  const promised = work.promised.parts.find((one) => one.id === id) ?? null;
  const now = work.sheet.parts.find((one) => one.id === id) ?? null;
  const differs = differences(work.promised, work.sheet).find((one) => one.part === id);
  const change = changeOf(work, id);
  const by = change
    ? html`<br>${t('依据：', 'By decision: ')}${said(change.decision)} ${fromEntry(look, change.seq, page)}`
    : '';
  const rows = html`<dt>${t('票决时承诺', 'Promised at the vote')}</dt><dd>${promised ? promise(look, promised) : t('（票决后新增）', '(added after the vote)')}</dd>
${differs || !promised ? html`<dt>${t('现在', 'Now')}</dt><dd>${now ? promise(look, now) : t('已取消', 'dropped')}${by}</dd>` : ''}`;
  return { rows, mark: differs ? differenceMark(look, differs) : html`` };
}

function differenceMark({ t }: Look, { isShrunk, now, promised }: Difference): Html {
  if (isShrunk)
    return html`<span class="mark alarm">${now ? t('↓ 比承诺缩减', '↓ less than promised') : t('✕ 已取消', '✕ dropped')}</span>`;
  return html`<span class="mark open">${promised ? t('已变更', 'changed') : t('新增', 'added')}</span>`;
}

/** Every part that was promised or holds now. */
export const partIds = ({ promised, sheet }: Work): readonly string[] => [
  ...new Set([...promised.parts, ...sheet.parts].map(({ id }) => id)),
];

/** How far a part is: its light with why, a bar, and what is known of its quantity. */
export function partProgress({ look, work }: Shown, part: Part, page = ''): Html {
  const { register } = look;
  const { rules } = register.works;
  const its = work.parts.get(part.id) ?? emptyPart();
  const figure = figureOf(its);
  const planned = figure.month === null ? null : plannedPermille(its, figure.month);
  return html`${lightWithWhy(look, lightOfPart(part, its, work.standing, rules, register.day), rules)}
${bar(look, permilleOf(part, figure.done), planned)}
<p>${figureLine(look, figure, part.target.unit, page)}</p>`;
}

/** 承诺与现在: each part as it was promised, as it holds, and how far it is. */
export function partsOfWork(shown: Shown): Html {
  const { look, work, named } = shown;
  const { t, to } = look;
  return html`<ul class="list">${partIds(work).map((id) => {
    const now = work.sheet.parts.find((one) => one.id === id);
    const part = now ?? work.promised.parts.find((one) => one.id === id);
    if (!part) return '';
    const { rows, mark } = promisedAndNow(shown, id);
    return html`<li><a class="title" href="${to(partPath(work.id, id))}">${said(part.title)}</a>${mark}
${now ? partProgress(shown, now) : ''}<dl class="facts">${rows}
<dt>${t('责任单位', 'Responsible')}</dt><dd>${named('bodies', part.body)}</dd>
<dt>${t('地点', 'Place')}</dt><dd>${named('areas', part.area)} ${said(part.place)}</dd></dl></li>`;
  })}</ul>`;
}
