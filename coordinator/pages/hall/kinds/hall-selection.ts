import { css, html, nothing, type TemplateResult } from 'lit';
import type {
  SelectionMotion,
  SelectionOutcome,
  SelectionTally,
} from '../../../../shared/kinds/selection.ts';
import { thresholdWords } from '../../../contract/rule-words.ts';
import { shown } from '../../parts/language.ts';
import { figureColumns, pagesOf } from '../layout.ts';
import type { HallKind, Shown } from './hall-kind.ts';

type ShownSelection = Shown<SelectionMotion, SelectionTally, SelectionOutcome>;

const SIGNS = { selected: '✓ ', tied: '＝ ', outvoted: '', 'below-threshold': '' } as const;

/** Candidates by votes, most first: who is in, who is tied at the last place, which places stay open. */
function ranked({ motion, outcome, page, words, language }: ShownSelection): TemplateResult {
  const order = pagesOf(outcome.order)[page] ?? [];
  const { runoffPlaces, openPlaces, needed } = outcome;
  const most = Math.max(1, ...outcome.order.map(({ votes }) => votes));
  const selected = outcome.order.filter(({ standing }) => standing === 'selected').length;
  const columns = figureColumns(order.length);
  const title = (id: string) => motion.candidates.find((c) => c.id === id)?.title ?? { zh: id };
  return html`
    <ol class="ranking columns-${columns}" data-fit style="--columns:${columns};--rows:${Math.ceil(order.length / columns)}">
      ${order.map(
        ({ id, votes, rank, standing }) => html`<li class=${standing}>
          <span class="rank">${rank}</span>
          <span class="name">${shown(title(id), language)}</span>
          <span class="meter"><i style="width:${(votes / most) * 100}%"></i></span>
          <span class="votes">${votes}</span>
          <span class="standing">${SIGNS[standing]}${words.standings[standing]}</span>
        </li>`,
      )}
    </ol>
    <p class="rule" role="status">
      <b>${words.selectedOf(selected, motion.places)}</b>
      ${runoffPlaces > 0 ? html`<b class="open">${words.runoff(runoffPlaces)}</b>` : nothing}
      ${openPlaces > 0 ? html`<b class="open">${words.openPlaces(openPlaces)}</b>` : nothing}
      ${motion.threshold && needed !== null ? html`<span>${thresholdWords(motion.threshold, motion.basis, language)} · ${words.needed(needed)}</span>` : nothing}
    </p>`;
}

const styles = css`
  .ranking {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    grid-template-rows: repeat(var(--rows), 1fr);
    grid-auto-flow: column;
    gap: 0 2vw;
    margin: 1vh 0 0;
    padding: 0;
    list-style: none;
    line-height: 1.15;
    font-size: calc(var(--u) * 5 * var(--fit, 1));
  }
  .ranking.columns-2 {
    font-size: calc(var(--u) * 3.4 * var(--fit, 1));
  }
  .ranking li {
    display: grid;
    grid-template-columns: 1.6em minmax(0, 1fr) minmax(0, 20vw) 2.6em 8em;
    align-items: center;
    gap: 0.5em;
    border-bottom: 1px solid var(--line);
  }
  .ranking.columns-2 li {
    grid-template-columns: 1.4em minmax(0, 1fr) minmax(0, 6vw) 2.2em 8em;
  }
  .ranking .name {
    text-wrap: balance;
  }
  .ranking .standing {
    white-space: nowrap;
  }
  .ranking .rank {
    text-align: right;
    color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
  }
  .ranking .meter {
    height: 0.8em;
    border: 1px solid var(--line);
    background: var(--card);
  }
  .ranking .meter i {
    display: block;
    height: 100%;
    background: repeating-linear-gradient(45deg, var(--quiet) 0 0.3em, color-mix(in srgb, var(--quiet) 55%, white) 0.3em 0.6em);
  }
  .ranking .selected .meter i {
    background: var(--for);
  }
  .ranking .tied .meter i {
    background: repeating-linear-gradient(90deg, var(--red) 0 0.3em, color-mix(in srgb, var(--red) 45%, white) 0.3em 0.6em);
  }
  .ranking .selected .standing {
    color: var(--for);
    font-weight: 700;
  }
  .ranking .selected .name,
  .ranking .tied .name {
    font-weight: 700;
  }
  .ranking .tied .standing {
    color: var(--red);
    font-weight: 700;
  }
  .ranking .outvoted,
  .ranking .below-threshold {
    color: var(--ink-soft);
  }
`;

export const selection: HallKind<SelectionMotion, SelectionTally, SelectionOutcome> = {
  says: ({ places, candidates }, words) => words.places(places, candidates.length),
  titleSize: 7,
  result: ranked,
  countsNotPressed: false,
  styles,
};
