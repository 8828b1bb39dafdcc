import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { CalendarDocument, DueDocument, PublishedRow } from '../../../contract/register/notices.ts';
import { monthText } from '../../../contract/register/work-words.ts';
import { kindLabel } from '../../../register/notices/notice-titles.ts';
import type { NoticeAsk } from '../../../register/notices/period.ts';
import { toRead } from '../../parts/language.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { noticesWords } from './notices-words.ts';

export interface CalendarLook {
  readonly language: Language;
  readonly name: NameOf;
  /** Null where whoever looks makes no documents. */
  readonly onMake: ((ask: NoticeAsk) => void) | null;
}

/** A period as people say it. */
export function periodText(period: string, language: Language): string {
  const [year = '', rest = ''] = period.split('-');
  if (rest.startsWith('Q'))
    return language === 'zh' ? `${year} 年第 ${rest.slice(1)} 季度` : `${rest} ${year}`;
  return rest === '' ? (language === 'zh' ? `${year} 年` : year) : monthText(period, language);
}

/** What is due, the oldest first. */
export function dueList(due: readonly DueDocument[], day: string, look: CalendarLook): TemplateResult {
  const words = noticesWords[look.language];
  if (due.length === 0) return html`<p class="soft">${words.none}</p>`;
  return html`<ul class="due">${due.map((one) => dueLine(one, day, look))}</ul>`;
}

function dueLine(one: DueDocument, day: string, { language, name, onMake }: CalendarLook): TemplateResult {
  const words = noticesWords[language];
  const { document, isPast, owes, title, part, about } = one;
  const isOpen = document !== null && document.opens <= day;
  const ask = document && {
    kind: document.kind,
    cycle: document.cycle,
    period: document.period,
    project: document.project,
  };
  const called = document
    ? `${kindLabel(document.kind, language)} · ${periodText(document.period, language)}`
    : words.what[one.what];
  const on = one.what === 'report' ? monthText(about, language) : about;
  return html`<li class=${isPast ? 'past' : ''}>
    <div><b>${called}</b>
      ${title ? html`<span class="of">${toRead(title, language)}${part === null ? nothing : html` · ${part}`}</span>` : nothing}
      ${on === '' ? nothing : html`<span class="about">${on}</span>`}
      <span class="meta"><span>${owes.is === 'body' ? name('bodies', owes.body) : words.owes[owes.is]}</span>
        <span>${one.day === null ? words.noDay : words.until(one.day)}</span>
        ${isPast ? html`<b class="bad">⚠ ${words.past}</b>` : nothing}
        ${document && !isOpen ? html`<span>${words.opens(document.opens)}</span>` : nothing}</span></div>
    ${ask && isOpen && onMake ? html`<button data-make=${`${ask.kind}/${ask.period}`} aria-label="${words.make} ${called}" @click=${() => onMake(ask)}>${words.make}</button>` : nothing}
  </li>`;
}

/** What was published, the newest first, with what verifies it. */
export function publishedList({ published }: CalendarDocument, look: CalendarLook): TemplateResult {
  const { language, onMake } = look;
  const words = noticesWords[language];
  if (published.length === 0) return html`<p class="soft">${words.publishedNone}</p>`;
  return html`<ul class="published">${published.map((one) => {
    const { document, title, seq, text, replacedBy } = one;
    const address = `/notices/${document}`;
    return html`<li><div><b>${title}</b>
        <span class="meta"><span>${words.entry(seq)}</span><code>${text.slice(0, 16)}…</code>
          <a href=${address}>${words.page}</a><a href="${address}/notice.pdf">${words.pdf}</a>
          ${replacedBy === null ? nothing : html`<b>${words.corrected}</b>`}</span></div>
      ${replacedBy === null && onMake ? html`<button data-correct=${document} aria-label="${words.correct} ${title}" @click=${() => onMake(askOf(one))}>${words.correct}</button>` : nothing}</li>`;
  })}</ul>`;
}

const askOf = ({ kind, cycle, period, project }: PublishedRow): NoticeAsk => ({
  kind,
  cycle,
  period,
  project,
});
