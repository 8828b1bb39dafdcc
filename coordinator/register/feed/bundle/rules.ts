import type { List } from '../../../../shared/projects/list.ts';
import type { EntryOf } from '../../../chronicle/chronicle.ts';
import { decideList } from '../../model/decide-list.ts';
import { decideResult } from '../../model/decide-result.ts';
import { groundOf } from '../../model/decide-work.ts';
import type { Decision } from '../../model/decided.ts';
import type { RegisterEntry } from '../../model/entries.ts';
import { REGISTER_REFUSALS, type RegisterRefusal } from '../../model/refusals.ts';
import { REGISTER_RIGHTS, type RegisterActName } from '../../model/rights.ts';
import type { Register } from '../../model/state.ts';
import { judgeWork } from '../../model/work/judge-work.ts';
import { isWorkEntry, type WorkEntry } from '../../model/work/work-entries.ts';
import { type RegisterFault, registerFault } from './problems.ts';

/** Whose act an entry is. What files say and what the register does itself is nobody's. */
const ACT_OF: { readonly [T in RegisterEntry['typ']]?: RegisterActName } = {
  'cycle-opened': 'open-cycle',
  'wording-cleared': 'clear-wording',
  released: 'release',
  'list-frozen': 'freeze-list',
  'list-withdrawn': 'withdraw-list',
  voted: 'enter-result',
  'voted-on-paper': 'enter-paper-result',
  planned: 'plan',
  reported: 'report',
  'group-appointed': 'appoint-group',
  visited: 'visit',
  'figure-settled': 'settle-figure',
  found: 'find',
  'finding-answered': 'answer-finding',
  'finding-returned': 'return-finding',
  'finding-closed': 'close-finding',
  inspected: 'inspect',
  reminded: 'remind',
  'change-asked': 'ask-change',
  'change-refused': 'refuse-change',
  'change-decided': 'decide-change',
  appraised: 'enter-appraisal',
  'appraised-on-paper': 'enter-paper-appraisal',
  'rectification-ordered': 'order-rectification',
  explained: 'explain',
  'rectification-accepted': 'accept-rectification',
  'looked-back': 'look-back',
  published: 'publish',
  spoken: 'speak',
  'voice-cleared': 'clear-voice',
  'voice-answered': 'answer-voice',
  'voice-erased': 'erase-voice',
  linked: 'link',
};

/** Whoever adds up projects keeps no answers. */
const NO_ANSWERS = { has: () => false };

/**
 * What the rules of a register have against a public entry, by all that is public before it; null: nothing. That whoever it
 * names stood on the list of staff has to be believed: that list is redacted.
 */
export function ruleFault(
  before: Register,
  { row, says }: EntryOf<RegisterEntry>,
  listOf: (hash: string) => List | null,
  answers: { has(proposal: string): boolean } = NO_ANSWERS,
): RegisterFault | null {
  const { seq } = row;
  const wrong = whoFault(says);
  if (wrong) return registerFault(wrong, seq, says.typ);
  if (says.typ === 'checkpoint')
    return says.at === seq - 1 && says.hash === row.prev ? null : registerFault('checkpoint', seq);
  if (says.typ === 'child-witnessed')
    return isWitnessed(before, says) ? null : registerFault('witness', seq, says.child);
  const refusal = isWorkEntry(says)
    ? whyNotWork(before, says, row.time)
    : whyNot(before, says, listOf, answers);
  return refusal && registerFault('forbidden', seq, REGISTER_REFUSALS[refusal]);
}

/** What is witnessed of a register under one key only grows: a second history of it is never entered. */
function isWitnessed(
  { begun, witnessed }: Register,
  { child, key, at, by }: Extract<RegisterEntry, { typ: 'child-witnessed' }>,
): boolean {
  const last = witnessed.get(child);
  return by.role === 'register' && begun?.register !== child && (last?.key !== key || at > last.at);
}

const HOUR = 3_600_000;

/**
 * The rulebook of projects that were chosen. Where the register is, and so on which day there, the ledger does not say: what
 * holds on that day anywhere on earth holds. Which proposals there are is not public.
 */
function whyNotWork(before: Register, says: WorkEntry, time: number): RegisterRefusal | null {
  const { by, with: second, v: _v, register: _r, seq: _s, prev: _p, feed: _f, ...draft } = says;
  const refusals = [-12, 0, 14].map((hours) => {
    const day = new Date(time + hours * HOUR).toISOString().slice(0, 10);
    const ground = { ...groundOf(before, day), proposals: { has: () => true } };
    return judgeWork(ground, draft, { by, with: second });
  });
  return refusals.includes(null) ? null : (refusals[0] ?? null);
}

function whoFault(says: RegisterEntry): 'not-their-act' | 'second-missing' | null {
  const act = ACT_OF[says.typ];
  if (!act) return null;
  const { roles, second } = REGISTER_RIGHTS[act];
  const { by, with: other } = says;
  const id = 'id' in by ? by.id : null;
  const isSomebody = id !== null || by.role === 'public';
  if (!isSomebody || !roles.some((role) => role === by.role)) return 'not-their-act';
  if (!second) return null;
  const isSecond = other !== undefined && other.id !== id && second.includes(other.role);
  return isSecond ? null : 'second-missing';
}

const refusalOf = (decision: Decision): RegisterRefusal | null => (decision.ok ? null : decision.reason);

/** The decision again, where public entries suffice for it. */
function whyNot(
  before: Register,
  says: RegisterEntry,
  listOf: (hash: string) => List | null,
  answers: { has(proposal: string): boolean },
): RegisterRefusal | null {
  switch (says.typ) {
    case 'released': {
      const proposals = says.outcomes.map(({ proposal }) => proposal);
      const isNew = new Set(proposals).size === proposals.length && !proposals.some((id) => answers.has(id));
      return isNew ? null : 'already-answered';
    }
    case 'list-frozen': {
      const cycle = before.cycles.get(says.cycle);
      if (!cycle) return 'unknown-cycle';
      if (cycle.decided) return 'cycle-decided';
      if (cycle.frozen) return 'list-frozen';
      const list = listOf(says.list);
      if (!list) return null;
      // Under the id of an old project nothing else takes its place in the sums.
      const isOther = ({ id }: { readonly id: string }) =>
        (before.projects.get(id)?.cycle ?? says.cycle) !== says.cycle;
      // A list of another cycle is named as such.
      if (list.cycle === says.cycle && list.projects.some(isOther)) return 'project-twice';
      return list.projects.length <= list.places ? 'no-surplus' : null;
    }
    case 'list-withdrawn': {
      const { cycle, list, reason } = says;
      return refusalOf(decideList(before, { act: 'withdraw-list', cycle, list, reason }));
    }
    case 'voted':
      return refusalOf(decideResult(before, { act: 'enter-result', cycle: says.cycle, result: says.result }));
    case 'voted-on-paper': {
      const { cycle, list, roll, present, cast, votes, chosen, sheet, reason } = says;
      return refusalOf(
        decideResult(before, {
          act: 'enter-paper-result',
          ...{ cycle, list, roll, present, cast, votes, chosen, sheet, reason },
        }),
      );
    }
    default:
      return null;
  }
}
