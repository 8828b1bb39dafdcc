import type { RandomBytes } from '../protocol/ids.ts';
import { basePower, encode, over, type Point, power, secretBasePower, times } from './group.ts';
import { hashToScalar } from './hash.ts';
import { mod, scalarBytes, scalarNumber } from './scalar.ts';
import { productOf, randomSecret, responseTo, type Secret, sumOf, wipe } from './secret.ts';
import { sodium } from './sodium.ts';

/** Proofs of Belenios 3.3 (specification, "Proofs of interval membership"), version 1, group Ed25519. */

export interface Ciphertext {
  readonly alpha: Point;
  readonly beta: Point;
}

export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

const pair = ({ alpha, beta }: Ciphertext): string => `${encode(alpha)},${encode(beta)}`;

/** What an interval proof speaks of: `context` is what is hashed before the commitments. */
export interface Statement {
  /** The election's public key. */
  readonly y: Point;
  readonly cipher: Ciphertext;
  /** The values of which one is claimed to be encrypted, in order. */
  readonly values: readonly bigint[];
  readonly context: string;
}

/** `prove|φ|CRED|alpha,beta`: the context of the proof of one choice. */
export function choiceContext(electionHash: string, credential: string, cipher: Ciphertext): string {
  return `prove|${electionHash}|${credential}|${pair(cipher)}`;
}

/** The context of the proof of a whole question: all its choices, then their sum. */
export function sumContext(
  electionHash: string,
  credential: string,
  choices: readonly Ciphertext[],
  total: Ciphertext,
): string {
  return `prove|${electionHash}|${credential}|${choices.map(pair).join(',')}|${pair(total)}`;
}

/** The commitments of one branch: A = g^response · alpha^challenge, B = y^response · (beta / g^M)^challenge. */
function commitments({ y, cipher }: Statement, value: bigint, { challenge, response }: Proof): string {
  const a = times(basePower(response), power(cipher.alpha, challenge));
  const b = times(power(y, response), power(over(cipher.beta, basePower(value)), challenge));
  return `${encode(a)},${encode(b)}`;
}

/**
 * Proves that `secret.value`, encrypted with `secret.r`, is one of the values. Every branch is answered at random first;
 * what then lacks in the sum of the challenges is added to the true branch by arithmetic. So neither the steps taken nor
 * the places touched depend on which branch that is.
 */
export function proveInterval(
  statement: Statement,
  secret: { readonly value: number; readonly r: Secret },
  random: RandomBytes,
): Proof[] {
  const { values, context } = statement;
  const drafts = values.map(() => ({ challenge: randomSecret(random), response: randomSecret(random) }));
  const all = drafts.map((draft, i) => commitments(statement, values[i] ?? 0n, asProof(draft)));
  const drawn = drafts.reduce((sum, { challenge }) => mod(sum + scalarNumber(challenge)), 0n);
  const missing = scalarBytes(hashToScalar(`${context}|${all.join(',')}`) - drawn);
  const answer = productOf(secret.r, missing);
  const proofs = drafts.map(({ challenge, response }, i) => {
    const isTrue = isEqual(secret.value, Number(values[i]));
    const [ours, theirs] = [masked(missing, isTrue), masked(answer, isTrue)];
    const proof = asProof({
      challenge: sumOf(challenge, ours),
      response: sodium.subtractScalars(response, theirs),
    });
    wipe(challenge, response, ours, theirs);
    return proof;
  });
  wipe(missing, answer);
  return proofs;
}

const asProof = ({ challenge, response }: { challenge: Secret; response: Secret }): Proof => ({
  challenge: scalarNumber(challenge),
  response: scalarNumber(response),
});

/** 1 where two small whole numbers are equal, else 0, without a branch. */
const isEqual = (a: number, b: number): number => 1 - (((a ^ b) | -(a ^ b)) >>> 31);

/** The bytes where `keep` is 1, zeros where it is 0, in the same time. */
const masked = (bytes: Secret, keep: number): Secret => bytes.map((byte) => byte & -keep);

/** Whether `proof` shows knowledge of the exponent of `publicKey`, for the text that `hashed` makes of A. */
export function verifyKnowledge(
  publicKey: Point,
  { challenge, response }: Proof,
  hashed: (a: string) => string,
): boolean {
  const a = times(basePower(response), power(publicKey, challenge));
  return challenge === hashToScalar(hashed(encode(a)));
}

/** Proves knowledge of `x`, as {@link verifyKnowledge} verifies it. */
export function proveKnowledge(x: Secret, hashed: (a: string) => string, random: RandomBytes): Proof {
  const w = randomSecret(random);
  const challenge = hashToScalar(hashed(encode(secretBasePower(w))));
  const response = responseTo(w, x, challenge);
  wipe(w);
  return { challenge, response };
}
