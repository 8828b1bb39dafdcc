import { css, html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { DutiesDocument, DutyRow } from '../../../contract/register/duties.ts';
import { monthText } from '../../../contract/register/work-words.ts';
import { toRead } from '../../parts/language.ts';
import { dayText } from './form-parts.ts';
import { reportsWords } from './reports-words.ts';

/** What is opened beside the list. */
export type Opened =
  | {
      readonly is: 'part';
      readonly project: string;
      readonly part: string;
      readonly form: 'plan' | 'report';
      readonly month: string;
    }
  | { readonly is: 'finding'; readonly project: string; readonly finding: string }
  | { readonly is: 'explanation'; readonly project: string };

/** Where a duty is done. */
export function openedBy({ kind, project, part, month, finding }: DutyRow): Opened {
  switch (kind) {
    case 'plan':
    case 'report':
      return { is: 'part', project, part: part ?? '', form: kind, month: month ?? '' };
    case 'finding':
      return { is: 'finding', project, finding: finding ?? '' };
    case 'explanation':
      return { is: 'explanation', project };
  }
}

const DAY_MS = 86_400_000;

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Whoever reminded last, and how often it was done. */
export function reminderText({ reminders }: Pick<DutyRow, 'reminders'>, language: Language): string | null {
  const last = reminders.at(-1);
  return last ? reportsWords[language].reminded(last.by, dayText(last.at, language), reminders.length) : null;
}

/** What is due, the oldest first; what is late says so in a word. */
export function dueList(
  { duties, day }: Pick<DutiesDocument, 'duties' | 'day'>,
  language: Language,
  opened: Opened | null,
  onOpen: (opened: Opened) => void,
): TemplateResult {
  const words = reportsWords[language];
  if (duties.length === 0) return html`<p class="good">${words.nothingDue}</p>`;
  const here = JSON.stringify(opened);
  return html`<ul class="due">${duties.map((duty) => {
    const { kind, title, partTitle, month, words: found, due, isLate } = duty;
    const opens = openedBy(duty);
    const reminded = reminderText(duty, language);
    return html`<li class=${isLate ? 'late' : ''}><button aria-current=${JSON.stringify(opens) === here ? 'true' : 'false'} data-duty=${kind} @click=${() => onOpen(opens)}>
      <span class="what"><b class="kind">${words.kinds[kind]}</b> ${month === null ? nothing : html`<b>${monthText(month, language)}</b> `}${partTitle ?? toRead(title, language)}</span>
      <span class="meta">${partTitle === null ? nothing : html`<span>${toRead(title, language)}</span>`}${found === null ? nothing : html`<span>“${found}”</span>`}
        ${due === null ? html`<span>${words.soon}</span>` : html`<span>${words.until(due)}</span><b class=${isLate ? 'bad' : 'soon'}>${isLate ? `⚠ ${words.late(daysBetween(due, day))}` : words.left(daysBetween(day, due))}</b>`}
        ${reminded === null ? nothing : html`<b class="reminded">${reminded}</b>`}</span>
    </button></li>`;
  })}</ul>`;
}

export const dueStyles = css`
  ul.due {
    display: grid;
    gap: 0.4rem;
    margin: 0 0 1rem;
    padding: 0;
    list-style: none;
  }
  .due button {
    display: grid;
    gap: 0.2rem;
    width: 100%;
    padding: 0.5rem 0.8rem;
    border-left: 0.3rem solid var(--line-strong);
    text-align: left;
    overflow-wrap: anywhere;
  }
  .due .late button {
    border-left-color: var(--against);
  }
  .due button[aria-current='true'] {
    background: var(--warn-wash);
    border-color: var(--ink-soft);
  }
  .kind {
    display: inline-block;
    margin-right: 0.3rem;
    padding: 0 0.45rem;
    border: 1px solid var(--line-strong);
    border-radius: 0.3rem;
    background: var(--paper);
    font-size: 0.85rem;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 0.8rem;
    color: var(--ink-soft);
    font-size: 0.9rem;
  }
  .bad {
    color: var(--against);
  }
  .soon {
    color: var(--go);
  }
  .reminded {
    color: var(--abstain);
  }
  .good {
    color: var(--for);
    font-weight: 600;
  }
`;
