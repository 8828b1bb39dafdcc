import { css, html, type TemplateResult } from 'lit';
import { kindOf, type Motion } from '../../../shared/kinds/kinds.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import { basisWords } from '../../contract/rule-words.ts';
import { reading } from './kinds/staff-kind.ts';
import { staffKind } from './kinds/staff-kinds.ts';
import type { MotionWords } from './motion-words.ts';

interface Reader {
  readonly result: Result;
  readonly words: MotionWords;
  readonly language: Language;
}

/** A result in figures, as the staff reads it. */
export function resultTable(motion: Motion, reader: Reader): TemplateResult {
  const { result, words, language } = reader;
  return html`${staffKind(motion.kind).figures(reading(motion, result, words, language))}${sums(motion, reader)}`;
}

function sums(motion: Motion, { result, words, language }: Reader): TemplateResult {
  const basis = basisWords(result.basis, language);
  // Where each item is a question of its own, its valid votes are.
  const byItem = result.basis === 'cast' && kindOf(motion.kind).ballot(motion).length > 1;
  const parts = [
    `${words.roll} ${result.roll}`,
    `${words.present} ${result.present}`,
    `${words.voted} ${result.cast}`,
    `${words.notPressed} ${result.notPressed}`,
    byItem ? words.basisByItem(basis) : words.basis(basis, result.basisCount),
  ];
  return html`<p class="sums soft">${parts.join(' · ')}</p>`;
}

export const resultTableStyles = css`
  .verdict {
    margin: 0.3rem 0 0.6rem;
    font-size: 2rem;
    font-weight: 800;
    line-height: 1.2;
  }
  .verdict small {
    display: inline-block;
    margin-left: 0.4rem;
    font-size: 1rem;
    font-weight: 400;
    color: var(--ink-soft);
  }
  .verdict.yes {
    color: var(--for);
  }
  .verdict.no {
    color: var(--against);
  }
  .for {
    --hue: var(--for);
  }
  .against {
    --hue: var(--against);
  }
  .abstain {
    --hue: var(--abstain);
  }
  .not-pressed {
    --hue: var(--quiet);
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 0.8rem;
  }
  .tiles div {
    display: grid;
    padding: 0.4rem 0.9rem;
    border-left: 0.35rem solid var(--hue);
    background: var(--paper);
  }
  .tiles b {
    font-size: 2.2rem;
    line-height: 1.2;
    font-variant-numeric: tabular-nums;
  }
  .share {
    display: flex;
    height: 0.9rem;
    margin: 0.8rem 0 0;
    gap: 2px;
    overflow: hidden;
    border-radius: 0.3rem;
  }
  .share i {
    background: var(--hue);
    min-width: 0;
  }
  .figures th,
  .figures td {
    padding: 0.28rem 0.5rem;
  }
  .figures .standing {
    white-space: nowrap;
  }
  .figures .selected .standing {
    color: var(--for);
    font-weight: 700;
  }
  .figures .tied .standing {
    color: var(--against);
    font-weight: 700;
  }
  .figures .outvoted,
  .figures .below-threshold {
    color: var(--ink-soft);
  }
  td.bar {
    width: 22%;
  }
  .bar i {
    display: block;
    height: 0.7rem;
    border-radius: 0.2rem;
    background: var(--quiet);
  }
  .selected .bar i {
    background: var(--for);
  }
  .tied .bar i {
    background: var(--abstain);
  }
  .undecided {
    margin: 0 0 0.5rem;
    color: var(--red);
    font-weight: 700;
  }
  .sums {
    margin: 0.6rem 0 0;
    font-variant-numeric: tabular-nums;
  }
`;
