import { css, html, nothing, type TemplateResult } from 'lit';
import type { Grade } from '../../shared/ballot.ts';
import { inLanguage, type Language } from '../../shared/ids.ts';
import type { AppraisalMotion, DecisionMotion, SelectionMotion } from '../../shared/motion.ts';
import type { AppraisalOutcome, DecisionOutcome, Result, SelectionOutcome } from '../../shared/result.ts';
import type { AppraisalTally, DecisionTally } from '../../shared/tally.ts';
import type { ResultDocument } from '../views/documents.ts';
import { percent, thresholdWords } from '../views/rule-words.ts';
import { titleSize } from './hall-vote.ts';
import type { HallWords } from './hall-words.ts';

const GRADES: readonly Grade[] = ['satisfied', 'basic', 'dissatisfied', 'dont-know'];

function row(name: string, kind: string, votes: number, most: number): TemplateResult {
  return html`<tr class=${kind}>
    <th scope="row">${name}</th>
    <td class="bars"><div style="width:${most === 0 ? 0 : (votes / most) * 100}%"></div></td>
    <td class="votes">${votes}</td>
  </tr>`;
}

function decision(
  motion: DecisionMotion,
  result: Result,
  tally: DecisionTally,
  outcome: DecisionOutcome,
  words: HallWords,
  language: Language,
) {
  const { passed, needed } = outcome;
  const most = Math.max(tally.for, tally.against, tally.abstain, result.notPressed);
  return html`
    <p class="verdict ${passed ? 'yes' : 'no'}">${passed ? `✓ ${words.passed}` : `✕ ${words.notPassed}`}</p>
    <table class="decision">
      ${row(words.for, 'for', tally.for, most)} ${row(words.against, 'against', tally.against, most)}
      ${row(words.abstain, 'abstain', tally.abstain, most)} ${row(words.notPressed, 'quiet', result.notPressed, most)}
    </table>
    <p class="rule">${thresholdWords(motion.threshold, motion.basis, language)} · ${words.needed(needed)}</p>`;
}

function selection(motion: SelectionMotion, outcome: SelectionOutcome, words: HallWords, language: Language) {
  const { order, runoffPlaces, openPlaces, needed } = outcome;
  const most = Math.max(1, ...order.map(({ votes }) => votes));
  const selected = order.filter(({ standing }) => standing === 'selected').length;
  const columns = order.length > 15 ? 2 : 1;
  const rows = Math.ceil(order.length / columns);
  const title = (id: string) => motion.candidates.find((c) => c.id === id)?.title ?? { zh: id };
  return html`
    <ol class="ranking" style="--columns:${columns};--rows:${rows};font-size:min(${(40 / Math.max(rows, 8)).toFixed(2)}vh, ${columns === 1 ? 2.2 : 1.15}vw)">
      ${order.map(
        ({ id, votes, rank, standing }) => html`<li class=${standing}>
          <span class="rank">${rank}</span>
          <span class="name">${inLanguage(title(id), language)}</span>
          <span class="meter"><i style="width:${(votes / most) * 100}%"></i></span>
          <span class="votes">${votes}</span>
          <span class="standing">${standing === 'selected' ? '✓ ' : ''}${words.standings[standing]}</span>
        </li>`,
      )}
    </ol>
    <p class="rule">
      <b>${words.selectedOf(selected, motion.places)}</b>
      ${runoffPlaces > 0 ? html`<b class="open">${words.runoff(runoffPlaces)}</b>` : nothing}
      ${openPlaces > 0 ? html`<b class="open">${words.openPlaces(openPlaces)}</b>` : nothing}
      ${motion.threshold && needed !== null ? html`<span>${thresholdWords(motion.threshold, motion.basis, language)} · ${words.needed(needed)}</span>` : nothing}
    </p>`;
}

function appraisal(
  motion: AppraisalMotion,
  tally: AppraisalTally,
  outcome: AppraisalOutcome,
  words: HallWords,
  language: Language,
) {
  const grades = GRADES.filter((grade) => grade !== 'dont-know' || motion.dontKnow);
  const size = `min(${(38 / Math.max(motion.items.length + 1, 8)).toFixed(2)}vh, 1.8vw)`;
  return html`<table class="appraisal" style="font-size:${size}">
    <thead>
      <tr>
        <th></th>
        <th></th>
        ${grades.map((grade) => html`<th class="votes">${words[grade]}</th>`)}
        <th class="votes">${words.approval}</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${outcome.items.map(({ id, approval, basis, graded, passed }) => {
        const counts = tally.items.find((item) => item.id === id);
        const title = motion.items.find((item) => item.id === id)?.title ?? { zh: id };
        return html`<tr class=${passed ? '' : 'rectify'}>
          <th scope="row">${inLanguage(title, language)}</th>
          <td class="stack" aria-hidden="true">
            <div>${grades.map((grade) => html`<i class=${grade} style="flex-grow:${graded === 0 ? 0 : (counts?.[grade] ?? 0)}"></i>`)}</div>
          </td>
          ${grades.map((grade) => html`<td class="votes">${counts?.[grade] ?? 0}</td>`)}
          <td class="votes"><b>${percent(approval, basis)}</b></td>
          <td class="mark">${passed ? `✓ ${words.accepted}` : `⚠ ${words.rectify}`}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function outcomeView({ motion, result }: NonNullable<ResultDocument>, words: HallWords, language: Language) {
  const { tally, outcome } = result;
  if (motion.kind === 'decision' && tally.kind === 'decision' && outcome.kind === 'decision')
    return decision(motion, result, tally, outcome, words, language);
  if (motion.kind === 'selection' && outcome.kind === 'selection')
    return selection(motion, outcome, words, language);
  if (motion.kind === 'appraisal' && tally.kind === 'appraisal' && outcome.kind === 'appraisal')
    return appraisal(motion, tally, outcome, words, language);
  return nothing;
}

/** An announced result: bars and figures together, outcome in words and signs, the rule it was decided by. */
export function resultView(
  shown: NonNullable<ResultDocument>,
  words: HallWords,
  language: Language,
): TemplateResult {
  const { motion, result, rehearsal } = shown;
  return html`<section class="result">
    <p class="phase">
      ${rehearsal ? html`<span class="badge">${words.rehearsal}</span>` : nothing}
      ${result.source === 'by-hand' ? html`<span class="badge">${words.byHand}</span>` : nothing}
    </p>
    <h1 style="font-size:${titleSize(inLanguage(motion.title, language), 5.6)}">${inLanguage(motion.title, language)}</h1>
    ${outcomeView(shown, words, language)}
    <p class="sums">
      ${words.roll} <b>${result.roll}</b>　${words.present} <b>${result.present}</b>　${words.cast} <b>${result.cast}</b>　${words.notPressed}
      <b>${result.notPressed}</b>
    </p>
  </section>`;
}

export const resultStyles = css`
  .result {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
  }
  .result .phase {
    min-height: 0;
  }
  .result h1 {
    text-align: center;
  }
  .verdict {
    margin: 1vh 0;
    text-align: center;
    font-size: min(15vh, 8.6vw);
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
    font-size: min(5.6vh, 3.2vw);
  }
  table.decision th {
    width: 1%;
    padding-right: 1em;
    text-align: right;
    white-space: nowrap;
  }
  .bars div {
    height: 5.4vh;
    min-width: 0.4vw;
    border-radius: 0 0.6vh 0.6vh 0;
  }
  .for .bars div {
    background: var(--for);
  }
  .against .bars div {
    background: repeating-linear-gradient(45deg, var(--against) 0 1.2vh, #d9534b 1.2vh 2.4vh);
  }
  .abstain .bars div {
    background: repeating-linear-gradient(90deg, var(--abstain) 0 0.9vh, #d9ae4d 0.9vh 1.8vh);
  }
  .quiet .bars div {
    background: none;
    border: 0.3vh solid var(--quiet);
  }
  .quiet {
    color: var(--ink-soft);
  }
  td.votes,
  th.votes,
  span.votes {
    text-align: right;
    font-variant-numeric: tabular-nums;
    font-weight: 700;
    white-space: nowrap;
  }
  table.decision td.votes {
    width: 1%;
    padding-left: 0.6em;
    font-size: 1.3em;
  }
  .rule {
    margin: 1vh 0 0;
    text-align: center;
    font-size: min(3.4vh, 2vw);
  }
  .rule > * {
    margin: 0 1em;
  }
  .rule .open {
    color: var(--red);
  }
  .sums {
    margin: 1vh 0 0;
    text-align: center;
    font-size: min(3vh, 1.75vw);
    color: var(--ink-soft);
  }
  .sums b {
    color: var(--ink);
    font-variant-numeric: tabular-nums;
  }
  .ranking {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: repeat(var(--columns), 1fr);
    grid-template-rows: repeat(var(--rows), 1fr);
    grid-auto-flow: column;
    gap: 0 2vw;
    margin: 1.4vh 0 0;
    padding: 0;
    list-style: none;
    line-height: 1.15;
  }
  .ranking li {
    display: grid;
    grid-template-columns: 1.8em minmax(0, 3fr) minmax(0, 1fr) 3em 6.4em;
    align-items: center;
    gap: 0.6em;
    border-bottom: 1px solid var(--line);
  }
  .ranking .rank {
    text-align: right;
    color: var(--ink-soft);
  }
  .ranking .meter {
    height: 0.9em;
    border: 1px solid var(--line);
    background: #fff;
  }
  .ranking .meter i {
    display: block;
    height: 100%;
    background: repeating-linear-gradient(45deg, var(--quiet) 0 0.3em, #bdb7ae 0.3em 0.6em);
  }
  .ranking .selected .meter i {
    background: var(--for);
  }
  .ranking .selected .standing {
    color: var(--for);
    font-weight: 700;
  }
  .ranking .selected .name {
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
  table.appraisal {
    flex: 1;
    width: 100%;
    margin-top: 1.4vh;
    border-collapse: collapse;
    line-height: 1.15;
  }
  .appraisal th[scope] {
    text-align: left;
    font-weight: 600;
  }
  .appraisal thead th {
    color: var(--ink-soft);
    font-weight: 600;
  }
  .appraisal td,
  .appraisal th {
    padding: 0 0.5em;
    border-bottom: 1px solid var(--line);
  }
  .stack {
    width: 16%;
  }
  .stack div {
    display: flex;
    height: 1.1em;
    background: #fff;
    border: 1px solid var(--line);
  }
  .stack .satisfied {
    background: var(--for);
  }
  .stack .basic {
    background: repeating-linear-gradient(90deg, #7fb08f 0 0.3em, #a9cbb4 0.3em 0.6em);
  }
  .stack .dissatisfied {
    background: repeating-linear-gradient(45deg, var(--against) 0 0.35em, #d9534b 0.35em 0.7em);
  }
  .mark {
    white-space: nowrap;
    color: var(--for);
    font-weight: 700;
  }
  .rectify .mark {
    color: var(--against);
  }
`;
