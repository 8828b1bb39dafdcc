import { invalidChoice } from '../../shared/ballot.ts';
import { thumbprint } from '../../shared/keys.ts';
import type { Ballot, CheckIn, Connect } from '../../shared/messages.ts';
import { readProof } from '../../shared/ntag424.ts';
import type { Reason } from '../../shared/reasons.ts';
import type { Sitting } from './state.ts';

/** What becomes of a message: entered, entered already (the same receipt again), or refused. */
export type Verdict =
  | { readonly kind: 'enter' }
  | { readonly kind: 'again'; readonly seq: number; readonly hash: string }
  | { readonly kind: 'refuse'; readonly reason: Reason };

const refuse = (reason: Reason): Verdict => ({ kind: 'refuse', reason });
const ENTER: Verdict = { kind: 'enter' };

/** A message whose signature by key `kid` has been verified. `digest`: SHA-256 of its JWS. */
export interface Authentic {
  readonly message: Connect | CheckIn | Ballot;
  readonly kid: string;
  readonly digest: string;
}

/**
 * Whether `message` is the tap of a card with a key of its own. Such a tap has a MAC, which only the coordinator can
 * verify: it does so after everything else was judged here, and refuses with `wrong-card-proof`.
 */
export function hasCardMac(state: Sitting, message: Authentic['message']): message is CheckIn {
  return message.typ === 'check-in' && state.cards.get(message.card)?.kind === 'ntag424';
}

/**
 * Whether an authentic message may enter the ledger as it stands at `time` (ledger ms): every rule of check-in
 * and voting, in one place, for the coordinator and for the verifier.
 */
export function judge(state: Sitting, { message, kid, digest }: Authentic, time: number): Verdict {
  if (message.hall !== state.begun?.hall) return refuse('another-sitting');
  const terminal = state.terminals.get(message.terminal);
  if (!terminal) return refuse('not-enrolled');
  if (terminal.kid !== kid) return refuse('wrong-key');
  if (message.typ === 'connect') return verdict(connectRefusal(state, message));

  const before = state.accepted.get(message.id);
  if (before) {
    if (before.digest !== digest || before.terminal !== message.terminal) return refuse('replayed');
    return { kind: 'again', seq: before.seq, hash: before.hash };
  }
  if (message.sitting !== state.begun.sitting) return refuse('another-sitting');
  return verdict(
    message.typ === 'check-in' ? checkInRefusal(state, message) : ballotRefusal(state, message, time),
  );
}

const verdict = (reason: Reason | null): Verdict => (reason === null ? ENTER : refuse(reason));

function connectRefusal(state: Sitting, { coordinator, terminal, n }: Connect): Reason | null {
  if (state.begun === null || coordinator !== thumbprint(state.begun.key)) return 'another-coordinator';
  return n > (state.connections.get(terminal) ?? 0) ? null : 'old-proof';
}

const CARD_REFUSALS = { lost: 'lost-card', cancelled: 'cancelled-card' } as const;

/** What is wrong with a tap's one-time message, as far as that shows without the card's key. */
function tapRefusal(state: Sitting, { card, proof }: CheckIn): Reason | null {
  if (proof === undefined) return 'card-proof-missing';
  const tap = readProof(proof);
  if (tap?.uid !== card) return 'wrong-card-proof';
  return tap.counter > (state.counters.get(card) ?? 0) ? null : 'replayed-tap';
}

function checkInRefusal(state: Sitting, message: CheckIn): Reason | null {
  const { card, terminal } = message;
  const known = state.cards.get(card);
  const deputy = known && state.deputies.get(known.deputy);
  if (!known || !deputy) return 'unknown-card';
  if (known.status !== 'active') return CARD_REFUSALS[known.status];
  if (!state.accept.includes(known.kind)) return 'card-kind-not-accepted';
  const broken = known.kind === 'ntag424' ? tapRefusal(state, message) : null;
  if (broken) return broken;
  if (state.seating === 'fixed' && state.terminals.get(terminal)?.seat !== deputy.seat) return 'another-seat';
  const seated = state.seated.get(terminal);
  if (seated !== undefined && seated !== deputy.id) return 'seat-taken';
  const at = state.presence.get(deputy.id)?.terminal;
  if (at != null && at !== terminal) return 'checked-in-elsewhere';
  return null;
}

function ballotRefusal(state: Sitting, ballot: Ballot, time: number): Reason | null {
  const seated = state.seated.get(ballot.terminal);
  if (seated === undefined) return 'not-checked-in';
  if (seated !== ballot.deputy) return 'another-deputy';
  const round = state.rounds.get(ballot.round);
  if (!round) return state.current?.phase === 'open' ? 'another-round' : 'too-early';
  if (round.opening !== ballot.opening) return 'another-round';
  if (round.phase !== 'open' || (round.deadline !== null && time >= round.deadline)) return 'too-late';
  if (!round.eligible.has(ballot.deputy)) return 'not-on-frozen-roll';
  const counted = round.ballots.get(ballot.deputy);
  if (counted && round.motion.press === 'first') return 'already-voted';
  if (counted?.terminal === ballot.terminal && ballot.press <= counted.press) return 'older-press';
  return invalidChoice(round.motion, ballot.choice);
}
