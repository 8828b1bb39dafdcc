import { encode } from '../../shared/belenios/group.ts';
import { listsNamed } from '../../shared/kinds/motion-list.ts';
import { MESSAGE_VERSION, MOST_LISTS, type Seat, type SittingState } from '../../shared/protocol/messages.ts';
import { type Round, type Sitting, timeLeft } from '../sitting/state.ts';

const NOWHERE = { zh: '—' };

function openRound(state: Sitting): Round | null {
  return state.current?.phase === 'open' ? state.current : null;
}

/** What a terminal is told of its seat. */
export function seatMessage(state: Sitting, terminal: string, now: number): Seat {
  const enrolled = state.terminals.get(terminal);
  const deputy = state.deputies.get(state.seated.get(terminal) ?? '');
  const round = openRound(state);
  const credential = deputy && state.credentials.get(deputy.id);
  const { id, name, delegation, title } = deputy ?? { id: '', name: '', delegation: '', title: '' };
  return {
    typ: 'seat',
    v: MESSAGE_VERSION,
    hall: state.begun?.hall ?? '',
    sitting: state.begun?.sitting ?? '',
    terminal,
    rev: state.head.seq,
    enrolled: enrolled !== undefined,
    seat: enrolled?.seat ?? '',
    deputy: deputy ? { id, name, delegation, title } : null,
    ...(credential === undefined ? {} : { credential }),
    round: round?.id ?? null,
    eligible: deputy !== undefined && (round?.eligible.has(deputy.id) ?? false),
    counted: round?.ballots.get(id)?.press ?? null,
    remaining: round && timeLeft(round, now),
  };
}

/** What all terminals are told of the sitting. */
export function sittingMessage(state: Sitting): SittingState {
  const { current } = state;
  const sealed = current?.sealed;
  const lists = listsNamed(state.motions).slice(0, MOST_LISTS);
  return {
    typ: 'sitting',
    v: MESSAGE_VERSION,
    hall: state.begun?.hall ?? '',
    sitting: state.begun?.sitting ?? '',
    rev: state.head.seq,
    title: state.begun?.title ?? NOWHERE,
    round: current && {
      id: current.id,
      phase: current.phase,
      rehearsal: current.rehearsal,
      opening: current.opening,
      motion: current.motion,
      ...(current.hold ? { hold: { reason: current.hold.reason } } : {}),
      ...(sealed ? { election: { uuid: sealed.election.uuid, key: encode(sealed.election.publicKey) } } : {}),
    },
    ...(lists.length > 0 ? { lists } : {}),
  };
}
