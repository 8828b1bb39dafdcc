import type { Election } from './ballot.ts';

/** A point, a scalar (q has 76 digits) and a hash, as long as they can be. */
const POINT = '0'.repeat(64);
const SCALAR = '0'.repeat(76);
const HASH = '0'.repeat(43);

const PROOF = { challenge: SCALAR, response: SCALAR };

/** How many characters a ballot of the election has at the most: those of one whose scalars all have 76 digits. */
export function longestBallot({ uuid, questions }: Pick<Election, 'uuid' | 'questions'>): number {
  const answers = questions.map(({ answers: { length }, min, max }) => ({
    choices: Array.from({ length }, () => ({ alpha: POINT, beta: POINT })),
    individual_proofs: Array.from({ length }, () => [PROOF, PROOF]),
    overall_proof: Array.from({ length: max - min + 1 }, () => PROOF),
  }));
  const ballot = {
    election_uuid: uuid,
    election_hash: HASH,
    credential: POINT,
    answers,
    signature: { hash: HASH, proof: PROOF },
  };
  return JSON.stringify(ballot).length;
}
