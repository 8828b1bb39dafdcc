import { sha256Base64url, sha256Hex } from '../../shared/protocol/bytes.ts';
import { readProof } from '../../shared/protocol/card-proof.ts';
import { thumbprint } from '../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import type { CheckIn, Connect } from '../../shared/protocol/messages.ts';
import type { LedgerHead } from '../chronicle/row.ts';
import {
  type EnrolledTerminal,
  type ForLedger,
  isMessageEntryType,
  type OwnEntry,
  type RegisteredCard,
} from './entries.ts';
import { castBallot, foldRound, openBallot, rejectBallot, withRound } from './fold-round.ts';
import { withRecent } from './recent.ts';
import { foldRefused } from './refusal-budget.ts';
import { withCounted, withRejected } from './rejected.ts';
import { electionKey } from './secret-round.ts';
import { type Card, type Sitting, terminalAt } from './state.ts';

/** A row of the ledger with what its body says. */
export type Entry = { readonly row: LedgerRow; readonly says: OwnEntry | TerminalEntry };

/** A terminal's messages that stand in the ledger. */
export type TerminalEntry = Connect | ForLedger;

const isMessage = (says: Entry['says']): says is TerminalEntry => isMessageEntryType(says.typ);

/** Whether the entry is the coordinator's own, not a terminal's message. */
export const isOwn = (says: Entry['says']): says is OwnEntry => !isMessage(says);

/**
 * The sitting after `entry`, a value of its own: `state` stays as it was. It believes the entry; whether it may stand in
 * the ledger was decided before it was written (`judge.ts`, `decide.ts`).
 */
export function fold(state: Sitting, { row, says }: Entry): Sitting {
  const { seq, hash, time } = row;
  const head = { seq, hash, time };
  if (isMessage(says)) return foldMessage(state, head, row, says);
  const isStarting = says.typ === 'started' || (state.isStarting && says.by.role === 'file');
  const recent = withRecent(state.recent, { seq, time, says });
  return { ...foldOwn(state, row, says), head, isStarting, recent };
}

function foldMessage(state: Sitting, head: LedgerHead, row: LedgerRow, says: TerminalEntry): Sitting {
  const isStarting = false;
  if (says.typ === 'connect')
    return { ...state, head, isStarting, connections: state.connections.set(says.terminal, says.n) };
  const { seq, hash } = row;
  const digest = sha256Base64url(row.body);
  const taken = { digest, terminal: says.terminal, seq, hash, rejected: null };
  const next = { ...state, head, isStarting, accepted: state.accepted.set(says.id, taken) };
  switch (says.typ) {
    case 'check-in':
      return seat(
        useTap(next, says),
        state.cards.get(says.card)?.deputy ?? '',
        says.terminal,
        row.time,
        false,
      );
    case 'credential':
      return {
        ...next,
        credentials: state.credentials.set(says.deputy, says.credential),
        credentialOwners: state.credentialOwners.set(says.credential, says.deputy),
      };
    case 'ballot':
      return castBallot(next, row, says);
    case 'audit':
      return openBallot(next, says);
  }
}

/** A tap of a card with a key of its own is used once: its counter only rises. */
function useTap(state: Sitting, { card, proof }: CheckIn): Sitting {
  const read = proof === undefined ? null : readProof(proof);
  if (!read || state.cards.get(card)?.kind !== 'ntag424') return state;
  return { ...state, counters: raise(state.counters, card, read.counter) };
}

function raise(counters: Sitting['counters'], card: string, counter: number): Sitting['counters'] {
  return counters.set(card, Math.max(counter, counters.get(card) ?? 0));
}

function seat(
  state: Sitting,
  deputy: string,
  terminal: string | null,
  since: number,
  byHand: boolean,
): Sitting {
  const before = state.presence.get(deputy);
  if (before?.terminal === terminal) return state;
  const { presence, seated } = unseat(state, deputy);
  return {
    ...state,
    presence: presence.set(deputy, before ? { ...before, terminal } : { terminal, since, byHand }),
    left: state.left.delete(deputy),
    seated: terminal === null ? seated : seated.set(terminal, deputy),
  };
}

function unseat(state: Sitting, deputy: string): Sitting {
  const terminal = state.presence.get(deputy)?.terminal;
  return {
    ...state,
    presence: state.presence.delete(deputy),
    seated: terminal ? state.seated.delete(terminal) : state.seated,
  };
}

function foldOwn(state: Sitting, row: LedgerRow, says: OwnEntry): Sitting {
  switch (says.typ) {
    case 'begun': {
      const { hall, name, congress, sitting, title, date, key } = says;
      return { ...state, begun: { hall, name, congress, sitting, title, date, key } };
    }
    case 'started':
      return {
        ...restart(state, row, says.boot),
        clock: { boot: says.boot, mono: says.mono, time: row.time },
      };
    case 'staff-set':
      return {
        ...state,
        staff: new Map(says.staff.map((person) => [person.id, person])),
        rightSettings: says.rights,
      };
    // Who signed in when, and what was done outside the sitting, is told from the entries.
    case 'terminals-told':
    case 'files-read':
    case 'exported':
    case 'signed-in':
    case 'signed-out':
    case 'sign-ins-failed':
    case 'code-given':
    case 'password-chosen':
    case 'authenticator-set':
    case 'sessions-ended':
      return state;
    case 'rules-set': {
      const { seating, quorum, cards } = says;
      return { ...state, seating, quorum, accept: cards ?? ['uid'] };
    }
    case 'roll-set':
      return setRoll(state, says.deputies);
    case 'list-set':
      return { ...state, lists: new Map([...state.lists, [sha256Hex(says.text), says.text]]) };
    case 'agenda-set':
      return { ...state, motions: says.motions };
    case 'motion-added': {
      const followed = state.rounds.get(says.motion.follows ?? '')?.motion.id;
      const after = state.motions.findIndex((motion) => motion.id === followed);
      return { ...state, motions: state.motions.toSpliced(after + 1, 0, says.motion) };
    }
    case 'terminals-enrolled':
      return says.terminals.reduce(enrol, state);
    case 'terminals-removed':
      return says.terminals.reduce(removeTerminal, state);
    case 'cards-registered':
      return register(state, says.cards);
    case 'card-issued':
      return setCard(state, says.card, { deputy: says.deputy, kind: 'uid', status: 'active' });
    case 'card-marked':
      return setCard(state, says.card, {
        ...(state.cards.get(says.card) ?? NO_CARD),
        status: says.status,
      });
    case 'checked-in-by-hand': {
      const at = terminalAt(state, state.deputies.get(says.deputy)?.seat ?? '');
      const free = at !== null && !state.seated.has(at.terminal);
      return seat(state, says.deputy, free ? at.terminal : null, row.time, true);
    }
    case 'left':
      return { ...unseat(state, says.deputy), left: state.left.set(says.deputy, row.time) };
    case 'refused': {
      const refusal = { seq: row.seq, time: row.time, terminal: says.terminal, reason: says.reason };
      const refusals = [...state.refusals.slice(-99), refusal];
      const ballot = { ...refusal, round: state.current?.id ?? null, ballot: null };
      const rejected = withRejected(state.rejected, ballot);
      return { ...state, refusals, rejected, refused: foldRefused(state.refused, row, says) };
    }
    case 'refusals-counted': {
      const rejected = withCounted(state.rejected, says.counts);
      return { ...state, rejected, refused: foldRefused(state.refused, row, says) };
    }
    case 'secrecy-set':
      return { ...beginCeremony(state), secrecy: says.secrecy };
    case 'ceremony-restarted':
      return beginCeremony(state);
    case 'ceremony-step': {
      const { step, owner, text } = says;
      const contributions = new Map([...(state.ceremony.get(step) ?? []), [owner, text]]);
      return { ...state, ceremony: new Map([...state.ceremony, [step, contributions]]) };
    }
    case 'election-key-set':
      return { ...state, electionKey: electionKey(says.trustees) };
    case 'ballot-rejected':
      return rejectBallot(state, row, says);
    case 'checkpoint':
      return { ...state, checkpoint: { seq: says.at, hash: says.hash, time: says.time } };
    default:
      return foldRound(state, row, says);
  }
}

function beginCeremony(state: Sitting): Sitting {
  return { ...state, ceremonies: state.ceremonies + 1, ceremony: new Map(), electionKey: null };
}

/** After a boot nobody knows how long the machine was off: an open vote keeps the time it had left, as one on hold does anyhow. */
function restart(state: Sitting, row: LedgerRow, boot: string): Sitting {
  const round = state.current;
  if (round?.deadline == null || round.hold || state.clock === null || state.clock.boot === boot)
    return state;
  return withRound(state, { ...round, deadline: round.deadline + row.time - state.head.time });
}

const NO_CARD = { deputy: '', kind: 'uid' } as const;

function setCard(state: Sitting, card: string, is: Card): Sitting {
  return { ...state, cards: state.cards.set(card, is) };
}

function register(state: Sitting, lines: readonly RegisteredCard[]): Sitting {
  return {
    ...state,
    cards: state.cards.withMutations((cards) => {
      for (const { card, deputy, kind, status } of lines) cards.set(card, { deputy, kind, status });
    }),
    register: state.register.withMutations((all) => {
      for (const line of lines) all.set(line.card, line);
    }),
    counters: lines.reduce((all, { card, counter }) => raise(all, card, counter), state.counters),
  };
}

/** Cards in the file are issued; cards that staff marked keep their mark, and cards issued by hand stay. */
function setRoll(state: Sitting, roll: Extract<OwnEntry, { typ: 'roll-set' }>['deputies']): Sitting {
  const deputies = new Map(roll.map((deputy) => [deputy.id, deputy]));
  const cards = state.cards.withMutations((all) => {
    for (const { id, cards } of roll)
      for (const card of cards) {
        const known = all.get(card);
        if (known?.deputy !== id) all.set(card, { deputy: id, kind: known?.kind ?? 'uid', status: 'active' });
      }
  });
  const gone = [...state.presence.keys()].filter((id) => !deputies.has(id));
  return gone.reduce(unseat, { ...state, deputies, cards });
}

function enrol(state: Sitting, { terminal, seat, key }: EnrolledTerminal): Sitting {
  return {
    ...state,
    terminals: state.terminals.set(terminal, { terminal, seat, key, kid: thumbprint(key) }),
    removedKeys: state.removedKeys.delete(key),
  };
}

function removeTerminal(state: Sitting, terminal: string): Sitting {
  const key = state.terminals.get(terminal)?.key;
  const deputy = state.seated.get(terminal);
  const presence = deputy === undefined ? undefined : state.presence.get(deputy);
  return {
    ...state,
    removedKeys: key === undefined ? state.removedKeys : state.removedKeys.add(key),
    terminals: state.terminals.delete(terminal),
    seated: state.seated.delete(terminal),
    presence:
      deputy !== undefined && presence
        ? state.presence.set(deputy, { ...presence, terminal: null })
        : state.presence,
  };
}
