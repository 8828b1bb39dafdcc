import { z } from 'zod';
import { strictJson } from './strict-json.ts';

const Point = z.string().regex(/^[0-9a-f]{64}$/);

const Header = z.object({
  election_uuid: z.string(),
  election_hash: z.string(),
  credential: Point,
  answers: z.array(z.object({ choices: z.array(z.object({ alpha: Point })) })),
});

/** What a sealed ballot says it is, without a look at its proofs; null where it is none. */
export interface SealedHeader {
  readonly uuid: string;
  /** Base64 SHA-256 of the election it is for. */
  readonly electionHash: string;
  readonly credential: string;
  /** First half α of every ciphertext: two ballots share one only where both were made with the same randomness. */
  readonly alphas: readonly string[];
}

export function sealedHeader(ballot: string): SealedHeader | null {
  const header = Header.safeParse(strictJson(ballot));
  if (!header.success) return null;
  const { election_uuid, election_hash, credential, answers } = header.data;
  const alphas = answers.flatMap(({ choices }) => choices.map(({ alpha }) => alpha));
  return { uuid: election_uuid, electionHash: election_hash, credential, alphas };
}
