import { z } from 'zod';
import { sha256Hex } from '../../shared/belenios/hash.ts';
import type { Value } from '../../shared/protocol/value.ts';

/**
 * What a scrutineer's device must not forget, whatever the coordinator shows it later: which sum of which vote it has
 * decrypted, which ceremony its scrutineer has agreed to aloud, and in which one they stopped. All of it only ever grows
 * or goes on to a later ceremony. Pure: a browser keeps it in its storage, the command in a file beside the key.
 */

const place = { sitting: z.string(), ceremony: z.number().int() };

const Agreed = z.strictObject({
  ...place,
  /** SHA-256 of all certificates; the check code is its beginning. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** The election key that came of it; null until it is made. */
  publicKey: z.string().nullable(),
  /** Read out and compared at this device; else taken from the coordinator, as by a device restored from a back-up. */
  isCompared: z.boolean(),
});
/** A ceremony that this device takes part in, to the exclusion of any other under its number. */
export type Agreed = Value<typeof Agreed>;

export const Memory = z.strictObject({
  /** Hash of an election → SHA-256 of the sum decrypted. */
  decrypted: z.record(z.string(), z.string()),
  agreed: Agreed.nullable(),
  stopped: z.strictObject(place).nullable(),
});
export type Memory = Value<typeof Memory>;

export const NOTHING: Memory = { decrypted: {}, agreed: null, stopped: null };

/** Why what a device remembers cannot be had or kept: it does not parse, it has gone, it cannot be written. */
export type MemoryProblem = 'damaged' | 'gone' | 'unwritable';

/** Where a device remembers. Others may write there too (another tab, another program): nothing is held back from it. */
export interface MemoryStore {
  readonly read: () => Memory | MemoryProblem;
  /** Reads, changes and writes in one go, durable when this returns. @returns what is remembered from now on. */
  readonly update: (change: (memory: Memory) => Memory) => Memory | MemoryProblem;
}

/** A memory that lasts as long as its program: for demonstrations. */
export class MemoryHeld implements MemoryStore {
  #memory = NOTHING;

  read(): Memory {
    return this.#memory;
  }

  update(change: (memory: Memory) => Memory): Memory {
    this.#memory = change(this.#memory);
    return this.#memory;
  }
}

interface Sum {
  readonly electionHash: string;
  readonly tally: string;
}

/** Remembers that a sum is decrypted; of one vote the first sum stands. */
export function withSum(memory: Memory, { electionHash, tally }: Sum): Memory {
  return { ...memory, decrypted: { [electionHash]: sha256Hex(tally), ...memory.decrypted } };
}

/** Whether this sum, and so no other of the same vote, is the one remembered. */
export const holdsSum = ({ decrypted }: Memory, { electionHash, tally }: Sum): boolean =>
  decrypted[electionHash] === sha256Hex(tally);

/** What a coordinator shows of a ceremony. `fingerprint`: null while certificates are missing. */
export interface Shown {
  readonly sitting: string;
  readonly ceremony: number;
  readonly fingerprint: string | null;
  readonly publicKey: string | null;
}

/**
 * How what is shown stands to what was agreed to: nothing was; it is a later ceremony, to be agreed to anew; it is the
 * very same; or it is another in its place, which no honest coordinator shows.
 */
export type Bond = 'none' | 'later' | 'held' | 'other';

export function bondOf({ agreed }: Memory, shown: Shown): Bond {
  if (!agreed) return 'none';
  if (agreed.sitting !== shown.sitting || agreed.ceremony < shown.ceremony) return 'later';
  const isOtherKey =
    agreed.publicKey !== null && shown.publicKey !== null && agreed.publicKey !== shown.publicKey;
  return agreed.ceremony === shown.ceremony && agreed.fingerprint === shown.fingerprint && !isOtherKey
    ? 'held'
    : 'other';
}

/** Remembers what was agreed to; under one number of a ceremony the first agreement stands and only learns more. */
export function withAgreed(memory: Memory, agreed: Agreed): Memory {
  const bond = bondOf(memory, agreed);
  if (bond === 'other') return memory;
  const before = bond === 'held' ? memory.agreed : null;
  return {
    ...memory,
    agreed: {
      ...agreed,
      publicKey: before?.publicKey ?? agreed.publicKey,
      isCompared: agreed.isCompared || before?.isCompared === true,
    },
  };
}

/** Remembers that the scrutineer stopped in this ceremony; a later one begins anew. */
export const withStop = (memory: Memory, { sitting, ceremony }: Shown): Memory => ({
  ...memory,
  stopped: { sitting, ceremony },
});

export const isStopped = ({ stopped }: Memory, { sitting, ceremony }: Shown): boolean =>
  stopped?.sitting === sitting && stopped.ceremony === ceremony;
