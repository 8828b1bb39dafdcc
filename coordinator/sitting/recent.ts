import type { OwnEntry } from './entries.ts';
import type { RecentEntry } from './state.ts';

/** So many of the last own entries the sitting holds. */
export const MOST_RECENT = 200;

/** What strangers, ballots and time can make many of: it would wash away what persons did. Refusals are held apart. */
const NOT_HELD: ReadonlySet<OwnEntry['typ']> = new Set([
  'refused',
  'refusals-counted',
  'ballot-rejected',
  'checkpoint',
]);

/** Whether an own entry of that type is among the recent ones. */
export const isRecent = (typ: OwnEntry['typ']): boolean => !NOT_HELD.has(typ);

/** The recent entries, this one after them. */
export function withRecent(recent: readonly RecentEntry[], entry: RecentEntry): readonly RecentEntry[] {
  return isRecent(entry.says.typ) ? [...recent.slice(1 - MOST_RECENT), entry] : recent;
}
