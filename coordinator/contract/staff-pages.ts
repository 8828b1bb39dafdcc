import type { StaffPerson } from './person.ts';
import { type ActName, mayDo, type RightSettings } from './rights.ts';

/** The pages on which the staff works, and the acts of which any one opens them. */
export const STAFF_PAGES = {
  chair: ['open', 'close', 'announce', 'void'],
  operator: ['check-in', 'enrol', 'by-hand', 'reload'],
  scrutineer: ['ceremony-step', 'share', 'sign-result'],
  auditor: ['read'],
  admin: ['staff'],
  account: [],
} as const satisfies Record<string, readonly ActName[]>;
export type StaffPage = keyof typeof STAFF_PAGES;

/** Whether a page has anything for whoever is signed in. Their own account everybody has. */
export function mayVisit(
  person: Pick<StaffPerson, 'roles'>,
  page: StaffPage,
  settings: RightSettings,
): boolean {
  const acts: readonly ActName[] = STAFF_PAGES[page];
  return page === 'account' || acts.some((act) => mayDo(person, act, settings));
}
