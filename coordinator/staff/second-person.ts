import { isDeepStrictEqual } from 'node:util';
import type { Act } from '../contract/acts.ts';
import { type Actor, actorOf, type Person } from '../contract/person.ts';
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

/** Why an act is not proposed or confirmed, with one sentence for the person who tried. */
export const SECOND_REFUSALS = {
  'not-allowed': { zh: '您的角色不能进行此操作', en: 'Your role may not do this' },
  'not-needed': { zh: '此操作不需要第二人确认', en: 'This needs no second person' },
  'too-many-waiting': {
    zh: '您待确认的操作太多，请先撤回或等待',
    en: 'Too many of your acts are waiting; take one back, or wait',
  },
  'not-waiting': {
    zh: '此操作已确认、撤回或超过两分钟；如需要请重新提出',
    en: 'This was confirmed or taken back, or is older than two minutes; propose it again if it is wanted',
  },
  'same-person': { zh: '须由另一人确认', en: 'Another person must confirm this' },
  'entries-differ': {
    zh: '两人录入的票数不一致，均未采用；请核对后重新录入',
    en: 'The two entries differ and neither was taken; look again, and enter both anew',
  },
} as const satisfies Record<string, { zh: string; en: string }>;
export type SecondRefusal = keyof typeof SECOND_REFUSALS;

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
  readonly person: Person;
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
  readonly person: Person;
  /** Where the act is confirmed blind: what this person entered; else null. */
  readonly entered: Act | null;
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
  personOf: (id: string) => Person | null,
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

/** Whether two persons entered the same; each gives a reason in their own words. */
function isSameEntry(one: Act, other: Act): boolean {
  return isDeepStrictEqual({ ...one, reason: '' }, { ...other, reason: '' });
}

/** Whoever proposed an act takes it back. */
export function takenBack(waiting: Waiting, id: string, person: string): Waiting {
  return waiting.filter((each) => each.id !== id || each.by.id !== person);
}

/** A waiting act as a person is shown it. */
export interface ShownAct {
  readonly id: string;
  /** What waits; of one that is confirmed blind only what it is about, for whoever did not propose it. */
  readonly act: Act | { readonly act: 'by-hand'; readonly motion: string };
  readonly by: Actor;
  /** Ms of ledger time at which it expires. */
  readonly until: number;
  /** Theirs, to take back; or to be confirmed by them. */
  readonly as: 'proposed' | 'to-confirm';
}

/** What waits, as `person` is shown it: only what they proposed or may confirm. */
export function shownTo(
  waiting: Waiting,
  person: Person,
  now: number,
  settings: RightSettings,
): readonly ShownAct[] {
  return stillWaiting(waiting, now).flatMap(({ id, act, right, by, at }): ShownAct[] => {
    const shown = { id, by, until: at + WAITING_MS };
    if (by.id === person.id) return [{ ...shown, act, as: 'proposed' }];
    if (secondRoleFor(person, right, by.id, settings) === null) return [];
    return [{ ...shown, act: withoutEntry(act), as: 'to-confirm' }];
  });
}

/** An act without what a second person enters blind. */
function withoutEntry(act: Act): ShownAct['act'] {
  return act.act === 'by-hand' ? { act: 'by-hand', motion: act.motion } : act;
}
