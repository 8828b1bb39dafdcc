import type { TemplateResult } from 'lit';
import type { Language } from '../../../shared/ids.ts';
import {
  type KindName,
  kindOf,
  type Motion,
  type Of,
  type Outcome,
  type Tally,
} from '../../../shared/kinds/kinds.ts';
import type { Result } from '../../../shared/result.ts';
import type { ChairWords } from '../chair-words.ts';
import type { Fact } from '../confirm-dialog.ts';
import { appraisal } from './chair-appraisal.ts';
import { decision } from './chair-decision.ts';
import { itemised } from './chair-itemised.ts';
import { selection } from './chair-selection.ts';

/** A result as the staff reads it, in the reader's words. */
export interface Reading<Motion, Tally, Outcome> {
  readonly motion: Motion;
  readonly tally: Tally;
  readonly outcome: Outcome;
  readonly result: Result;
  readonly words: ChairWords;
  readonly language: Language;
}

/** What the chair's page says of motions of one kind. */
export interface ChairKind<Motion, Tally, Outcome> {
  /** The heading of the list of what is voted on; none where there is no such list. */
  readonly heading: (parts: number, words: ChairWords) => string | null;
  /** Rules that only this kind has. */
  readonly rules: (motion: Motion, words: ChairWords) => Fact[];
  /** What an outcome comes to, in a few words. */
  readonly outcomeLine: (outcome: Outcome, words: ChairWords) => string;
  /** The figures an announcement shows the hall. */
  readonly facts: (reading: Reading<Motion, Tally, Outcome>) => Fact[];
  /** All figures. */
  readonly figures: (reading: Reading<Motion, Tally, Outcome>) => TemplateResult;
}

type KindOf<K extends KindName> = ChairKind<Of<Motion, K>, Of<Tally, K>, Of<Outcome, K>>;

const KINDS: { readonly [K in KindName]: KindOf<K> } = { decision, selection, appraisal, itemised };

/** The kind called `name`; given what is of a kind not known exactly, it takes what is of that same kind. */
export const chairKind = <K extends KindName>(name: K): KindOf<K> => KINDS[name];

/** `motion` and its result, as they are read together. */
export function reading(motion: Motion, result: Result, words: ChairWords, language: Language) {
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
