import { z } from 'zod';
import { Scalar } from '../belenios/scalar.ts';
import { MAX_ITEMS } from '../kinds/common.ts';
import { Motion } from '../kinds/kinds.ts';
import { UpdateCommand, UpdateHealth } from '../update/messages.ts';
import { CastChoice, MAX_SEALED_LENGTH } from './ballot.ts';
import { HashHex, Id, MessageId, Millis, PublicKey, Text, Thumbprint, words } from './ids.ts';
import { REASON_CODES } from './reasons.ts';
import { GOODBYES, SeatDetails } from './seat-details.ts';
import { SEAT_FAULTS } from './seat-faults.ts';
import { ElectionSeal } from './secret-election.ts';
import type { Value } from './value.ts';

/** The version of every message below; receivers refuse any other. */
export const MESSAGE_VERSION = 1;

const envelope = <const T extends string>(typ: T) => ({
  typ: z.literal(typ),
  v: z.literal(MESSAGE_VERSION),
});

/** A card's number as the reader gives it: a UID in upper-case hexadecimal or the digits printed on it. */
export const CardNumber = z.string().regex(/^[0-9A-Z]{4,32}$/);

/** `<motion>/<n>` for the n-th vote on a motion, `<motion>/t<n>` for a rehearsal (试表决). */
export const RoundId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/t?[1-9]\d{0,3}$/);

const fromTerminal = { id: MessageId, hall: Id, sitting: Id, terminal: Id };

// ---- terminal → coordinator -------------------------------------------------------------------------

/** The MQTT password: proof of the terminal's key, for one connection to one coordinator. */
export const Connect = z.strictObject({
  ...envelope('connect'),
  hall: Id,
  terminal: Id,
  /** The terminal's own public key: enrolled already, or offered for enrolment. */
  key: PublicKey,
  /** Thumbprint of the coordinator it means to reach. */
  coordinator: Thumbprint,
  /** Rises with every connection of this terminal, across restarts. */
  n: z.number().int().positive(),
});

/** The MQTT will, and what a terminal says when it stops: it is going. Signed at connection with its number. */
export const Gone = z.strictObject({
  ...envelope('gone'),
  hall: Id,
  terminal: Id,
  n: z.number().int().positive(),
  /** Of a goodbye; the will, which speaks for a terminal that could not, has none. */
  why: z.enum(GOODBYES).optional(),
});

/** A card tapped at the seat. */
export const CheckIn = z.strictObject({
  ...envelope('check-in'),
  ...fromTerminal,
  card: CardNumber,
  /** The card's one-time message of this tap, from a card that has a key of its own. */
  proof: z.string().min(1).max(300).optional(),
});

/** A point of the group in hexadecimal (`shared/belenios`). */
const PointHex = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The public half of the deputy's one-time voting credential, made at this terminal; `proof` shows that the
 * terminal holds the other half, so that nobody can offer another's as their own.
 */
export const Credential = z.strictObject({
  ...envelope('credential'),
  ...fromTerminal,
  deputy: Id,
  credential: PointHex,
  proof: z.strictObject({ challenge: Scalar, response: Scalar }),
});

/** A sealed ballot opened for audit (检验) instead of being cast: what it holds, and the randomness that shows it. */
export const Audit = z.strictObject({
  ...envelope('audit'),
  ...fromTerminal,
  deputy: Id,
  round: RoundId,
  opening: HashHex,
  ballot: z.string().min(1).max(MAX_SEALED_LENGTH),
  /** Question by question, answer by answer. */
  votes: z.array(z.array(z.union([z.literal(0), z.literal(1)])).max(MAX_ITEMS)).max(MAX_ITEMS),
  randomness: z.array(z.array(Scalar).max(MAX_ITEMS)).max(MAX_ITEMS),
});

/** A ballot: a choice in an open vote (记名), a sealed one in a secret vote. `press` rises with every ballot of this terminal in a round. */
export const Ballot = z.strictObject({
  ...envelope('ballot'),
  ...fromTerminal,
  deputy: Id,
  round: RoundId,
  /** Ledger hash of the entry that opened the round: binds the ballot to this vote and all that led to it. */
  opening: HashHex,
  press: z.number().int().positive(),
  choice: CastChoice,
});

/** Asks for the seat's state; sent at each connection. */
export const Hello = z.strictObject({ ...envelope('hello'), id: MessageId, hall: Id, terminal: Id });

const KeyNumber = z.number().int().min(1).max(5);

/** 自检: the keys pressed in turn as their lamps lit, those pressed out of turn, and whether a card was read. */
export const SelfTest = z.strictObject({
  on: z.boolean(),
  keys: z.array(KeyNumber).max(5),
  wrong: z.array(KeyNumber).max(5),
  card: z.boolean(),
});

/** A device at the seat; `what` is one line on its fault. */
export const DeviceHealth = z.strictObject({
  is: z.enum(['ready', 'fault', 'none']),
  what: z.string().max(200).optional(),
});

/** The computer at the seat; null for what it cannot tell. */
export const MachineHealth = z.strictObject({
  model: z.string().max(80).nullable(),
  celsius: z.number().nullable(),
  undervoltage: z.boolean().nullable(),
  /** Bytes free where the terminal keeps its data. */
  diskFree: z.number().nonnegative().nullable(),
  /** Bytes of that disk in all. */
  diskSize: z.number().nonnegative().nullable(),
});

/** How the terminal is. `roundTrip`: ms from the last message to its answer. */
export const Health = z.strictObject({
  ...envelope('health'),
  id: MessageId,
  hall: Id,
  terminal: Id,
  version: z.string().max(40),
  /** Its wall clock, ms since 1970: for the operator to see that it is right, never to decide anything. */
  time: z.number().int().nonnegative(),
  panel: DeviceHealth,
  reader: DeviceHealth,
  firmware: z.string().max(80).nullable(),
  machine: MachineHealth.nullable(),
  /** Absent from terminals older than it: they are just those whose version the operator must see. */
  details: SeatDetails.optional(),
  /** What its program cannot do. */
  faults: z.array(z.enum(SEAT_FAULTS)).max(SEAT_FAULTS.length),
  /** The last self-test since the terminal started; null before one. */
  selfTest: SelfTest.nullable(),
  waiting: z.number().int().nonnegative(),
  roundTrip: Millis.nullable(),
  /** Absent where the seat does not take updates from here. */
  update: UpdateHealth.optional(),
});

export const FromTerminal = z.discriminatedUnion('typ', [
  CheckIn,
  Credential,
  Ballot,
  Audit,
  Hello,
  Health,
  Gone,
]);

// ---- coordinator → terminal -------------------------------------------------------------------------

/** 回执: the message `for` is in the ledger as entry `seq` with hash `hash`. */
export const Receipt = z.strictObject({
  ...envelope('receipt'),
  hall: Id,
  sitting: Id,
  terminal: Id,
  for: MessageId,
  /** SHA-256 (base64url) of the message's compact JWS. */
  digest: Thumbprint,
  seq: z.number().int().positive(),
  hash: HashHex,
});

/** The message was refused; `for` is null where it could not be read. */
export const Refusal = z.strictObject({
  ...envelope('refusal'),
  hall: Id,
  terminal: Id,
  for: MessageId.nullable(),
  digest: Thumbprint,
  reason: z.enum(REASON_CODES),
});

/** What the seat shows of its deputy. */
export const SeatDeputy = z.strictObject({
  id: Id,
  name: z.string(),
  delegation: z.string(),
  title: z.string(),
});

/** The state of one seat. Of two, the one with the higher `rev` holds. */
export const Seat = z.strictObject({
  ...envelope('seat'),
  hall: Id,
  sitting: Id,
  terminal: Id,
  /** Ledger sequence number this was true at. */
  rev: z.number().int().nonnegative(),
  enrolled: z.boolean(),
  seat: z.string(),
  deputy: SeatDeputy.nullable(),
  /** The deputy's public credential that was registered last; absent before the first. */
  credential: PointHex.optional(),
  /**
   * The open round that the next three speak of; null where none is open. They hold only while the sitting's
   * round is this one: after an opening, keys stay dead until a Seat naming that round arrives.
   */
  round: RoundId.nullable(),
  /** Whether the deputy may vote in the open round: was present when it opened. */
  eligible: z.boolean(),
  /** The highest `press` counted for this deputy in the open round. */
  counted: z.number().int().positive().nullable(),
  /** Milliseconds until the open round closes; null where no round is open or the chair closes it. */
  remaining: Millis.nullable(),
});

/** Of more lists than these no seat is told. */
export const MOST_LISTS = 20;

/** The state of the sitting, retained. */
export const SittingState = z.strictObject({
  ...envelope('sitting'),
  hall: Id,
  sitting: Id,
  rev: z.number().int().nonnegative(),
  title: Text,
  /** The round in hand; null between votes. */
  round: z
    .strictObject({
      id: RoundId,
      phase: z.enum(['open', 'closed', 'announced', 'voided']),
      rehearsal: z.boolean(),
      opening: HashHex,
      motion: Motion,
      /** Why the open vote stands still (暂停): keys are dead, ballots wait; absent where it goes on. */
      hold: z.strictObject({ reason: words(1, 200) }).optional(),
      /** Of a secret vote: what the seat seals ballots with. */
      election: ElectionSeal.optional(),
    })
    .nullable(),
  /** The lists of projects that the agenda names, by their hashes; absent where it names none. */
  lists: z.array(HashHex).min(1).max(MOST_LISTS).optional(),
});

/** An operator's command to one terminal. */
export const Command = z.strictObject({
  ...envelope('command'),
  id: MessageId,
  terminal: Id,
  act: z.enum(['identify', 'self-test', 'end-self-test']),
});

/**
 * Over TLS, an answer to each hello: ledger time, by which certificates are judged where a machine's own clock says nothing, and
 * the terminal's certificate where it has none or its own ends soon.
 */
export const Certificate = z.strictObject({
  ...envelope('certificate'),
  hall: Id,
  terminal: Id,
  /** Ledger time, ms since 1970. */
  time: z.number().int().nonnegative(),
  /** PEM. */
  certificate: z.string().max(4096).nullable(),
});

export const ToTerminal = z.discriminatedUnion('typ', [
  Certificate,
  Receipt,
  Refusal,
  Seat,
  SittingState,
  Command,
  UpdateCommand,
]);

export type Connect = Value<typeof Connect>;
export type Gone = Value<typeof Gone>;
export type CheckIn = Value<typeof CheckIn>;
export type Credential = Value<typeof Credential>;
export type Audit = Value<typeof Audit>;
export type Ballot = Value<typeof Ballot>;
export type Hello = Value<typeof Hello>;
export type Health = Value<typeof Health>;
export type SelfTest = Value<typeof SelfTest>;
export type DeviceHealth = Value<typeof DeviceHealth>;
export type MachineHealth = Value<typeof MachineHealth>;
export type FromTerminal = Value<typeof FromTerminal>;
export type Certificate = Value<typeof Certificate>;
export type Receipt = Value<typeof Receipt>;
export type Refusal = Value<typeof Refusal>;
export type SeatDeputy = Value<typeof SeatDeputy>;
export type Seat = Value<typeof Seat>;
export type SittingState = Value<typeof SittingState>;
export type Command = Value<typeof Command>;
export type ToTerminal = Value<typeof ToTerminal>;
/** What a seat hears; a certificate is its line's business. */
export type ToSeat = Exclude<ToTerminal, { typ: 'certificate' }>;
