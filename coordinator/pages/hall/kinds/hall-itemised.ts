import { css, html, nothing, type TemplateResult } from 'lit';
import type { ItemisedMotion, ItemisedOutcome, ItemisedTally } from '../../../../shared/kinds/itemised.ts';
import { OPTIONS } from '../../../../shared/kinds/options.ts';
import { ownRuleWords, thresholdWords } from '../../../contract/rule-words.ts';
import { shown } from '../../parts/language.ts';
import { ems, figureColumns, pagesOf } from '../layout.ts';
import type { HallKind, Shown } from './hall-kind.ts';

type ShownItemised = Shown<ItemisedMotion, ItemisedTally, ItemisedOutcome>;

function table(
  { motion, tally, words, language }: ShownItemised,
  items: ItemisedOutcome['items'],
  rows: number,
  isNarrow: boolean,
): TemplateResult {
  return html`<table class="itemised ${isNarrow ? 'narrow' : ''}" style="--digits:${String(motion.items.length).length}">
    <thead>
      <tr>
        <th class="item">${words.item}</th>
        ${OPTIONS.map((option) => html`<th class="votes">${words[option]}</th>`)}
        <th class="votes" style="width:${(ems(words.notPressed) + 1.2).toFixed(1)}em">${words.notPressed}</th>
        <th class="mark"></th>
      </tr>
    </thead>
    <tbody>
      ${items.map(({ id, notPressed, passed }) => {
        const counts = tally.items.find((item) => item.id === id);
        const at = motion.items.findIndex((item) => item.id === id);
        const title = motion.items[at]?.title ?? { zh: id };
        const own = ownRuleWords(motion, id, language);
        const verdict = passed ? words.passed : words.notPassed;
        return html`<tr class=${passed ? '' : 'failed'}>
          <th scope="row">
            <span class="ordinal">${at + 1}</span>${shown(title, language)}${own ? html`<small>${own}</small>` : nothing}
          </th>
          ${OPTIONS.map((option) => html`<td class="votes ${option}">${counts?.[option] ?? 0}</td>`)}
          <td class="votes">${notPressed}</td>
          <td class="mark" aria-label=${verdict}>${passed ? '✓' : '✕'}${isNarrow ? '' : ` ${verdict}`}</td>
        </tr>`;
      })}
      ${Array.from({ length: rows - items.length }, () => html`<tr class="filler"><td colspan="6">&nbsp;</td></tr>`)}
    </tbody>
  </table>`;
}

/** Each item's figures and whether it passed; how many did; the rule. */
function decided(itemised: ShownItemised): TemplateResult {
  const { motion, outcome, page, words, language } = itemised;
  const items = pagesOf(outcome.items)[page] ?? [];
  const columns = figureColumns(items.length);
  const rows = Math.ceil(items.length / columns);
  const parts = Array.from({ length: columns }, (_, i) => items.slice(i * rows, (i + 1) * rows));
  const passed = outcome.items.filter((item) => item.passed).length;
  return html`<div class="tables" data-fit style="--columns:${columns}">
      ${parts.map((part) => table(itemised, part, rows, columns > 1))}
    </div>
    <p class="rule" role="status">
      <b>${words.passedOf(passed, outcome.items.length)}</b>
      <span>${thresholdWords(motion.threshold, motion.basis, language)}</span>
    </p>`;
}

const styles = css`
  table.itemised {
    height: 100%;
    width: 100%;
    table-layout: fixed;
    border-collapse: collapse;
    line-height: 1.15;
    font-size: calc(var(--u) * 4 * var(--fit, 1));
  }
  table.itemised.narrow {
    font-size: calc(var(--u) * 2.8 * var(--fit, 1));
  }
  .itemised td,
  .itemised th {
    padding: 0 0.3em;
    border-bottom: 1px solid var(--line);
    overflow-wrap: anywhere;
  }
  .itemised th[scope],
  .itemised th.item {
    text-align: left;
    padding-left: 0;
    font-weight: 600;
    text-wrap: balance;
  }
  .itemised thead th {
    font-size: 0.78em;
    color: var(--ink-soft);
    font-weight: 600;
  }
  .itemised thead th.votes {
    width: 4.4em;
    white-space: nowrap;
  }
  .itemised th[scope] {
    padding-left: calc(var(--digits) * 0.6em + 0.6em);
  }
  .itemised .ordinal {
    display: inline-block;
    width: calc(var(--digits) * 0.6em);
    margin-left: calc(var(--digits) * -0.6em - 0.6em);
    margin-right: 0.6em;
    text-align: right;
    color: var(--red);
    font-variant-numeric: tabular-nums;
  }
  .itemised th small {
    display: block;
    color: var(--ink-soft);
    font-size: 0.62em;
    font-weight: 400;
  }
  .itemised .filler td {
    border-bottom-color: transparent;
  }
  .itemised thead th.mark {
    width: 7.2em;
  }
  .itemised.narrow thead th.votes {
    width: 3.6em;
  }
  .itemised.narrow thead th.mark {
    width: 2em;
  }
  .itemised td.for {
    font-weight: 800;
  }
  .itemised .mark {
    color: var(--for);
    font-weight: 700;
    font-size: 0.85em;
    white-space: nowrap;
  }
  .itemised .failed th,
  .itemised .failed .mark {
    color: var(--against);
  }
`;

export const itemised: HallKind<ItemisedMotion, ItemisedTally, ItemisedOutcome> = {
  says: ({ items }, words) => words.itemised(items.length),
  titleSize: 7,
  result: decided,
  countsNotPressed: false,
  styles,
};
