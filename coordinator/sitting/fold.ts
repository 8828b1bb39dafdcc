import { sha256Base64url } from '../../shared/bytes.ts';
import { thumbprint } from '../../shared/keys.ts';
import type { LedgerRow } from '../../shared/ledger-hash.ts';
import type { CheckIn, Connect } from '../../shared/messages.ts';
import { readProof } from '../../shared/ntag424.ts';
import { type ForLedger, isMessageEntryType, type OwnEntry, type RegisteredCard } from '../ledger/entries.ts';
import { castBallot, foldRound, openBallot, rejectBallot } from './fold-round.ts';
import { electionKey } from './secret-round.ts';
import { type Sitting, terminalAt } from './state.ts';

/** A row of the ledger with what its body says. */
export type Entry = { readonly row: LedgerRow; readonly says: OwnEntry | TerminalEntry };

/** A terminal's messages that stand in the ledger. */
export type TerminalEntry = Connect | ForLedger;

const isMessage = (says: Entry['says']): says is TerminalEntry => isMessageEntryType(says.typ);

/** Whether the entry is the coordinator's own, not a terminal's message. */
export const isOwn = (says: Entry['says']): says is OwnEntry => !isMessage(says);

/**
 * The sitting after `entry`: a pure fold, `state` being handed over to it and changed in place. It believes the
 * entry; whether it may stand in the ledger was decided before it was written (`judge.ts`, `decide.ts`).
 */
export function fold(state: Sitting, { row, says }: Entry): Sitting {
  const before = state.head.time;
  state.head = { seq: row.seq, hash: row.hash, time: row.time };
  switch (says.typ) {
    case 'connect':
      state.connections.set(says.terminal, says.n);
      break;
    case 'check-in':
      accept(state, row, says.id, says.terminal);
      useTap(state, says);
      seat(state, state.cards.get(says.card)?.deputy ?? '', says.terminal, row.time, false);
      break;
    case 'credential':
      accept(state, row, says.id, says.terminal);
      state.credentials.set(says.deputy, says.credential);
      state.credentialOwners.set(says.credential, says.deputy);
      break;
    case 'ballot':
      accept(state, row, says.id, says.terminal);
      castBallot(state, row, says);
      break;
    case 'audit':
      accept(state, row, says.id, says.terminal);
      openBallot(state, says);
      break;
    default:
      foldOwn(state, row, says, before);
  }
  return state;
}

function accept(state: Sitting, row: LedgerRow, id: string, terminal: string): void {
  const { seq, hash } = row;
  state.accepted.set(id, { digest: sha256Base64url(row.body), terminal, seq, hash, rejected: null });
}

/** A tap of a card with a key of its own is used once: its counter only rises. */
function useTap(state: Sitting, { card, proof }: CheckIn): void {
  const read = proof === undefined ? null : readProof(proof);
  if (read && state.cards.get(card)?.kind === 'ntag424') raise(state, card, read.counter);
}

function raise(state: Sitting, card: string, counter: number): void {
  state.counters.set(card, Math.max(counter, state.counters.get(card) ?? 0));
}

function seat(state: Sitting, deputy: string, terminal: string | null, since: number, byHand: boolean): void {
  const before = state.presence.get(deputy);
  if (before?.terminal === terminal) return;
  unseat(state, deputy);
  state.presence.set(deputy, before ? { ...before, terminal } : { terminal, since, byHand });
  state.left.delete(deputy);
  if (terminal !== null) state.seated.set(terminal, deputy);
}

function unseat(state: Sitting, deputy: string): void {
  const terminal = state.presence.get(deputy)?.terminal;
  state.presence.delete(deputy);
  if (terminal) state.seated.delete(terminal);
}

function foldOwn(state: Sitting, row: LedgerRow, says: OwnEntry, before: number): void {
  switch (says.typ) {
    case 'begun': {
      const { hall, name, congress, sitting, title, date, key } = says;
      state.begun = { hall, name, congress, sitting, title, date, key };
      break;
    }
    case 'started':
      restart(state, row, says.boot, before);
      state.clock = { boot: says.boot, mono: says.mono, time: row.time };
      break;
    case 'rules-set':
      state.seating = says.seating;
      state.quorum = says.quorum;
      state.accept = says.cards ?? ['uid'];
      break;
    case 'roll-set':
      setRoll(state, says.deputies);
      break;
    case 'agenda-set':
      state.motions = says.motions;
      break;
    case 'motion-added': {
      const after = state.motions.findIndex(
        (m) => m.id === state.rounds.get(says.motion.follows ?? '')?.motion.id,
      );
      state.motions = [...state.motions.slice(0, after + 1), says.motion, ...state.motions.slice(after + 1)];
      break;
    }
    case 'terminals-enrolled':
      for (const { terminal, seat, key } of says.terminals) {
        state.terminals.set(terminal, { terminal, seat, key, kid: thumbprint(key) });
        state.removedKeys.delete(key);
      }
      break;
    case 'terminals-removed':
      for (const terminal of says.terminals) removeTerminal(state, terminal);
      break;
    case 'cards-registered':
      for (const line of says.cards) register(state, line);
      break;
    case 'card-issued':
      state.cards.set(says.card, { deputy: says.deputy, kind: 'uid', status: 'active' });
      break;
    case 'card-marked': {
      const { deputy, kind } = state.cards.get(says.card) ?? NO_CARD;
      state.cards.set(says.card, { deputy, kind, status: says.status });
      break;
    }
    case 'checked-in-by-hand': {
      const at = terminalAt(state, state.deputies.get(says.deputy)?.seat ?? '');
      const free = at !== null && !state.seated.has(at.terminal);
      seat(state, says.deputy, free ? at.terminal : null, row.time, true);
      break;
    }
    case 'left':
      unseat(state, says.deputy);
      state.left.set(says.deputy, row.time);
      break;
    case 'refused':
      state.refusals.push({ seq: row.seq, time: row.time, terminal: says.terminal, reason: says.reason });
      if (state.refusals.length > 100) state.refusals.shift();
      break;
    case 'secrecy-set':
      state.secrecy = says.secrecy;
      beginCeremony(state);
      break;
    case 'ceremony-restarted':
      beginCeremony(state);
      break;
    case 'ceremony-step': {
      const { step, owner, text } = says;
      const contributions = new Map([...(state.ceremony.get(step) ?? []), [owner, text]]);
      state.ceremony = new Map([...state.ceremony, [step, contributions]]);
      break;
    }
    case 'election-key-set':
      state.electionKey = electionKey(says.trustees);
      break;
    case 'ballot-rejected':
      rejectBallot(state, says);
      break;
    case 'checkpoint':
      state.checkpoint = { seq: says.at, hash: says.hash, time: says.time };
      break;
    default:
      foldRound(state, row, says);
  }
}

function beginCeremony(state: Sitting): void {
  state.ceremonies += 1;
  state.ceremony = new Map();
  state.electionKey = null;
}

/** After a boot nobody knows how long the machine was off: an open vote keeps the time it had left. */
function restart(state: Sitting, row: LedgerRow, boot: string, before: number): void {
  const round = state.current;
  if (round?.deadline == null || state.clock === null || state.clock.boot === boot) return;
  round.deadline += row.time - before;
}

const NO_CARD = { deputy: '', kind: 'uid' } as const;

function register(state: Sitting, line: RegisteredCard): void {
  const { card, deputy, kind, status, counter } = line;
  state.cards.set(card, { deputy, kind, status });
  state.register.set(card, line);
  raise(state, card, counter);
}

/** Cards in the file are issued; cards that staff marked keep their mark, and cards issued by hand stay. */
function setRoll(state: Sitting, deputies: Extract<OwnEntry, { typ: 'roll-set' }>['deputies']): void {
  state.deputies = new Map(deputies.map((deputy) => [deputy.id, deputy]));
  for (const deputy of deputies)
    for (const card of deputy.cards) {
      const known = state.cards.get(card);
      const kind = known?.kind ?? 'uid';
      if (known?.deputy !== deputy.id) state.cards.set(card, { deputy: deputy.id, kind, status: 'active' });
    }
  for (const id of state.presence.keys()) if (!state.deputies.has(id)) unseat(state, id);
}

function removeTerminal(state: Sitting, terminal: string): void {
  const key = state.terminals.get(terminal)?.key;
  if (key !== undefined) state.removedKeys.add(key);
  state.terminals.delete(terminal);
  const deputy = state.seated.get(terminal);
  const presence = deputy === undefined ? undefined : state.presence.get(deputy);
  state.seated.delete(terminal);
  if (deputy !== undefined && presence) state.presence.set(deputy, { ...presence, terminal: null });
}
