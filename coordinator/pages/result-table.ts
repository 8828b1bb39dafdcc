import { css, html, nothing, type TemplateResult } from 'lit';
import { inLanguage, type Language } from '../../shared/ids.ts';
import type { AppraisalMotion, AppraisalOutcome, AppraisalTally } from '../../shared/kinds/appraisal.ts';
import type { Item } from '../../shared/kinds/common.ts';
import type { DecisionOutcome, DecisionTally } from '../../shared/kinds/decision.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import type { SelectionMotion, SelectionOutcome } from '../../shared/kinds/selection.ts';
import type { Result } from '../../shared/result.ts';
import { basisWords, percent } from '../views/rule-words.ts';
import type { ChairWords } from './chair-words.ts';

const GRADES = ['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const;

interface Reading {
  readonly result: Result;
  readonly words: ChairWords;
  readonly language: Language;
}

/** A result in figures, as the staff reads it. */
export function resultTable(motion: Motion, reading: Reading): TemplateResult {
  return html`${figures(motion, reading)}${sums(motion, reading)}`;
}

function figures(motion: Motion, reading: Reading): TemplateResult | typeof nothing {
  const { tally, outcome } = reading.result;
  if (outcome.kind === 'decision' && tally.kind === 'decision') return decision(outcome, tally, reading);
  if (outcome.kind === 'selection' && motion.kind === 'selection') return selection(outcome, motion, reading);
  if (outcome.kind === 'appraisal' && tally.kind === 'appraisal' && motion.kind === 'appraisal')
    return appraisal(outcome, tally, motion, reading);
  return nothing;
}

function decision(
  { passed, needed }: DecisionOutcome,
  tally: DecisionTally,
  { result, words }: Reading,
): TemplateResult {
  const parts = [
    ['for', words.for, tally.for],
    ['against', words.against, tally.against],
    ['abstain', words.abstain, tally.abstain],
    ['not-pressed', words.notPressed, result.notPressed],
  ] as const;
  return html`<p class="verdict ${passed ? 'yes' : 'no'}">${passed ? `✓ ${words.passed}` : `✕ ${words.notPassed}`} <small>${words.needed(needed)}</small></p>
    <div class="tiles">${parts.map(([kind, label, n]) => html`<div class=${kind}><span>${label}</span><b>${n}</b></div>`)}</div>
    <div class="share" aria-hidden="true">${parts.map(([kind, , n]) => html`<i class=${kind} style="flex-grow:${n}"></i>`)}</div>`;
}

function titleOf(items: readonly Item[], id: string, language: Language): string {
  return inLanguage(items.find((item) => item.id === id)?.title ?? { zh: id }, language);
}

function selection(
  { order, runoffPlaces, openPlaces, needed }: SelectionOutcome,
  { candidates }: SelectionMotion,
  { result, words, language }: Reading,
): TemplateResult {
  const chosen = order.filter(({ standing }) => standing === 'selected').length;
  const whole = Math.max(1, result.basisCount);
  return html`<p class="verdict ${chosen > 0 ? 'yes' : 'no'}">${words.selected(chosen)} <small>${needed === null ? words.moreVotesWin : words.needed(needed)}</small></p>
    ${runoffPlaces > 0 ? html`<p class="undecided">${words.runoff(runoffPlaces)}</p>` : nothing}
    ${openPlaces > 0 ? html`<p class="undecided">${words.openPlaces(openPlaces)}</p>` : nothing}
    <table class="figures">
      <thead><tr><th class="n"></th><th>${words.candidate}</th><th class="n">${words.votes}</th><th class="bar"></th><th>${words.outcome}</th></tr></thead>
      <tbody>${order.map(
        ({ id, votes, rank, standing }) => html`<tr class=${standing}>
          <td class="n">${rank}</td><td>${titleOf(candidates, id, language)}</td><td class="n"><b>${votes}</b></td>
          <td class="bar"><i style="width:${Math.min(100, (votes * 100) / whole)}%"></i></td><td class="standing">${words.standings[standing]}</td>
        </tr>`,
      )}</tbody>
    </table>`;
}

function appraisal(
  { items }: AppraisalOutcome,
  tally: AppraisalTally,
  motion: AppraisalMotion,
  { words, language }: Reading,
): TemplateResult {
  const grades = GRADES.filter((grade) => grade !== 'dont-know' || motion.dontKnow);
  const accepted = items.filter(({ passed }) => passed).length;
  return html`<p class="verdict ${accepted === items.length ? 'yes' : 'no'}">${words.acceptedOf(accepted, items.length)}</p>
    <table class="figures">
      <thead><tr><th>${words.item}</th>${grades.map((grade) => html`<th class="n">${words.grades[grade]}</th>`)}<th class="n">${words.approval}</th><th>${words.outcome}</th></tr></thead>
      <tbody>${items.map(({ id, approval, basis, passed }) => {
        const counts = tally.items.find((item) => item.id === id);
        return html`<tr class=${passed ? 'selected' : 'tied'}>
          <td>${titleOf(motion.items, id, language)}</td>
          ${grades.map((grade) => html`<td class="n">${counts?.[grade] ?? 0}</td>`)}
          <td class="n"><b>${percent(approval, basis)}</b></td><td class="standing">${passed ? words.accepted : words.rectify}</td>
        </tr>`;
      })}</tbody>
    </table>`;
}

function sums(motion: Motion, { result, words, language }: Reading): TemplateResult {
  const basis = basisWords(result.basis, language);
  // An appraisal's valid votes differ from item to item.
  const byItem = motion.kind === 'appraisal' && result.basis === 'cast';
  const parts = [
    `${words.roll} ${result.roll}`,
    `${words.present} ${result.present}`,
    `${words.voted} ${result.cast}`,
    `${words.notPressed} ${result.notPressed}`,
    byItem ? words.basisByItem(basis) : words.basis(basis, result.basisCount),
  ];
  return html`<p class="sums soft">${parts.join(' · ')}</p>`;
}

export const resultTableStyles = css`
  .verdict {
    margin: 0.3rem 0 0.6rem;
    font-size: 2rem;
    font-weight: 800;
    line-height: 1.2;
  }
  .verdict small {
    display: inline-block;
    margin-left: 0.4rem;
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
  .for {
    --hue: var(--for);
  }
  .against {
    --hue: var(--against);
  }
  .abstain {
    --hue: var(--abstain);
  }
  .not-pressed {
    --hue: var(--quiet);
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 0.8rem;
  }
  .tiles div {
    display: grid;
    padding: 0.4rem 0.9rem;
    border-left: 0.35rem solid var(--hue);
    background: var(--paper);
  }
  .tiles b {
    font-size: 2.2rem;
    line-height: 1.2;
    font-variant-numeric: tabular-nums;
  }
  .share {
    display: flex;
    height: 0.9rem;
    margin: 0.8rem 0 0;
    gap: 2px;
    overflow: hidden;
    border-radius: 0.3rem;
  }
  .share i {
    background: var(--hue);
    min-width: 0;
  }
  .figures th,
  .figures td {
    padding: 0.28rem 0.5rem;
  }
  .figures .standing {
    white-space: nowrap;
  }
  .figures .selected .standing {
    color: var(--for);
    font-weight: 700;
  }
  .figures .tied .standing {
    color: var(--against);
    font-weight: 700;
  }
  .figures .outvoted,
  .figures .below-threshold {
    color: var(--ink-soft);
  }
  td.bar {
    width: 22%;
  }
  .bar i {
    display: block;
    height: 0.7rem;
    border-radius: 0.2rem;
    background: var(--quiet);
  }
  .selected .bar i {
    background: var(--for);
  }
  .tied .bar i {
    background: var(--abstain);
  }
  .undecided {
    margin: 0 0 0.5rem;
    color: var(--red);
    font-weight: 700;
  }
  .sums {
    margin: 0.6rem 0 0;
    font-variant-numeric: tabular-nums;
  }
`;
