import { z } from 'zod';
import { type Choice, GRADES, OPTIONS } from './ballot.ts';
import type { Text } from './ids.ts';
import type { Motion } from './motion.ts';
import type { Tally } from './tally.ts';
import { GRADE_TERMS, OPTION_TERMS } from './terms.ts';

/** How a secret vote (无记名) becomes a Belenios election, and an election's counts a tally again. */

/** What, beside the motion, makes a round of a secret motion an election. */
export const ElectionSeal = z.strictObject({
  /** The election's name for ever: Base58, drawn from the ledger at the opening. */
  uuid: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14,44}$/),
  /** The scrutineers' joint public key. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ElectionSeal = z.infer<typeof ElectionSeal>;

interface Question {
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly question: string;
}

const gradesOf = ({ dontKnow }: { dontKnow: boolean }) =>
  GRADES.filter((grade) => dontKnow || grade !== 'dont-know');

function questionsOf(motion: Motion): Question[] {
  switch (motion.kind) {
    case 'decision':
      return [{ answers: OPTIONS.map((o) => OPTION_TERMS[o].zh), min: 1, max: 1, question: motion.title.zh }];
    case 'selection': {
      const answers = motion.candidates.map(({ title }) => title.zh);
      return [{ answers, min: 0, max: motion.places, question: motion.title.zh }];
    }
    case 'appraisal': {
      const answers = gradesOf(motion).map((grade) => GRADE_TERMS[grade].zh);
      return motion.items.map(({ title }) => ({ answers, min: 0, max: 1, question: title.zh }));
    }
  }
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

/** How many answers each question of the motion has. */
export const shapeOf = (motion: Motion): number[] => questionsOf(motion).map(({ answers }) => answers.length);

/** A valid choice on `motion` as 0 and 1, question by question, answer by answer. */
export function votesOf(motion: Motion, choice: Choice): number[][] {
  const one = (is: boolean) => (is ? 1 : 0);
  if (motion.kind === 'decision' && choice.kind === 'decision')
    return [OPTIONS.map((option) => one(option === choice.option))];
  if (motion.kind === 'selection' && choice.kind === 'selection')
    return [motion.candidates.map(({ id }) => one(choice.chosen.includes(id)))];
  if (motion.kind === 'appraisal' && choice.kind === 'appraisal') {
    const grades = new Map(choice.grades.map(({ item, grade }) => [item, grade]));
    return motion.items.map(({ id }) => gradesOf(motion).map((grade) => one(grades.get(id) === grade)));
  }
  throw new Error(`a ${choice.kind} choice on a ${motion.kind} motion`);
}

/** The decrypted counts of an election on `motion` as its tally. */
export function tallyOf(motion: Motion, counts: readonly (readonly number[])[]): Tally {
  const at = (question: number, answer: number) => counts[question]?.[answer] ?? 0;
  switch (motion.kind) {
    case 'decision':
      return { kind: 'decision', for: at(0, 0), against: at(0, 1), abstain: at(0, 2) };
    case 'selection':
      return {
        kind: 'selection',
        votes: motion.candidates.map(({ id }, i) => ({ id, votes: at(0, i) })),
      };
    case 'appraisal':
      return {
        kind: 'appraisal',
        items: motion.items.map(({ id }, i) => ({
          id,
          satisfied: at(i, 0),
          basic: at(i, 1),
          dissatisfied: at(i, 2),
          'dont-know': at(i, 3),
        })),
      };
  }
}

/** A tally as the counts of its election: the inverse of {@link tallyOf}. `dontKnow`: whether that grade was offered. */
export function countsOf(tally: Tally, dontKnow = true): number[][] {
  if (tally.kind === 'decision') return [OPTIONS.map((option) => tally[option])];
  if (tally.kind === 'selection') return [tally.votes.map(({ votes }) => votes)];
  const grades = gradesOf({ dontKnow });
  return tally.items.map((item) => grades.map((grade) => item[grade]));
}
