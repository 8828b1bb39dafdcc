import { z } from 'zod';
import { LAMPS } from '../../hardware/capabilities.ts';
import { GRADES } from '../../shared/kinds/appraisal.ts';
import { OPTIONS } from '../../shared/kinds/options.ts';
import { Text } from '../../shared/protocol/ids.ts';
import { MACHINE_FAULTS } from '../../shared/protocol/machine-faults.ts';
import { SeatDeputy } from '../../shared/protocol/messages.ts';
import { REASON_CODES } from '../../shared/protocol/reasons.ts';
import { SEAT_FAULTS } from '../../shared/protocol/seat-faults.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { heading } from '../seat/kinds/draft-kind.ts';
import { BALLOT_BODIES } from '../seat/kinds/kinds.ts';
import { READS, SheetBody } from '../seat/reading.ts';

/** What the seat's screen shows, in no language yet: the page puts it into words. */

const count = z.number().int().nonnegative();
const reason = z.enum(REASON_CODES);

/** What stands on a key. */
export const KEY_LABELS = [
  ...OPTIONS,
  ...GRADES,
  'confirm',
  'pick',
  'unpick',
  'next',
  'skip',
  'previous',
  'finish',
  'submit',
  'back',
  'again',
  'cast',
  'discard',
  'audit',
  'open',
  'sheet',
  'page-on',
  'page-back',
] as const;
export type KeyLabel = (typeof KEY_LABELS)[number];

/** `read`: what a touch of it does, where it is about reading. */
const KeyView = z.strictObject({
  label: z.enum(KEY_LABELS).nullable(),
  lamp: z.enum(LAMPS),
  read: z.enum(READS).nullable(),
});
export type KeyView = Value<typeof KeyView>;

export const Body = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('starting') }),
  z.strictObject({ is: z.literal('not-enrolled'), terminal: z.string(), fingerprint: z.string() }),
  z.strictObject({ is: z.literal('check-in'), sending: z.boolean() }),
  /** 每席自检. `lit`: the key to press now; `pressed`: how many were, in order. */
  z.strictObject({
    is: z.literal('self-test'),
    pressed: count,
    lit: z.number().nullable(),
    wrong: z.array(z.number()),
    card: z.enum(['due', 'read', 'no-reader']),
    passed: z.boolean(),
  }),
  z.strictObject({ is: z.literal('waiting') }),
  z.strictObject({ is: z.literal('sealing'), ...heading }),
  /** Sealed, not cast: `asking` whether really to open it for audit. */
  z.strictObject({ is: z.literal('sealed'), ...heading, code: z.string(), asking: z.boolean() }),
  z.strictObject({ is: z.literal('opened'), ...heading, code: z.string() }),
  /** The vote stands still; what is in the deputy's hands or on its way stays there. `kept`: a ballot was cast and waits. */
  z.strictObject({
    is: z.literal('held'),
    ...heading,
    reason: z.string(),
    kept: z.boolean(),
    counted: z.boolean(),
  }),
  /** The vote is open; whether this deputy may vote in it is not yet known. */
  z.strictObject({ is: z.literal('opening'), ...heading }),
  z.strictObject({ is: z.literal('not-eligible'), ...heading }),
  SheetBody,
  ...BALLOT_BODIES,
  /** The ballot could not be written to the disk: it is not cast, and in the deputy's hands still. */
  z.strictObject({ is: z.literal('unrecorded'), ...heading }),
  z.strictObject({ is: z.literal('sending'), ...heading, closed: z.boolean() }),
  z.strictObject({ is: z.literal('counted'), ...heading, again: z.boolean(), code: z.string().nullable() }),
  z.strictObject({ is: z.literal('refused'), ...heading, reason, counted: z.boolean(), again: z.boolean() }),
  z.strictObject({
    is: z.literal('closed'),
    ...heading,
    phase: z.enum(['closed', 'announced', 'voided']),
    counted: z.boolean(),
  }),
]);
export type Body = Value<typeof Body>;

export const NoticeView = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('card-refused'), reason }),
  z.strictObject({ type: z.literal('card-unreadable') }),
  z.strictObject({ type: z.literal('not-connected') }),
  z.strictObject({ type: z.literal('unconfirmed'), counted: z.boolean() }),
  z.strictObject({ type: z.literal('recordable') }),
  z.strictObject({ type: z.literal('unsealed') }),
  z.strictObject({ type: z.literal('not-counted'), title: Text.nullable(), reason }),
  z.strictObject({ type: z.literal('counted-late'), title: Text.nullable() }),
]);
export type NoticeView = Value<typeof NoticeView>;

/** What is wrong with a device; null in a language in which nobody has said it. */
const DeviceFault = z.strictObject({ zh: z.string().nullable(), en: z.string() });

export const ScreenView = z.strictObject({
  seat: z.string(),
  sitting: Text.nullable(),
  deputy: SeatDeputy.nullable(),
  isConnected: z.boolean(),
  /** The coordinator does not let this terminal in. */
  isRefused: z.boolean(),
  panelFault: DeviceFault.nullable(),
  readerFault: DeviceFault.nullable(),
  machineFaults: z.array(z.enum(MACHINE_FAULTS)),
  seatFaults: z.array(z.enum(SEAT_FAULTS)),
  identify: z.boolean(),
  body: Body,
  notice: NoticeView.nullable(),
  /** Seconds until the vote closes by itself. */
  secondsLeft: count.nullable(),
  keys: z.tuple([KeyView, KeyView, KeyView, KeyView, KeyView]),
});
export type ScreenView = Value<typeof ScreenView>;
