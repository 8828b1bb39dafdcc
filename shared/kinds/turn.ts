import type { Motion } from './kinds.ts';

/** Why a vote is not the first one on its matter: the same motion once more, or a motion that settles what one left. */
export const TURNS = ['again', 'runoff', 'open-places'] as const;
export type Turn = (typeof TURNS)[number];

/**
 * What sets the vote `round` on `motion` apart from a first vote; empty for a first vote. Ids say so: of a round with
 * its number, of a motion that follows another with `-r` or `-s` and a number (bundle.md).
 */
export function turnsOf(
  { id, follows }: Pick<Motion, 'id'> & { readonly follows?: string | undefined },
  round: string | null,
): readonly Turn[] {
  const follower: Turn[] = follows === undefined ? [] : [/-r\d+$/.test(id) ? 'runoff' : 'open-places'];
  // A rehearsal's number stands behind a t.
  const n = Number(/\/(\d+)$/.exec(round ?? '')?.[1] ?? 1);
  return n > 1 ? [...follower, 'again'] : follower;
}
