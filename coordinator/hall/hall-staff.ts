import type { StaffPerson } from '../contract/person.ts';
import { type ActName, isActName, mayDo, type RightSettings, roleFor } from '../contract/rights.ts';
import type { Sitting } from '../sitting/state.ts';
import type { AdministrationRole } from '../staff/administration.ts';
import type { StaffSetting } from '../staff/persons.ts';

/** What a hall's ledger says of its staff, as signing in and the gate ask it. */
export interface HallStaff {
  readonly staff: () => StaffSetting;
  readonly roleFor: AdministrationRole;
  /** Whether a vote is open that is theirs to close. */
  readonly isHeld: (person: StaffPerson) => boolean;
  readonly may: (person: StaffPerson, act: string) => boolean;
  readonly settings: () => RightSettings;
}

/** @param idleMs a session that is not used for so long ends. */
export function hallStaff(sitting: () => Sitting, idleMs: () => number): HallStaff {
  const settings = () => sitting().rightSettings;
  const does = (person: StaffPerson, act: ActName) => mayDo(person, act, settings());
  return {
    staff: () => ({ persons: [...sitting().staff.values()], idleMs: idleMs() }),
    roleFor: (person, act) => roleFor(person, act, settings()),
    isHeld: (person) => sitting().current?.phase === 'open' && does(person, 'close'),
    may: (person, act) => isActName(act) && does(person, act),
    settings,
  };
}
