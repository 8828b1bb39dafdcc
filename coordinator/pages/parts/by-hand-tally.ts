import { tallyOfCounts } from '../../../shared/kinds/counting.ts';
import type { Cell } from '../../../shared/kinds/kind.ts';
import { kindOf, type Motion, type Tally } from '../../../shared/kinds/kinds.ts';
import { inLanguage, type Language } from '../../../shared/protocol/ids.ts';
import type { MotionWords } from './motion-words.ts';

/** A count of the form; null while it is not filled in. */
export type Entered = (name: string) => number | null;

/** What a show of hands gave, or what is wrong with it so far. */
export type HandCount =
  | { readonly ok: true; readonly tally: Tally; readonly cast: number }
  | { readonly ok: false; readonly problem: string };

/** How many voted: of a motion without items the sum of its marks, else a field of its own. */
export const CAST_FIELD = 'cast';

/** The name of a cell's field. */
export function fieldOf({ item, mark }: Cell): string {
  if (item === '') return mark;
  return mark === 'chosen' ? item : `${item}/${mark}`;
}

/** Whether the form asks how many voted. */
export const asksCast = (motion: Motion): boolean => kindOf(motion.kind).parts(motion).length > 0;

const cellsOf = (motion: Motion): Cell[] =>
  kindOf(motion.kind)
    .ballot(motion)
    .flatMap(({ cells }) => cells);

/** The fields whose counts must be filled in. */
export function fieldsOf(motion: Motion): string[] {
  return [...(asksCast(motion) ? [CAST_FIELD] : []), ...cellsOf(motion).map(fieldOf)];
}

const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + n, 0);

/** Checks a show of hands as the coordinator will, while it is being typed. */
export function handCount(
  motion: Motion,
  entered: Entered,
  present: number,
  words: MotionWords['checks'],
  language: Language,
): HandCount {
  if (fieldsOf(motion).some((name) => entered(name) === null)) return { ok: false, problem: words.empty };
  const { ballot, parts } = kindOf(motion.kind);
  const count = (cell: Cell) => entered(fieldOf(cell)) ?? 0;
  const questions = ballot(motion);
  const counts = questions.map(({ cells }) => cells.map(count));
  const cast = asksCast(motion) ? (entered(CAST_FIELD) ?? 0) : sum(counts.flat());
  if (cast > present) return { ok: false, problem: words['too-many-cast'](cast, present) };

  for (const { id, title } of parts(motion)) {
    const votes = sum(
      cellsOf(motion)
        .filter(({ item }) => item === id)
        .map(count),
    );
    if (votes > cast)
      return { ok: false, problem: words['too-many-votes'](inLanguage(title, language), votes, cast) };
  }
  for (const [i, { max }] of questions.entries()) {
    const all = sum(counts[i] ?? []);
    if (all > cast * max) return { ok: false, problem: words['too-many-chosen'](all, cast * max) };
  }
  return { ok: true, tally: tallyOfCounts(motion, counts), cast };
}
