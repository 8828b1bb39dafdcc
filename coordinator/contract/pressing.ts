import type { LiveTerminal } from '../hall/broker/live-terminals.ts';
import type { Round, Sitting } from '../sitting/state.ts';
import type { PressingDocument, UnvotedDocument } from './documents.ts';

/** So many lines are shown of those whose votes are missing. */
export const MOST_UNVOTED_SHOWN = 300;

type Line = NonNullable<UnvotedDocument>['seats'][number];
type Why = Line['why'];
type Live = ReadonlyMap<string, LiveTerminal>;

/** Who can be helped stands first. */
const ORDER: readonly Why[] = ['fault', 'offline', 'noTerminal', 'left', 'notPressed'];

/** A deputy whose vote is missing: why, since when (ledger ms), and at which terminal. */
interface Missing {
  readonly deputy: string;
  readonly terminal: string | null;
  readonly why: Why;
  readonly since: number | null;
}

/**
 * Everybody who may vote in `round` and has no ballot in it that counts. Of a secret vote this tells what its ledger tells of
 * every ballot, who has cast one, and nothing of what is in it: a ballot opened for audit or rejected is none either way.
 */
function missingIn(round: Round, state: Sitting, live: Live): Missing[] {
  return [...round.eligible]
    .filter((deputy) => !round.ballots.has(deputy))
    .map((deputy) => ({ deputy, ...whyMissing(deputy, state, live) }));
}

function whyMissing(deputy: string, state: Sitting, live: Live): Omit<Missing, 'deputy'> {
  const presence = state.presence.get(deputy);
  if (!presence) return { terminal: null, why: 'left', since: state.left.get(deputy) ?? null };
  const { terminal } = presence;
  // Another deputy may have taken the seat since.
  if (terminal === null || state.seated.get(terminal) !== deputy)
    return { terminal: null, why: 'noTerminal', since: null };
  const now = live.get(terminal);
  if (!now?.connected) return { terminal, why: 'offline', since: now?.wentAt ?? null };
  if (now.faultSince !== null) return { terminal, why: 'fault', since: now.faultSince };
  return { terminal, why: 'notPressed', since: null };
}

const openRound = ({ current }: Sitting): Round | null => (current?.phase === 'open' ? current : null);

/** How many votes are missing in the open round, and why; null while none is open. */
export function pressingDocument(state: Sitting, live: Live): PressingDocument {
  const round = openRound(state);
  if (!round) return null;
  const missing = missingIn(round, state, live);
  const are = (...whys: Why[]) => missing.filter(({ why }) => whys.includes(why)).length;
  return {
    round: round.id,
    present: round.present,
    cast: round.cast,
    notPressed: are('notPressed'),
    offline: are('offline', 'noTerminal'),
    fault: are('fault'),
    left: are('left'),
    noTerminal: are('noTerminal'),
  };
}

/** Whose votes are missing in the open round; null while none is open. */
export function unvotedDocument(state: Sitting, live: Live): UnvotedDocument {
  const round = openRound(state);
  if (!round) return null;
  // Whoever goes to help walks the hall, seat by seat.
  const missing = missingIn(round, state, live)
    .map((each) => lineOf(each, state))
    .sort((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why) || (a.seat < b.seat ? -1 : 1));
  return {
    round: round.id,
    seats: missing.slice(0, MOST_UNVOTED_SHOWN),
    more: Math.max(0, missing.length - MOST_UNVOTED_SHOWN),
  };
}

function lineOf({ deputy, terminal, why, since }: Missing, state: Sitting): Line {
  const { name = '', delegation = '', seat: home = '' } = state.deputies.get(deputy) ?? {};
  const seat = state.terminals.get(terminal ?? '')?.seat ?? home;
  return { deputy, name, delegation, seat, terminal, why, since };
}
