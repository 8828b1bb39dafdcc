import { html, nothing, type TemplateResult } from 'lit';
import { exactWan, total } from '../../../../shared/projects/money.ts';
import { type Part, quantityText } from '../../../../shared/projects/sheet.ts';
import { monthText, percentText } from '../../../contract/register/work-words.ts';
import type { PartDocument, WorkDocument } from '../../../contract/register/works.ts';
import type { Speech } from '../../parts/language.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import '../parts/work-light.ts';
import { worksWords } from './works-words.ts';

/** What was promised of a part, and what holds now. */
const promised = ({ target, finish, funding }: Part, { language }: Speech): string =>
  worksWords[language].promise(
    `${quantityText(target.thousandths)} ${target.unit}`,
    finish,
    exactWan(total(funding)),
  );

const isSame = (one: Part, other: Part, speech: Speech): boolean =>
  promised(one, speech) === promised(other, speech);

/** Less of it, or later, or in another unit. */
const isLess = (was: Part, now: Part): boolean =>
  now.target.unit !== was.target.unit ||
  now.target.thousandths < was.target.thousandths ||
  now.finish > was.finish;

/** Every part: what it promises, what there is, its light, and which entry says so. */
export function workParts(work: WorkDocument, speech: Speech, name: NameOf): TemplateResult {
  const words = worksWords[speech.language];
  const gone = work.promised.parts.filter(({ id }) => !work.sheet.parts.some((part) => part.id === id));
  return html`<section><h3>${words.parts}</h3><ul class="parts">
    ${work.partsWork.map((each) => partLine(each, work, speech, name))}
    ${gone.map((part) => html`<li><b>${part.title}</b> <b class="bad">⚠ ${words.dropped}</b><br /><span class="soft">${words.promised(promised(part, speech))}</span></li>`)}
  </ul></section>`;
}

function partLine(each: PartDocument, work: WorkDocument, speech: Speech, name: NameOf): TemplateResult {
  const words = worksWords[speech.language];
  const { part, figure, permille, light } = each;
  const { unit } = part.target;
  return html`<li>
    <div class="head"><hv-work-light .language=${speech.language} .light=${light} .rules=${work.rules}></hv-work-light> <b>${part.title}</b></div>
    <p class="meta"><span>${name('bodies', part.body)}</span><span>${words.now(promised(part, speech))}</span></p>
    ${
      each.promised && !isSame(each.promised, part, speech)
        ? html`<p class="meta"><b class=${isLess(each.promised, part) ? 'bad' : ''}>${isLess(each.promised, part) ? `⚠ ${words.less}` : ''} ${words.promised(promised(each.promised, speech))}</b></p>`
        : each.promised
          ? nothing
          : html`<p class="meta">${words.added}</p>`
    }
    <p>${
      figure.seq === null
        ? html`<span class="soft">${words.noReport}</span>`
        : html`${words.done} ${quantityText(figure.is === 'settled' ? figure.done : figure.reported)} ${unit}（${percentText(permille)}）
            ${figure.month === null ? nothing : html`<span class="soft">${monthText(figure.month, speech.language)} · ${words.entry(figure.seq)}</span>`}
            ${figure.is === 'settled' ? html`<span>${words.settledFrom(`${quantityText(figure.reported)} ${unit}`)}</span>` : figure.found === null ? nothing : html`<b class="bad">⚠ ${words.foundInstead(`${quantityText(figure.found)} ${unit}`)}</b>`}`
    }</p>
  </li>`;
}
