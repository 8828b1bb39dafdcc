import { html } from 'lit';
import {
  type AppraisalMotion,
  type AppraisalOutcome,
  type AppraisalTally,
  gradesOf,
} from '../../../../shared/kinds/appraisal.ts';
import { percent } from '../../../contract/rule-words.ts';
import { shown } from '../language.ts';
import { type StaffKind, titleOf } from './staff-kind.ts';

const accepted = ({ items }: AppraisalOutcome): number => items.filter(({ passed }) => passed).length;

export const appraisal: StaffKind<AppraisalMotion, AppraisalTally, AppraisalOutcome> = {
  heading: (parts, words) => words.items(parts),
  part: (words) => words.item,
  rules: () => [],
  outcomeLine: (outcome, words) => words.acceptedOf(accepted(outcome), outcome.items.length),
  facts: () => [],
  figures: ({ motion, tally, outcome, words, language }) => {
    const grades = gradesOf(motion);
    const { items } = outcome;
    const n = accepted(outcome);
    return html`<p class="verdict ${n === items.length ? 'yes' : 'no'}">${words.acceptedOf(n, items.length)}</p>
      <table class="figures">
        <thead><tr><th>${words.item}</th>${grades.map((grade) => html`<th class="n">${words.grades[grade]}</th>`)}<th class="n">${words.approval}</th><th>${words.outcome}</th></tr></thead>
        <tbody>${items.map(({ id, approval, basis, passed }) => {
          const counts = tally.items.find((item) => item.id === id);
          return html`<tr class=${passed ? 'selected' : 'tied'}>
            <td>${shown(titleOf(motion, id), language)}</td>
            ${grades.map((grade) => html`<td class="n">${counts?.[grade] ?? 0}</td>`)}
            <td class="n"><b>${percent(approval, basis)}</b></td><td class="standing">${passed ? words.accepted : words.rectify}</td>
          </tr>`;
        })}</tbody>
      </table>`;
  },
};
