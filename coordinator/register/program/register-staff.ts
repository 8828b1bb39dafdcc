import type { StaffPerson } from '../../contract/person.ts';
import type { AdministrationRole } from '../../staff/administration.ts';
import type { StaffNote } from '../../staff/notes.ts';
import type { StaffSetting } from '../../staff/persons.ts';
import type { Step } from '../model/decided.ts';
import { type By, RegisterActor, RegisterPerson } from '../model/person.ts';
import { mayInRegister, registerRoleOf } from '../model/rights.ts';
import type { Register } from '../model/state.ts';

/** What a register's ledger says of its staff, as signing in and the gate ask it. */
export interface RegisterStaff {
  readonly staff: () => StaffSetting;
  readonly roleFor: AdministrationRole;
  readonly isHeld: () => boolean;
  readonly may: (person: StaffPerson, right: string) => boolean;
}

/** @param idleMs a session that is not used for so long ends. */
export function registerStaff(register: () => Register, idleMs: number): RegisterStaff {
  return {
    // What somebody knows of matters to whoever appoints groups, and to nobody at the door.
    staff: () => ({
      persons: [...register().staff.values()].map(({ fields: _, ...person }) => person),
      idleMs,
    }),
    roleFor: registerRoleOf,
    // Nothing here is in anybody's hands for a moment that must not pass.
    isHeld: () => false,
    may: mayInRegister,
  };
}

/** What staff notes, as the register's ledger has it, and by whom it is. */
export function signInStep(note: StaffNote): { readonly step: Step; readonly by: By } {
  const actor = 'by' in note ? note.by : null;
  const by: By = actor ? RegisterActor.parse(actor) : { role: 'register' };
  switch (note.typ) {
    case 'sign-ins-failed':
      return { step: { typ: note.typ, counts: [...note.counts] }, by };
    case 'code-given':
      return { step: { typ: note.typ, person: note.person }, by };
    case 'sessions-ended':
      return { step: { typ: note.typ, person: note.person, count: note.count }, by };
    case 'authenticator-set':
      return { step: { typ: note.typ, on: note.on }, by };
    case 'signed-in':
    case 'signed-out':
    case 'password-chosen':
      return { step: { typ: note.typ }, by };
  }
}

/** Whoever is signed in, as the register has them. */
export const registerPerson = (person: StaffPerson): RegisterPerson => RegisterPerson.parse(person);
