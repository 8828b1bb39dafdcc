import { strictJson } from '../protocol/strict-json.ts';
import { BallotJson, ciphersOf, type Election, encrypt } from './ballot.ts';
import { isSame } from './group.ts';
import { Scalar } from './scalar.ts';
import { secretOf } from './secret.ts';

/** What shows what is in a sealed ballot: the votes and the randomness as decimal numbers. */
export interface BallotOpening {
  readonly votes: readonly (readonly number[])[];
  readonly randomness: readonly (readonly string[])[];
}

/** Whether the ballot is exactly these votes sealed with this randomness (检验: a Benaloh challenge). */
export function isOpening(election: Election, text: string, { votes, randomness }: BallotOpening): boolean {
  const parsed = BallotJson.safeParse(strictJson(text));
  if (!parsed.success || parsed.data.answers.length !== election.questions.length) return false;
  return parsed.data.answers.every((answer, i) => {
    const ciphers = ciphersOf(answer);
    return (
      ciphers?.length === election.questions[i]?.answers.length &&
      ciphers?.every(({ alpha, beta }, j) => {
        const r = Scalar.safeParse(randomness[i]?.[j]);
        const vote = votes[i]?.[j];
        // No point is read that is g to the power of nothing.
        if (!r.success || r.data === '0' || (vote !== 0 && vote !== 1)) return false;
        const made = encrypt(election.publicKey, vote, secretOf(BigInt(r.data)));
        return isSame(made.alpha, alpha) && isSame(made.beta, beta);
      })
    );
  });
}
