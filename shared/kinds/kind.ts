import type { Text } from '../protocol/ids.ts';
import type { Grade } from './appraisal.ts';
import type { Item } from './common.ts';
import type { Option } from './options.ts';

/** What must be known of the vote beside its counts: 应到, 实到, 已表决. */
export interface Turnout {
  readonly roll: number;
  readonly present: number;
  readonly cast: number;
}

/** Why a choice is no valid ballot. */
export type InvalidChoice =
  | 'choice-of-another-kind'
  | 'unknown-candidate'
  | 'candidate-twice'
  | 'too-many-candidates'
  | 'grade-not-offered';

/** What can be marked on a ballot beside an item, or beside the motion itself. */
export type Mark = Option | Grade | 'chosen';

/** One place on a ballot that can be marked; `item` is empty where it is the motion itself that is voted on. */
export interface Cell<M extends Mark = Mark> {
  readonly item: string;
  readonly mark: M;
}

/** Cells of which a ballot marks from `min` to `max`: one question of an election. */
export interface Question {
  readonly title: Text;
  readonly cells: readonly Cell[];
  readonly min: number;
  readonly max: number;
}

/** What a motion's rule left undecided: who is voted on again, for how many places, by which rule. */
export interface Undecided<M> {
  readonly is: 'runoff' | 'open-places';
  readonly motion: M;
}

/**
 * 表决事项的种类: everything that votes of one kind do differently, pure. `Motion`, `Choice`, `Tally` and `Outcome` are the
 * kind's own; callers have checked that they belong together.
 */
export interface Kind<Motion, Choice, Tally, Outcome> {
  /** The candidates or items voted on; none where the motion itself is voted on. */
  readonly parts: (motion: Motion) => readonly Item[];
  /** Why `choice` is no valid ballot; null where it is one. */
  readonly invalid: (motion: Motion, choice: Choice) => InvalidChoice | null;
  /** The ballot as it stands before the deputy, question by question, cell by cell. */
  readonly ballot: (motion: Motion) => readonly Question[];
  /** The cells that a choice marks. */
  readonly marked: (choice: Choice) => readonly Cell[];
  /** The tally, given how often each cell was marked. */
  readonly tally: (motion: Motion, marks: (item: string, mark: Mark) => number) => Tally;
  /** How often each cell was marked, question by question, on a ballot that offers every mark: the inverse of `tally`. */
  readonly marks: (tally: Tally) => number[][];
  /** What the motion's rule draws from the counts; whole numbers only. */
  readonly decide: (motion: Motion, tally: Tally, turnout: Turnout) => Outcome;
  /** What is to be voted on again, if anything. */
  readonly undecided: (motion: Motion, outcome: Outcome) => Undecided<Motion> | null;
}

/** Why `ids` are no choice among `known`: one of them is not there, or one is named twice. */
export function invalidIds(ids: readonly string[], known: readonly Item[]): InvalidChoice | null {
  const all = new Set(known.map(({ id }) => id));
  if (ids.some((id) => !all.has(id))) return 'unknown-candidate';
  return new Set(ids).size === ids.length ? null : 'candidate-twice';
}
