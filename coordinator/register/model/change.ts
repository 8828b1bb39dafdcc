import type { Project, Proposal, Register } from './state.ts';

/** The register in which that proposal has changed. */
export function onProposal(state: Register, id: string, change: (one: Proposal) => Proposal): Register {
  const one = state.proposals.get(id);
  return one ? { ...state, proposals: state.proposals.set(id, change(one)) } : state;
}

/** The register in which that project has changed. */
export function onProject(state: Register, id: string, change: (one: Project) => Project): Register {
  const one = state.projects.get(id);
  return one ? { ...state, projects: state.projects.set(id, change(one)) } : state;
}
