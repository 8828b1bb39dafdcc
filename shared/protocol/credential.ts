import { decode, encode, secretBasePower } from '../belenios/group.ts';
import { proveKnowledge, verifyKnowledge } from '../belenios/proofs.ts';
import type { Secret } from '../belenios/secret.ts';
import type { RandomBytes } from './ids.ts';
import type { Credential } from './messages.ts';

/**
 * A deputy's one-time voting credential: the terminal keeps the exponent, the ledger gets the point, and every sealed
 * ballot is signed with it (Belenios, "Credentials").
 */

type Owner = Pick<Credential, 'sitting' | 'terminal' | 'deputy'>;

/** What the proof of knowledge hashes: it is good for this deputy at this terminal only. */
const context =
  ({ sitting, terminal, deputy }: Owner) =>
  (a: string) =>
    `hallvote-credential|${sitting}|${terminal}|${deputy}|${a}`;

/** The public credential of `secret`, with the proof that its owner's terminal holds the secret. */
export function offerCredential(
  secret: Secret,
  owner: Owner,
  random: RandomBytes,
): Pick<Credential, 'credential' | 'proof'> {
  const { challenge, response } = proveKnowledge(secret, context(owner), random);
  return {
    credential: encode(secretBasePower(secret)),
    proof: { challenge: String(challenge), response: String(response) },
  };
}

/** Whether the terminal that offers the credential holds its secret half. */
export function holdsCredential(offer: Credential): boolean {
  const point = decode(offer.credential);
  const proof = { challenge: BigInt(offer.proof.challenge), response: BigInt(offer.proof.response) };
  return point !== null && verifyKnowledge(point, proof, context(offer));
}
