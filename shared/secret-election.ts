import { z } from 'zod';
import type { Text } from './ids.ts';
import { kindOf, type Motion } from './kinds/kinds.ts';

/** How a secret vote (无记名) becomes a Belenios election, and an election's counts a tally again. */

/** What, beside the motion, makes a round of a secret motion an election. */
export const ElectionSeal = z.strictObject({
  /** The election's name for ever: Base58, drawn from the ledger at the opening. */
  uuid: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14,44}$/),
  /** The scrutineers' joint public key. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ElectionSeal = z.infer<typeof ElectionSeal>;

/** `election.json`, byte for byte: seat, coordinator and verifier each make it themselves from what they know. */
export function electionText({ uuid, key }: ElectionSeal, sitting: Text, motion: Motion): string {
  return JSON.stringify({
    version: 1,
    description: sitting.zh,
    name: motion.title.zh,
    group: 'Ed25519',
    public_key: key,
    questions: kindOf(motion.kind).questions(motion),
    uuid,
  });
}

/** How many answers each question of the motion has. */
export const shapeOf = (motion: Motion): number[] =>
  kindOf(motion.kind)
    .questions(motion)
    .map(({ answers }) => answers.length);
