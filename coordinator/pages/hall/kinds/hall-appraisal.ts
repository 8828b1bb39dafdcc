import { css, html, nothing, type TemplateResult } from 'lit';
import type {
  AppraisalMotion,
  AppraisalOutcome,
  AppraisalTally,
} from '../../../../shared/kinds/appraisal.ts';
import { gradesOf } from '../../../../shared/kinds/appraisal.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { percent, thresholdWords } from '../../../contract/rule-words.ts';
import { shown } from '../../parts/language.ts';
import type { HallWords } from '../hall-words.ts';
import { figureColumns, pagesOf } from '../layout.ts';
import type { HallKind, Shown } from './hall-kind.ts';

type ShownAppraisal = Shown<AppraisalMotion, AppraisalTally, AppraisalOutcome>;

type Items = AppraisalOutcome['items'];

function table(
  motion: AppraisalMotion,
  tally: AppraisalTally,
  items: Items,
  isNarrow: boolean,
  words: HallWords,
  language: Language,
): TemplateResult {
  const grades = gradesOf(motion);
  return html`<table class="appraisal ${isNarrow ? 'narrow' : ''}">
    <thead>
      <tr>
        <th class="item">${words.item}</th>
        ${isNarrow ? nothing : html`<th class="stack"></th>`}
        ${grades.map((grade) => html`<th class="votes">${words[grade]}</th>`)}
        <th class="votes rate">${words.approval}</th>
        <th class="mark"></th>
      </tr>
    </thead>
    <tbody>
      ${items.map(({ id, approval, basis, graded, passed }) => {
        const counts = tally.items.find((item) => item.id === id);
        const title = motion.items.find((item) => item.id === id)?.title ?? { zh: id };
        const verdict = passed ? words.accepted : words.rectify;
        return html`<tr class=${passed ? '' : 'rectify'}>
          <th scope="row">${shown(title, language)}</th>
          ${
            isNarrow
              ? nothing
              : html`<td class="stack" aria-hidden="true">
                  <div>${grades.map((grade) => html`<i class=${grade} style="flex-grow:${graded === 0 ? 0 : (counts?.[grade] ?? 0)}"></i>`)}</div>
                </td>`
          }
          ${grades.map((grade) => html`<td class="votes">${counts?.[grade] ?? 0}</td>`)}
          <td class="votes rate"><b>${percent(approval, basis)}</b></td>
          <td class="mark" aria-label=${verdict}>${passed ? '✓' : '⚠'}${isNarrow ? '' : ` ${verdict}`}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** Each item's grades as bar and figures, its rate, and whether it must be put right. */
function appraised({ motion, tally, outcome, page, words, language }: ShownAppraisal): TemplateResult {
  const items = pagesOf(outcome.items)[page] ?? [];
  const columns = figureColumns(items.length);
  const rows = Math.ceil(items.length / columns);
  const parts = Array.from({ length: columns }, (_, i) => items.slice(i * rows, (i + 1) * rows));
  return html`<div class="tables" data-fit style="--columns:${columns}">
      ${parts.map((part) => table(motion, tally, part, columns > 1, words, language))}
    </div>
    <p class="rule">
      <span>${words.approvalIs}</span>
      <span>✓ ${words.accepted}: ${thresholdWords(motion.threshold, motion.basis, language)}</span>
      <span class="open">⚠ ${words.rectify}</span>
    </p>`;
}

const styles = css`
  .tables {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    gap: 2vw;
    margin-top: 1vh;
  }
  table.appraisal {
    height: 100%;
    width: 100%;
    table-layout: fixed;
    border-collapse: collapse;
    line-height: 1.15;
    font-size: calc(var(--u) * 4 * var(--fit, 1));
  }
  table.appraisal.narrow {
    font-size: calc(var(--u) * 2.8 * var(--fit, 1));
  }
  .appraisal td,
  .appraisal th {
    padding: 0 0.3em;
    border-bottom: 1px solid var(--line);
    overflow-wrap: anywhere;
  }
  .appraisal th[scope],
  .appraisal th.item {
    text-align: left;
    padding-left: 0;
    font-weight: 600;
    text-wrap: balance;
  }
  .appraisal thead th {
    font-size: 0.78em;
    color: var(--ink-soft);
    font-weight: 600;
    vertical-align: bottom;
  }
  .appraisal thead th.votes {
    width: 4.9em;
    white-space: normal;
    overflow-wrap: normal;
  }
  .appraisal thead th.rate {
    width: 5.6em;
  }
  .appraisal thead th.mark {
    width: 9.6em;
  }
  .appraisal thead th.stack {
    width: 16%;
  }
  .narrow thead th.votes {
    width: 3.6em;
  }
  .narrow thead th.rate {
    width: 5.2em;
  }
  .narrow thead th.mark {
    width: 2em;
  }
  .stack div {
    display: flex;
    height: 0.9em;
    background: var(--card);
    border: 1px solid var(--line);
  }
  .stack .satisfied {
    background: var(--for);
  }
  .stack .basic {
    background: repeating-linear-gradient(90deg, color-mix(in srgb, var(--for) 55%, white) 0 0.3em, color-mix(in srgb, var(--for) 35%, white) 0.3em 0.6em);
  }
  .stack .dissatisfied {
    background: repeating-linear-gradient(45deg, var(--against) 0 0.35em, color-mix(in srgb, var(--against) 75%, white) 0.35em 0.7em);
  }
  .mark {
    color: var(--for);
    font-weight: 700;
    font-size: 0.85em;
  }
  .rectify th,
  .rectify .rate,
  .rectify .mark {
    color: var(--against);
  }
`;

export const appraisal: HallKind<AppraisalMotion, AppraisalTally, AppraisalOutcome> = {
  says: () => null,
  titleSize: 7,
  result: appraised,
  countsNotPressed: false,
  styles,
};
