import { z } from 'zod';
import { base64Hash } from '../../shared/belenios/hash.ts';
import { proveKnowledge } from '../../shared/belenios/proofs.ts';
import type { Secret } from '../../shared/belenios/secret.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';

/** As much of a ballot as has to be known to change one, its members in their order. */
const Unsealed = z.object({
  election_uuid: z.string(),
  election_hash: z.string(),
  credential: z.string(),
  answers: z.array(
    z.object({
      choices: z.array(z.object({ alpha: z.string(), beta: z.string() })),
      individual_proofs: z.array(z.unknown()),
      overall_proof: z.unknown(),
    }),
  ),
  signature: z.unknown(),
});
type Unsigned = Omit<z.infer<typeof Unsealed>, 'signature'>;

/** Another ballot with the same ciphertexts and proofs, changed or not, that its credential has well signed. */
export function signedAnew(
  text: string,
  credential: Secret,
  random: RandomBytes,
  change: (ballot: Unsigned) => void = () => {},
): string {
  const { signature: _, ...ballot } = Unsealed.parse(JSON.parse(text));
  change(ballot);
  const hash = base64Hash(JSON.stringify(ballot));
  const { challenge, response } = proveKnowledge(credential, (a) => `sig|${hash}|${a}`, random);
  const proof = { challenge: String(challenge), response: String(response) };
  return JSON.stringify({ ...ballot, signature: { hash, proof } });
}
