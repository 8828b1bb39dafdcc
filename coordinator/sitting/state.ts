import { Set as Collection, Map as Dictionary, OrderedMap } from 'immutable';
import type { Election } from '../../shared/belenios/ballot.ts';
import type { EncryptedTally, Share } from '../../shared/belenios/tally.ts';
import type { Trustees } from '../../shared/belenios/trustees.ts';
import type { Choice, Motion } from '../../shared/kinds/kinds.ts';
import type { Fraction } from '../../shared/kinds/quorum-and-majority.ts';
import type { CastChoice } from '../../shared/protocol/ballot.ts';
import type { Text } from '../../shared/protocol/ids.ts';
import type { Audit } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { EMPTY_HEAD, type LedgerHead } from '../chronicle/row.ts';
import type { CardStatus, Phase } from '../contract/documents.ts';
import type { Person } from '../contract/person.ts';
import { type RightSettings, USUAL_SETTINGS } from '../contract/rights.ts';
import type { ClockAnchor } from '../process/clock.ts';
import type { CardKind, Deputy, OwnEntry, RegisteredCard } from './entries.ts';
import { NONE_REFUSED, type Refused } from './refusal-budget.ts';
import { NONE_REJECTED, type Rejected } from './rejected.ts';
import type { CeremonyStep, Secrecy } from './secrecy.ts';

export interface Begun {
  readonly hall: string;
  readonly name: Text;
  readonly congress: Text;
  readonly sitting: string;
  readonly title: Text;
  readonly date: string;
  readonly key: string;
}

export interface Terminal {
  readonly terminal: string;
  readonly seat: string;
  readonly key: string;
  readonly kid: string;
}

/** A present deputy. `terminal` is null where checked in by hand at a seat without an enrolled terminal. */
export interface Presence {
  readonly terminal: string | null;
  readonly since: number;
  readonly byHand: boolean;
}

export interface Card {
  readonly deputy: string;
  readonly kind: CardKind;
  readonly status: CardStatus;
}

/** The ballot that counts for a deputy in a round. */
export interface CountedBallot {
  readonly id: string;
  readonly choice: CastChoice;
  readonly press: number;
  readonly terminal: string;
  readonly seq: number;
  /** Of a sealed ballot: the credential that signed it. */
  readonly credential: string | null;
  /** The deputy's ballot that this one replaced. */
  readonly before: CountedBallot | null;
}

/** The key that secret votes are sealed with, and Belenios' `trustees.json`, which it comes from. */
export interface ElectionKey {
  readonly text: string;
  readonly trustees: Trustees;
}

/** What makes a round secret. */
export interface SealedRound {
  readonly election: Election;
  /** `election.json` and `trustees.json`. */
  readonly electionText: string;
  readonly key: ElectionKey;
  /** How many characters a ballot has at the most. */
  readonly longest: number;
  /** Deputy → every α of the ballots that they cast or opened → which of the two. */
  readonly used: Dictionary<string, Dictionary<string, 'cast' | 'opened'>>;
  /** Deputy → how many ballots of theirs were entered, rejected ones too. */
  readonly entered: Dictionary<string, number>;
  readonly audits: readonly Audit[];
  /** The public credentials of those who could vote, in order of their digits; null until the vote is closed. */
  readonly credentials: readonly string[] | null;
  readonly tally: { readonly text: string; readonly sum: EncryptedTally; readonly ballots: number } | null;
  /** In the order in which they came. */
  readonly shares: readonly (Share & { readonly text: string })[];
  /** Scrutineer → when they signed the result. */
  readonly signed: OrderedMap<number, number>;
}

/** The making of the scrutineers' key: contributions by step, then by scrutineer's number. */
export type Ceremony = ReadonlyMap<CeremonyStep, ReadonlyMap<number, string>>;

/** One vote on a motion. */
export interface Round {
  readonly id: string;
  readonly motion: Motion;
  readonly rehearsal: boolean;
  readonly byHand: boolean;
  /** Hash of the entry that opened it. */
  readonly opening: string;
  readonly openedAt: number;
  /** Ledger time at which it closes by itself. */
  readonly deadline: number | null;
  /** Since when, in ledger time, and why it stands still (暂停); null where it does not. */
  readonly hold: { readonly since: number; readonly reason: string } | null;
  /** When it went on (继续) last, in ledger time; null where it was never held. */
  readonly resumedAt: number | null;
  /** By how many seconds it was extended (延长) in all. */
  readonly extended: number;
  readonly roll: number;
  /** Who may vote: the deputies present when it opened. */
  readonly eligible: ReadonlySet<string>;
  readonly present: number;
  /** Deputy → the ballot that counts. */
  readonly ballots: Dictionary<string, CountedBallot>;
  readonly cast: number;
  readonly phase: Phase;
  /** Null in an open vote. */
  readonly sealed: SealedRound | null;
  readonly result: Result | null;
  /** Why it was voided, or entered by hand. */
  readonly reason: string | null;
}

/** A message the ledger holds, so that the same one sent again gets the same receipt. */
export interface Accepted {
  readonly digest: string;
  readonly terminal: string;
  readonly seq: number;
  readonly hash: string;
  /** Why it does not count after all. */
  readonly rejected: Reason | null;
}

export interface RefusalRecord {
  readonly seq: number;
  readonly time: number;
  readonly terminal: string | null;
  readonly reason: Reason;
}

/** An own entry with its place in the ledger. */
export interface RecentEntry {
  readonly seq: number;
  readonly time: number;
  readonly says: OwnEntry;
}

/**
 * What a sitting is: a fold over its ledger. A value: `fold.ts` makes the next one, which shares with it all that stays
 * the same, so that what is staged and never written costs nothing to forget.
 */
export interface Sitting {
  readonly head: LedgerHead;
  readonly begun: Begun | null;
  readonly clock: ClockAnchor | null;
  /** Whether nothing but the hall's files was entered since the last start: they are read now. */
  readonly isStarting: boolean;
  /** Who is on the staff now, by id. */
  readonly staff: ReadonlyMap<string, Person>;
  /** How far the hall goes beyond the table of rights. */
  readonly rightSettings: RightSettings;
  readonly seating: 'fixed' | 'free';
  readonly quorum: Fraction;
  readonly deputies: ReadonlyMap<string, Deputy>;
  readonly cards: OrderedMap<string, Card>;
  /** Kinds of card that check in. */
  readonly accept: readonly CardKind[];
  /** Card → its line in the register when that was last read. */
  readonly register: Dictionary<string, RegisteredCard>;
  /** Card with a key of its own → the counter of its last tap used, in this sitting or before. */
  readonly counters: Dictionary<string, number>;
  readonly terminals: OrderedMap<string, Terminal>;
  /** Keys whose enrolment was taken away: the hall's file does not bring them back. */
  readonly removedKeys: Collection<string>;
  /** Terminal → the highest connection number used. */
  readonly connections: Dictionary<string, number>;
  readonly presence: OrderedMap<string, Presence>;
  /** Deputy → when they left early. */
  readonly left: OrderedMap<string, number>;
  /** Terminal → the deputy checked in there. */
  readonly seated: Dictionary<string, string>;
  /** Null where the hall holds no secret votes. */
  readonly secrecy: Secrecy | null;
  /** How often the key was begun anew; a contribution to an earlier key is none to this one. */
  readonly ceremonies: number;
  readonly ceremony: Ceremony;
  readonly electionKey: ElectionKey | null;
  /** Deputy → the public credential registered last. */
  readonly credentials: Dictionary<string, string>;
  /** Every credential ever registered → whose. */
  readonly credentialOwners: Dictionary<string, string>;
  /** Frozen lists of projects that motions name: hash → text. */
  readonly lists: ReadonlyMap<string, string>;
  readonly motions: readonly Motion[];
  readonly rounds: OrderedMap<string, Round>;
  /** The round in hand. */
  readonly current: Round | null;
  /** The announced round on the display. */
  readonly shown: Round | null;
  readonly accepted: Dictionary<string, Accepted>;
  /** The last hundred, oldest first. */
  readonly refusals: readonly RefusalRecord[];
  /** Ballots that do not count. */
  readonly rejected: Rejected;
  /** The last own entries, oldest first; without those of which a flood makes many (`recent.ts`). */
  readonly recent: readonly RecentEntry[];
  readonly refused: Refused;
  readonly checkpoint: { readonly seq: number; readonly hash: string; readonly time: number } | null;
}

export function emptySitting(): Sitting {
  return {
    head: EMPTY_HEAD,
    begun: null,
    clock: null,
    isStarting: false,
    staff: new Map(),
    rightSettings: USUAL_SETTINGS,
    seating: 'fixed',
    quorum: { num: 2, den: 3 },
    deputies: new Map(),
    cards: OrderedMap(),
    accept: ['uid'],
    register: Dictionary(),
    counters: Dictionary(),
    terminals: OrderedMap(),
    removedKeys: Collection(),
    connections: Dictionary(),
    presence: OrderedMap(),
    left: OrderedMap(),
    seated: Dictionary(),
    secrecy: null,
    ceremonies: 0,
    ceremony: new Map(),
    electionKey: null,
    credentials: Dictionary(),
    credentialOwners: Dictionary(),
    lists: new Map(),
    motions: [],
    rounds: OrderedMap(),
    current: null,
    shown: null,
    accepted: Dictionary(),
    refusals: [],
    rejected: NONE_REJECTED,
    recent: [],
    refused: NONE_REFUSED,
    checkpoint: null,
  };
}

/** So long a vote that goes on stays open at the least, in ms: ballots that were pressed before it was held arrive first. */
export const LEAST_AFTER_HOLD = 5_000;

/** Milliseconds until `round` closes by itself: while it is on hold, always as many; null where the chair closes it. */
export function timeLeft({ deadline, hold }: Round, now: number): number | null {
  return deadline === null ? null : Math.max(0, deadline - (hold?.since ?? now));
}

/** Whether ballots that come at `time` come too late. */
export function isOver(round: Round, time: number): boolean {
  return round.phase !== 'open' || timeLeft(round, time) === 0;
}

/** The rounds held on a motion, oldest first. */
export function roundsOf(sitting: Sitting, motion: string): Round[] {
  return [...sitting.rounds.values()].filter((round) => round.motion.id === motion);
}

/** Id of the next round on `motion`: votes and rehearsals are numbered apart. */
export function nextRoundId(sitting: Sitting, motion: string, rehearsal: boolean): string {
  const n = roundsOf(sitting, motion).filter((round) => round.rehearsal === rehearsal).length + 1;
  return `${motion}/${rehearsal ? 't' : ''}${n}`;
}

/** The enrolled terminal that serves a seat. */
export function terminalAt(sitting: Sitting, seat: string): Terminal | null {
  for (const terminal of sitting.terminals.values()) if (terminal.seat === seat) return terminal;
  return null;
}

/** All sealed ballots of a round that are valid, replaced ones too, as they came. */
export function sealedBallots(round: Round): { readonly seq: number; readonly text: string }[] {
  const all = [];
  for (const last of round.ballots.values())
    for (let ballot: CountedBallot | null = last; ballot; ballot = ballot.before)
      if (ballot.choice.kind === 'sealed') all.push({ seq: ballot.seq, text: ballot.choice.ballot });
  return all.sort((a, b) => a.seq - b.seq);
}

/** A round still open, or closed and neither announced nor voided. */
export function isUnsettled(round: Round | null): boolean {
  return round?.phase === 'open' || round?.phase === 'closed';
}

/** The choices that count in an open vote. */
export function openChoices({ ballots }: Round): Choice[] {
  return [...ballots.values()].flatMap(({ choice }) => (choice.kind === 'sealed' ? [] : choice));
}
