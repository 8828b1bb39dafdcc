import { isDeepStrictEqual } from 'node:util';
import type { Motion } from '../../shared/kinds/kinds.ts';
import type { Fraction } from '../../shared/kinds/quorum-and-majority.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import type { ActRefusal } from '../contract/acts.ts';
import type { Person, Who } from '../contract/person.ts';
import { type ActName, actorFor, needsSecond, type RightSettings } from '../contract/rights.ts';
import { whyNotEnrol } from './decide.ts';
import { mayChangeKey } from './decide-secret.ts';
import { BY_FILE, type Decision, no, type Step, yes } from './decided.ts';
import type { CardKind, Deputy, EnrolledTerminal, RegisteredCard } from './entries.ts';
import type { Secrecy } from './secrecy.ts';
import { roundsOf, type Sitting } from './state.ts';
import { whyNotTheirs } from './who-may.ts';

/** What the hall's files say. */
export interface HallFiles {
  /** Who acts in the hall, and how far it goes beyond the table of rights. */
  readonly staff: readonly Person[];
  readonly rights: RightSettings;
  readonly seating: 'fixed' | 'free';
  readonly quorum: Fraction;
  /** Kinds of card that check in. */
  readonly accept: readonly CardKind[];
  readonly deputies: readonly Deputy[];
  /** The register of cards, beside those of the roll. */
  readonly cards: readonly RegisteredCard[];
  /** The texts of the lists of projects that motions name. */
  readonly lists?: readonly string[];
  readonly motions: readonly Motion[];
  readonly terminals: readonly EnrolledTerminal[];
  /** Who holds the key of secret votes; null or absent where there are none. */
  readonly secrecy?: Secrecy | null;
}

/** By whom an entry is that the files bring. */
type Signed = Who | typeof BY_FILE;

/**
 * The entries that bring the sitting to what the files say; where nothing changed, that somebody has read them, and at a start none. A motion that was voted
 * on stays as it was voted on, and motions made during the sitting stay behind the ones they follow.
 * @param who has them read again: of whoever may only change the staff, the list of staff alone is read. Null at a start, when
 * whoever has the machine has the say.
 */
export function configure(state: Sitting, files: HallFiles, who: Who | null): Decision {
  const staffed = setStaff(state, files, who);
  if (!staffed.ok) return staffed;
  const { steps: listed } = staffed;
  const now = listed.length > 0 ? withStaff(state, files) : state;
  const signed = signedBy(now, who, 'reload');
  if (typeof signed === 'string') {
    const asAdministrator = signedBy(now, who, 'staff');
    return typeof asAdministrator === 'string' ? no(signed) : yes(...orRead(listed, asAdministrator));
  }
  const others = setOthers(now, files, who, signed);
  return others.ok ? yes(...orRead([...listed, ...others.steps], signed)) : others;
}

/** What somebody has read again and found nothing new in is entered too, as theirs. */
function orRead(steps: readonly Step[], signed: Signed): readonly Step[] {
  if (steps.length > 0 || !('id' in signed.by)) return steps;
  return [{ typ: 'files-read', by: signed.by }];
}

function withStaff(state: Sitting, { staff, rights }: HallFiles): Sitting {
  return { ...state, staff: new Map(staff.map((person) => [person.id, person])), rightSettings: rights };
}

/** Whoever has the files read, as whoever has `right`; or why they may not. */
function signedBy(state: Sitting, who: Who | null, right: ActName): Signed | ActRefusal {
  if (who === null) return BY_FILE;
  const person = state.staff.get(who.by.id);
  const by = person && actorFor(person, right, state.rightSettings);
  if (!by) return 'not-allowed';
  const signed = needsSecond(right, state.rightSettings) ? { by, with: who.with } : { by };
  return whyNotTheirs(state, right, signed) ?? signed;
}

const mayDo = (state: Sitting, who: Who | null, right: ActName) =>
  typeof signedBy(state, who, right) !== 'string';

function setStaff(state: Sitting, { staff, rights }: HallFiles, who: Who | null): Decision {
  const isSame = isDeepStrictEqual([staff, rights], [[...state.staff.values()], state.rightSettings]);
  if (isSame) return yes();
  const signed = signedBy(state, who, 'staff');
  if (typeof signed === 'string') return no(mayDo(state, who, 'reload') ? 'staff-changed' : signed);
  return yes({ typ: 'staff-set', ...signed, staff: [...staff], rights });
}

function setOthers(state: Sitting, files: HallFiles, who: Who | null, signed: Signed): Decision {
  const steps: Step[] = [];
  const { seating, quorum, accept } = files;
  const rules = { seating: state.seating, quorum: state.quorum, accept: state.accept };
  if (state.head.seq <= 2 || !isDeepStrictEqual({ seating, quorum, accept }, rules)) {
    const isUsual = isDeepStrictEqual(accept, ['uid']);
    steps.push({ typ: 'rules-set', ...signed, seating, quorum, ...(isUsual ? {} : { cards: [...accept] }) });
  }

  const secrecy = files.secrecy ?? null;
  if (!isDeepStrictEqual(secrecy, state.secrecy)) {
    if (!mayChangeKey(state)) return no('secret-vote-unsettled');
    if (!areScrutineers(state, secrecy)) return no('scrutineer-not-on-staff');
    steps.push({ typ: 'secrecy-set', ...signed, secrecy });
  }

  const deputies = [...files.deputies];
  const rollChanged = !isDeepStrictEqual(deputies, [...state.deputies.values()]);
  const both = rollChanged ? signedBy(state, who, 'change-roll') : signed;
  if (rollChanged) {
    if (state.current?.phase === 'open') return no('vote-open');
    if (typeof both !== 'string') steps.push({ typ: 'roll-set', ...both, deputies });
    else if (both !== 'second-person') return no(both);
  }

  const cards = files.cards.filter((line) => isNews(state, line));
  if (cards.length > 0) steps.push({ typ: 'cards-registered', ...signed, cards });

  const added = state.motions.filter((motion) => motion.follows !== undefined);
  const motions = files.motions.flatMap((motion) => withFollowers(motion, added, state));
  if (!isDeepStrictEqual(motions, state.motions)) {
    const twice = motions.find(({ id }, i) => motions.findIndex((other) => other.id === id) !== i);
    if (twice) return no('motion-twice', twice.id);
    const kept = new Map(motions.map((motion) => [motion.id, motion]));
    const broken = state.motions.find(
      (motion) => isVotedOn(state, motion) && !isDeepStrictEqual(kept.get(motion.id), motion),
    );
    if (broken) return no('motion-voted', broken.id);
    // Before the motions that name them.
    const fresh = (files.lists ?? []).filter((text) => !state.lists.has(sha256Hex(text)));
    for (const text of fresh) steps.push({ typ: 'list-set', ...signed, text });
    steps.push({ typ: 'agenda-set', ...signed, motions });
  }

  const fresh = files.terminals.filter(
    ({ terminal, seat, key }) =>
      !state.removedKeys.has(key) &&
      (state.terminals.get(terminal)?.key !== key || state.terminals.get(terminal)?.seat !== seat),
  );
  const replaced = fresh.map((t) => t.terminal).filter((id) => state.terminals.has(id));
  if (replaced.length > 0) steps.push({ typ: 'terminals-removed', ...signed, terminals: replaced });
  if (fresh.length > 0) {
    const others = { ...state, terminals: state.terminals.deleteAll(replaced) };
    for (const t of fresh) {
      const refusal = whyNotEnrol(others, t.terminal, t.seat, t.key);
      if (refusal) return no(refusal, t.terminal);
    }
    steps.push({ typ: 'terminals-enrolled', ...signed, terminals: fresh });
  }
  // Last, so that nobody is asked to confirm what could not be done.
  return typeof both === 'string' ? no(both) : yes(...steps);
}

/** Whether everybody who is to hold a key is on the staff as a scrutineer, under that name. */
export function areScrutineers({ staff }: Pick<Sitting, 'staff'>, secrecy: Secrecy | null): boolean {
  if (secrecy?.holder !== 'scrutineers') return true;
  return secrecy.scrutineers.every(({ id, name }) => {
    const person = staff.get(id);
    return person?.name === name && person.roles.includes('scrutineer');
  });
}

/** A line read again that says what it said before leaves alone what staff did to the card since. */
function isNews(state: Sitting, { counter, ...line }: RegisteredCard): boolean {
  const { counter: _, ...before } = state.register.get(line.card) ?? { counter: 0 };
  return !isDeepStrictEqual(line, before) || counter > (state.counters.get(line.card) ?? 0);
}

function isVotedOn(state: Sitting, motion: Motion): boolean {
  return roundsOf(state, motion.id).some((round) => !round.rehearsal);
}

function withFollowers(motion: Motion, added: readonly Motion[], state: Sitting): Motion[] {
  const own = added.filter((m) => state.rounds.get(m.follows ?? '')?.motion.id === motion.id);
  return [motion, ...own.flatMap((m) => withFollowers(m, added, state))];
}
