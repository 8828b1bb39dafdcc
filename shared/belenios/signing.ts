import { z } from 'zod';
import type { RandomBytes } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';
import type { Point } from './group.ts';
import { type Proof, proveKnowledge, verifyKnowledge } from './proofs.ts';
import { Scalar } from './scalar.ts';
import type { Secret } from './secret.ts';

/** Signatures of trustees (specification, "Public key infrastructure"), and proofs as JSON. */

export const ProofJson = z.strictObject({ challenge: Scalar, response: Scalar });
export type ProofJson = Value<typeof ProofJson>;

export const proofOf = ({ challenge, response }: ProofJson): Proof => ({
  challenge: BigInt(challenge),
  response: BigInt(response),
});
export const proofJson = ({ challenge, response }: Proof): ProofJson => ({
  challenge: String(challenge),
  response: String(response),
});

export const SignedMessage = z.strictObject({ message: z.string(), signature: ProofJson });
export type SignedMessage = Value<typeof SignedMessage>;

export const signText = (key: Secret, message: string, random: RandomBytes): ProofJson =>
  proofJson(proveKnowledge(key, (a) => `sigmsg|${message}|${a}`, random));

export const isSigned = (key: Point, message: string, signature: ProofJson): boolean =>
  verifyKnowledge(key, proofOf(signature), (a) => `sigmsg|${message}|${a}`);
