import type { CSSResult, TemplateResult } from 'lit';
import type { Language } from '../../../shared/ids.ts';
import type { KindName, Motion, Of, Outcome, Tally } from '../../../shared/kinds/kinds.ts';
import type { Result } from '../../../shared/result.ts';
import type { HallWords } from '../hall-words.ts';
import { appraisal } from './hall-appraisal.ts';
import { decision } from './hall-decision.ts';
import { itemised } from './hall-itemised.ts';
import { selection } from './hall-selection.ts';

/** A result as the hall sees it; `page`: which page of its items. */
export interface Shown<Motion, Tally, Outcome> {
  readonly motion: Motion;
  readonly tally: Tally;
  readonly outcome: Outcome;
  readonly result: Result;
  readonly page: number;
  readonly words: HallWords;
  readonly language: Language;
}

/** What the hall's display shows of motions of one kind. */
export interface HallKind<Motion, Tally, Outcome> {
  /** What stands under the title while the vote is open: how to vote, or the text; null for nothing. */
  readonly says: (motion: Motion, words: HallWords, language: Language) => TemplateResult | string | null;
  /** The largest size of the title, in hundredths of the screen's height. */
  readonly titleSize: number;
  /** An announced result. */
  readonly result: (as: Shown<Motion, Tally, Outcome>) => TemplateResult;
  /** Whether the result itself counts those who did not press. */
  readonly countsNotPressed: boolean;
  readonly styles: CSSResult;
}

type KindOf<K extends KindName> = HallKind<Of<Motion, K>, Of<Tally, K>, Of<Outcome, K>>;

const KINDS: { readonly [K in KindName]: KindOf<K> } = { decision, selection, appraisal, itemised };

/** The kind called `name`; given what is of a kind not known exactly, it takes what is of that same kind. */
export const hallKind = <K extends KindName>(name: K): KindOf<K> => KINDS[name];

export const hallKindStyles: readonly CSSResult[] = Object.values(KINDS).map(({ styles }) => styles);
