import { isDeepStrictEqual } from 'node:util';
import { countsOf } from '../../shared/kinds/counting.ts';
import type { Cell } from '../../shared/kinds/kind.ts';
import { kindOf, type Motion } from '../../shared/kinds/kinds.ts';
import type { Act, ActRefusal, HandEntry } from '../contract/acts.ts';
import { type Actor, actorOf, type StaffPerson } from '../contract/person.ts';
import { type ActName, needsSecond, type RightSettings, roleFor, secondRoleFor } from '../contract/rights.ts';

/** A waiting act is worth nothing after so long. */
export const WAITING_MS = 2 * 60_000;

/** So many of one person's wait at once; beyond, they are told to wait or to take one back. */
const MOST_WAITING = 5;

/** An act that somebody proposed and nobody has confirmed. */
export interface WaitingAct {
  readonly id: string;
  readonly act: Act;
  /** As what the table of rights has it: `change-roll` is a reload that brings another roll. */
  readonly right: ActName;
  readonly by: Actor;
  /** Ms of ledger time. */
  readonly at: number;
}
/** All that wait, the first proposed first. Nothing of them is kept: after a start, whatever waited is proposed anew. */
export type Waiting = readonly WaitingAct[];

/** Why an act is not proposed or confirmed. */
export type SecondRefusal = Extract<
  ActRefusal,
  'not-allowed' | 'not-needed' | 'too-many-waiting' | 'not-waiting' | 'same-person' | 'entries-differ'
>;

interface Refused {
  readonly ok: false;
  readonly reason: SecondRefusal;
  /** What waits afterwards. */
  readonly waiting: Waiting;
}
const refused = (reason: SecondRefusal, waiting: Waiting): Refused => ({ ok: false, reason, waiting });

/** Those that have not expired. */
export function stillWaiting(waiting: Waiting, now: number): Waiting {
  return waiting.filter(({ at }) => now - at < WAITING_MS);
}

export interface Proposal {
  /** One that no act had before. */
  readonly id: string;
  readonly act: Act;
  /** Where the table of rights has it by another name than its own. */
  readonly right?: ActName;
  readonly person: StaffPerson;
}

/** What is proposed waits for another person; the same again is the one that waits already. */
export function propose(
  waiting: Waiting,
  { id, act, right = act.act, person }: Proposal,
  now: number,
  settings: RightSettings,
): Refused | { readonly ok: true; readonly waiting: Waiting; readonly proposed: WaitingAct } {
  const current = stillWaiting(waiting, now);
  const role = roleFor(person, right, settings);
  if (role === null) return refused('not-allowed', current);
  if (!needsSecond(right, settings)) return refused('not-needed', current);
  const theirs = current.filter(({ by }) => by.id === person.id);
  const same = theirs.find((each) => each.right === right && isDeepStrictEqual(each.act, act));
  if (same) return { ok: true, waiting: current, proposed: same };
  if (theirs.length >= MOST_WAITING) return refused('too-many-waiting', current);
  const proposed: WaitingAct = { id, act, right, by: actorOf(person, role), at: now };
  return { ok: true, waiting: [...current, proposed], proposed };
}

/** An act that two persons have agreed on, as it is done and entered. */
export interface AgreedAct {
  readonly act: Act;
  readonly by: Actor;
  readonly with: Actor;
}

export interface Confirmation {
  readonly id: string;
  readonly person: StaffPerson;
  /** Where the act is confirmed blind: what this person entered; else null. */
  readonly entered: HandEntry | null;
}

/**
 * Confirms a waiting act. It waits no longer, be it agreed on or entered otherwise by the second person, who could else try
 * until it fits.
 * @param personOf a person as they are now: whoever proposed it must have the right still.
 */
export function confirm(
  waiting: Waiting,
  { id, person, entered }: Confirmation,
  now: number,
  settings: RightSettings,
  personOf: (id: string) => StaffPerson | null,
): Refused | { readonly ok: true; readonly waiting: Waiting; readonly agreed: AgreedAct } {
  const current = stillWaiting(waiting, now);
  const proposed = current.find((each) => each.id === id);
  if (!proposed) return refused('not-waiting', current);
  const { act, right, by } = proposed;
  if (person.id === by.id) return refused('same-person', current);
  const role = secondRoleFor(person, right, by.id, settings);
  if (role === null) return refused('not-allowed', current);
  const others = current.filter((each) => each !== proposed);
  if (roleFor(personOf(by.id), right, settings) === null) return refused('not-waiting', others);
  const isBlind = needsSecond(right, settings)?.blind ?? false;
  if (isBlind && !(entered && isSameEntry(act, entered))) return refused('entries-differ', others);
  return { ok: true, waiting: others, agreed: { act, by, with: actorOf(person, role) } };
}

/** Whether the second person entered what the first had. */
function isSameEntry(first: Act, { tally, cast }: HandEntry): boolean {
  return first.act === 'by-hand' && isDeepStrictEqual([first.tally, first.cast], [tally, cast]);
}

/** A count of a show of hands: a cell of the ballot, or how many voted. */
export type HandField = Cell | 'cast';

/**
 * The counts in which two entries of a show of hands on `motion` differ, in the ballot's order. Which, and not by how much: the
 * next two entries are blind again.
 */
export function differences(motion: Motion, first: HandEntry, second: HandEntry): readonly HandField[] {
  const [one, other] = [first, second].map(({ tally }) =>
    tally.kind === motion.kind ? countsOf(motion, tally).flat() : [],
  );
  const cells = kindOf(motion.kind)
    .ballot(motion)
    .flatMap((question) => question.cells);
  const differing = cells.filter((_, i) => one?.[i] !== other?.[i]);
  return first.cast === second.cast ? differing : ['cast', ...differing];
}

/** A waiting act that somebody may confirm is one that they may refuse to; then it waits no longer. */
export function declined(
  waiting: Waiting,
  id: string,
  person: StaffPerson,
  now: number,
  settings: RightSettings,
): Refused | { readonly ok: true; readonly waiting: Waiting; readonly with: Actor } {
  const current = stillWaiting(waiting, now);
  const proposed = current.find((each) => each.id === id);
  if (!proposed) return refused('not-waiting', current);
  if (person.id === proposed.by.id) return refused('same-person', current);
  const role = secondRoleFor(person, proposed.right, proposed.by.id, settings);
  if (role === null) return refused('not-allowed', current);
  return { ok: true, waiting: current.filter((each) => each !== proposed), with: actorOf(person, role) };
}

/** Whoever proposed an act takes it back. */
export function takenBack(waiting: Waiting, id: string, person: string): Waiting {
  return waiting.filter((each) => each.id !== id || each.by.id !== person);
}

/** A waiting act, and whether it is theirs, to take back, or to be confirmed by them. */
export interface ShownAct {
  readonly waiting: WaitingAct;
  readonly as: 'proposed' | 'to-confirm';
}

/** What waits of what `person` proposed or may confirm. */
export function shownTo(
  waiting: Waiting,
  person: StaffPerson,
  now: number,
  settings: RightSettings,
): readonly ShownAct[] {
  return stillWaiting(waiting, now).flatMap((each): ShownAct[] => {
    if (each.by.id === person.id) return [{ waiting: each, as: 'proposed' }];
    const mayConfirm = secondRoleFor(person, each.right, each.by.id, settings) !== null;
    return mayConfirm ? [{ waiting: each, as: 'to-confirm' }] : [];
  });
}
