import { isDeepStrictEqual } from 'node:util';
import type { Fraction } from '../../shared/kinds/fraction.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { whyNotEnrol } from './decide.ts';
import { mayChangeKey } from './decide-secret.ts';
import type { Decision, Step } from './decided.ts';
import type { CardKind, Deputy, EnrolledTerminal, RegisteredCard } from './entries.ts';
import type { Secrecy } from './secrecy.ts';
import { roundsOf, type Sitting } from './state.ts';

/** What the hall's files say. */
export interface HallFiles {
  readonly seating: 'fixed' | 'free';
  readonly quorum: Fraction;
  /** Kinds of card that check in. */
  readonly accept: readonly CardKind[];
  readonly deputies: readonly Deputy[];
  /** The register of cards, beside those of the roll. */
  readonly cards: readonly RegisteredCard[];
  readonly motions: readonly Motion[];
  readonly terminals: readonly EnrolledTerminal[];
  /** Who holds the key of secret votes; null or absent where there are none. */
  readonly secrecy?: Secrecy | null;
}

/**
 * The entries that bring the sitting to what the files say; none where nothing changed. A motion that was voted
 * on stays as it was voted on, and motions made during the sitting stay behind the ones they follow.
 */
export function configure(state: Sitting, files: HallFiles): Decision {
  const steps: Step[] = [];
  const { seating, quorum, accept } = files;
  const rules = { seating: state.seating, quorum: state.quorum, accept: state.accept };
  if (state.head.seq <= 2 || !isDeepStrictEqual({ seating, quorum, accept }, rules)) {
    const isUsual = isDeepStrictEqual(accept, ['uid']);
    steps.push({ typ: 'rules-set', seating, quorum, ...(isUsual ? {} : { cards: [...accept] }) });
  }

  const secrecy = files.secrecy ?? null;
  if (!isDeepStrictEqual(secrecy, state.secrecy)) {
    if (!mayChangeKey(state)) return { ok: false, reason: 'secret-vote-unsettled' };
    steps.push({ typ: 'secrecy-set', secrecy });
  }

  const deputies = [...files.deputies];
  const rollChanged = !isDeepStrictEqual(deputies, [...state.deputies.values()]);
  if (rollChanged && state.current?.phase === 'open') return { ok: false, reason: 'vote-open' };
  if (rollChanged) steps.push({ typ: 'roll-set', deputies });

  const cards = files.cards.filter((line) => isNews(state, line));
  if (cards.length > 0) steps.push({ typ: 'cards-registered', cards });

  const added = state.motions.filter((motion) => motion.follows !== undefined);
  const motions = files.motions.flatMap((motion) => withFollowers(motion, added, state));
  if (!isDeepStrictEqual(motions, state.motions)) {
    const twice = motions.find(({ id }, i) => motions.findIndex((other) => other.id === id) !== i);
    if (twice) return { ok: false, reason: 'motion-twice', detail: twice.id };
    const kept = new Map(motions.map((motion) => [motion.id, motion]));
    const broken = state.motions.find(
      (motion) => isVotedOn(state, motion) && !isDeepStrictEqual(kept.get(motion.id), motion),
    );
    if (broken) return { ok: false, reason: 'motion-voted', detail: broken.id };
    steps.push({ typ: 'agenda-set', motions });
  }

  const fresh = files.terminals.filter(
    ({ terminal, seat, key }) =>
      !state.removedKeys.has(key) &&
      (state.terminals.get(terminal)?.key !== key || state.terminals.get(terminal)?.seat !== seat),
  );
  const replaced = fresh.map((t) => t.terminal).filter((id) => state.terminals.has(id));
  if (replaced.length > 0) steps.push({ typ: 'terminals-removed', by: 'file', terminals: replaced });
  if (fresh.length > 0) {
    const others = { ...state, terminals: state.terminals.deleteAll(replaced) };
    for (const t of fresh) {
      const refusal = whyNotEnrol(others, t.terminal, t.seat, t.key);
      if (refusal) return { ok: false, reason: refusal, detail: t.terminal };
    }
    steps.push({ typ: 'terminals-enrolled', by: 'file', terminals: fresh });
  }
  return { ok: true, steps };
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
