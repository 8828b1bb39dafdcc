import type { RegisterAct } from './acts.ts';
import { type Decision, no, yes } from './decided.ts';
import { gapsOf } from './gaps.ts';
import { type Project, type Register, sheetHash } from './state.ts';

export type ProjectAct = Extract<
  RegisterAct,
  {
    act: 'draft-project' | 'change-project' | 'drop-project' | 'name-candidate' | 'withdraw-candidate';
  }
>;

/** What an act on one project enters. */
export function decideProject(state: Register, act: ProjectAct): Decision {
  if (act.act === 'draft-project') {
    const cycle = state.cycles.get(act.cycle);
    if (!cycle) return no('unknown-cycle');
    if (cycle.decided) return no('cycle-decided');
    if (state.projects.has(act.project)) return no('project-twice');
    return yes({ typ: 'project-drafted', project: act.project, cycle: act.cycle, sheet: act.sheet });
  }
  const project = state.projects.get(act.project);
  if (!project || project.state === 'dropped') return no('unknown-project');
  const { id } = project;
  if (project.state !== 'draft' && project.state !== 'candidate') return no('project-fixed');
  switch (act.act) {
    case 'change-project':
      return act.read === sheetHash(project.sheet) ? change(state, project, act.sheet) : no('other-sheet');
    case 'drop-project':
      if (isSubmitted(state, project)) return no('on-submitted-list');
      return isAnswer(state, project)
        ? no('answers-depend')
        : yes({ typ: 'project-dropped', project: id, reason: act.reason });
    case 'name-candidate': {
      if (project.state !== 'draft') return no('not-a-draft');
      const gaps = gapsOf(project.sheet, state.vocabulary, state.proposals);
      return gaps.length > 0 ? incomplete(project, gaps) : yes({ typ: 'candidate-named', project: id });
    }
    case 'withdraw-candidate':
      if (project.state !== 'candidate') return no('not-a-candidate');
      return isSubmitted(state, project)
        ? no('on-submitted-list')
        : yes({ typ: 'candidate-withdrawn', project: id, reason: act.reason });
  }
}

/** A candidate stays complete while it changes. */
function change(state: Register, project: Project, sheet: Project['sheet']): Decision {
  const gaps = project.state === 'candidate' ? gapsOf(sheet, state.vocabulary, state.proposals) : [];
  return gaps.length > 0
    ? incomplete(project, gaps)
    : yes({ typ: 'project-changed', project: project.id, sheet });
}

const incomplete = ({ id }: Project, gaps: ReturnType<typeof gapsOf>): Decision => ({
  ok: false,
  reason: 'incomplete',
  gaps: gaps.map((gap) => ({ project: id, gap })),
});

/** Whether it stands on the list that was handed in. */
function isSubmitted({ cycles }: Register, { id, cycle }: Project): boolean {
  return cycles.get(cycle)?.submitted?.projects.includes(id) ?? false;
}

/** Whether a proposal is, or is to be, told that this project is its answer. */
function isAnswer({ answersAt }: Register, { id }: Project): boolean {
  return !(answersAt.get(id)?.isEmpty() ?? true);
}
