import type { Claim } from '../hall/broker/claimants.ts';
import type { LiveTerminal } from '../hall/broker/live-terminals.ts';
import { type RecentEntry, type Round, roundsOf, type Sitting, type Terminal } from '../sitting/state.ts';
import type {
  ActsDocument,
  AgendaDocument,
  DeputyView,
  RefusalsDocument,
  RejectedDocument,
  RoundView,
  TerminalView,
} from './documents.ts';
import { type EntryNames, tellEntry } from './entry-words.ts';
import { sharesNeeded } from './secret-documents.ts';

function roundView(round: Round): RoundView {
  return {
    round: round.id,
    phase: round.phase,
    rehearsal: round.rehearsal,
    byHand: round.byHand,
    openedAt: round.openedAt,
    hold: round.hold && { reason: round.hold.reason },
    extended: round.extended,
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

/** So many terminals that wait are shown: a page must bear whatever strangers claim. */
export const MOST_CLAIMS_SHOWN = 100;

/** Enrolled terminals, each with what is known of it live, and those that wait to be. */
export function terminalsDocument(
  state: Sitting,
  live: ReadonlyMap<string, LiveTerminal>,
  claims: readonly Claim[],
): TerminalView[] {
  const enrolled = [...state.terminals.values()].map((terminal) =>
    enrolledView(terminal, live.get(terminal.terminal), state),
  );
  const pending = fairly(claims, MOST_CLAIMS_SHOWN).map(pendingView);
  return [...enrolled, ...pending].sort((a, b) => compare(a.terminal, b.terminal) || compare(a.kid, b.kid));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of each place the first claims, so that whoever claims many hides nobody who claims one. */
function fairly(claims: readonly Claim[], most: number): Claim[] {
  const seen = new Map<string, number>();
  return claims
    .map((claim) => {
      const rank = seen.get(claim.place) ?? 0;
      seen.set(claim.place, rank + 1);
      return { claim, rank };
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ claim }) => claim);
}

const NOTHING_KNOWN = {
  version: null,
  panel: null,
  reader: null,
  firmware: null,
  machine: null,
  clockOffset: null,
  selfTest: null,
  waiting: null,
  roundTrip: null,
  update: null,
  deputy: null,
} as const;

function pendingView({ terminal, kid, key, place, since }: Claim): TerminalView {
  const known = { state: 'pending', place, since, connected: true, away: null, lastContact: since } as const;
  return { terminal, seat: null, kid, key, ...known, ...NOTHING_KNOWN, faults: [] };
}

function enrolledView(
  { terminal, seat, kid, key }: Terminal,
  now: LiveTerminal | undefined,
  state: Sitting,
): TerminalView {
  const { health } = now ?? {};
  return {
    terminal,
    seat,
    kid,
    key,
    state: 'enrolled',
    place: null,
    since: null,
    connected: now?.connected ?? false,
    away: awayOf(now),
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
    update: health?.update ?? null,
    deputy: state.deputies.get(state.seated.get(terminal) ?? '')?.name ?? null,
  };
}

function awayOf(now: LiveTerminal | undefined): TerminalView['away'] {
  if (now?.connected) return null;
  return now ? { since: now.wentAt, why: now.goodbye ?? 'lost' } : { since: null, why: 'never' };
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

export function rejectedDocument({ rejected: { counts, last } }: Sitting): RejectedDocument {
  const reasons = [...counts].map(([reason, count]) => ({ reason, count }));
  return {
    reasons: reasons.sort((a, b) => b.count - a.count || compare(a.reason, b.reason)),
    last: [...last].reverse(),
  };
}

export function actsDocument({ recent, deputies, staff, rounds }: Sitting): ActsDocument {
  const names: EntryNames = {
    deputy: (id) => deputies.get(id)?.name,
    person: (id) => staff.get(id)?.name,
    round: (id) => rounds.get(id)?.motion.title,
  };
  const toldOf = ({ seq, time, says }: RecentEntry) => ({
    seq,
    time,
    by: says.by,
    with: ('with' in says ? says.with : null) ?? null,
    ...tellEntry(says, names),
    reason: 'reason' in says ? says.reason : '',
  });
  return recent.map(toldOf).reverse();
}
