import { z } from 'zod';
import type { InvalidChoice } from '../kinds/kind.ts';
import { Choice, kindOf, type Motion } from '../kinds/kinds.ts';
import type { Value } from './value.ts';

/** The most characters a sealed ballot takes: the largest motion's, with room to spare. */
export const MAX_SEALED_LENGTH = 300_000;

/** A choice sealed at the seat: a Belenios ballot as it is recorded and hashed. */
export const SealedChoice = z.strictObject({
  kind: z.literal('sealed'),
  ballot: z.string().min(1).max(MAX_SEALED_LENGTH),
});
export type SealedChoice = Value<typeof SealedChoice>;

/** What a ballot carries: a choice in an open vote, a sealed one in a secret vote. */
export const CastChoice = z.discriminatedUnion('kind', [...Choice.options, SealedChoice]);
export type CastChoice = Value<typeof CastChoice>;

/** Why `choice` is no valid ballot on `motion`; `null` where it is one. */
export function invalidChoice(motion: Motion, choice: CastChoice): InvalidChoice | null {
  const isSealed = choice.kind === 'sealed';
  if (isSealed !== (motion.voting === 'secret')) return 'choice-of-another-kind';
  // What a sealed choice holds is shown by its proofs (`shared/belenios`).
  if (isSealed) return null;
  if (choice.kind !== motion.kind) return 'choice-of-another-kind';
  return kindOf(motion.kind).invalid(motion, choice);
}
