import type { Item } from './common.ts';

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

/** One question of a Belenios election, answers in its language of record. */
export interface Question {
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly question: string;
}

/** Counts question by question, answer by answer, as an election decrypts to. */
export type Counts = readonly (readonly number[])[];

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
  /** Counts valid choices, one a deputy; their order makes no difference. */
  readonly count: (motion: Motion, choices: Iterable<Choice>) => Tally;
  /** What the motion's rule draws from the counts; whole numbers only. */
  readonly decide: (motion: Motion, tally: Tally, turnout: Turnout) => Outcome;
  /** Whether `cast` deputies can have given these counts: guards a show of hands. */
  readonly fits: (motion: Motion, tally: Tally, cast: number) => boolean;
  /** What is to be voted on again, if anything. */
  readonly undecided: (motion: Motion, outcome: Outcome) => Undecided<Motion> | null;
  /** The motion as questions of an election. */
  readonly questions: (motion: Motion) => readonly Question[];
  /** A valid choice as 0 and 1, question by question, answer by answer. */
  readonly votes: (motion: Motion, choice: Choice) => number[][];
  /** The counts of an election as a tally. */
  readonly tallyOf: (motion: Motion, counts: Counts) => Tally;
  /** A tally as the counts of an election that offers every answer: the inverse of `tallyOf`. */
  readonly countsOf: (tally: Tally) => number[][];
}

/** Why `ids` are no choice among `known`: one of them is not there, or one is named twice. */
export function invalidIds(ids: readonly string[], known: readonly Item[]): InvalidChoice | null {
  const all = new Set(known.map(({ id }) => id));
  if (ids.some((id) => !all.has(id))) return 'unknown-candidate';
  return new Set(ids).size === ids.length ? null : 'candidate-twice';
}

/** How often each of `keys` was said; 0 for one that was not. */
export function counter(keys: Iterable<string>): (key: string) => number {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return (key) => counts.get(key) ?? 0;
}

/** Whether both name the same items in the same order. */
export function sameItems(of: readonly { id: string }[], items: readonly Item[]): boolean {
  return of.length === items.length && of.every(({ id }, i) => id === items[i]?.id);
}
