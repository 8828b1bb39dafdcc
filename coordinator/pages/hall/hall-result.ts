import { css, html, nothing, type TemplateResult } from 'lit';
import { turnsOf } from '../../../shared/kinds/turn.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { ResultDocument } from '../../contract/documents.ts';
import { shown as asRead, toRead } from '../parts/language.ts';
import { itemsOf, pageMark, receiptsCode, turnMarks } from './hall-vote.ts';
import type { HallWords } from './hall-words.ts';
import { hallKind, hallKindStyles } from './kinds/hall-kinds.ts';
import { pageAt, pagesOf, titleSize } from './layout.ts';

type Shown = NonNullable<ResultDocument>;

/** An announced result: bars and figures together, outcome in words and signs, the rule it was decided by. */
export function resultView(
  shown: Shown,
  elapsed: number,
  receiptsAt: string,
  words: HallWords,
  language: Language,
): TemplateResult {
  const { motion, result, rehearsal } = shown;
  const pages = pagesOf(itemsOf(motion)).length;
  const page = pageAt(elapsed, pages);
  const title = toRead(motion.title, language);
  const isSecret = motion.voting === 'secret' && result.source === 'terminals';
  const turns = turnsOf(motion, shown.round);
  const isMarked = rehearsal || turns.length > 0 || result.source === 'by-hand' || pages > 1;
  return html`<section class="result ${turns.length > 0 ? 'not-first' : ''}">
    ${
      isMarked
        ? html`<p class="phase">
            ${rehearsal ? html`<span class="badge">${words.rehearsal}</span>` : nothing}
            ${turnMarks(turns, language)}
            ${result.source === 'by-hand' ? html`<span class="badge">${words.byHand}</span>` : nothing}
            ${pageMark(page, pages, words)}
          </p>`
        : nothing
    }
    <h1 style="font-size:${titleSize(title, 5.6)}">${asRead(motion.title, language)}</h1>
    ${hallKind(motion.kind).result({ motion, result, tally: result.tally, outcome: result.outcome, page, words, language })}
    <p class="sums">
      <span>${words.roll} <b>${result.roll}</b></span>
      <span>${words.present} <b>${result.present}</b></span>
      <span>${isSecret ? `${words.secret} · ` : ''}${words.cast} <b>${result.cast}</b></span>
      ${hallKind(motion.kind).countsNotPressed ? nothing : html`<span>${words.notPressed} <b>${result.notPressed}</b></span>`}
      ${isSecret ? receiptsCode(receiptsAt, words) : nothing}
    </p>
  </section>`;
}

export const resultStyles = [
  css`
    .result {
      display: flex;
      flex-direction: column;
      height: 100%;
      min-height: 0;
    }
    .result .phase {
      justify-content: center;
      margin-bottom: 1vh;
    }
    .result .receipts {
      display: flex;
      align-items: center;
      gap: 0.6em;
    }
    .result .qr {
      width: calc(var(--u) * 9);
      height: calc(var(--u) * 9);
    }
    .result h1 {
      text-align: center;
    }
    td.votes,
    th.votes,
    span.votes {
      text-align: right;
      font-variant-numeric: tabular-nums;
      font-weight: 700;
      white-space: nowrap;
    }
    .rule {
      margin: 0.8vh 0 0;
      text-align: center;
      font-size: calc(var(--u) * 3.2);
    }
    .rule > span,
    .rule > .open,
    .rule > b + span {
      margin: 0 0.8em;
      white-space: nowrap;
    }
    .rule .open {
      color: var(--red);
    }
    .sums {
      display: flex;
      justify-content: center;
      align-items: center;
      gap: 1.4em;
      margin: 0.6vh 0 0;
      font-size: calc(var(--u) * 3);
      color: var(--ink-soft);
    }
    .sums b {
      color: var(--ink);
      font-variant-numeric: tabular-nums;
    }
  `,
  ...hallKindStyles,
];
