import { z } from 'zod';
import { HashHex, Id, MessageId } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';

/** Why a seat does not take a version, or the coordinator a package. */
export const UPDATE_REFUSALS = [
  /** The machine pins no release key: it takes updates by hand only. */
  'no-release-key',
  'malformed',
  'not-signed',
  /** Not newer than what is there. */
  'older',
  'wrong-machine',
  'wrong-node',
  /** A file is not what was signed. */
  'altered',
  'no-room',
  /** It could not be fetched, time and again. */
  'unavailable',
  /** The seat's disk did not take it. */
  'disk',
] as const;
export const UpdateRefusal = z.enum(UPDATE_REFUSALS);
export type UpdateRefusal = Value<typeof UpdateRefusal>;

/** Why a version on trial was given up. */
export const ROLLBACKS = ['crashed', 'no-coordinator', 'no-page', 'damaged', 'hung'] as const;
export const Rollback = z.enum(ROLLBACKS);
export type Rollback = Value<typeof Rollback>;

/** How far an update is at a seat. */
export const UpdateStep = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('idle') }),
  z.strictObject({ is: z.literal('downloading'), percent: z.number().int().min(0).max(100) }),
  /** Everything is there: a vote, a ballot on its way, or a deputy's hands come first. */
  z.strictObject({ is: z.literal('waiting') }),
  z.strictObject({ is: z.literal('installing') }),
  z.strictObject({ is: z.literal('trial') }),
  z.strictObject({ is: z.literal('confirmed') }),
  z.strictObject({ is: z.literal('refused'), why: UpdateRefusal }),
  z.strictObject({ is: z.literal('rolled-back'), why: Rollback }),
]);
export type UpdateStep = Value<typeof UpdateStep>;

/** What a seat says of updates in its health message. */
export const UpdateHealth = z.strictObject({
  /** The order of the version that runs; 0 where nobody signed it. */
  order: z.number().int().nonnegative(),
  /** The manifest that the step is about; null before the first. */
  manifest: HashHex.nullable(),
  step: UpdateStep,
});
export type UpdateHealth = Value<typeof UpdateHealth>;

/** The operator has a terminal take a version, or take it no more. */
export const UpdateCommand = z.strictObject({
  typ: z.literal('update'),
  v: z.literal(1),
  id: MessageId,
  terminal: Id,
  act: z.enum(['take', 'stop']),
  manifest: HashHex,
  /** Where the coordinator serves it over HTTP: a port of the host that the terminal knows. */
  port: z.number().int().min(1).max(65_535),
});
export type UpdateCommand = Value<typeof UpdateCommand>;
