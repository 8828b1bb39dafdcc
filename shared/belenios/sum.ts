import { z } from 'zod';
import { NEUTRAL, type Point, times } from './group.ts';
import { fromHex } from './hex.ts';
import type { EncryptedTally } from './tally.ts';

/** Adding up sealed ballots that have been checked already: no proof is looked at, no point tested again. */

const Ballot = z.object({
  answers: z.array(z.object({ choices: z.array(z.object({ alpha: z.string(), beta: z.string() })) })),
});

const point = (hex: string): Point => fromHex(hex).reverse();

/** The neutral tally of elections with so many answers a question. */
export const emptySum = (shape: readonly number[]): EncryptedTally =>
  shape.map((answers) => Array.from({ length: answers }, () => ({ alpha: NEUTRAL, beta: NEUTRAL })));

/** The sum of two tallies of one election. */
export function addSums(a: EncryptedTally, b: EncryptedTally): EncryptedTally {
  return a.map((question, i) =>
    question.map(({ alpha, beta }, j) => ({
      alpha: times(alpha, b[i]?.[j]?.alpha ?? NEUTRAL),
      beta: times(beta, b[i]?.[j]?.beta ?? NEUTRAL),
    })),
  );
}

/** The sum of checked ballots, each credential's last alone among them. @throws where one cannot be read. */
export function sumOfBallots(ballots: readonly string[], shape: readonly number[]): EncryptedTally {
  return ballots.reduce((sum, text) => {
    const choices = Ballot.parse(JSON.parse(text)).answers.map((answer) =>
      answer.choices.map(({ alpha, beta }) => ({ alpha: point(alpha), beta: point(beta) })),
    );
    return addSums(sum, choices);
  }, emptySum(shape));
}
