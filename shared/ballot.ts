import { z } from 'zod';
import { Id } from './ids.ts';
import { MAX_ITEMS, type Motion } from './motion.ts';

export const OPTIONS = ['for', 'against', 'abstain'] as const;
export type Option = (typeof OPTIONS)[number];

/** 满意, 基本满意, 不满意, 不了解. */
export const GRADES = ['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const;
export type Grade = (typeof GRADES)[number];

export const DecisionChoice = z.strictObject({ kind: z.literal('decision'), option: z.enum(OPTIONS) });
export const SelectionChoice = z.strictObject({
  kind: z.literal('selection'),
  chosen: z.array(Id).max(MAX_ITEMS),
});
export const AppraisalChoice = z.strictObject({
  kind: z.literal('appraisal'),
  grades: z.array(z.strictObject({ item: Id, grade: z.enum(GRADES) })).max(MAX_ITEMS),
});

/** What a deputy chose. Items left out of an appraisal are not graded. */
export const Choice = z.discriminatedUnion('kind', [DecisionChoice, SelectionChoice, AppraisalChoice]);
export type Choice = z.infer<typeof Choice>;

/** The most characters a sealed ballot takes: the largest motion's, with room to spare. */
export const MAX_SEALED_LENGTH = 300_000;

/** A choice sealed at the seat: a Belenios ballot as it is recorded and hashed. */
export const SealedChoice = z.strictObject({
  kind: z.literal('sealed'),
  ballot: z.string().min(1).max(MAX_SEALED_LENGTH),
});
export type SealedChoice = z.infer<typeof SealedChoice>;

/** What a ballot carries: a choice in an open vote, a sealed one in a secret vote. */
export const CastChoice = z.discriminatedUnion('kind', [
  DecisionChoice,
  SelectionChoice,
  AppraisalChoice,
  SealedChoice,
]);
export type CastChoice = z.infer<typeof CastChoice>;
export type SelectionChoice = z.infer<typeof SelectionChoice>;
export type AppraisalChoice = z.infer<typeof AppraisalChoice>;

export type InvalidChoice =
  | 'choice-of-another-kind'
  | 'unknown-candidate'
  | 'candidate-twice'
  | 'too-many-candidates'
  | 'grade-not-offered';

function invalidIds(ids: readonly string[], known: ReadonlyArray<{ id: string }>): InvalidChoice | null {
  const all = new Set(known.map((item) => item.id));
  if (ids.some((id) => !all.has(id))) return 'unknown-candidate';
  return new Set(ids).size === ids.length ? null : 'candidate-twice';
}

/** Why `choice` is no valid ballot on `motion`; `null` where it is one. */
export function invalidChoice(motion: Motion, choice: CastChoice): InvalidChoice | null {
  const isSealed = choice.kind === 'sealed';
  if (isSealed !== (motion.voting === 'secret')) return 'choice-of-another-kind';
  // What a sealed choice holds is shown by its proofs (`shared/belenios`).
  if (isSealed) return null;
  if (motion.kind === 'decision' && choice.kind === 'decision') return null;
  if (motion.kind === 'selection' && choice.kind === 'selection') {
    if (choice.chosen.length > motion.places) return 'too-many-candidates';
    return invalidIds(choice.chosen, motion.candidates);
  }
  if (motion.kind === 'appraisal' && choice.kind === 'appraisal') {
    if (!motion.dontKnow && choice.grades.some((g) => g.grade === 'dont-know')) return 'grade-not-offered';
    return invalidIds(
      choice.grades.map((g) => g.item),
      motion.items,
    );
  }
  return 'choice-of-another-kind';
}
