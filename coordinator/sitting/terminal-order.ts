import { z } from 'zod';
import { HashHex, Id } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** What the operator has terminals do: an act of the contract, and in the ledger as it was ordered. */
export const TerminalOrder = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('identify'), terminal: Id }),
  /** 每席自检 at one terminal, or at all that are connected. */
  z.strictObject({ act: z.literal('self-test'), terminal: Id.nullable(), on: z.boolean() }),
  /** The release on offer for one terminal, or for all; it is named, so that nobody orders another one than they saw. */
  z.strictObject({ act: z.literal('update'), terminal: Id.nullable(), manifest: HashHex }),
  z.strictObject({ act: z.literal('stop-update') }),
]);
export type TerminalOrder = Value<typeof TerminalOrder>;

export const isTerminalOrder = <A extends { readonly act: string }>(
  act: A | TerminalOrder,
): act is TerminalOrder => TerminalOrder.options.some(({ shape }) => shape.act.value === act.act);
