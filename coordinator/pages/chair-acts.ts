import type { Motion } from '../../shared/motion.ts';
import type { AgendaDocument, RoundView } from '../views/documents.ts';

/** What the chair may be offered for a motion, the likeliest first. The coordinator decides; this only tidies the page. */
export type ChairAct =
  | 'open'
  | 'reopen'
  | 'rehearse'
  | 'close'
  | 'announce'
  | 'void'
  | 'follow-up'
  | 'by-hand'
  | 'clear';

export interface Offers {
  /** The round the acts are about; null where the motion has none. */
  readonly round: RoundView | null;
  /** The one act that comes next; null where none does. */
  readonly main: ChairAct | null;
  readonly others: readonly ChairAct[];
}

function isUndecided({ result }: RoundView): boolean {
  if (result?.outcome.kind !== 'selection') return false;
  return result.outcome.runoffPlaces > 0 || result.outcome.openPlaces > 0;
}

/** The acts that make sense for `motion` now. */
export function offers(agenda: AgendaDocument, motion: Motion): Offers {
  const rounds = agenda.motions.find((entry) => entry.motion.id === motion.id)?.rounds ?? [];
  const all = agenda.motions.flatMap((entry) => entry.rounds);
  const current = all.find(({ round }) => round === agenda.current) ?? null;
  const own = rounds.find(({ round }) => round === agenda.current) ?? rounds.at(-1) ?? null;

  if (own?.phase === 'open') return { round: own, main: 'close', others: ['void'] };
  if (own?.phase === 'closed') return { round: own, main: 'announce', others: ['void'] };
  if (current?.phase === 'open' || current?.phase === 'closed') return { round: own, main: null, others: [] };

  const clear: ChairAct[] = own !== null && own.round === agenda.current ? ['clear'] : [];
  const official = rounds.filter(({ rehearsal }) => !rehearsal);
  const decided = official.find(({ phase }) => phase === 'announced') ?? null;
  if (decided) {
    const hasFollower = agenda.motions.some((entry) => entry.motion.follows === decided.round);
    const main = isUndecided(decided) && !hasFollower ? 'follow-up' : (clear[0] ?? null);
    return { round: decided, main, others: [...clear, 'void' as const].filter((act) => act !== main) };
  }
  return {
    round: own,
    main: official.length > 0 ? 'reopen' : 'open',
    others: ['rehearse', 'by-hand', ...clear],
  };
}

/** The motion the page opens on: the one in hand, else the first not yet decided. */
export function startingMotion(agenda: AgendaDocument): string | null {
  const has = (wanted: (round: RoundView) => boolean) =>
    agenda.motions.find((entry) => entry.rounds.some(wanted));
  const inHand = has(({ round }) => round === agenda.current);
  const next = agenda.motions.find(
    (entry) => !entry.rounds.some((r) => !r.rehearsal && r.phase === 'announced'),
  );
  return (inHand ?? next ?? agenda.motions[0])?.motion.id ?? null;
}
