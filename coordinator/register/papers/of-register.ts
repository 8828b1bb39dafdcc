import { inLanguage, type Language } from '../../../shared/protocol/ids.ts';
import { chosenIn, votesFor } from '../model/hall-result.ts';
import type { Cycle, Register } from '../model/state.ts';
import type { Answered, BookletPaper, ProjectVote } from './documents.ts';

/** What a proposer may be told: the answer that was released, in names; null before. What is drafted stays out of it. */
export function answeredOf(register: Register, proposal: string, language: Language): Answered | null {
  const outcome = register.proposals.get(proposal)?.answer?.outcome;
  if (!outcome) return null;
  const name = (names: ReadonlyMap<string, { zh: string }>, id: string) => {
    const text = names.get(id);
    return text ? inLanguage(text, language) : id;
  };
  switch (outcome.is) {
    case 'merged': {
      const into = register.proposals.get(outcome.into);
      // One step: nothing is merged into what is merged itself.
      const became =
        into?.answer?.outcome.is === 'merged' ? null : answeredOf(register, outcome.into, language);
      return { is: 'merged', into: outcome.into, title: into?.wording?.title ?? null, became };
    }
    case 'excluded':
      return {
        is: 'excluded',
        ground: name(register.vocabulary.grounds, outcome.ground),
        reason: outcome.reason,
      };
    case 'not-adopted':
      return { is: 'not-adopted', reason: outcome.reason };
    case 'adopted': {
      const { project } = outcome;
      const cycle = register.cycles.get(register.projects.get(project)?.cycle ?? 0);
      const listed = cycle?.frozen?.list.projects.find(({ id }) => id === project);
      const title = listed?.sheet.title ?? register.titles.get(project);
      return {
        is: 'adopted',
        project: title ? inLanguage(title, language) : project,
        vote: cycle ? voteOn(cycle, project) : null,
      };
    }
  }
}

/** How a project fared; null where it was not voted on. */
export function voteOn({ frozen, decided }: Cycle, project: string): ProjectVote | null {
  if (!frozen || !decided || !frozen.list.projects.some(({ id }) => id === project)) return null;
  if (decided.how === 'paper') {
    const proof = { how: 'paper', hash: decided.sheet } as const;
    const found = decided.votes.find((each) => each.project === project);
    const count = found ? { votes: found.votes, roll: decided.roll } : null;
    return { isChosen: decided.chosen.includes(project), count, list: frozen.hash, proof };
  }
  const votes = votesFor(decided.result, project);
  return {
    isChosen: chosenIn(decided.result).has(project),
    count: votes && { votes: votes.votes, roll: votes.roll },
    list: decided.result.list,
    proof: { how: 'bundle', hash: decided.result.manifest },
  };
}

/** The booklet of a frozen list; null where none is frozen. */
export function bookletOf(
  { frozen }: Cycle,
  issued: Pick<BookletPaper, 'language' | 'issuer' | 'date' | 'number'>,
): BookletPaper | null {
  return frozen && { kind: 'booklet', ...issued, list: frozen.list, hash: frozen.hash };
}
