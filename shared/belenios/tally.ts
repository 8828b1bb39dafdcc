import type { RandomBytes } from '../protocol/ids.ts';
import {
  basePower,
  encode,
  NEUTRAL,
  over,
  type Point,
  power,
  product,
  secretBasePower,
  secretPower,
  times,
} from './group.ts';
import { hashToScalar } from './hash.ts';
import type { Ciphertext, Proof } from './proofs.ts';
import { inverse, mod } from './scalar.ts';
import { randomSecret, responseTo, type Secret, wipe } from './secret.ts';

/** Adding up sealed ballots and decrypting the sum alone (specification, "Encrypted tally", "Partial decryptions"). */

/** Question by question, answer by answer. */
export type EncryptedTally = readonly (readonly Ciphertext[])[];

/** A checked ballot: whose, and what it says. */
export interface SealedVote {
  readonly credential: string;
  readonly choices: EncryptedTally;
}

/** The sum of the ballots, of each credential the last; none is looked into. `shape`: answers of each question. */
export function encryptedTally(ballots: readonly SealedVote[], shape: readonly number[]): EncryptedTally {
  const last = [...new Map(ballots.map((ballot) => [ballot.credential, ballot])).values()];
  return shape.map((answers, question) =>
    Array.from({ length: answers }, (_, answer) => {
      const ciphers = last.flatMap(({ choices }) => choices[question]?.[answer] ?? []);
      return {
        alpha: product(ciphers.map(({ alpha }) => alpha)),
        beta: product(ciphers.map(({ beta }) => beta)),
      };
    }),
  );
}

/** One trustee's share of the decryption: alpha^x for every ciphertext, each with its proof. */
export interface PartialDecryption {
  readonly factors: readonly (readonly Point[])[];
  readonly proofs: readonly (readonly Proof[])[];
}

const context = (electionHash: string, key: Point, a: Point, b: Point): string =>
  `decrypt|${electionHash}|${encode(key)}|${encode(a)},${encode(b)}`;

/** Decrypts with the exponent `x`, and proves that it did. */
export function decryptPartially(
  electionHash: string,
  x: Secret,
  tally: EncryptedTally,
  random: RandomBytes,
): PartialDecryption {
  const key = secretBasePower(x);
  const factors = tally.map((question) => question.map(({ alpha }) => secretPower(alpha, x)));
  const proofs = tally.map((question) =>
    question.map(({ alpha }): Proof => {
      const w = randomSecret(random);
      const [a, b] = [secretBasePower(w), secretPower(alpha, w)];
      const challenge = hashToScalar(context(electionHash, key, a, b));
      const response = responseTo(w, x, challenge);
      wipe(w);
      return { challenge, response };
    }),
  );
  return { factors, proofs };
}

/** Whether every factor of the share was made with the exponent of `key`, the trustee's verification key. */
export function verifyShare(
  electionHash: string,
  key: Point,
  tally: EncryptedTally,
  { factors, proofs }: PartialDecryption,
): boolean {
  const fits =
    factors.length === tally.length &&
    proofs.length === tally.length &&
    tally.every(({ length }, i) => factors[i]?.length === length && proofs[i]?.length === length);
  return (
    fits &&
    tally.every((question, i) =>
      question.every(({ alpha }, j) => {
        const factor = factors[i]?.[j];
        const proof = proofs[i]?.[j];
        if (!factor || !proof) return false;
        const { challenge, response } = proof;
        const a = times(basePower(response), power(key, challenge));
        const b = times(power(alpha, response), power(factor, challenge));
        return challenge === hashToScalar(context(electionHash, key, a, b));
      }),
    )
  );
}

/** A verified share; `owner`: the trustee's number, from 1. */
export interface Share extends PartialDecryption {
  readonly owner: number;
}

/** Lagrange's coefficient of `owner` at 0 among those who answered (Pedersen's threshold). */
function lagrange(owner: number, owners: readonly number[]): bigint {
  return owners
    .filter((other) => other !== owner)
    .reduce((all, other) => mod(all * BigInt(other) * inverse(BigInt(other - owner))), 1n);
}

/**
 * The result that verified shares give: by threshold the first `threshold` of them, else all, multiplied. `most`: no
 * answer has more votes than this. Null where some sum is none of 0 … `most`: then the shares are not for this tally.
 */
export function combine(
  tally: EncryptedTally,
  shares: readonly Share[],
  threshold: number | null,
  most: number,
): number[][] | null {
  const used = threshold === null ? shares : shares.slice(0, threshold);
  const owners = used.map(({ owner }) => owner);
  const logarithms = new Map<string, number>();
  let step = NEUTRAL;
  for (let n = 0; n <= most; n += 1, step = times(step, basePower(1n))) logarithms.set(encode(step), n);
  const result = tally.map((question, i) =>
    question.map(({ beta }, j) => {
      const factors = used.flatMap(({ owner, factors }) => {
        const factor = factors[i]?.[j];
        if (!factor) return [];
        return threshold === null ? factor : power(factor, lagrange(owner, owners));
      });
      return logarithms.get(encode(over(beta, product(factors)))) ?? null;
    }),
  );
  const counts = result.map((question) => question.flatMap((count) => count ?? []));
  return counts.every(({ length }, i) => length === result[i]?.length) ? counts : null;
}
