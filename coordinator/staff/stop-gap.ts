import { type Actor, actorOf } from '../contract/person.ts';
import { type ActName, needsSecond, secondRoleFor } from '../contract/rights.ts';
import type { Sitting } from '../sitting/state.ts';

/**
 * Whoever confirms `act` as long as nobody is asked to: the first of the staff who may; undefined where nobody need or can.
 */
// stop-gap until second persons confirm
export function secondFor(
  act: ActName,
  first: Actor,
  { staff, rightSettings }: Pick<Sitting, 'staff' | 'rightSettings'>,
): Actor | undefined {
  // A reload may bring another roll, and is done as if it did.
  const right = act === 'reload' ? 'change-roll' : act;
  if (!needsSecond(right, rightSettings)) return undefined;
  return [...staff.values()].flatMap((person) => {
    const role = secondRoleFor(person, right, first.id, rightSettings);
    return role ? actorOf(person, role) : [];
  })[0];
}
