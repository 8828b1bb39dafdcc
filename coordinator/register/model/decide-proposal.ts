import type { RegisterAct } from './acts.ts';
import { type Decision, no, yes } from './decided.ts';
import { draftedIn, draftsHash } from './drafts.ts';
import type { Outcome } from './entries.ts';
import type { Who } from './person.ts';
import type { RegisterRefusal } from './refusals.ts';
import { outcomeOf, type Proposal, type Register } from './state.ts';

export type ProposalAct = Extract<
  RegisterAct,
  {
    act:
      | 'propose'
      | 'clear-wording'
      | 'classify'
      | 'second'
      | 'opine'
      | 'draft-decision'
      | 'release'
      | 'erase';
  }
>;

/** What an act on proposals enters. @param day of the act, as `2026-10-08`. */
export function decideProposal(state: Register, act: ProposalAct, who: Who | null, day: string): Decision {
  if (act.act === 'propose') return propose(state, act, who, day);
  if (act.act === 'release') return release(state, act.cycle, act.drafts);
  const proposal = state.proposals.get(act.proposal);
  if (!proposal) return no('unknown-proposal');
  const { id } = proposal;
  if (act.act === 'erase')
    return proposal.erased ? no('already-erased') : yes({ typ: 'erased', proposal: id, reason: act.reason });
  if (act.act === 'clear-wording') {
    // Whoever asked for something must find it said as it was released.
    if (proposal.wording && proposal.answer) return no('already-cleared');
    return yes({ typ: 'wording-cleared', proposal: id, title: act.title, text: act.text });
  }
  if (act.act === 'second') {
    const person = who?.by.id ?? '';
    if (proposal.enteredBy === person) return no('own-proposal');
    if (proposal.seconds.has(person)) return no('seconded-already');
    return proposal.answer ? no('already-answered') : yes({ typ: 'seconded', proposal: id });
  }
  if (proposal.answer) return no('already-answered');
  switch (act.act) {
    case 'classify': {
      const { category, area } = act;
      if (!state.vocabulary.categories.has(category)) return no('unknown-category');
      if (area !== null && !state.vocabulary.areas.has(area)) return no('unknown-area');
      return yes({ typ: 'classified', proposal: id, category, area });
    }
    case 'opine':
      return yes({ typ: 'opinion', proposal: id, opinion: act.opinion });
    case 'draft-decision': {
      const refusal = act.outcome && whyNotAnswer(state, proposal, act.outcome);
      return refusal ? no(refusal) : yes({ typ: 'decision-drafted', proposal: id, outcome: act.outcome });
    }
  }
}

function propose(
  state: Register,
  act: Extract<RegisterAct, { act: 'propose' }>,
  who: Who | null,
  day: string,
): Decision {
  const cycle = state.cycles.get(act.cycle);
  if (!cycle) return no('unknown-cycle');
  if (day < cycle.from || day > cycle.to) return no('not-collecting');
  if (state.proposals.has(act.proposal)) return no('proposal-twice');
  const role = who?.by.role;
  // The office enters what others have brought in; everybody else speaks for themselves.
  const isEntered = role === 'congress-office';
  if (who === null && act.channel !== 'online') return no('online-only');
  if (isEntered && act.channel === 'online') return no('not-allowed');
  if (isEntered && act.attachments.length === 0) return no('paper-needs-scan');
  if (role === 'department' && state.staff.get(who?.by.id ?? '')?.body === undefined) return no('no-body');
  const { proposal, channel, words, proposer, attachments } = act;
  const source = role === 'deputy' || role === 'department' ? role : 'public';
  return yes({ typ: 'received', proposal, cycle: act.cycle, source, channel, words, proposer, attachments });
}

/** Why `proposal` cannot be answered so, as things stand. */
function whyNotAnswer(state: Register, proposal: Proposal, outcome: Outcome): RegisterRefusal | null {
  switch (outcome.is) {
    case 'merged':
      return whyNotMerge(state, proposal, outcome.into);
    case 'excluded':
      return state.vocabulary.grounds.has(outcome.ground) ? null : 'unknown-ground';
    case 'not-adopted':
      return null;
    case 'adopted': {
      const project = state.projects.get(outcome.project);
      if (!project || project.state === 'dropped') return 'unknown-project';
      return project.cycle === proposal.cycle ? null : 'other-cycle';
    }
  }
}

/** Merging goes one step: whoever follows a proposal finds what became of it at the next. */
function whyNotMerge(state: Register, { id, cycle }: Proposal, into: string): RegisterRefusal | null {
  if (into === id) return 'merge-itself';
  const target = state.proposals.get(into);
  if (!target) return 'unknown-proposal';
  if (target.cycle !== cycle) return 'other-cycle';
  if (outcomeOf(target)?.is === 'merged') return 'merge-chain';
  const others = state.answersAt.get(id);
  return others === undefined || others.isEmpty() ? null : 'merged-into-this';
}

/** All drafted answers of a cycle at one moment. Each must still hold: what it points to may have changed since. */
function release(state: Register, cycle: number, seen: string): Decision {
  if (!state.cycles.has(cycle)) return no('unknown-cycle');
  const drafted = draftedIn(state, cycle);
  if (drafted.length === 0) return no('nothing-drafted');
  if (draftsHash(state, cycle) !== seen) return no('others-drafted');
  const outcomes: { proposal: string; outcome: Outcome }[] = [];
  for (const { proposal, draft } of drafted) {
    const refusal = whyNotAnswer(state, proposal, draft);
    if (refusal) return no(refusal);
    if (draft.is === 'merged' && !outcomeOf(state.proposals.get(draft.into) ?? proposal))
      return no('merge-target-open');
    if (draft.is === 'adopted' && !proposal.wording) return no('wording-not-cleared');
    outcomes.push({ proposal: proposal.id, outcome: draft });
  }
  return yes({ typ: 'released', cycle, outcomes }, 'checkpoint');
}
