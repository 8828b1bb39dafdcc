import { css, html, nothing, type TemplateResult } from 'lit';
import type { Grade } from '../../shared/ballot.ts';
import { inLanguage, type Language } from '../../shared/ids.ts';
import type { Item, Motion } from '../../shared/motion.ts';
import type { Result } from '../../shared/result.ts';
import { percent } from '../views/rule-words.ts';
import type { StaffWords } from './staff-words.ts';

const GRADES: readonly Grade[] = ['satisfied', 'basic', 'dissatisfied', 'dont-know'];

/** A result in figures, as the staff reads it. */
export function resultTable(
  motion: Motion,
  result: Result,
  words: StaffWords,
  language: Language,
): TemplateResult {
  const { tally, outcome } = result;
  const title = (items: readonly Item[], id: string) =>
    inLanguage(items.find((item) => item.id === id)?.title ?? { zh: id }, language);
  const sums = html`<p class="soft">${words.present} ${result.present} · ${words.cast} ${result.cast} · ${words.notPressed} ${result.notPressed}</p>`;
  if (tally.kind === 'decision' && outcome.kind === 'decision')
    return html`<p class="verdict ${outcome.passed ? 'yes' : 'no'}">${outcome.passed ? `✓ ${words.passed}` : `✕ ${words.notPassed}`} <small>${words.needed(outcome.needed)}</small></p>
      <table class="figures">
        <tr><th class="n">${words.for}</th><th class="n">${words.against}</th><th class="n">${words.abstain}</th><th class="n">${words.notPressed}</th></tr>
        <tr><td class="n big">${tally.for}</td><td class="n big">${tally.against}</td><td class="n big">${tally.abstain}</td><td class="n big">${result.notPressed}</td></tr>
      </table>${sums}`;
  if (outcome.kind === 'selection' && motion.kind === 'selection')
    return html`<table class="figures">
        <tr><th class="n"></th><th>${words.candidate}</th><th class="n">${words.votes}</th><th>${words.outcome}</th></tr>
        ${outcome.order.map(
          ({ id, votes, rank, standing }) =>
            html`<tr class=${standing}><td class="n">${rank}</td><td>${title(motion.candidates, id)}</td><td class="n"><b>${votes}</b></td><td>${words.standings[standing]}</td></tr>`,
        )}
      </table>
      ${outcome.runoffPlaces > 0 ? html`<p class="undecided">${words.runoff(outcome.runoffPlaces)}</p>` : nothing}
      ${outcome.openPlaces > 0 ? html`<p class="undecided">${words.openPlaces(outcome.openPlaces)}</p>` : nothing} ${sums}`;
  if (outcome.kind === 'appraisal' && tally.kind === 'appraisal' && motion.kind === 'appraisal') {
    const grades = GRADES.filter((grade) => grade !== 'dont-know' || motion.dontKnow);
    return html`<table class="figures">
        <tr><th>${words.item}</th>${grades.map((grade) => html`<th class="n">${words.grades[grade]}</th>`)}<th class="n">${words.approval}</th><th>${words.outcome}</th></tr>
        ${outcome.items.map(({ id, approval, basis, passed }) => {
          const counts = tally.items.find((item) => item.id === id);
          return html`<tr><td>${title(motion.items, id)}</td>${grades.map((grade) => html`<td class="n">${counts?.[grade] ?? 0}</td>`)}<td class="n"><b>${percent(approval, basis)}</b></td><td>${passed ? words.accepted : words.rectify}</td></tr>`;
        })}
      </table>${sums}`;
  }
  return sums;
}

export const resultTableStyles = css`
  .verdict {
    margin: 0.4rem 0;
    font-size: 2rem;
    font-weight: 800;
  }
  .verdict small {
    font-size: 1rem;
    font-weight: 400;
    color: var(--ink-soft);
  }
  .verdict.yes {
    color: var(--for);
  }
  .verdict.no {
    color: var(--against);
  }
  .big {
    font-size: 1.8rem;
    font-weight: 700;
  }
  .figures .selected td {
    font-weight: 600;
  }
  .figures .outvoted,
  .figures .below-threshold {
    color: var(--ink-soft);
  }
  .undecided {
    color: var(--red);
    font-weight: 700;
  }
`;
