import { basePower, encode, over, type Point, power, times } from './group.ts';
import { hashToScalar, mod, randomScalar } from './scalar.ts';

/** Proofs of Belenios 3.3 (specification, "Proofs of interval membership"), version 1, group Ed25519. */

export interface Ciphertext {
  readonly alpha: Point;
  readonly beta: Point;
}

export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

export type Random = (count: number) => Uint8Array;

const pair = ({ alpha, beta }: Ciphertext): string => `${encode(alpha)},${encode(beta)}`;
const sum = (proofs: readonly Proof[]): bigint =>
  mod(proofs.reduce((all, { challenge }) => all + challenge, 0n));

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

/** Whether `proofs` show that one of the values is encrypted. */
export function verifyInterval(statement: Statement, proofs: readonly Proof[]): boolean {
  const { values, context } = statement;
  if (proofs.length !== values.length) return false;
  const all = values.map((value, i) => {
    const proof = proofs[i];
    return proof === undefined ? '' : commitments(statement, value, proof);
  });
  return sum(proofs) === hashToScalar(`${context}|${all.join(',')}`);
}

/**
 * Proves that `secret.value`, encrypted with `secret.r`, is one of the values: the other branches are simulated, and
 * every branch costs the same, whichever is the true one.
 */
export function proveInterval(
  statement: Statement,
  secret: { readonly value: bigint; readonly r: bigint },
  random: Random,
): Proof[] {
  const { values, context, y } = statement;
  const w = randomScalar(random);
  const simulated = values.map(() => ({ challenge: randomScalar(random), response: randomScalar(random) }));
  const truth = values.indexOf(secret.value);
  if (truth < 0) throw new RangeError('the value is none of those to be proven');
  const all = values.map((value, i) => {
    const honest = `${encode(basePower(w))},${encode(power(y, w))}`;
    const false_ = commitments(statement, value, simulated[i] ?? { challenge: 0n, response: 0n });
    return i === truth ? honest : false_;
  });
  const others = sum(simulated.filter((_, i) => i !== truth));
  const challenge = mod(hashToScalar(`${context}|${all.join(',')}`) - others);
  const response = mod(w - secret.r * challenge);
  return simulated.map((proof, i) => (i === truth ? { challenge, response } : proof));
}

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
export function proveKnowledge(x: bigint, hashed: (a: string) => string, random: Random): Proof {
  const w = randomScalar(random);
  const challenge = hashToScalar(hashed(encode(basePower(w))));
  return { challenge, response: mod(w - x * challenge) };
}
