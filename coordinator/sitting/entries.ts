import { z } from 'zod';
import { Scalar } from '../../shared/belenios/scalar.ts';
import { Fraction } from '../../shared/kinds/fraction.ts';
import { Motion, Tally } from '../../shared/kinds/kinds.ts';
import { fromBase64url } from '../../shared/protocol/bytes.ts';
import { HashHex, Id, Millis, PublicKey, Text, words } from '../../shared/protocol/ids.ts';
import { CardNumber, type FromTerminal, RoundId } from '../../shared/protocol/messages.ts';
import { MOST_TAPS } from '../../shared/protocol/ntag424.ts';
import { REASON_CODES } from '../../shared/protocol/reasons.ts';
import { Result } from '../../shared/protocol/result.ts';
import { ElectionSeal } from '../../shared/protocol/secret-election.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { Extension } from './extension.ts';
import { CeremonyStep, MOST_SCRUTINEERS, Secrecy } from './secrecy.ts';

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
const by = z.enum(['file', 'chair', 'operator']);

/** The version of every own entry; a ledger of any other is not read. */
export const OWN_VERSION = 3;

const own = <const T extends string>(typ: T) => ({
  typ: z.literal(typ),
  v: z.literal(OWN_VERSION),
  sitting: Id,
  /** Number and predecessor of the entry's own row: a signed entry holds in one place of one history only. */
  seq: z.number().int().positive(),
  prev: HashHex,
});

/** What the coordinator itself enters, signed by it: one schema an entry type. */
export const OwnEntry = z.discriminatedUnion('typ', [
  /** Always the first entry. */
  z.strictObject({
    ...own('begun'),
    hall: Id,
    name: Text,
    congress: Text,
    title: Text,
    date: z.iso.date(),
    key: PublicKey,
  }),
  /** A start of the coordinator: `mono` is the machine's monotonic clock in ms, comparable within one `boot`. */
  z.strictObject({ ...own('started'), boot: words(0, 64), mono: Millis, version: words(0, 40) }),
  /** `cards`: the kinds of card accepted; left out where it is bare UIDs only. */
  z.strictObject({
    ...own('rules-set'),
    seating: z.enum(['fixed', 'free']),
    quorum: Fraction,
    cards: listOf(CardKind, (kind) => kind)
      .min(1)
      .optional(),
  }),
  z.strictObject({
    ...own('roll-set'),
    deputies: listOf(
      Deputy,
      ({ id }) => id,
      ({ seat }) => seat,
      ({ cards }) => cards,
    ),
  }),
  z.strictObject({
    ...own('agenda-set'),
    motions: listOf(Motion, ({ id }) => id),
  }),
  z.strictObject({ ...own('terminals-enrolled'), by, terminals: z.array(EnrolledTerminal) }),
  z.strictObject({
    ...own('terminals-removed'),
    by,
    terminals: listOf(Id, (id) => id),
  }),
  /** Lines of the register of cards that are new or say something else than before. */
  z.strictObject({
    ...own('cards-registered'),
    cards: listOf(RegisteredCard, ({ card }) => card),
  }),
  z.strictObject({ ...own('card-issued'), deputy: Id, card: CardNumber }),
  z.strictObject({
    ...own('card-marked'),
    card: CardNumber,
    status: z.enum(['active', 'lost', 'cancelled']),
  }),
  z.strictObject({ ...own('checked-in-by-hand'), deputy: Id, reason }),
  z.strictObject({ ...own('left'), deputy: Id, reason }),
  /** A vote opens: what is voted on and who may vote are frozen here. */
  z.strictObject({
    ...own('opened'),
    round: RoundId,
    rehearsal: z.boolean(),
    motion: Motion,
    present: z.array(Id),
    roll: count,
    /** Of a secret vote: what makes it an election. */
    election: ElectionSeal.optional(),
  }),
  /** Who holds the key of secret votes; whatever key there was is none any more. */
  z.strictObject({ ...own('secrecy-set'), secrecy: Secrecy.nullable() }),
  /** A scrutineer's contribution to the key. */
  z.strictObject({ ...own('ceremony-step'), owner, step: CeremonyStep, text: object }),
  /** The key is made anew from the start; nothing sealed with the one before can be opened any more. */
  z.strictObject({ ...own('ceremony-restarted'), reason }),
  /** The key that secret votes are sealed with from now on: Belenios’ `trustees.json`. */
  z.strictObject({ ...own('election-key-set'), trustees: object }),
  /** The sealed ballot of entry `ballot` is not valid and does not count. */
  z.strictObject({ ...own('ballot-rejected'), round: RoundId, ballot: count, reason: z.enum(REASON_CODES) }),
  /** The sum of the sealed ballots, still sealed: Belenios’ `encrypted_tally.json`. */
  z.strictObject({ ...own('tallied'), round: RoundId, ballots: count, tally: object }),
  /** A scrutineer's share of the decryption: Belenios’ `partial_decryption.json`. */
  z.strictObject({ ...own('share'), round: RoundId, owner, share: object }),
  /** A scrutineer's signature on the result. */
  z.strictObject({
    ...own('result-signed'),
    round: RoundId,
    owner,
    signature: z.strictObject({ challenge: Scalar, response: Scalar }),
  }),
  z.strictObject({
    ...own('closed'),
    round: RoundId,
    by: z.enum(['chair', 'time']),
    present: count,
    cast: count,
  }),
  /** An open vote stands still (暂停) until it is resumed: its clock too. */
  z.strictObject({ ...own('held'), round: RoundId, reason }),
  z.strictObject({ ...own('resumed'), round: RoundId }),
  /** A vote with a deadline closes so many seconds later. */
  z.strictObject({ ...own('extended'), round: RoundId, seconds: Extension }),
  z.strictObject({ ...own('result'), round: RoundId, result: Result }),
  z.strictObject({ ...own('announced'), round: RoundId }),
  z.strictObject({ ...own('voided'), round: RoundId, reason }),
  z.strictObject({ ...own('cleared') }),
  /** A motion made from a round's tie or open places; stands right behind the motion it follows. */
  z.strictObject({ ...own('motion-added'), motion: Motion }),
  /** A show of hands: round, counts and who may vote in one. */
  z.strictObject({
    ...own('entered-by-hand'),
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
      ...own('refused'),
      reason: z.enum(REASON_CODES),
      terminal: Id.nullable(),
      message: z.string(),
    })
    .refine(({ terminal, message }) => isKept(terminal, message), 'too much of it, or no base64url'),
  /** Messages that were not accepted and have no entry of their own. `terminal`: null for strangers, and for terminals not named. */
  z.strictObject({ ...own('refusals-counted'), counts: z.array(CountedRefusals).min(1).max(MOST_COUNTS) }),
  /** The ledger up to the entry before this one, in the hall's sight. */
  z.strictObject({ ...own('checkpoint'), at: count, hash: HashHex, time: Millis }),
]);
export type OwnEntry = Value<typeof OwnEntry>;

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
