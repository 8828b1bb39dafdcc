import type { LiveTerminal } from '../broker/live-terminals.ts';
import { type Round, roundsOf, type Sitting } from '../sitting/state.ts';
import type { AgendaDocument, DeputyView, RefusalsDocument, RoundView, TerminalView } from './documents.ts';
import { sharesNeeded } from './secret.ts';

function roundView(round: Round): RoundView {
  return {
    round: round.id,
    phase: round.phase,
    rehearsal: round.rehearsal,
    byHand: round.byHand,
    openedAt: round.openedAt,
    present: round.present,
    cast: round.cast,
    // A round voided while open has no result, and one that is open shows none to anybody (G4).
    result: round.phase === 'open' ? null : round.result,
    decryption:
      round.phase === 'closed' && round.sealed
        ? { shares: round.sealed.shares.length, needed: sharesNeeded(round) }
        : null,
    reason: round.reason,
  };
}

export function agendaDocument(state: Sitting): AgendaDocument {
  return {
    motions: state.motions.map((motion) => ({ motion, rounds: roundsOf(state, motion.id).map(roundView) })),
    current: state.current?.id ?? null,
    secretVotes: state.electionKey ? 'ready' : state.secrecy ? 'no-key' : 'none',
  };
}

/** Enrolled terminals and those that wait to be, each with what is known of it live. */
export function terminalsDocument(state: Sitting, live: ReadonlyMap<string, LiveTerminal>): TerminalView[] {
  const ids = new Set([...state.terminals.keys(), ...live.keys()]);
  return [...ids].sort().flatMap((terminal): TerminalView[] => {
    const enrolled = state.terminals.get(terminal);
    const now = live.get(terminal);
    const identity = enrolled ?? now?.pending;
    if (!identity || (!enrolled && !now?.connected)) return [];
    const { health } = now ?? {};
    return [
      {
        terminal,
        seat: enrolled?.seat ?? null,
        kid: identity.kid,
        key: identity.key,
        state: enrolled ? 'enrolled' : 'pending',
        connected: now?.connected ?? false,
        lastContact: now?.lastContact ?? null,
        version: health?.version ?? null,
        panel: health?.panel ?? null,
        reader: health?.reader ?? null,
        firmware: health?.firmware ?? null,
        machine: health?.machine ?? null,
        faults: health?.faults ?? [],
        clockOffset: now?.clockOffset ?? null,
        selfTest: health?.selfTest ?? null,
        waiting: health?.waiting ?? null,
        roundTrip: health?.roundTrip ?? null,
        deputy: state.deputies.get(state.seated.get(terminal) ?? '')?.name ?? null,
      },
    ];
  });
}

export function deputiesDocument(state: Sitting): DeputyView[] {
  const cards = new Map<string, DeputyView['cards']>();
  for (const [card, { deputy, status }] of state.cards)
    cards.set(deputy, [...(cards.get(deputy) ?? []), { card, status }]);
  return [...state.deputies.values()].map(({ id, name, delegation, title, seat }) => {
    const presence = state.presence.get(id);
    return {
      id,
      name,
      delegation,
      title,
      seat,
      present: presence !== undefined,
      since: presence?.since ?? state.left.get(id) ?? null,
      terminal: presence?.terminal ?? null,
      byHand: presence?.byHand ?? false,
      leftEarly: state.left.has(id),
      cards: cards.get(id) ?? [],
    };
  });
}

export function refusalsDocument(state: Sitting): RefusalsDocument {
  return [...state.refusals].reverse();
}
