import type { List } from '../../../../shared/projects/list.ts';
import type { EntryOf } from '../../../chronicle/chronicle.ts';
import { decideList } from '../../model/decide-list.ts';
import { decideResult } from '../../model/decide-result.ts';
import { type Decision, no } from '../../model/decided.ts';
import type { RegisterEntry } from '../../model/entries.ts';
import { REGISTER_REFUSALS } from '../../model/refusals.ts';
import { REGISTER_RIGHTS, type RegisterActName } from '../../model/rights.ts';
import type { Register } from '../../model/state.ts';
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
};

/**
 * What the rules of a register have against a public entry, by all that is public before it; null: nothing. That whoever it
 * names stood on the list of staff has to be believed: that list is redacted.
 */
export function ruleFault(
  before: Register,
  { row, says }: EntryOf<RegisterEntry>,
  listOf: (hash: string) => List | null,
): RegisterFault | null {
  const { seq } = row;
  const wrong = whoFault(says);
  if (wrong) return registerFault(wrong, seq, says.typ);
  if (says.typ === 'checkpoint')
    return says.at === seq - 1 && says.hash === row.prev ? null : registerFault('checkpoint', seq);
  const decision = decided(before, says, listOf);
  if (!decision || decision.ok) return null;
  return registerFault('forbidden', seq, REGISTER_REFUSALS[decision.reason]);
}

function whoFault(says: RegisterEntry): 'not-their-act' | 'second-missing' | null {
  const act = ACT_OF[says.typ];
  if (!act) return null;
  const { roles, second } = REGISTER_RIGHTS[act];
  const { by, with: other } = says;
  if (!('id' in by) || !roles.some((role) => role === by.role)) return 'not-their-act';
  if (!second) return null;
  const isSecond = other !== undefined && other.id !== by.id && second.includes(other.role);
  return isSecond ? null : 'second-missing';
}

/** The decision again, where public entries suffice for it. */
function decided(
  before: Register,
  says: RegisterEntry,
  listOf: (hash: string) => List | null,
): Decision | null {
  switch (says.typ) {
    case 'list-frozen': {
      const cycle = before.cycles.get(says.cycle);
      if (!cycle) return no('unknown-cycle');
      if (cycle.decided) return no('cycle-decided');
      if (cycle.frozen) return no('list-frozen');
      const list = listOf(says.list);
      return list && list.projects.length <= list.places ? no('no-surplus') : null;
    }
    case 'list-withdrawn': {
      const { cycle, list, reason } = says;
      return decideList(before, { act: 'withdraw-list', cycle, list, reason });
    }
    case 'voted':
      return decideResult(before, { act: 'enter-result', cycle: says.cycle, result: says.result });
    case 'voted-on-paper': {
      const { cycle, list, roll, present, cast, votes, chosen, sheet, reason } = says;
      return decideResult(before, {
        act: 'enter-paper-result',
        ...{ cycle, list, roll, present, cast, votes: [...votes], chosen: [...chosen], sheet, reason },
      });
    }
    default:
      return null;
  }
}
