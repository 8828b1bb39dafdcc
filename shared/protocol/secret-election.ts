import { z } from 'zod';
import { kindOf, type Motion } from '../kinds/kinds.ts';
import { MARK_TERMS } from '../terms.ts';
import type { Text } from './ids.ts';
import type { Value } from './value.ts';

/** How a secret vote (无记名) becomes a Belenios election, and an election's counts a tally again. */

/** What, beside the motion, makes a round of a secret motion an election. */
export const ElectionSeal = z.strictObject({
  /** The election's name for ever: Base58, drawn from the ledger at the opening. */
  uuid: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14,44}$/),
  /** The scrutineers' joint public key. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ElectionSeal = Value<typeof ElectionSeal>;

/** The ballot as questions and answers in the language of record. */
function questionsOf(motion: Motion) {
  const { parts, ballot } = kindOf(motion.kind);
  const titles = new Map(parts(motion).map(({ id, title }) => [id, title.zh]));
  return ballot(motion).map(({ title, cells, min, max }) => ({
    answers: cells.map(({ item, mark }) =>
      mark === 'chosen' ? (titles.get(item) ?? item) : MARK_TERMS[mark].zh,
    ),
    min,
    max,
    question: title.zh,
  }));
}

/** `election.json`, byte for byte: seat, coordinator and verifier each make it themselves from what they know. */
export function electionText({ uuid, key }: ElectionSeal, sitting: Text, motion: Motion): string {
  return JSON.stringify({
    version: 1,
    description: sitting.zh,
    name: motion.title.zh,
    group: 'Ed25519',
    public_key: key,
    questions: questionsOf(motion),
    uuid,
  });
}
