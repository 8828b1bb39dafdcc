import { z } from 'zod';
import { HashHex, Id, words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';

const count = z.number().int().nonnegative();

/** One vote on the list, or on what a vote before it left open (再次投票, 缺额另选). */
export const HallRound = z.strictObject({
  round: words(1, 140),
  /** Of those who might vote, who were there and who voted. */
  roll: count,
  present: count,
  cast: count,
  byHand: z.boolean(),
  secret: z.boolean(),
  /** Every candidate of this round with its votes, in the ballot's order; `selected` by the rule of the motion. */
  candidates: z
    .array(z.strictObject({ project: Id, votes: count, selected: z.boolean() }))
    .min(1)
    .max(100),
  /** Places for which several are level: they are voted on once more. */
  tiedPlaces: count,
});
export type HallRound = Value<typeof HallRound>;

/** What a hall's bundle proves of a list, as its verifier has found it. */
export const HallResult = z.strictObject({
  /** The list that was voted on, by its hash. */
  list: HashHex,
  congress: words(1, 2000),
  hall: Id,
  sitting: Id,
  /** SHA-256 of the bundle's manifest, and the hall's public key that it was verified with. */
  manifest: HashHex,
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** Those that were announced and not voided, in the order in which they were held. */
  rounds: z.array(HallRound).min(1).max(20),
});
export type HallResult = Value<typeof HallResult>;

/** Projects that were chosen, in all rounds together. */
export function chosenIn({ rounds }: HallResult): ReadonlySet<string> {
  return new Set(
    rounds.flatMap(({ candidates }) =>
      candidates.filter(({ selected }) => selected).map(({ project }) => project),
    ),
  );
}

/** How a project fared in the first round that it stood in: what a proposer is told (如 143 / 164). */
export function votesFor(
  { rounds }: HallResult,
  project: string,
): { readonly round: string; readonly votes: number; readonly roll: number } | null {
  for (const { round, roll, candidates } of rounds) {
    const found = candidates.find((one) => one.project === project);
    if (found) return { round, votes: found.votes, roll };
  }
  return null;
}
