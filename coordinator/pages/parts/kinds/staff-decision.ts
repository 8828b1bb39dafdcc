import { html } from 'lit';
import type { DecisionMotion, DecisionOutcome, DecisionTally } from '../../../../shared/kinds/decision.ts';
import { OPTIONS } from '../../../../shared/kinds/options.ts';
import type { StaffKind } from './staff-kind.ts';

export const decision: StaffKind<DecisionMotion, DecisionTally, DecisionOutcome> = {
  heading: () => null,
  part: (words) => words.item,
  rules: () => [],
  outcomeLine: ({ passed }, words) => (passed ? words.passed : words.notPassed),
  facts: ({ tally, words }) => OPTIONS.map((option) => [words[option], String(tally[option])]),
  figures: ({ tally, outcome: { passed, needed }, result, words }) => {
    const parts = [
      ...OPTIONS.map((option) => [option, words[option], tally[option]] as const),
      ['not-pressed', words.notPressed, result.notPressed] as const,
    ];
    return html`<p class="verdict ${passed ? 'yes' : 'no'}">${passed ? `✓ ${words.passed}` : `✕ ${words.notPassed}`} <small>${words.needed(needed)}</small></p>
      <div class="tiles">${parts.map(([kind, label, n]) => html`<div class=${kind}><span>${label}</span><b>${n}</b></div>`)}</div>
      <div class="share" aria-hidden="true">${parts.map(([kind, , n]) => html`<i class=${kind} style="flex-grow:${n}"></i>`)}</div>`;
  },
};
