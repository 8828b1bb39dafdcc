import { Map as Dictionary } from 'immutable';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import type { OwnEntry } from './entries.ts';

/** What the refusals of a sitting have taken in its ledger so far: kept by the fold, so that no restart forgets it. */
export interface Refused {
  /** Bytes of the entries of strangers, of enrolled terminals in all, and of each. */
  readonly strangers: number;
  readonly terminals: number;
  readonly byTerminal: Dictionary<string, number>;
  /** Refusals told, by an entry of their own or in a count, and how many entries counted some. */
  readonly told: number;
  readonly countings: number;
}

export const NONE_REFUSED: Refused = {
  strangers: 0,
  terminals: 0,
  byTerminal: Dictionary(),
  told: 0,
  countings: 0,
};

/** What refusals may take of a ledger, in bytes; beyond it they are counted. */
export const MOST_REFUSED = { strangers: 400_000, terminal: 256_000, terminals: 32_000_000 } as const;

/** So many entries may count whatever there is, at a clean stop so many; a further one only a fourth of all told before. */
const FREE_COUNTINGS = { now: 40, atStop: 150 } as const;
const WORTH_COUNTING = 4;

/** About the most a row takes of the ledger's file, with its place in two indexes and what pages leave empty. */
export const rowBytes = ({ body }: Pick<LedgerRow, 'body'>): number => Math.ceil(body.length * 1.3) + 400;

/** Whether one more refusal of `terminal`, null for strangers, may have an entry of its own. */
export function mayEnter({ strangers, terminals, byTerminal }: Refused, terminal: string | null): boolean {
  if (terminal === null) return strangers < MOST_REFUSED.strangers;
  return terminals < MOST_REFUSED.terminals && (byTerminal.get(terminal) ?? 0) < MOST_REFUSED.terminal;
}

/**
 * Whether an entry may count `uncounted` refusals, now or as the last thing before a stop. However many there are, such
 * entries become rare: a million million refusals make 250 of them.
 */
export function mayCount(
  { told, countings }: Refused,
  uncounted: number,
  when: keyof typeof FREE_COUNTINGS,
): boolean {
  return uncounted > 0 && (countings < FREE_COUNTINGS[when] || uncounted * WORTH_COUNTING >= told);
}

/** What refusals have taken with this entry too. */
export function foldRefused(
  before: Refused,
  row: LedgerRow,
  says: Extract<OwnEntry, { typ: 'refused' | 'refusals-counted' }>,
): Refused {
  if (says.typ === 'refusals-counted') {
    const told = says.counts.reduce((sum, { count }) => sum + count, before.told);
    return { ...before, told, countings: before.countings + 1 };
  }
  const { terminal } = says;
  const bytes = rowBytes(row);
  const told = before.told + 1;
  if (terminal === null) return { ...before, told, strangers: before.strangers + bytes };
  const byTerminal = before.byTerminal.update(terminal, 0, (sum) => sum + bytes);
  return { ...before, told, terminals: before.terminals + bytes, byTerminal };
}
