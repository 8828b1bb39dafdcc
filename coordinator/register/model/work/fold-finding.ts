import { List as Sequence } from 'immutable';
import type { WorkEntry } from './work-entries.ts';
import type { Entered, Finding, Work } from './works.ts';

type FindingEntry = Extract<
  WorkEntry,
  { typ: 'found' | 'finding-answered' | 'finding-returned' | 'finding-closed' }
>;

/** The project after something was found, answered, returned or closed. */
export function foldFinding(work: Work, says: FindingEntry, entered: Entered): Work {
  const found = says.typ === 'found' ? begun(says, entered) : work.findings.get(says.finding);
  if (!found) return work;
  return { ...work, findings: work.findings.set(found.finding, after(found, says, entered)) };
}

function begun(says: Extract<FindingEntry, { typ: 'found' }>, entered: Entered): Finding {
  const { finding, part, words, due, photos, voice } = says;
  const none = { answers: Sequence<never>(), returns: Sequence<never>(), closed: null };
  return { ...entered, finding, part, words, due, photos, voice, ...none, state: 'open' };
}

function after(one: Finding, says: FindingEntry, entered: Entered): Finding {
  switch (says.typ) {
    case 'found':
      return one;
    case 'finding-answered': {
      const { words, evidence } = says;
      return { ...one, state: 'answered', answers: one.answers.push({ ...entered, words, evidence }) };
    }
    case 'finding-returned': {
      const { words, due } = says;
      return { ...one, state: 'open', due, returns: one.returns.push({ ...entered, words, due }) };
    }
    case 'finding-closed':
      return { ...one, state: 'closed', closed: { ...entered, words: says.words } };
  }
}
