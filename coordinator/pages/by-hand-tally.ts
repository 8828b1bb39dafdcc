import { inLanguage, type Language } from '../../shared/ids.ts';
import type { Motion, Tally } from '../../shared/kinds/kinds.ts';
import type { ChairWords } from './chair-words.ts';

/** A count of the form; null while it is not filled in. */
export type Entered = (name: string) => number | null;

/** What a show of hands gave, or what is wrong with it so far. */
export type HandCount =
  | { readonly ok: true; readonly tally: Tally; readonly cast: number }
  | { readonly ok: false; readonly problem: string };

/** How many voted: of a decision the sum of its options, else a field of its own. */
export const CAST_FIELD = 'cast';

const orZero = (entered: Entered) => (name: string) => entered(name) ?? 0;

/** The fields whose counts must be filled in. */
export function fieldsOf(motion: Motion): string[] {
  switch (motion.kind) {
    case 'decision':
      return ['for', 'against', 'abstain'];
    case 'selection':
      return [CAST_FIELD, ...motion.candidates.map(({ id }) => id)];
    case 'appraisal': {
      const grades = ['satisfied', 'basic', 'dissatisfied', ...(motion.dontKnow ? ['dont-know'] : [])];
      return [CAST_FIELD, ...motion.items.flatMap(({ id }) => grades.map((grade) => `${id}/${grade}`))];
    }
  }
}

function tallyOf(motion: Motion, count: (name: string) => number): Tally {
  switch (motion.kind) {
    case 'decision':
      return { kind: 'decision', for: count('for'), against: count('against'), abstain: count('abstain') };
    case 'selection':
      return { kind: 'selection', votes: motion.candidates.map(({ id }) => ({ id, votes: count(id) })) };
    case 'appraisal':
      return {
        kind: 'appraisal',
        items: motion.items.map(({ id }) => ({
          id,
          satisfied: count(`${id}/satisfied`),
          basic: count(`${id}/basic`),
          dissatisfied: count(`${id}/dissatisfied`),
          'dont-know': count(`${id}/dont-know`),
        })),
      };
  }
}

/** The votes given on each candidate or item, in the motion's order. */
function votesByItem(tally: Tally): number[] {
  switch (tally.kind) {
    case 'decision':
      return [];
    case 'selection':
      return tally.votes.map(({ votes }) => votes);
    case 'appraisal':
      return tally.items.map((i) => i.satisfied + i.basic + i.dissatisfied + i['dont-know']);
  }
}

/** Checks a show of hands as the coordinator will, while it is being typed. */
export function handCount(
  motion: Motion,
  entered: Entered,
  present: number,
  words: ChairWords['checks'],
  language: Language,
): HandCount {
  if (fieldsOf(motion).some((name) => entered(name) === null)) return { ok: false, problem: words.empty };
  const tally = tallyOf(motion, orZero(entered));
  const cast =
    tally.kind === 'decision' ? tally.for + tally.against + tally.abstain : (entered(CAST_FIELD) ?? 0);
  if (cast > present) return { ok: false, problem: words['too-many-cast'](cast, present) };

  const items =
    motion.kind === 'decision' ? [] : motion.kind === 'selection' ? motion.candidates : motion.items;
  const votes = votesByItem(tally);
  const wrong = votes.findIndex((n) => n > cast);
  const item = items[wrong];
  if (item)
    return {
      ok: false,
      problem: words['too-many-votes'](inLanguage(item.title, language), votes[wrong] ?? 0, cast),
    };
  if (motion.kind === 'selection') {
    const sum = votes.reduce((all, n) => all + n, 0);
    const most = cast * motion.places;
    if (sum > most) return { ok: false, problem: words['too-many-chosen'](sum, most) };
  }
  return { ok: true, tally, cast };
}
