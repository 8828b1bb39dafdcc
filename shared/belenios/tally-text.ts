import { z } from 'zod';
import { strictJson } from '../protocol/strict-json.ts';
import { decodeComputed, encode } from './group.ts';
import { Scalar } from './scalar.ts';
import type { EncryptedTally, PartialDecryption } from './tally.ts';

/** `encrypted_tally.json`, `partial_decryption.json` and `result.json` as Belenios writes and hashes them. */

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const TallyJson = z.array(z.array(z.strictObject({ alpha: Hex, beta: Hex })));
const ShareJson = z.strictObject({
  decryption_factors: z.array(z.array(Hex)),
  decryption_proofs: z.array(z.array(z.strictObject({ challenge: Scalar, response: Scalar }))),
});

export function tallyText(tally: EncryptedTally): string {
  return JSON.stringify(
    tally.map((question) =>
      question.map(({ alpha, beta }) => ({ alpha: encode(alpha), beta: encode(beta) })),
    ),
  );
}

/** The tally in a text of exactly this spelling; null in any other. */
export function readTally(text: string): EncryptedTally | null {
  const parsed = TallyJson.safeParse(strictJson(text));
  if (!parsed.success) return null;
  const tally = decoded(parsed.data, ({ alpha, beta }) => {
    const [a, b] = [decodeComputed(alpha), decodeComputed(beta)];
    return a && b ? { alpha: a, beta: b } : null;
  });
  return tally && tallyText(tally) === text ? tally : null;
}

export function shareText({ factors, proofs }: PartialDecryption): string {
  return JSON.stringify({
    decryption_factors: factors.map((question) => question.map(encode)),
    decryption_proofs: proofs.map((question) =>
      question.map(({ challenge, response }) => ({
        challenge: String(challenge),
        response: String(response),
      })),
    ),
  });
}

/** The share in a text of exactly this spelling; null in any other. Whether it holds, `verifyShare` says. */
export function readShare(text: string): PartialDecryption | null {
  const parsed = ShareJson.safeParse(strictJson(text));
  if (!parsed.success) return null;
  const factors = decoded(parsed.data.decryption_factors, decodeComputed);
  if (!factors) return null;
  const proofs = parsed.data.decryption_proofs.map((question) =>
    question.map(({ challenge, response }) => ({
      challenge: BigInt(challenge),
      response: BigInt(response),
    })),
  );
  const share = { factors, proofs };
  return shareText(share) === text ? share : null;
}

export const resultText = (counts: readonly (readonly number[])[]): string =>
  JSON.stringify({ result: counts });

/** Every inner value decoded; null where one cannot be. */
function decoded<T, U>(
  questions: readonly (readonly T[])[],
  decodeOne: (value: T) => U | null,
): U[][] | null {
  const all = questions.map((question) => question.flatMap((value) => decodeOne(value) ?? []));
  return all.every(({ length }, i) => length === questions[i]?.length) ? all : null;
}
