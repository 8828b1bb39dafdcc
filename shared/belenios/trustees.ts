import { z } from 'zod';
import { basePower, decode, encode, type Point } from './group.ts';
import { proveKnowledge, type Random, verifyKnowledge } from './proofs.ts';
import { Scalar } from './scalar.ts';

export interface Trustees {
  readonly publicKey: Point;
  readonly threshold: number | null;
  readonly verificationKeys: readonly Point[];
  readonly signingKeys: readonly Point[];
}

const Single = z.tuple([
  z.tuple([
    z.literal('Single'),
    z.strictObject({ pok: z.strictObject({ challenge: Scalar, response: Scalar }), public_key: z.string() }),
  ]),
]);

export function readTrustees(text: string): Trustees | null {
  const parsed = Single.safeParse(jsonOf(text));
  if (!parsed.success || JSON.stringify(parsed.data) !== text) return null;
  const [[, { pok, public_key }]] = parsed.data;
  const key = decode(public_key);
  if (!key) return null;
  const proof = { challenge: BigInt(pok.challenge), response: BigInt(pok.response) };
  if (!verifyKnowledge(key, proof, (a) => `pok|Ed25519|${public_key}|${a}`)) return null;
  return { publicKey: key, threshold: null, verificationKeys: [key], signingKeys: [] };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function singleTrustee(x: bigint, random: Random): string {
  const key = encode(basePower(x));
  const { challenge, response } = proveKnowledge(x, (a) => `pok|Ed25519|${key}|${a}`, random);
  return JSON.stringify([
    ['Single', { pok: { challenge: String(challenge), response: String(response) }, public_key: key }],
  ]);
}

export function verifySigned(
  key: Point,
  message: string,
  { challenge, response }: { challenge: string; response: string },
): boolean {
  const proof = { challenge: BigInt(challenge), response: BigInt(response) };
  return verifyKnowledge(key, proof, (a) => `sigmsg|${message}|${a}`);
}
