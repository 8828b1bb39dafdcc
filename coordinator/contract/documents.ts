import { z } from 'zod';
import { Motion } from '../../shared/kinds/kinds.ts';
import { Fraction } from '../../shared/kinds/quorum-and-majority.ts';
import { HashHex, Id, Millis, PublicKey, Text, Thumbprint } from '../../shared/protocol/ids.ts';
import {
  CardNumber,
  DeviceHealth,
  MachineHealth,
  RoundId,
  SelfTest,
} from '../../shared/protocol/messages.ts';
import { REASON_CODES } from '../../shared/protocol/reasons.ts';
import { Result } from '../../shared/protocol/result.ts';
import { BOOT_REASONS, GOODBYES, PROGRAM_ENDS, SCREENS } from '../../shared/protocol/seat-details.ts';
import { SEAT_FAULTS } from '../../shared/protocol/seat-faults.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { UpdateHealth } from '../../shared/update/messages.ts';
import { Secrecy } from '../sitting/secrecy.ts';
import { Actor, By } from './person.ts';

/**
 * The JSON documents on the public and staff topics: what pages are built from. Every figure in them comes
 * from the ledger (G7); only a terminal's connection and health are the operation's own.
 */

const count = z.number().int().nonnegative();

export const Phase = z.enum(['open', 'closed', 'announced', 'voided']);
export type Phase = Value<typeof Phase>;

// ---- public ------------------------------------------------------------------------------------------

/** `public/hall` */
export const HallDocument = z.strictObject({
  hall: Id,
  name: Text,
  congress: Text,
  sitting: Id,
  title: Text,
  date: z.string(),
  /** The coordinator's public key: what a bundle of this sitting verifies with. */
  key: PublicKey,
  kid: Thumbprint,
});
export type HallDocument = Value<typeof HallDocument>;

/** `public/attendance` */
export const AttendanceDocument = z.strictObject({
  roll: count,
  present: count,
  quorum: Fraction,
  quorumMet: z.boolean(),
  delegations: z.array(z.strictObject({ name: z.string(), roll: count, present: count })),
  /** One character a deputy, in the roll's order: `1` present, `0` not. */
  seats: z.string().regex(/^[01]*$/),
});
export type AttendanceDocument = Value<typeof AttendanceDocument>;

/** What the chair has done to the time of an open vote. */
const time = {
  /** Why it stands still (暂停); null where it goes on. */
  hold: z.strictObject({ reason: z.string() }).nullable(),
  /** By how many seconds it was extended (延长) in all. */
  extended: count,
};

/** `public/motion`: the round in hand, or what the chair has called up; null between votes. */
export const MotionDocument = z
  .strictObject({ round: RoundId, phase: Phase, rehearsal: z.boolean(), motion: Motion, ...time })
  .nullable();
export type MotionDocument = Value<typeof MotionDocument>;

/** `public/turnout`: how many have voted, never what. Sent at least every second while a vote is open. */
export const TurnoutDocument = z
  .strictObject({
    round: RoundId,
    roll: count,
    /** Present when the vote opened. */
    present: count,
    cast: count,
    /** Milliseconds left when this was sent; null where the chair closes the vote. */
    remaining: Millis.nullable(),
    /** The vote is on hold: `remaining` stays what it is. */
    held: z.boolean(),
  })
  .nullable();
export type TurnoutDocument = Value<typeof TurnoutDocument>;

/** `public/result`: the last announced result while it stands on the display. */
export const ResultDocument = z
  .strictObject({ round: RoundId, rehearsal: z.boolean(), motion: Motion, result: Result })
  .nullable();
export type ResultDocument = Value<typeof ResultDocument>;

/** `public/checkpoint`: the last signed checkpoint of the ledger, witnessed by the hall. */
export const CheckpointDocument = z.strictObject({ seq: count, hash: HashHex, time: Millis }).nullable();
export type CheckpointDocument = Value<typeof CheckpointDocument>;

/** Contributions to the scrutineers' key by number; null where one is awaited. */
const contributions = z.array(z.string().nullable());

/** `public/secrecy`: the key of secret votes and its making. All of it is public or encrypted to its reader. */
export const SecrecyDocument = z.strictObject({
  secrecy: Secrecy.nullable(),
  /** Rises with every new beginning of the key. */
  ceremony: count,
  certificate: contributions,
  polynomial: contributions,
  'verification-key': contributions,
  /** Belenios’ `trustees.json`; null until the key is made. */
  trustees: z.string().nullable(),
  /** The election's public key: 64 hexadecimal digits. */
  publicKey: z.string().nullable(),
});
export type SecrecyDocument = Value<typeof SecrecyDocument>;

/** `public/decryption`: the secret vote in hand, for its scrutineers; null where there is none. */
export const DecryptionDocument = z
  .strictObject({
    round: RoundId,
    rehearsal: z.boolean(),
    phase: Phase,
    title: Text,
    opening: HashHex,
    /** Belenios’ `election.json`. */
    election: z.string(),
    cast: count,
    /** Belenios’ `encrypted_tally.json`; null until the vote is closed and added up. */
    tally: z.string().nullable(),
    /** How many shares open the sum, and who has given one. */
    needed: count,
    shares: z.array(count),
    result: Result.nullable(),
    /** Who has signed the result. */
    signed: z.array(count),
  })
  .nullable();
export type DecryptionDocument = Value<typeof DecryptionDocument>;

/** `public/audits`: the last ballots of the vote in hand that were opened for audit (检验), newest first. */
export const AuditsDocument = z
  .strictObject({
    round: RoundId,
    /** How many were opened in all. */
    count,
    last: z.array(
      z.strictObject({
        seat: z.string(),
        ballot: z.string(),
        votes: z.array(z.array(z.number())),
        randomness: z.array(z.array(z.string())),
      }),
    ),
  })
  .nullable();
export type AuditsDocument = Value<typeof AuditsDocument>;

/** `GET /api/receipts`: receipt codes (回执码) of all ballots counted in each closed secret vote, in their own order. */
export const ReceiptsDocument = z.array(
  z.strictObject({ round: RoundId, rehearsal: z.boolean(), title: Text, codes: z.array(z.string()) }),
);
export type ReceiptsDocument = Value<typeof ReceiptsDocument>;

// ---- staff -------------------------------------------------------------------------------------------

/** A vote on a motion. `result` is null until the round is closed. */
export const RoundView = z.strictObject({
  round: RoundId,
  phase: Phase,
  rehearsal: z.boolean(),
  byHand: z.boolean(),
  openedAt: Millis,
  ...time,
  present: count,
  cast: count,
  result: Result.nullable(),
  /** Of a closed secret vote: how many shares of the decryption are there, and how many are needed. */
  decryption: z.strictObject({ shares: count, needed: count }).nullable(),
  /** Why it was voided, or why it was entered by hand. */
  reason: z.string().nullable(),
});
export type RoundView = Value<typeof RoundView>;

/** `staff/agenda` */
export const AgendaDocument = z.strictObject({
  motions: z.array(z.strictObject({ motion: Motion, rounds: z.array(RoundView) })),
  /** The round in hand; null between votes. */
  current: RoundId.nullable(),
  /** Whether secret votes can be held: `none` where hall.yaml provides for none, `no-key` before the key is made. */
  secretVotes: z.enum(['ready', 'no-key', 'none']),
});
export type AgendaDocument = Value<typeof AgendaDocument>;

/** Why a terminal is away: what it said when it went, or that the line ended without a word. */
export const AWAY = [...GOODBYES, 'lost', 'never'] as const;

/** `staff/terminals` */
export const TerminalView = z.strictObject({
  terminal: Id,
  seat: z.string().nullable(),
  /** Thumbprint of its key; the operator compares it with the terminal's screen. */
  kid: Thumbprint,
  key: PublicKey,
  /** Several may wait under one name, each with a key of its own. */
  state: z.enum(['pending', 'enrolled']),
  /** Of one that waits: where it connects from, and since when. */
  place: z.string().nullable(),
  since: Millis.nullable(),
  connected: z.boolean(),
  /** Of one that is enrolled and away: since when, and why. `never`: not seen since the coordinator was started. */
  away: z.strictObject({ since: Millis.nullable(), why: z.enum(AWAY) }).nullable(),
  lastContact: Millis.nullable(),
  version: z.string().nullable(),
  panel: DeviceHealth.nullable(),
  reader: DeviceHealth.nullable(),
  /** Of the panel; null where it has none of its own. */
  firmware: z.string().nullable(),
  machine: MachineHealth.nullable(),
  /** What its program cannot do. */
  faults: z.array(z.enum(SEAT_FAULTS)),
  /** ms its wall clock is ahead of ledger time. */
  clockOffset: z.number().nullable(),
  selfTest: SelfTest.nullable(),
  waiting: count.nullable(),
  roundTrip: Millis.nullable(),
  /** Null where it takes no versions from here. */
  update: UpdateHealth.nullable(),
  /** Name of the deputy checked in there. */
  deputy: z.string().nullable(),
});
export const TerminalsDocument = z.array(TerminalView);
export type TerminalView = Value<typeof TerminalView>;

/** `staff/fleet`: what seldom changes at an enrolled terminal, of those that have told. Nobody hears it again with every health message. */
export const FleetView = z.strictObject({
  terminal: Id,
  image: z.string().nullable(),
  bootedAt: Millis.nullable(),
  boot: z.enum(BOOT_REASONS).nullable(),
  ended: z.enum(PROGRAM_ENDS).nullable(),
  wasUndervoltage: z.boolean().nullable(),
  isClockSynchronised: z.boolean().nullable(),
  /** The card reader's model. */
  reader: z.string().nullable(),
  /** Null where no screen belongs to the seat. */
  screen: z.strictObject({ is: z.enum(SCREENS), build: z.string().nullable(), since: Millis }).nullable(),
});
export const FleetDocument = z.array(FleetView);
export type FleetView = Value<typeof FleetView>;

export const CardStatus = z.enum(['active', 'lost', 'cancelled']);
export type CardStatus = Value<typeof CardStatus>;

/** `staff/deputies` */
export const DeputyView = z.strictObject({
  id: Id,
  name: z.string(),
  delegation: z.string(),
  title: z.string(),
  seat: z.string(),
  present: z.boolean(),
  /** When the deputy checked in, or left. */
  since: Millis.nullable(),
  terminal: Id.nullable(),
  byHand: z.boolean(),
  leftEarly: z.boolean(),
  cards: z.array(z.strictObject({ card: CardNumber, status: CardStatus })),
});
export const DeputiesDocument = z.array(DeputyView);
export type DeputyView = Value<typeof DeputyView>;

/**
 * Why somebody who may vote in the open round has no ballot in it (未按键, 终端离线, 终端故障, 已离席). It is about pressing,
 * never about choosing. `offline`: no line to a terminal of theirs, or no terminal. `left`: no longer present.
 */
export const UNVOTED = ['notPressed', 'offline', 'fault', 'left'] as const;

/** `staff/pressing`: why votes are missing in the open round; null while none is open. `present` - `cast` is the sum of the four. */
export const PressingDocument = z
  .strictObject({
    round: RoundId,
    /** Present when the vote opened. */
    present: count,
    cast: count,
    notPressed: count,
    offline: count,
    fault: count,
    left: count,
    /** Of `offline`: who has no terminal at all, as after a check-in by hand at a seat without one. */
    noTerminal: count,
  })
  .nullable();
export type PressingDocument = Value<typeof PressingDocument>;

/** `staff/unvoted`: whose votes are missing in the open round, those first that somebody can help; null while none is open. */
export const UnvotedDocument = z
  .strictObject({
    round: RoundId,
    seats: z.array(
      z.strictObject({
        deputy: Id,
        name: z.string(),
        delegation: z.string(),
        /** Where they sit; the roll's seat where they sit at none. */
        seat: z.string(),
        terminal: Id.nullable(),
        why: z.enum([...UNVOTED, 'noTerminal']),
        /** Ledger ms; null where nobody can say, and of those who only have not pressed. */
        since: Millis.nullable(),
      }),
    ),
    /** How many more there are: while a hall begins to vote, nobody reads thousands of lines. */
    more: count,
  })
  .nullable();
export type UnvotedDocument = Value<typeof UnvotedDocument>;

/** `staff/refusals`: the last hundred, newest first. */
export const RefusalsDocument = z.array(
  z.strictObject({ seq: count, time: Millis, terminal: z.string().nullable(), reason: z.enum(REASON_CODES) }),
);
export type RefusalsDocument = Value<typeof RefusalsDocument>;

const Told = z.strictObject({ zh: z.string(), en: z.string() });

/** `staff/rejected`: ballots that do not count and why; never what they say. */
export const RejectedDocument = z.strictObject({
  /** How many there are for each reason, most first; those that the ledger only counts, too. */
  reasons: z.array(z.strictObject({ reason: z.enum(REASON_CODES), count })),
  /** The last of them, newest first. */
  last: z.array(
    z.strictObject({
      seq: count,
      time: Millis,
      /** The round in hand then; null between votes. */
      round: RoundId.nullable(),
      terminal: z.string().nullable(),
      reason: z.enum(REASON_CODES),
      /** The entry of the ballot that was taken out again; null where it was refused as it came. */
      ballot: count.nullable(),
    }),
  ),
});
export type RejectedDocument = Value<typeof RejectedDocument>;

/** `staff/acts`: the last own entries of the ledger, newest first, but for refusals: who did what about what, and why. */
export const ActsDocument = z.array(
  z.strictObject({
    seq: count,
    time: Millis,
    by: By,
    with: Actor.nullable(),
    what: Told,
    about: Told,
    /** In the words of whoever gave it; empty where none is asked for. */
    reason: z.string(),
  }),
);
export type ActsDocument = Value<typeof ActsDocument>;
