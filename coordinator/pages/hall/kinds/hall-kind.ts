import type { CSSResult, TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { Result } from '../../../../shared/protocol/result.ts';
import type { HallWords } from '../hall-words.ts';

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
