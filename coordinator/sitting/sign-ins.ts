import type { Draft } from './entries.ts';
import type { Sitting } from './state.ts';
import { firstRoleFault, type WhoFault, whoFault } from './who-may.ts';

/** How staff came in and left, and what became of their codes and sessions: entered as it happened, without a decision. */
export type SignInDraft = Extract<
  Draft,
  {
    typ:
      | 'signed-in'
      | 'signed-out'
      | 'sign-ins-failed'
      | 'code-given'
      | 'password-chosen'
      | 'authenticator-set'
      | 'sessions-ended';
  }
>;

/** What is wrong with such an entry by the ledger's own list of staff; null where it may stand. */
export function signInFault(
  list: Pick<Sitting, 'staff' | 'rightSettings'>,
  says: SignInDraft,
): WhoFault | null {
  const { staff } = list;
  switch (says.typ) {
    case 'signed-in':
    case 'signed-out':
    case 'password-chosen':
    case 'authenticator-set':
      return says.with ? 'second-needless' : firstRoleFault(list, says.by);
    case 'sign-ins-failed':
      return says.counts.every(({ person }) => person === null || staff.has(person)) ? null : 'not-on-staff';
    case 'code-given': {
      const { by } = says;
      const person = staff.get(says.person);
      if (!person) return 'not-on-staff';
      if (by.role !== 'hall') return whoFault(list, 'hand-out-codes', { ...says, by });
      // At the coordinator's console, to whoever gives the others theirs.
      return person.roles.includes('administrator') ? null : 'not-their-act';
    }
    case 'sessions-ended': {
      const { by } = says;
      // It follows from a code given anew, or from a person gone from the list.
      if (by.role === 'hall') return null;
      if (by.id !== says.person) return whoFault(list, 'staff', { ...says, by });
      return says.with ? 'second-needless' : firstRoleFault(list, by);
    }
  }
}
