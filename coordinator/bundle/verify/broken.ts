import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import { type Fault, fault, type Problem } from './problems.ts';

/** The first thing found wrong: in an entry of the ledger or, where `entry` is null, in the bundle as such. */
export interface Broken extends Fault {
  readonly entry: number | null;
  readonly type: string | null;
}

type At = Pick<LedgerRow, 'seq' | 'type'> | null;

/** Ends a verification. */
export class BrokenBundle extends Error {
  readonly broken: Broken;
  constructor(what: Fault, at: At) {
    super(what.problem);
    this.broken = { ...what, entry: at?.seq ?? null, type: at?.type ?? null };
  }
}

/** @throws {BrokenBundle} where something does not hold. */
export function demand(
  holds: boolean,
  problem: Problem,
  at: At = null,
  detail?: Parameters<typeof fault>[1],
): asserts holds {
  if (!holds) throw new BrokenBundle(fault(problem, detail), at);
}
