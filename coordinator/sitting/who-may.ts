import type { ActRefusal } from '../contract/acts.ts';
import type { Actor, Who } from '../contract/person.ts';
import { type ActName, needsSecond, roleFor, secondRoleFor } from '../contract/rights.ts';
import type { Sitting } from './state.ts';

/** What the ledger's own list of staff says of an act: for the coordinator and for the verifier. */

/** What is wrong with whoever an entry is by, or with whoever confirmed it. */
export type WhoFault =
  | 'not-on-staff'
  | 'another-name'
  | 'another-role'
  | 'not-their-act'
  | 'second-missing'
  | 'second-same'
  | 'second-needless'
  | 'second-not-theirs';

type List = Pick<Sitting, 'staff' | 'rightSettings'>;

/** Whether somebody is on the staff under this name and in this role. */
function whyNotOnStaff({ staff }: List, { id, name, role }: Actor): WhoFault | null {
  const person = staff.get(id);
  if (!person) return 'not-on-staff';
  if (person.name !== name) return 'another-name';
  return person.roles.includes(role) ? null : 'another-role';
}

/** Why the person an act is by may not do it. */
function whyNotBy(list: List, act: ActName, by: Actor): WhoFault | null {
  const isAllowed = roleFor({ roles: [by.role] }, act, list.rightSettings) !== null;
  return whyNotOnStaff(list, by) ?? (isAllowed ? null : 'not-their-act');
}

/** Why an act has not the second person that it needs. */
function whyNotWith(list: List, act: ActName, { by, with: second }: Who): WhoFault | null {
  if (!needsSecond(act, list.rightSettings)) return second ? 'second-needless' : null;
  if (!second) return 'second-missing';
  if (second.id === by.id) return 'second-same';
  const { id, role } = second;
  const isTheirs = secondRoleFor({ id, roles: [role] }, act, by.id, list.rightSettings) !== null;
  return whyNotOnStaff(list, second) ?? (isTheirs ? null : 'second-not-theirs');
}

/** What is wrong with `who` as those who did `act`; null where they may. */
export function whoFault(list: List, act: ActName, who: Who): WhoFault | null {
  return whyNotBy(list, act, who.by) ?? whyNotWith(list, act, who);
}

/** The same as whoever tried is told it. */
export function whyNotTheirs(list: List, act: ActName, who: Who): ActRefusal | null {
  if (whyNotBy(list, act, who.by)) return 'not-allowed';
  return whyNotWith(list, act, who) ? 'second-person' : null;
}

/** What is wrong with `by` as somebody of the staff in the first of their roles, in which they sign in and out; else null. */
export function firstRoleFault(list: List, by: Actor): WhoFault | null {
  const wrong = whyNotOnStaff(list, by);
  return wrong ?? (list.staff.get(by.id)?.roles[0] === by.role ? null : 'another-role');
}
