import type { RegisterAct } from './acts.ts';
import { decideList, type ListAct } from './decide-list.ts';
import { decideProject, type ProjectAct } from './decide-project.ts';
import { decideProposal } from './decide-proposal.ts';
import { decideResult, type ResultAct } from './decide-result.ts';
import { decideWork } from './decide-work.ts';
import { type Decision, no, yes } from './decided.ts';
import type { Who } from './person.ts';
import { whyNotAllowed } from './rights.ts';
import type { Register } from './state.ts';
import { isWorkAct } from './work/work-acts.ts';

/**
 * What an act enters in the ledger at `time` (ledger ms), or why it is not done. Pure; rights first.
 * @param who null: anybody, without an account. @param day the day of `time` where the register is, as `2026-10-08`.
 */
export function decide(state: Register, act: RegisterAct, who: Who | null, day: string): Decision {
  const refusal = whyNotAllowed(act.act, who, state.staff);
  if (refusal) return no(refusal);
  if (isListAct(act)) return decideList(state, act);
  if (isProjectAct(act)) return decideProject(state, act);
  if (isResultAct(act)) return decideResult(state, act);
  if (isWorkAct(act)) return decideWork(state, act, who, day);
  if (act.act !== 'open-cycle') return decideProposal(state, act, who, day);
  if (act.to < act.from) return no('cycle-backwards');
  if (state.cycles.get(act.cycle)?.decided) return no('cycle-decided');
  return yes({ typ: 'cycle-opened', cycle: act.cycle, from: act.from, to: act.to });
}

const isListAct = (act: RegisterAct): act is ListAct =>
  act.act === 'submit-list' || act.act === 'freeze-list' || act.act === 'withdraw-list';

const isResultAct = (act: RegisterAct): act is ResultAct =>
  act.act === 'enter-result' || act.act === 'enter-paper-result';

const isProjectAct = (act: RegisterAct): act is ProjectAct =>
  act.act === 'draft-project' ||
  act.act === 'change-project' ||
  act.act === 'drop-project' ||
  act.act === 'name-candidate' ||
  act.act === 'withdraw-candidate';
