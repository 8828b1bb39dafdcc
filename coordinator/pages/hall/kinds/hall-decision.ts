import { css, html, type TemplateResult } from 'lit';
import type { DecisionMotion, DecisionOutcome, DecisionTally } from '../../../../shared/kinds/decision.ts';
import { thresholdWords } from '../../../contract/rule-words.ts';
import { shown } from '../../parts/language.ts';
import type { HallKind, Shown } from './hall-kind.ts';

type ShownDecision = Shown<DecisionMotion, DecisionTally, DecisionOutcome>;

function row(name: string, kind: string, votes: number, most: number): TemplateResult {
  return html`<tr class=${kind}>
    <th scope="row">${name}</th>
    <td class="bars"><div style="width:${most === 0 ? 0 : (votes / most) * 100}%"></div></td>
    <td class="votes">${votes}</td>
  </tr>`;
}

/** Passed or not, in one glance; then the bars and figures it comes from, and the rule. */
function decided({ motion, tally, outcome, result, words, language }: ShownDecision): TemplateResult {
  const { passed, needed } = outcome;
  const most = Math.max(tally.for, tally.against, tally.abstain, result.notPressed);
  return html`
    <p class="verdict ${passed ? 'yes' : 'no'}" role="status">${passed ? `✓ ${words.passed}` : `✕ ${words.notPassed}`}</p>
    <table class="decision">
      ${row(words.for, 'for', tally.for, most)} ${row(words.against, 'against', tally.against, most)}
      ${row(words.abstain, 'abstain', tally.abstain, most)} ${row(words.notPressed, 'quiet', result.notPressed, most)}
    </table>
    <p class="rule">${thresholdWords(motion.threshold, motion.basis, language)} · <b>${words.needed(needed)}</b></p>`;
}

const styles = css`
  .verdict {
    margin: 0.6vh 0;
    text-align: center;
    font-size: calc(var(--u) * 15 * var(--fit, 1));
    line-height: 1.1;
    font-weight: 800;
    letter-spacing: 0.05em;
  }
  .verdict.yes {
    color: var(--for);
  }
  .verdict.no {
    color: var(--against);
  }
  table.decision {
    flex: 1;
    width: 100%;
    border-collapse: collapse;
    line-height: 1.15;
    font-size: calc(var(--u) * 5.6 * var(--fit, 1));
  }
  table.decision th {
    width: 1%;
    padding: 0 1em 0 0;
    text-align: right;
    white-space: nowrap;
  }
  table.decision td {
    padding: 0;
  }
  table.decision td.votes {
    width: 1%;
    padding-left: 0.6em;
    font-size: 1.3em;
  }
  .bars div {
    height: 1em;
    min-width: 0.4vw;
    border-radius: 0 0.6vh 0.6vh 0;
  }
  .for .bars div {
    background: var(--for);
  }
  .against .bars div {
    background: repeating-linear-gradient(45deg, var(--against) 0 1.2vh, color-mix(in srgb, var(--against) 75%, white) 1.2vh 2.4vh);
  }
  .abstain .bars div {
    background: repeating-linear-gradient(90deg, var(--abstain) 0 0.9vh, color-mix(in srgb, var(--abstain) 55%, white) 0.9vh 1.8vh);
  }
  .quiet .bars div {
    background: none;
    border: 0.3vh solid var(--quiet);
  }
  .quiet {
    color: var(--ink-soft);
  }
`;

export const decision: HallKind<DecisionMotion, DecisionTally, DecisionOutcome> = {
  says: ({ text }, _words, language) => (text ? shown(text, language) : null),
  titleSize: 9,
  result: decided,
  countsNotPressed: true,
  styles,
};
