import { z } from 'zod';
import { HashHex, Id } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';
import { count, Items, MAX_ITEMS, ofEveryMotion } from './common.ts';
import { invalidIds, type Kind, type Turnout, type Undecided } from './kind.ts';
import { needed, reaches, Threshold } from './quorum-and-majority.ts';

/** 差额票决: at most so many of the candidates. */

export const SelectionMotion = z
  .strictObject({
    ...ofEveryMotion,
    kind: z.literal('selection'),
    candidates: Items,
    /** N: how many may be chosen and how many can win. */
    places: z.number().int().positive().max(MAX_ITEMS),
    /** What a candidate needs; `null` in a runoff, where more votes win. */
    threshold: Threshold.nullable(),
    /** The frozen list of projects that the candidates are, by its hash; absent where there is none. */
    list: HashHex.optional(),
  })
  .refine((motion) => motion.places <= motion.candidates.length, {
    path: ['places'],
    message: 'there are fewer candidates than places',
  });
export type SelectionMotion = Value<typeof SelectionMotion>;

export const SelectionChoice = z.strictObject({
  kind: z.literal('selection'),
  chosen: z.array(Id).max(MAX_ITEMS),
});
export type SelectionChoice = Value<typeof SelectionChoice>;

export const SelectionTally = z.strictObject({
  kind: z.literal('selection'),
  votes: z.array(z.strictObject({ id: Id, votes: count })),
});
export type SelectionTally = Value<typeof SelectionTally>;

/** 入选, 末位同票, 未入选(票数不足席位), 未达通过线. */
export const Standing = z.enum(['selected', 'tied', 'outvoted', 'below-threshold']);
export type Standing = Value<typeof Standing>;

export const SelectionOutcome = z.strictObject({
  kind: z.literal('selection'),
  needed: count.nullable(),
  /** All candidates, most votes first; equal votes share a rank and keep the motion's order. */
  order: z.array(z.strictObject({ id: Id, votes: count, rank: count, standing: Standing })),
  /** How many places the tied are voted on again for; 0 where nobody is tied. */
  runoffPlaces: count,
  /** Places left open because too few reached the threshold. */
  openPlaces: count,
});
export type SelectionOutcome = Value<typeof SelectionOutcome>;

function select(motion: SelectionMotion, tally: SelectionTally, turnout: Turnout): SelectionOutcome {
  const { threshold, places } = motion;
  const basis = turnout[motion.basis];
  const sorted = [...tally.votes].sort((a, b) => b.votes - a.votes);
  const enough = (votes: number) => (threshold === null ? votes > 0 : reaches(votes, basis, threshold));
  const reached = sorted.filter((c) => enough(c.votes));
  const last = reached[places - 1]?.votes ?? -1;
  const tied = reached.length > places && reached[places]?.votes === last;
  const above = reached.filter((c) => c.votes > last).length;

  const standing = (votes: number): Standing => {
    if (!enough(votes)) return 'below-threshold';
    if (votes < last) return 'outvoted';
    return votes === last && tied ? 'tied' : 'selected';
  };
  return {
    kind: 'selection',
    needed: threshold === null ? null : needed(basis, threshold),
    order: sorted.map(({ id, votes }) => ({
      id,
      votes,
      rank: 1 + sorted.filter((other) => other.votes > votes).length,
      standing: standing(votes),
    })),
    runoffPlaces: tied ? places - above : 0,
    openPlaces: Math.max(0, places - reached.length),
  };
}

/** A runoff (再次投票) among those tied at the last place, or another vote for the places left open. */
function undecided(
  motion: SelectionMotion,
  { order, runoffPlaces, openPlaces }: SelectionOutcome,
): Undecided<SelectionMotion> | null {
  const having = (standing: Standing) =>
    motion.candidates.filter(({ id }) => order.find((of) => of.id === id)?.standing === standing);
  if (runoffPlaces > 0)
    return {
      is: 'runoff',
      motion: { ...motion, candidates: having('tied'), places: runoffPlaces, threshold: null },
    };
  const rest = having('below-threshold');
  if (openPlaces === 0 || rest.length === 0) return null;
  return {
    is: 'open-places',
    motion: { ...motion, candidates: rest, places: Math.min(openPlaces, rest.length) },
  };
}

export const selection: Kind<SelectionMotion, SelectionChoice, SelectionTally, SelectionOutcome> = {
  parts: ({ candidates }) => candidates,
  invalid: ({ candidates, places }, { chosen }) =>
    chosen.length > places ? 'too-many-candidates' : invalidIds(chosen, candidates),
  ballot: ({ title, candidates, places }) => [
    { title, cells: candidates.map(({ id }) => ({ item: id, mark: 'chosen' })), min: 0, max: places },
  ],
  marked: ({ chosen }) => chosen.map((id) => ({ item: id, mark: 'chosen' })),
  tally: ({ candidates }, marks) => ({
    kind: 'selection',
    votes: candidates.map(({ id }) => ({ id, votes: marks(id, 'chosen') })),
  }),
  marks: ({ votes }) => [votes.map((of) => of.votes)],
  decide: select,
  undecided,
};
