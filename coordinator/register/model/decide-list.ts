import { listText } from '../../../shared/projects/list.ts';
import { MOST_HALL_LIST } from '../../../shared/projects/read-list.ts';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import type { RegisterAct } from './acts.ts';
import { type Decision, no, yes } from './decided.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { type Cycle, type Register, submittedList } from './state.ts';

export type ListAct = Extract<RegisterAct, { act: 'submit-list' | 'freeze-list' | 'withdraw-list' }>;

/** What an act on the list of a cycle enters. */
export function decideList(state: Register, act: ListAct): Decision {
  const cycle = state.cycles.get(act.cycle);
  if (!cycle) return no('unknown-cycle');
  if (cycle.decided) return no('cycle-decided');
  switch (act.act) {
    case 'submit-list':
      return submit(state, cycle, act);
    case 'freeze-list':
      return freeze(state, cycle, act.list);
    case 'withdraw-list':
      if (!cycle.frozen) return no('not-frozen');
      return cycle.frozen.hash === act.list
        ? yes({ typ: 'list-withdrawn', cycle: cycle.year, list: act.list, reason: act.reason }, 'checkpoint')
        : no('other-list');
  }
}

function submit(
  state: Register,
  { year, frozen }: Cycle,
  { places, projects }: Extract<ListAct, { act: 'submit-list' }>,
): Decision {
  if (frozen) return no('list-frozen');
  if (new Set(projects).size < projects.length) return no('named-twice');
  // 差额: without a surplus there is nothing to choose.
  if (projects.length <= places) return no('no-surplus');
  for (const id of projects) {
    const project = state.projects.get(id);
    if (!project || project.state === 'dropped') return no('unknown-project');
    if (project.cycle !== year) return no('other-cycle');
    if (project.state !== 'candidate') return no('not-a-candidate');
  }
  return yes({ typ: 'list-submitted', cycle: year, places, projects });
}

function freeze(state: Register, cycle: Cycle, hash: string): Decision {
  if (cycle.frozen) return no('list-frozen');
  if (!cycle.submitted) return no('nothing-submitted');
  // What two persons have read is what is frozen: a letter changed since, and it is another list.
  const list = submittedList(state, cycle);
  const text = list && listText(list);
  if (text === null || sha256Hex(text) !== hash) return no('other-list');
  if (text.length > MOST_HALL_LIST) return no('list-too-long');
  const gaps: { project: string; gap: Gap }[] = [];
  for (const id of cycle.submitted.projects) {
    const project = state.projects.get(id);
    if (project?.state !== 'candidate') return no('not-a-candidate');
    for (const gap of gapsOf(project.sheet, state.vocabulary, state.proposals))
      gaps.push({ project: id, gap });
  }
  if (gaps.length > 0) return { ok: false, reason: 'incomplete', gaps };
  return yes({ typ: 'list-frozen', cycle: cycle.year, list: hash }, 'checkpoint');
}
