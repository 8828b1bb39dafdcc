import { Map as Dictionary } from 'immutable';
import { type List, listHash } from '../../../shared/projects/list.ts';
import type { EntryOf } from '../../chronicle/chronicle.ts';
import type { Outcome, RegisterEntry } from '../model/entries.ts';
import { fold } from '../model/fold.ts';
import { type Cycle, emptyRegister, type Project, type Register, submittedHash } from '../model/state.ts';

/**
 * What a feed tells, folded by the very rules of the register itself. Of `register` only what public entries speak of is
 * there: cycles, frozen lists with their projects, votes, names; no proposal, no draft and no staff.
 */
export interface PublicHistory {
  readonly register: Register;
  /** Proposal → its cleared wording. */
  readonly wordings: Dictionary<string, { readonly title: string; readonly text: string }>;
  /** Proposal → the answer that was released. */
  readonly answers: Dictionary<string, { readonly outcome: Outcome; readonly at: number }>;
}

export const emptyHistory = (): PublicHistory => ({
  register: emptyRegister(),
  wordings: Dictionary(),
  answers: Dictionary(),
});

/** What is true after an entry, or why it cannot be said: the list with that hash is not there, or is not the register's. */
export type Told =
  | { readonly ok: true; readonly history: PublicHistory }
  | { readonly ok: false; readonly reason: 'list-missing' | 'list-other'; readonly list: string };

/** The history after a public entry that a reader has given. @param listOf the list with that hash, null where it is not there. */
export function tell(
  history: PublicHistory,
  entry: EntryOf<RegisterEntry>,
  listOf: (hash: string) => List | null,
): Told {
  const { says } = entry;
  // What was redacted before it is in the digest that it was signed with.
  const known = { ...history.register, feed: { ...history.register.feed, digest: says.feed } };
  let before: Register = known;
  if (says.typ === 'list-frozen') {
    const list = listOf(says.list);
    if (!list) return { ok: false, reason: 'list-missing', list: says.list };
    const cycle = known.cycles.get(says.cycle);
    before = cycle ? handedIn(known, cycle, list) : known;
    const made = before.cycles.get(says.cycle);
    if (!made || submittedHash(before, made) !== says.list || listHash(list) !== says.list)
      return { ok: false, reason: 'list-other', list: says.list };
  }
  const { wordings, answers } = history;
  return {
    ok: true,
    history: {
      register: fold(before, entry),
      wordings:
        says.typ === 'wording-cleared'
          ? wordings.set(says.proposal, { title: says.title, text: says.text })
          : wordings,
      answers:
        says.typ === 'released'
          ? answers.withMutations((all) => {
              for (const { proposal, outcome } of says.outcomes)
                all.set(proposal, { outcome, at: entry.row.time });
            })
          : answers,
    },
  };
}

/** The register right before a list of it was frozen: its candidates as the list has them. */
function handedIn(register: Register, cycle: Cycle, { places, projects }: List): Register {
  const candidates = projects.map(({ id, sheet }): [string, Project] => [
    id,
    { id, cycle: cycle.year, sheet, state: 'candidate' },
  ]);
  const submitted = { places, projects: projects.map(({ id }) => id) };
  return {
    ...register,
    projects: register.projects.merge(candidates),
    cycles: register.cycles.set(cycle.year, { ...cycle, submitted }),
  };
}
