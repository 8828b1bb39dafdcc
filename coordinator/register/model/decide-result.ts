import type { RegisterAct } from './acts.ts';
import { type Decision, no, yes } from './decided.ts';
import { chosenIn, type HallResult } from './hall-result.ts';
import type { RegisterRefusal } from './refusals.ts';
import type { Cycle, Register } from './state.ts';

export type ResultAct = Extract<RegisterAct, { act: 'enter-result' | 'enter-paper-result' }>;

type Frozen = NonNullable<Cycle['frozen']>;

/** What a result of the hall, or one on paper, enters: only of the very list that is frozen. */
export function decideResult(state: Register, act: ResultAct): Decision {
  const cycle = state.cycles.get(act.cycle);
  if (!cycle) return no('unknown-cycle');
  const list = act.act === 'enter-result' ? act.result.list : act.list;
  if (cycle.withdrawn.has(list) && cycle.frozen?.hash !== list) return no('list-was-withdrawn');
  if (cycle.decided) return no('cycle-decided');
  if (!cycle.frozen) return no('not-frozen');
  if (cycle.frozen.hash !== list) return no('other-list');
  if (act.act === 'enter-result') {
    const refusal = whyNotTake(state, cycle.frozen, act.result);
    return refusal ? no(refusal) : yes({ typ: 'voted', cycle: cycle.year, result: act.result }, 'checkpoint');
  }
  const refusal = whyNotPaper(cycle.frozen, act);
  if (refusal) return no(refusal);
  const { roll, present, cast, votes, chosen, sheet, reason } = act;
  return yes(
    { typ: 'voted-on-paper', cycle: cycle.year, list, roll, present, cast, votes, chosen, sheet, reason },
    'checkpoint',
  );
}

/** Why a result that the verifier found whole decides nothing about this list. */
function whyNotTake(
  { begun, bundles }: Register,
  { list }: Frozen,
  result: HallResult,
): RegisterRefusal | null {
  if (result.congress !== begun?.congress.zh) return 'other-congress';
  if (bundles.has(result.manifest)) return 'bundle-twice';
  const [first] = result.rounds;
  const ids = list.projects.map(({ id }) => id);
  if (
    !first ||
    !isSame(
      first.candidates.map(({ project }) => project),
      ids,
    )
  )
    return 'other-candidates';
  // Later rounds decide what the ones before left open, and nothing else.
  const open = new Set(ids);
  for (const { candidates, roll, present, cast } of result.rounds) {
    if (!candidates.every(({ project }) => open.has(project))) return 'other-candidates';
    if (present > roll || cast > present || candidates.some(({ votes }) => votes > cast))
      return 'counts-impossible';
    for (const { project, selected } of candidates) if (selected) open.delete(project);
  }
  if (chosenIn(result).size > list.places) return 'too-many-chosen';
  return (result.rounds.at(-1)?.tiedPlaces ?? 0) > 0 ? 'tie-open' : null;
}

function whyNotPaper(
  { list }: Frozen,
  { roll, present, cast, votes, chosen }: Extract<ResultAct, { act: 'enter-paper-result' }>,
): RegisterRefusal | null {
  const ids = list.projects.map(({ id }) => id);
  if (
    !isSame(
      votes.map(({ project }) => project),
      ids,
    )
  )
    return 'other-candidates';
  if (present > roll || cast > present || votes.some((one) => one.votes > cast)) return 'counts-impossible';
  if (new Set(chosen).size < chosen.length) return 'named-twice';
  if (!chosen.every((id) => ids.includes(id))) return 'other-candidates';
  return chosen.length > list.places ? 'too-many-chosen' : null;
}

/** Whether both name the same, each once, in whatever order. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  const names = new Set(one);
  return one.length === other.length && names.size === one.length && other.every((id) => names.has(id));
}
