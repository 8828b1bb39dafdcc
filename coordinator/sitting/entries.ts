import { z } from 'zod';
import { Scalar } from '../../shared/belenios/scalar.ts';
import { Motion, Tally } from '../../shared/kinds/kinds.ts';
import { Fraction } from '../../shared/kinds/quorum-and-majority.ts';
import { MOST_HALL_LIST } from '../../shared/projects/read-list.ts';
import { fromBase64url } from '../../shared/protocol/bytes.ts';
import { MOST_TAPS } from '../../shared/protocol/card-proof.ts';
import { HashHex, Id, Millis, PublicKey, Text, words } from '../../shared/protocol/ids.ts';
import { CardNumber, type FromTerminal, RoundId } from '../../shared/protocol/messages.ts';
import { REASON_CODES } from '../../shared/protocol/reasons.ts';
import { Result } from '../../shared/protocol/result.ts';
import { ElectionSeal } from '../../shared/protocol/secret-election.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { Actor, CLOCK, FILE, HALL } from '../contract/person.ts';
import { MOST_PERSONS, StaffList } from '../contract/staff-list.ts';
import { Wire } from '../contract/wire.ts';
import { Extension } from './extension.ts';
import { CeremonyStep, MOST_SCRUTINEERS, Secrecy } from './secrecy.ts';
import { TerminalOrder } from './terminal-order.ts';

/** A member of the roll, as the ledger knows them. */
export const Deputy = z.strictObject({
  id: Id,
  name: words(1, 60),
  delegation: words(0, 60),
  title: words(0, 60),
  seat: words(1, 20),
  cards: z.array(CardNumber).max(10),
});
export type Deputy = Value<typeof Deputy>;

export const EnrolledTerminal = z.strictObject({
  terminal: Id,
  seat: words(1, 20),
  key: PublicKey,
});
export type EnrolledTerminal = Value<typeof EnrolledTerminal>;

/** What a card can prove: `uid` nothing (a number anybody can copy), `ntag424` that this very card was tapped now. */
export const CARD_KINDS = ['uid', 'ntag424'] as const;
export const CardKind = z.enum(CARD_KINDS);
export type CardKind = Value<typeof CardKind>;

/** A card of the hall's register. `counter`: taps up to this one were used before the sitting. */
export const RegisteredCard = z.strictObject({
  card: CardNumber,
  deputy: Id,
  kind: CardKind,
  status: z.enum(['active', 'lost', 'cancelled']),
  counter: z.number().int().min(0).max(MOST_TAPS),
});
export type RegisteredCard = Value<typeof RegisteredCard>;

/** How many bytes of a refused message are kept: of strangers' little, of an enrolled terminal's enough to judge it again. */
export const keptBytes = (terminal: string | null): number => (terminal === null ? 256 : 2048);

/** Whether so much of a refused message may be kept, in its one spelling. */
function isKept(terminal: string | null, message: string): boolean {
  const bytes = fromBase64url(message);
  return bytes !== null && bytes.length <= keptBytes(terminal);
}

/** How many messages of one sender were refused for one reason. */
export const CountedRefusals = z.strictObject({
  reason: z.enum(REASON_CODES),
  terminal: Id.nullable(),
  count: z.number().int().positive(),
});
export type CountedRefusals = Value<typeof CountedRefusals>;

/** The most lines of one `refusals-counted`. */
export const MOST_COUNTS = 100;

/** A list in which nothing that these name is named twice. */
function listOf<T extends z.ZodType>(
  each: T,
  ...named: readonly ((one: z.output<T>) => string | readonly string[])[]
) {
  const isOnce = (names: readonly string[]) => new Set(names).size === names.length;
  return z
    .array(each)
    .refine((all) => named.every((name) => isOnce(all.flatMap(name))), 'something is named twice');
}

const count = z.number().int().nonnegative();
/** A scrutineer's number, from 1, in the order of the hall's file. */
const owner = z.number().int().min(1).max(MOST_SCRUTINEERS);
/** A Belenios object as it is hashed. */
const object = z.string().min(2).max(2_000_000);
const reason = words(1, 200);

/** The version of every own entry; a ledger of any other is not read. */
export const OWN_VERSION = 5;

const own = <const T extends string>(typ: T) => ({
  typ: z.literal(typ),
  v: z.literal(OWN_VERSION),
  sitting: Id,
  /** Number and predecessor of the entry's own row: a signed entry holds in one place of one history only. */
  seq: z.number().int().positive(),
  prev: HashHex,
});

/** Who confirmed what needs a second person. */
const second = { with: Actor.optional() };
/** What the coordinator enters by itself: it follows from something else. */
const ofHall = <const T extends string>(typ: T) => ({ ...own(typ), by: HALL });
/** What a person does. */
const ofPerson = <const T extends string>(typ: T) => ({ ...own(typ), by: Actor, ...second });
/** What the hall's files say: as they are read at a start, or as a person has them read again. */
const ofFile = <const T extends string>(typ: T) => ({
  ...own(typ),
  by: z.discriminatedUnion('role', [Actor, FILE]),
  ...second,
});
/** What a person does, or the coordinator by itself. */
const ofPersonOrHall = <const T extends string>(typ: T) => ({
  ...own(typ),
  by: z.discriminatedUnion('role', [Actor, HALL]),
  ...second,
});
/** What a person does, or time. */
const ofPersonOrClock = <const T extends string>(typ: T) => ({
  ...own(typ),
  by: z.discriminatedUnion('role', [Actor, CLOCK]),
  ...second,
});

/** Attempts to sign in that failed; of nobody on the list of staff where `person` is null. */
const FailedSignIns = z.strictObject({ person: Id.nullable(), count: z.number().int().positive() });

/** What the coordinator itself enters, signed by it: one schema an entry type. */
export const OwnEntry = z.discriminatedUnion('typ', [
  /** Always the first entry. */
  z.strictObject({
    ...own('begun'),
    by: FILE,
    hall: Id,
    name: Text,
    congress: Text,
    title: Text,
    date: z.iso.date(),
    key: PublicKey,
  }),
  /** A start of the coordinator: `mono` is the machine's monotonic clock in ms, comparable within one `boot`. */
  z.strictObject({
    ...ofHall('started'),
    boot: words(0, 64),
    mono: Millis,
    version: words(0, 40),
    wire: Wire,
  }),
  /** Who is on the staff from here on, and how far the hall goes beyond the table of rights. */
  z.strictObject({
    ...ofFile('staff-set'),
    staff: StaffList,
    rights: z.strictObject({ operatorForChair: z.boolean(), secondForCards: z.boolean() }),
  }),
  /** `cards`: the kinds of card accepted; left out where it is bare UIDs only. */
  z.strictObject({
    ...ofFile('rules-set'),
    seating: z.enum(['fixed', 'free']),
    quorum: Fraction,
    cards: listOf(CardKind, (kind) => kind)
      .min(1)
      .optional(),
  }),
  z.strictObject({
    ...ofFile('roll-set'),
    deputies: listOf(
      Deputy,
      ({ id }) => id,
      ({ seat }) => seat,
      ({ cards }) => cards,
    ),
  }),
  /** A frozen list of projects that motions name by its hash: the text of its one spelling (`shared/projects/list.md`). */
  z.strictObject({ ...ofFile('list-set'), text: z.string().min(1).max(MOST_HALL_LIST) }),
  z.strictObject({
    ...ofFile('agenda-set'),
    motions: listOf(Motion, ({ id }) => id),
  }),
  z.strictObject({ ...ofFile('terminals-enrolled'), terminals: z.array(EnrolledTerminal) }),
  z.strictObject({
    ...ofFile('terminals-removed'),
    terminals: listOf(Id, (id) => id),
  }),
  /** Lines of the register of cards that are new or say something else than before. */
  z.strictObject({
    ...ofFile('cards-registered'),
    cards: listOf(RegisteredCard, ({ card }) => card),
  }),
  z.strictObject({ ...ofPerson('card-issued'), deputy: Id, card: CardNumber }),
  z.strictObject({
    ...ofPerson('card-marked'),
    card: CardNumber,
    status: z.enum(['active', 'lost', 'cancelled']),
  }),
  z.strictObject({ ...ofPerson('checked-in-by-hand'), deputy: Id, reason }),
  z.strictObject({ ...ofPerson('left'), deputy: Id, reason }),
  /** A vote opens: what is voted on and who may vote are frozen here. */
  z.strictObject({
    ...ofPerson('opened'),
    round: RoundId,
    rehearsal: z.boolean(),
    motion: Motion,
    present: z.array(Id),
    roll: count,
    /** Of a secret vote: what makes it an election. */
    election: ElectionSeal.optional(),
  }),
  /** What the operator has had terminals do: to show where they are, to test themselves, to fetch a release. */
  z.strictObject({ ...ofPerson('terminals-told'), order: TerminalOrder }),
  /** The hall's files were read again, and nothing in them was new. */
  z.strictObject({ ...ofPerson('files-read') }),
  /** The bundle of the sitting so far, this entry too, was taken away. */
  z.strictObject({ ...ofPerson('exported') }),
  /** Who holds the key of secret votes; whatever key there was is none any more. */
  z.strictObject({ ...ofFile('secrecy-set'), secrecy: Secrecy.nullable() }),
  /** A scrutineer's contribution to the key. */
  z.strictObject({ ...ofPerson('ceremony-step'), owner, step: CeremonyStep, text: object }),
  /** The key is made anew from the start; nothing sealed with the one before can be opened any more. */
  z.strictObject({ ...ofPerson('ceremony-restarted'), reason }),
  /** The key that secret votes are sealed with from now on: Belenios’ `trustees.json`. */
  z.strictObject({ ...ofHall('election-key-set'), trustees: object }),
  /** The sealed ballot of entry `ballot` is not valid and does not count. */
  z.strictObject({
    ...ofHall('ballot-rejected'),
    round: RoundId,
    ballot: count,
    reason: z.enum(REASON_CODES),
  }),
  /** The sum of the sealed ballots, still sealed: Belenios’ `encrypted_tally.json`. */
  z.strictObject({ ...ofHall('tallied'), round: RoundId, ballots: count, tally: object }),
  /** A scrutineer's share of the decryption: Belenios’ `partial_decryption.json`. */
  z.strictObject({ ...ofPersonOrHall('share'), round: RoundId, owner, share: object }),
  /** A scrutineer's signature on the result. */
  z.strictObject({
    ...ofPerson('result-signed'),
    round: RoundId,
    owner,
    signature: z.strictObject({ challenge: Scalar, response: Scalar }),
  }),
  z.strictObject({
    ...ofPersonOrClock('closed'),
    round: RoundId,
    present: count,
    cast: count,
  }),
  /** An open vote stands still (暂停) until it is resumed: its clock too. */
  z.strictObject({ ...ofPerson('held'), round: RoundId, reason }),
  z.strictObject({ ...ofPerson('resumed'), round: RoundId }),
  /** A vote with a deadline closes so many seconds later. */
  z.strictObject({ ...ofPerson('extended'), round: RoundId, seconds: Extension }),
  z.strictObject({ ...ofHall('result'), round: RoundId, result: Result }),
  z.strictObject({ ...ofPerson('announced'), round: RoundId }),
  z.strictObject({ ...ofPerson('voided'), round: RoundId, reason }),
  z.strictObject({ ...ofPerson('cleared') }),
  /** A motion made from a round's tie or open places; stands right behind the motion it follows. */
  z.strictObject({ ...ofPerson('motion-added'), motion: Motion }),
  /** A show of hands: round, counts and who may vote in one. */
  z.strictObject({
    ...ofPerson('entered-by-hand'),
    round: RoundId,
    motion: Motion,
    present: count,
    roll: count,
    cast: count,
    tally: Tally,
    reason,
  }),
  /** A message that was not accepted: of an enrolled terminal, or (null) a stranger's. `message`: its first bytes in base64url. */
  z
    .strictObject({
      ...ofHall('refused'),
      reason: z.enum(REASON_CODES),
      terminal: Id.nullable(),
      message: z.string(),
    })
    .refine(({ terminal, message }) => isKept(terminal, message), 'too much of it, or no base64url'),
  /** Messages that were not accepted and have no entry of their own. `terminal`: null for strangers, and for terminals not named. */
  z.strictObject({ ...ofHall('refusals-counted'), counts: z.array(CountedRefusals).min(1).max(MOST_COUNTS) }),
  /** Somebody of the staff signs in or out, in the first of their roles. */
  z.strictObject({ ...ofPerson('signed-in') }),
  z.strictObject({ ...ofPerson('signed-out') }),
  /** Attempts to sign in that came to nothing. */
  z.strictObject({
    ...ofHall('sign-ins-failed'),
    counts: listOf(FailedSignIns, ({ person }) => person ?? '')
      .min(1)
      .max(MOST_PERSONS + 1),
  }),
  /** A person is given a code to sign in with once; the coordinator itself gives one to administrators. */
  z.strictObject({ ...ofPersonOrHall('code-given'), person: Id }),
  z.strictObject({ ...ofPerson('password-chosen') }),
  /** 两步验证 is on or off from here for whoever it is by. */
  z.strictObject({ ...ofPerson('authenticator-set'), on: z.boolean() }),
  /** Sessions of `person` end, by themselves or by whoever may; or by the coordinator, where they follow from something else. */
  z.strictObject({ ...ofPersonOrHall('sessions-ended'), person: Id, count: z.number().int().positive() }),
  /** The ledger up to the entry before this one, in the hall's sight. */
  z.strictObject({ ...ofHall('checkpoint'), at: count, hash: HashHex, time: Millis }),
]);
export type OwnEntry = Value<typeof OwnEntry>;

/** The types of own entries. */
export const OWN_ENTRY_TYPES: readonly OwnEntry['typ'][] = OwnEntry.options.map(
  ({ shape }) => shape.typ.value,
);

/** An own entry before it has a place in a ledger. */
export type Draft = OwnEntry extends infer E
  ? E extends OwnEntry
    ? Omit<E, 'v' | 'sitting' | 'seq' | 'prev'>
    : never
  : never;

/** Types of the entries whose body is a terminal's message as received. */
export const MESSAGE_ENTRY_TYPES = ['connect', 'check-in', 'credential', 'ballot', 'audit'] as const;
export type MessageEntryType = (typeof MESSAGE_ENTRY_TYPES)[number];

export const isMessageEntryType = (type: string): type is MessageEntryType =>
  MESSAGE_ENTRY_TYPES.some((known) => known === type);

/** The type of any entry, so that a name that no entry has does not compile. */
export type EntryType = OwnEntry['typ'] | MessageEntryType;

/** A terminal's message with a place in the ledger. */
export type ForLedger = Extract<FromTerminal, { typ: MessageEntryType }>;

export const isForLedger = (message: FromTerminal): message is ForLedger => isMessageEntryType(message.typ);
