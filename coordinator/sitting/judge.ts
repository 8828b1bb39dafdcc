import { shapeOf } from '../../shared/kinds/counting.ts';
import { invalidChoice } from '../../shared/protocol/ballot.ts';
import { readProof } from '../../shared/protocol/card-proof.ts';
import { holdsCredential } from '../../shared/protocol/credential.ts';
import { thumbprint } from '../../shared/protocol/keys.ts';
import type { Audit, Ballot, CheckIn, Connect, Credential } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { sealedHeader } from '../../shared/protocol/sealed-header.ts';
import type { TerminalEntry } from './fold.ts';
import { isOver, type Round, type Sitting } from './state.ts';

/** What becomes of a message: entered, entered already (the same receipt again), or refused. */
export type Verdict =
  | { readonly kind: 'enter' }
  | { readonly kind: 'again'; readonly seq: number; readonly hash: string }
  | { readonly kind: 'refuse'; readonly reason: Reason };

const refuse = (reason: Reason): Verdict => ({ kind: 'refuse', reason });
const ENTER: Verdict = { kind: 'enter' };

/** A message whose signature by key `kid` has been verified. `digest`: SHA-256 of its JWS. */
export interface Authentic {
  readonly message: TerminalEntry;
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
  if (message.typ === 'connect') return verdict(connectRefusal(state, message, terminal.key));

  const before = state.accepted.get(message.id);
  if (before) {
    if (before.digest !== digest || before.terminal !== message.terminal) return refuse('replayed');
    if (before.rejected) return refuse(before.rejected);
    return { kind: 'again', seq: before.seq, hash: before.hash };
  }
  if (message.sitting !== state.begun.sitting) return refuse('another-sitting');
  switch (message.typ) {
    case 'check-in':
      return verdict(checkInRefusal(state, message));
    case 'credential':
      return verdict(credentialRefusal(state, message));
    case 'ballot':
      return verdict(ballotRefusal(state, message, time));
    case 'audit':
      return verdict(auditRefusal(state, message, time));
  }
}

const verdict = (reason: Reason | null): Verdict => (reason === null ? ENTER : refuse(reason));

function connectRefusal(
  state: Sitting,
  { coordinator, key, terminal, n }: Connect,
  enrolled: string,
): Reason | null {
  if (key !== enrolled) return 'wrong-key';
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

/** Whether the deputy a message speaks for sits at the terminal it comes from. */
function seatRefusal(state: Sitting, { terminal, deputy }: Credential | Ballot | Audit): Reason | null {
  const seated = state.seated.get(terminal);
  if (seated === undefined) return 'not-checked-in';
  return seated === deputy ? null : 'another-deputy';
}

function credentialRefusal(state: Sitting, offer: Credential): Reason | null {
  const elsewhere = seatRefusal(state, offer);
  if (elsewhere) return elsewhere;
  const owner = state.credentialOwners.get(offer.credential);
  if (owner !== undefined && owner !== offer.deputy) return 'credential-in-use';
  return holdsCredential(offer) ? null : 'wrong-credential-proof';
}

/** Why nothing that `message` brings can be taken in its round now; else the round. */
function openRound(
  state: Sitting,
  message: Ballot | Audit,
  time: number,
): { readonly round: Round } | { readonly reason: Reason } {
  const elsewhere = seatRefusal(state, message);
  if (elsewhere) return { reason: elsewhere };
  const round = state.rounds.get(message.round);
  if (!round) return { reason: state.current?.phase === 'open' ? 'another-round' : 'too-early' };
  if (round.opening !== message.opening) return { reason: 'another-round' };
  if (isOver(round, time)) return { reason: 'too-late' };
  if (!round.eligible.has(message.deputy)) return { reason: 'not-on-frozen-roll' };
  // Not final: the seat keeps the message and sends the very same again when the vote goes on.
  return round.hold ? { reason: 'on-hold' } : { round };
}

function ballotRefusal(state: Sitting, ballot: Ballot, time: number): Reason | null {
  const open = openRound(state, ballot, time);
  if ('reason' in open) return open.reason;
  const { round } = open;
  const counted = round.ballots.get(ballot.deputy);
  if (counted && round.motion.press === 'first') return 'already-voted';
  if (counted?.terminal === ballot.terminal && ballot.press <= counted.press) return 'older-press';
  const invalid = invalidChoice(round.motion, ballot.choice);
  if (invalid || ballot.choice.kind !== 'sealed') return invalid;
  const before = round.sealed?.entered.get(ballot.deputy) ?? 0;
  if (before >= MOST_SEALED) return 'too-many-ballots';
  return sealRefusal(state, round, ballot.deputy, ballot.choice.ballot);
}

/** How many sealed ballots a deputy may cast, and how many open for audit, in one vote: each costs proofs and disk. */
export const MOST_SEALED = 50;
export const MOST_AUDITS = 5;

function auditRefusal(state: Sitting, audit: Audit, time: number): Reason | null {
  const open = openRound(state, audit, time);
  if ('reason' in open) return open.reason;
  const { round } = open;
  if (!round.sealed) return 'choice-of-another-kind';
  const before = round.sealed.audits.filter(({ deputy }) => deputy === audit.deputy).length;
  if (before >= MOST_AUDITS) return 'too-many-audits';
  const shape = shapeOf(round.motion);
  if (!hasShape(audit.votes, shape) || !hasShape(audit.randomness, shape)) return 'sealed-malformed';
  return sealRefusal(state, round, audit.deputy, audit.ballot);
}

/** Whether there is something for every answer of every question. */
function hasShape(given: readonly (readonly unknown[])[], shape: readonly number[]): boolean {
  return given.length === shape.length && shape.every((answers, i) => given[i]?.length === answers);
}

/** What shows without a look at its proofs that a sealed ballot cannot count for `deputy`. */
function sealRefusal(state: Sitting, round: Round, deputy: string, text: string): Reason | null {
  const { sealed } = round;
  // No longer than a ballot can be: what is recorded is kept for ever, whether it holds or not.
  const header = sealed && text.length <= sealed.longest ? sealedHeader(text) : null;
  if (!header || !sealed) return 'sealed-malformed';
  const { election, used } = sealed;
  if (header.uuid !== election.uuid || header.electionHash !== election.hash)
    return 'sealed-for-another-vote';
  // Of two credentials of one deputy only one may count: the one that a ballot was cast with.
  const locked = round.ballots.get(deputy)?.credential;
  if (locked && locked !== header.credential) return 'voted-elsewhere';
  if (!locked && state.credentials.get(deputy) !== header.credential) return 'wrong-credential';
  // Signed anew it would be another text, but what was opened can be read in whatever text it stands.
  const before = header.alphas.map((alpha) => used.get(deputy)?.get(alpha));
  if (before.includes('opened')) return 'opened-for-audit';
  return before.includes('cast') ? 'sealed-copied' : null;
}
