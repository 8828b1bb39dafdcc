import { html } from 'lit';
import type { ItemisedMotion, ItemisedOutcome, ItemisedTally } from '../../../shared/kinds/itemised.ts';
import { OPTIONS } from '../../../shared/kinds/options.ts';
import { shown } from '../language.ts';
import { type ChairKind, titleOf } from './chair-kind.ts';

const passed = ({ items }: ItemisedOutcome): number => items.filter((item) => item.passed).length;

export const itemised: ChairKind<ItemisedMotion, ItemisedTally, ItemisedOutcome> = {
  heading: (parts, words) => words.itemsToVoteOn(parts),
  rules: ({ items }, words) => {
    const own = items.filter(({ threshold, basis }) => threshold !== undefined || basis !== undefined).length;
    return own > 0 ? [[words.ownRules, words.itemsWithOwnRule(own)]] : [];
  },
  outcomeLine: (outcome, words) => words.passedOf(passed(outcome), outcome.items.length),
  facts: () => [],
  figures: ({ motion, tally, outcome, words, language }) => {
    const { items } = outcome;
    const n = passed(outcome);
    return html`<p class="verdict ${n === items.length ? 'yes' : 'no'}">${words.passedOf(n, items.length)}</p>
      <table class="figures">
        <thead><tr><th>${words.item}</th>${OPTIONS.map((option) => html`<th class="n">${words[option]}</th>`)}<th class="n">${words.notPressed}</th><th class="n">${words.neededVotes}</th><th>${words.outcome}</th></tr></thead>
        <tbody>${items.map(({ id, notPressed, needed, passed }) => {
          const counts = tally.items.find((item) => item.id === id);
          return html`<tr class=${passed ? 'selected' : 'tied'}>
            <td>${shown(titleOf(motion, id), language)}</td>
            ${OPTIONS.map((option) => html`<td class="n">${option === 'for' ? html`<b>${counts?.for ?? 0}</b>` : (counts?.[option] ?? 0)}</td>`)}
            <td class="n">${notPressed}</td><td class="n">${needed}</td><td class="standing">${passed ? `✓ ${words.passed}` : `✕ ${words.notPassed}`}</td>
          </tr>`;
        })}</tbody>
      </table>`;
  },
};
