import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import type { Text } from '../../../shared/protocol/ids.ts';
import type { Outcome } from './entries.ts';
import type { Proposal, Register } from './state.ts';

/** A proposal of which it is drafted what is to become of it. */
export interface Drafted {
  readonly proposal: Proposal;
  readonly draft: Outcome;
}

/** What is drafted of a cycle and not released, in the order of the proposals' numbers. */
export function draftedIn({ draftedOf, proposals }: Register, cycle: number): readonly Drafted[] {
  const ids = draftedOf.get(cycle)?.toArray().sort() ?? [];
  return ids.flatMap((id) => {
    const proposal = proposals.get(id);
    return proposal?.draft ? [{ proposal, draft: proposal.draft }] : [];
  });
}

/**
 * Which answers are drafted of a cycle, to the letter, and by which titles they will name projects: what somebody has seen who
 * releases them.
 */
export function draftsHash(state: Register, cycle: number): string {
  const titles = new Map<string, Text | null>();
  const answers = draftedIn(state, cycle).map(({ proposal, draft }) => {
    if (draft.is === 'adopted')
      titles.set(draft.project, state.projects.get(draft.project)?.sheet.title ?? null);
    return [proposal.id, draft];
  });
  return sha256Hex(JSON.stringify({ answers, titles: [...titles] }));
}
