import { kindOf, type Motion } from '../../../../shared/kinds/kinds.ts';
import { inLanguage, type Language } from '../../../../shared/protocol/ids.ts';
import type { Result } from '../../../../shared/protocol/result.ts';
import { headed, type Term } from '../../../../shared/terms.ts';
import { type Cell, escapeHtml } from '../html.ts';

/** A result to be put on paper. */
export interface Reported<Motion, Tally, Outcome> {
  readonly motion: Motion;
  readonly tally: Tally;
  readonly outcome: Outcome;
  readonly result: Result;
}

/** What reports say of motions of one kind. */
export interface ReportKind<Motion, Tally, Outcome> {
  /** The figures and what the rule makes of them, in HTML; `heads` and `figures` are the turnout's columns. */
  readonly html: (
    reported: Reported<Motion, Tally, Outcome>,
    heads: readonly Cell[],
    figures: readonly number[],
  ) => string;
  /** The same for a terminal, line by line. */
  readonly lines: (reported: Reported<Motion, Tally, Outcome>, language: Language) => string[];
}

/** `motion` and its result, as they are reported together. */
export function reported(motion: Motion, result: Result) {
  return { motion, tally: result.tally, outcome: result.outcome, result };
}

/** The title of the item `id` of `motion`. */
export function titleOf(motion: Motion, id: string, language: Language = 'zh'): string {
  const item = kindOf(motion.kind)
    .parts(motion)
    .find((part) => part.id === id);
  return item ? inLanguage(item.title, language) : id;
}

export const verdict = (zh: string, en: string): string =>
  `<p class="verdict">${escapeHtml(zh)} <small>${escapeHtml(en)}</small></p>`;

export const verdictOf = ({ zh, en }: Term): string => verdict(zh, headed(en));
export const both = ({ zh, en }: Term): string => `${zh} ${en}`;
