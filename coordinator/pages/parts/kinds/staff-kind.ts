import type { TemplateResult } from 'lit';
import { kindOf, type Motion } from '../../../../shared/kinds/kinds.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { Result } from '../../../../shared/protocol/result.ts';
import type { Fact } from '../confirm-dialog.ts';
import type { MotionWords } from '../motion-words.ts';

/** A result as the staff reads it, in the reader's words. */
export interface Reading<Motion, Tally, Outcome> {
  readonly motion: Motion;
  readonly tally: Tally;
  readonly outcome: Outcome;
  readonly result: Result;
  readonly words: MotionWords;
  readonly language: Language;
}

/** What pages of the staff say of motions of one kind. */
export interface StaffKind<Motion, Tally, Outcome> {
  /** The heading of the list of what is voted on; none where there is no such list. */
  readonly heading: (parts: number, words: MotionWords) => string | null;
  /** What one of them is called. */
  readonly part: (words: MotionWords) => string;
  /** Rules that only this kind has. */
  readonly rules: (motion: Motion, words: MotionWords) => Fact[];
  /** What an outcome comes to, in a few words. */
  readonly outcomeLine: (outcome: Outcome, words: MotionWords) => string;
  /** The figures an announcement shows the hall. */
  readonly facts: (reading: Reading<Motion, Tally, Outcome>) => Fact[];
  /** All figures. */
  readonly figures: (reading: Reading<Motion, Tally, Outcome>) => TemplateResult;
}

/** `motion` and its result, as they are read together. */
export function reading(motion: Motion, result: Result, words: MotionWords, language: Language) {
  const { tally, outcome } = result;
  return { motion, tally, outcome, result, words, language };
}

/** The title of the item `id` of `motion`. */
export function titleOf(motion: Motion, id: string): { zh: string } {
  return (
    kindOf(motion.kind)
      .parts(motion)
      .find((part) => part.id === id)?.title ?? { zh: id }
  );
}
