import { encode, type Point } from './group.ts';
import { hashToScalar } from './hash.ts';
import type { Proof } from './proofs.ts';
import { mod } from './scalar.ts';
import { type ProofJson, proofOf } from './signing.ts';
import { verifier } from './verifier/verifier.ts';

/** Checking the answer to one question (specification, "Proofs of interval membership"): its points and all its proofs. */

interface Answer {
  readonly choices: readonly { readonly alpha: string; readonly beta: string }[];
  readonly individual_proofs: readonly (readonly ProofJson[])[];
  readonly overall_proof: readonly ProofJson[];
}

export type AnswerProblem = 'bad-point' | 'wrong-shape' | 'wrong-choice-proof' | 'wrong-sum-proof';

/** Each choice holds 0 or 1. */
const BIT = 2;

/** What is wrong with an answer; null where nothing is. */
export function answerProblem(
  { publicKey, hash }: { readonly publicKey: Point; readonly hash: string },
  credential: string,
  { answers, min, max }: { readonly answers: readonly string[]; readonly min: number; readonly max: number },
  { choices, individual_proofs, overall_proof }: Answer,
): AnswerProblem | null {
  if (!verifier.useKey(encode(publicKey))) return 'bad-point';
  const individual = individual_proofs.map((proofs) => proofs.map(proofOf));
  const overall = overall_proof.map(proofOf);
  const fits = choices.length === answers.length && individual.length === answers.length;
  verifier.clearTotals();
  for (const [i, { alpha, beta }] of choices.entries())
    for (const [half, text] of [
      [0, alpha],
      [1, beta],
    ] as const) {
      if (!verifier.take(text)) {
        verifier.flush();
        return 'bad-point';
      }
      verifier.addToTotal(half);
      if (fits && individual[i]?.length === BIT) commitAll(half, individual[i] ?? [], 0);
    }
  const isWhole = overall.length === max - min + 1;
  for (const half of [0, 1] as const) {
    verifier.takeTotal(half);
    if (fits && isWhole) commitAll(half, overall, min);
  }
  const written = verifier.flush();
  if (!fits) return 'wrong-shape';

  const prefix = `prove|${hash}|${credential}`;
  const pairs = choices.map(({ alpha, beta }) => `${alpha},${beta}`);
  let at = 0;
  const next = (count: number): string[] => {
    at += count;
    return written.slice(at - count, at);
  };
  for (const [i, proofs] of individual.entries()) {
    if (proofs.length !== BIT) return 'wrong-choice-proof';
    const [a, b] = [next(BIT), next(BIT)];
    if (!isAnswered(`${prefix}|${pairs[i]}`, a, b, proofs)) return 'wrong-choice-proof';
  }
  if (!isWhole) return 'wrong-sum-proof';
  const [alpha, ...a] = next(1 + overall.length);
  const [beta, ...b] = next(1 + overall.length);
  const context = `${prefix}|${pairs.join(',')}|${alpha},${beta}`;
  return isAnswered(context, a, b, overall) ? null : 'wrong-sum-proof';
}

/** The first (A = g^response · alpha^challenge) or second commitments (B = y^response · (beta / g^M)^challenge) of a proof. */
function commitAll(half: 0 | 1, proofs: readonly Proof[], least: number): void {
  for (const [i, proof] of proofs.entries())
    if (half === 0) verifier.commit('g', proof);
    else verifier.commit('y', proof, BigInt(least + i));
}

/** Whether the challenges add up to the hash of what they answer. */
function isAnswered(
  context: string,
  a: readonly string[],
  b: readonly string[],
  proofs: readonly Proof[],
): boolean {
  const commitments = a.map((first, i) => `${first},${b[i]}`).join(',');
  const sum = proofs.reduce((all, { challenge }) => mod(all + challenge), 0n);
  return sum === hashToScalar(`${context}|${commitments}`);
}
