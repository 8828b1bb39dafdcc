import { kindOf, type Motion, type Outcome } from '../../../shared/kinds/kinds.ts';
import { meetsQuorum } from '../../../shared/kinds/quorum-and-majority.ts';
import type { ActRefusal } from '../../contract/acts.ts';
import type { AgendaDocument, AttendanceDocument, RoundView } from '../../contract/documents.ts';
import type { ActName } from '../../contract/rights.ts';

/** What the chair may be offered for a motion. */
export type ChairAct =
  | 'open'
  | 'reopen'
  | 'rehearse'
  | 'close'
  | 'hold'
  | 'resume'
  | 'extend'
  | 'announce'
  | 'void'
  | 'runoff'
  | 'fill-places'
  | 'by-hand'
  | 'clear';

/** What each is in the table of rights. */
const ACT_OF: Readonly<Record<ChairAct, ActName>> = {
  open: 'open',
  reopen: 'open',
  rehearse: 'open',
  close: 'close',
  hold: 'hold',
  resume: 'resume',
  extend: 'extend',
  announce: 'announce',
  void: 'void',
  runoff: 'follow-up',
  'fill-places': 'follow-up',
  'by-hand': 'by-hand',
  clear: 'clear',
};

export interface Offers {
  /** The round the acts are about; null where the motion has none. */
  readonly round: RoundView | null;
  /** The one act that comes next; null where none does. */
  readonly main: ChairAct | null;
  readonly others: readonly ChairAct[];
  /** Why there is no vote on the motion now; the main act, if any, waits for it. */
  readonly blocked: ActRefusal | null;
}

type Attendance = Pick<AttendanceDocument, 'roll' | 'present'>;

/** The acts that make sense for `motion` now. The coordinator decides; this only keeps the page tidy. */
export function offers(agenda: AgendaDocument, motion: Motion, attendance: Attendance): Offers {
  const rounds = roundsOf(agenda, motion.id);
  const current = roundInHand(agenda)?.round ?? null;
  const own = rounds.find((round) => round === current) ?? rounds.at(-1) ?? null;

  if (own?.phase === 'open') {
    const extend: ChairAct[] = motion.seconds === null ? [] : ['extend'];
    return own.hold
      ? { round: own, main: 'resume', others: [...extend, 'void'], blocked: null }
      : { round: own, main: 'close', others: ['hold', ...extend, 'void'], blocked: null };
  }
  if (own?.phase === 'closed')
    return own.result
      ? { round: own, main: 'announce', others: ['void'], blocked: null }
      : { round: own, main: null, others: ['void'], blocked: 'not-decrypted' };

  const decided = decidedRound(rounds);
  const unsettled = whyUnsettled(current);
  if (unsettled) return { round: decided ?? own, main: null, others: [], blocked: unsettled };

  const clear: ChairAct[] = own !== null && own === current ? ['clear'] : [];
  if (decided) {
    const main = followerOf(agenda, decided) ? null : followUpAct(motion, decided.result?.outcome);
    return { round: decided, main, others: [...clear, 'void'], blocked: null };
  }
  const keyless = whyNotSecret(agenda, motion);
  const blocked = keyless ?? whyNotOpen(motion, attendance);
  const byHand: ChairAct[] = blocked === 'no-quorum' ? [] : ['by-hand'];
  const rehearse: ChairAct[] = keyless ? [] : ['rehearse'];
  const wasHeld = rounds.some(({ rehearsal }) => !rehearsal);
  return {
    round: own,
    main: wasHeld ? 'reopen' : 'open',
    others: [...rehearse, ...byHand, ...clear],
    blocked,
  };
}

/** Of what is offered, what somebody may do: a page has no button for what its visitor may not. */
export function permitted(offered: Offers, may: (act: ActName) => boolean): Offers {
  const isTheirs = (act: ChairAct) => may(ACT_OF[act]);
  const { main, others } = offered;
  return { ...offered, main: main && isTheirs(main) ? main : null, others: others.filter(isTheirs) };
}

/** The rounds held on a motion, oldest first. */
export function roundsOf(agenda: AgendaDocument, motion: string): readonly RoundView[] {
  return agenda.motions.find((entry) => entry.motion.id === motion)?.rounds ?? [];
}

/** The official round whose result stands. */
export function decidedRound(rounds: readonly RoundView[]): RoundView | null {
  return rounds.find(({ rehearsal, phase }) => !rehearsal && phase === 'announced') ?? null;
}

/** The round in hand and its motion; null between votes. */
export function roundInHand(agenda: AgendaDocument): { motion: Motion; round: RoundView } | null {
  for (const { motion, rounds } of agenda.motions) {
    const round = rounds.find((each) => each.round === agenda.current);
    if (round) return { motion, round };
  }
  return null;
}

/** The motion that settles what `round` left undecided, once it was made. */
export function followerOf(agenda: AgendaDocument, { round }: RoundView): Motion | null {
  return agenda.motions.find(({ motion }) => motion.follows === round)?.motion ?? null;
}

/** The motion the page opens on: the one in hand, else the first not yet decided. */
export function startingMotion(agenda: AgendaDocument): Motion | null {
  const next = agenda.motions.find(({ rounds }) => decidedRound(rounds) === null);
  return roundInHand(agenda)?.motion ?? (next ?? agenda.motions[0])?.motion ?? null;
}

function whyUnsettled(current: RoundView | null): ActRefusal | null {
  if (current?.phase === 'open') return 'vote-open';
  return current?.phase === 'closed' ? 'not-announced' : null;
}

function whyNotOpen(motion: Motion, { present, roll }: Attendance): ActRefusal | null {
  return meetsQuorum(present, roll, motion.quorum) ? null : 'no-quorum';
}

function whyNotSecret({ secretVotes }: AgendaDocument, { voting }: Motion): ActRefusal | null {
  if (voting === 'open' || secretVotes === 'ready') return null;
  return secretVotes === 'none' ? 'no-secrecy' : 'no-election-key';
}

/** The vote that settles what a result left undecided. */
const FOLLOW_UPS = { runoff: 'runoff', 'open-places': 'fill-places' } as const;

function followUpAct(motion: Motion, outcome: Outcome | undefined): ChairAct | null {
  if (outcome?.kind !== motion.kind) return null;
  const undecided = kindOf(motion.kind).undecided(motion, outcome);
  return undecided && FOLLOW_UPS[undecided.is];
}
