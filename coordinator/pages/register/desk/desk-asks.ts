import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProposalRow } from '../../../contract/register/documents.ts';
import { type Proposal, reasonQuestion } from '../../parts/confirm-dialog.ts';
import { actAll, registerApi } from '../parts/register-api.ts';
import { draftFor } from './desk-acts.ts';
import { deskWords } from './desk-words.ts';

/** Called with what was done, and to how many. */
type Done = (what: string, count: number) => void;

/** What is asked before a deputy seconds a proposal. */
export function secondAsk({ id }: ProposalRow, language: Language, onDone: Done): Proposal {
  const words = deskWords[language];
  return {
    ...{ name: words.secondName, explains: words.secondExplains },
    act: () => () => actAll([{ of: id, act: { act: 'second', proposal: id } }]),
    onDone: () => onDone(words.secondName, 1),
  };
}

/** What is asked before drafted answers are taken back. */
export function undecideAsk(rows: readonly ProposalRow[], language: Language, onDone: Done): Proposal {
  const words = deskWords[language];
  return {
    ...{ name: words.undecideName, explains: words.undecideExplains },
    act: () => () => actAll(draftFor(rows, null)),
    onDone: () => onDone(words.undecideName, rows.length),
  };
}

/** What is asked before a proposal and its files are erased. */
export function eraseAsk(proposal: string, language: Language, onDone: Done): Proposal {
  const words = deskWords[language];
  return {
    ...{ name: words.eraseName, explains: words.eraseExplains, isGrave: true },
    question: reasonQuestion(language),
    act: (reason) => () => registerApi.act({ act: 'erase', proposal, reason }),
    onDone: () => onDone(words.eraseName, 1),
  };
}
