import type { Scrutineer } from '../contract/answers.ts';
import { type Actor, actorOf, type Person, type Who } from '../contract/person.ts';
import {
  type ActName,
  actorFor,
  needsSecond,
  type RightSettings,
  secondRoleFor,
} from '../contract/rights.ts';
import type { Sitting } from '../sitting/state.ts';

/** A reload may bring another roll, and is done as if it did. */
const asRight = (act: ActName): ActName => (act === 'reload' ? 'change-roll' : act);

/**
 * Who does `act` as long as one password opens the whole hall: the first of the staff who may, and the first other one who may
 * confirm it; null where nobody may.
 */
// stop-gap until persons sign in
export function whoFor(
  act: ActName,
  { staff, rightSettings }: Pick<Sitting, 'staff' | 'rightSettings'>,
): Who | null {
  const right = asRight(act);
  const persons = [...staff.values()];
  const [by] = persons.flatMap((person) => actorFor(person, right, rightSettings) ?? []);
  if (!by) return null;
  if (!needsSecond(right, rightSettings)) return { by };
  const second = secondFor(right, by.id, persons, rightSettings);
  return second ? { by, with: second } : { by };
}

function secondFor(
  act: ActName,
  first: string,
  persons: readonly Person[],
  settings: RightSettings,
): Actor | undefined {
  return persons.flatMap((person) => {
    const role = secondRoleFor(person, act, first, settings);
    return role ? actorOf(person, role) : [];
  })[0];
}

/** A scrutineer who came in with a code, as the person that they are. */
export const whoIs = ({ id, name }: Scrutineer): Who => ({ by: { role: 'scrutineer', id, name } });
