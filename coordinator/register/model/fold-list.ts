import { onProject } from './change.ts';
import type { RegisterEntry } from './entries.ts';
import { type Register, submittedList } from './state.ts';

/** The register after an entry on the list of a cycle. */
export function foldList(
  state: Register,
  says: Extract<RegisterEntry, { typ: 'list-submitted' | 'list-frozen' | 'list-withdrawn' }>,
  at: number,
): Register {
  const cycle = state.cycles.get(says.cycle);
  if (!cycle) return state;
  const withCycle = (after: Register, change: Partial<typeof cycle>): Register => ({
    ...after,
    cycles: after.cycles.set(says.cycle, { ...cycle, ...change }),
  });
  switch (says.typ) {
    case 'list-submitted':
      return withCycle(state, { submitted: { places: says.places, projects: says.projects } });
    case 'list-frozen': {
      const list = submittedList(state, cycle);
      if (!list) return state;
      return withCycle(moved(state, list.projects, 'listed'), { frozen: { list, hash: says.list, at } });
    }
    case 'list-withdrawn': {
      const { frozen } = cycle;
      if (!frozen) return state;
      return withCycle(moved(state, frozen.list.projects, 'candidate'), {
        frozen: null,
        submitted: null,
        withdrawn: cycle.withdrawn.set(frozen.hash, frozen.list),
      });
    }
  }
}

function moved(
  state: Register,
  projects: readonly { readonly id: string }[],
  to: 'listed' | 'candidate',
): Register {
  return projects.reduce((sofar, { id }) => onProject(sofar, id, (one) => ({ ...one, state: to })), state);
}
