import type { Lamp } from '../../hardware/capabilities.ts';
import type { Choice, Motion } from '../../shared/kinds/kinds.ts';
import type { Pressed } from './kinds/draft-kind.ts';
import { type Draft, draftKind } from './kinds/kinds.ts';
import type { Legend, Meaning } from './legend.ts';

/** A ballot of any kind. */

/** An empty ballot on `motion`. */
export const newDraft = (motion: Motion): Draft => draftKind(motion.kind).begin(motion);

/** Whether the deputy has chosen anything, or is about to submit. */
export const isTouched = (draft: Draft): boolean => draftKind(draft.kind).isTouched(draft);

/** What each key does on `draft` at `now`. */
export const draftLegend = (draft: Draft, now: number): Legend => draftKind(draft.kind).legend(draft, now);

/** Whether the key with `meaning` shows what is chosen already. */
export function lampOf(draft: Draft | null, meaning: Meaning | null): Lamp {
  if (meaning === null) return 'off';
  return draft !== null && draftKind(draft.kind).isChosen(draft, meaning) ? 'chosen' : 'valid';
}

/** The draft after a press that means `meaning`, or the choice it casts. A press that makes no sense is ignored. */
export const pressed = (draft: Draft, meaning: Meaning, at: number): Pressed<Draft, Choice> =>
  draftKind(draft.kind).pressed(draft, meaning, at);
