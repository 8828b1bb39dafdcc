import type { Cell, Mark } from './kind.ts';
import { type Choice, kindOf, type Motion, type Tally } from './kinds.ts';

/** Counting, the same for every kind: a ballot is cells to mark, and a tally says how often each was marked. */

/** Counts question by question, cell by cell. */
export type Counts = readonly (readonly number[])[];

const keyOf = ({ item, mark }: Cell): string => `${item}/${mark}`;

function tallied(motion: Motion, marks: ReadonlyMap<string, number>): Tally {
  return kindOf(motion.kind).tally(
    motion,
    (item: string, mark: Mark) => marks.get(keyOf({ item, mark })) ?? 0,
  );
}

/** Counts valid choices on `motion`, one a deputy; their order makes no difference. */
export function tallyOf(motion: Motion, choices: Iterable<Choice>): Tally {
  const marks = new Map<string, number>();
  for (const choice of choices)
    for (const cell of kindOf(choice.kind).marked(choice)) {
      const key = keyOf(cell);
      marks.set(key, (marks.get(key) ?? 0) + 1);
    }
  return tallied(motion, marks);
}

/** How many cells each question of the ballot has. */
export const shapeOf = (motion: Motion): number[] =>
  kindOf(motion.kind)
    .ballot(motion)
    .map(({ cells }) => cells.length);

/** A valid choice on `motion` as 0 and 1, question by question, cell by cell. */
export function votesOf(motion: Motion, choice: Choice): number[][] {
  if (choice.kind !== motion.kind) throw new Error(`a ${choice.kind} choice on a ${motion.kind} motion`);
  const marked = new Set(kindOf(choice.kind).marked(choice).map(keyOf));
  return kindOf(motion.kind)
    .ballot(motion)
    .map(({ cells }) => cells.map((cell) => (marked.has(keyOf(cell)) ? 1 : 0)));
}

/** Counts, of an election or of a show of hands, as a tally. */
export function tallyOfCounts(motion: Motion, counts: Counts): Tally {
  const questions = kindOf(motion.kind).ballot(motion);
  return tallied(
    motion,
    new Map(
      questions.flatMap(({ cells }, i) =>
        cells.map((cell, j): [string, number] => [keyOf(cell), counts[i]?.[j] ?? 0]),
      ),
    ),
  );
}

/** A tally as the counts of its ballot: the inverse of {@link tallyOfCounts}. */
export function countsOf(motion: Motion, tally: Tally): number[][] {
  const shape = shapeOf(motion);
  return kindOf(tally.kind)
    .marks(tally)
    .map((counts, i) => counts.slice(0, shape[i]));
}

/** Whether `cast` ballots on `motion` can come to `tally`: guards a show of hands. */
export function fits(motion: Motion, tally: Tally, cast: number): boolean {
  const counts = kindOf(tally.kind).marks(tally);
  // Anything but the motion's own items in their order, and marks that it offers, comes back as something else.
  if (JSON.stringify(tallyOfCounts(motion, counts)) !== JSON.stringify(tally)) return false;
  return kindOf(motion.kind)
    .ballot(motion)
    .every(({ min, max }, i) => {
      const marks = counts[i] ?? [];
      const sum = marks.reduce((all, n) => all + n, 0);
      return marks.every((n) => n <= cast) && min * cast <= sum && sum <= max * cast;
    });
}
