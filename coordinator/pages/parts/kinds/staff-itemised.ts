import { html, nothing } from 'lit';
import {
  hasOwnRule,
  type ItemisedMotion,
  type ItemisedOutcome,
  type ItemisedTally,
} from '../../../../shared/kinds/itemised.ts';
import { OPTIONS } from '../../../../shared/kinds/options.ts';
import { ownRuleWords } from '../../../contract/rule-words.ts';
import { shown } from '../language.ts';
import { type StaffKind, titleOf } from './staff-kind.ts';

const passed = ({ items }: ItemisedOutcome): number => items.filter((item) => item.passed).length;

export const itemised: StaffKind<ItemisedMotion, ItemisedTally, ItemisedOutcome> = {
  heading: (parts, words) => words.itemsToVoteOn(parts),
  part: (words) => words.item,
  rules: ({ items }, words) => {
    const own = items.filter(hasOwnRule).length;
    return own > 0 ? [[words.ownRules, words.itemsWithOwnRule(own)]] : [];
  },
  outcomeLine: (outcome, words) => words.passedOf(passed(outcome), outcome.items.length),
  facts: () => [],
  figures: ({ motion, tally, outcome, words, language }) => {
    const { items } = outcome;
    const n = passed(outcome);
    return html`<p class="verdict ${n === items.length ? 'yes' : n === 0 ? 'no' : ''}">${words.passedOf(n, items.length)}</p>
      <table class="figures">
        <thead><tr><th>${words.item}</th>${OPTIONS.map((option) => html`<th class="n">${words[option]}</th>`)}<th class="n">${words.notPressed}</th><th class="n">${words.neededVotes}</th><th>${words.outcome}</th></tr></thead>
        <tbody>${items.map(({ id, notPressed, needed, passed }) => {
          const counts = tally.items.find((item) => item.id === id);
          const own = ownRuleWords(motion, id, language);
          return html`<tr class=${passed ? 'selected' : 'tied'}>
            <td>${shown(titleOf(motion, id), language)}${own ? html` <small>${own}</small>` : nothing}</td>
            ${OPTIONS.map((option) => html`<td class="n">${option === 'for' ? html`<b>${counts?.for ?? 0}</b>` : (counts?.[option] ?? 0)}</td>`)}
            <td class="n">${notPressed}</td><td class="n">${needed}</td><td class="standing">${passed ? `✓ ${words.passed}` : `✕ ${words.notPassed}`}</td>
          </tr>`;
        })}</tbody>
      </table>`;
  },
};
