import { z } from 'zod';
import type { RandomBytes } from '../protocol/ids.ts';
import { strictJson } from '../protocol/strict-json.ts';
import type { Value } from '../protocol/value.ts';
import { decode, encode, isSame, type Point, power, product, secretBasePower } from './group.ts';
import { proveKnowledge, verifyKnowledge } from './proofs.ts';
import type { Secret } from './secret.ts';
import { isSigned, ProofJson, proofJson, proofOf, SignedMessage } from './signing.ts';

/** `trustees.json`: who decrypts (specification, "Trustees"): one key, or a threshold of several (Pedersen). */

export const TrusteeKey = z.strictObject({
  pok: ProofJson,
  public_key: z.string(),
  signature: ProofJson.optional(),
});
export type TrusteeKey = Value<typeof TrusteeKey>;

export const Pedersen = z.strictObject({
  threshold: z.number().int().positive(),
  certs: z.array(SignedMessage).min(1),
  coefexps: z.array(SignedMessage),
  signatures: z.array(ProofJson),
  verification_keys: z.array(TrusteeKey),
});
export type Pedersen = Value<typeof Pedersen>;

const Single = z.strictObject({ pok: ProofJson, public_key: z.string() });
const TrusteesJson = z.union([
  z.tuple([z.tuple([z.literal('Single'), Single])]),
  z.tuple([z.tuple([z.literal('Pedersen'), Pedersen])]),
]);

export interface Trustees {
  /** The election's public key. */
  readonly publicKey: Point;
  /** How many shares decrypt; null where the one key alone does. */
  readonly threshold: number | null;
  /** Trustee by trustee: what shares are verified with. */
  readonly verificationKeys: readonly Point[];
  /** Trustee by trustee: what other words of theirs are verified with; none for a single key. */
  readonly signingKeys: readonly Point[];
}

/** Reads a trustees file of exactly this spelling and checks everything in it; null where something does not hold. */
export function readTrustees(text: string): Trustees | null {
  const parsed = TrusteesJson.safeParse(strictJson(text));
  if (!parsed.success || JSON.stringify(parsed.data) !== text) return null;
  const [entry] = parsed.data;
  return entry[0] === 'Single' ? readSingle(entry[1]) : readPedersen(entry[1]);
}

function readSingle(entry: z.infer<typeof Single>): Trustees | null {
  const key = provenKey(entry);
  return key && { publicKey: key, threshold: null, verificationKeys: [key], signingKeys: [] };
}

function readPedersen(entry: Pedersen): Trustees | null {
  const { threshold, certs, coefexps, signatures, verification_keys } = entry;
  const size = certs.length;
  const lengths = [coefexps, signatures, verification_keys].map(({ length }) => length);
  if (threshold > size || lengths.some((length) => length !== size)) return null;
  const keys = certs.map((cert, i) => readCertificate(cert, { size, threshold, index: i + 1 }));
  const signingKeys = whole(keys.map((key) => key?.verification ?? null));
  if (!signingKeys) return null;
  const all = whole(coefexps.map((signed, i) => readCoefexps(signed, signingKeys[i] ?? null, threshold)));
  if (!all) return null;
  const isAgreed = signatures.every((signature, i) =>
    isSigned(signingKeys[i] ?? NOBODY, agreementText(certs, all[i] ?? []), signature),
  );
  const verificationKeys = whole(
    verification_keys.map((given, i) => ownKey(given, i + 1, signingKeys[i] ?? null, all)),
  );
  if (!isAgreed || !verificationKeys) return null;
  const publicKey = product(all.map(([constant = NOBODY]) => constant));
  return { publicKey, threshold, verificationKeys, signingKeys };
}

const CertKeys = z.strictObject({
  context: z.strictObject({
    group: z.literal('Ed25519'),
    size: z.number().int(),
    threshold: z.number().int(),
    index: z.number().int(),
  }),
  verification: z.string(),
  encryption: z.string(),
});

/** A trustee's two public keys. */
export interface Certificate {
  readonly verification: Point;
  readonly encryption: Point;
}

export interface Place {
  readonly size: number;
  readonly threshold: number;
  /** From 1. */
  readonly index: number;
}

/** The keys in a certificate for this place, signed with themselves; null where that does not hold. */
export function readCertificate({ message, signature }: SignedMessage, place: Place): Certificate | null {
  const parsed = CertKeys.safeParse(strictJson(message));
  if (!parsed.success) return null;
  const { context, ...keys } = parsed.data;
  const isHere =
    context.size === place.size && context.threshold === place.threshold && context.index === place.index;
  const [verification, encryption] = [decode(keys.verification), decode(keys.encryption)];
  if (!isHere || !verification || !encryption || !isSigned(verification, message, signature)) return null;
  return { verification, encryption };
}

const Coefexps = z.strictObject({ coefexps: z.array(z.string()) });

/** The commitments to a polynomial, signed by its owner; null where that does not hold. */
export function readCoefexps(
  { message, signature }: SignedMessage,
  signer: Point | null,
  threshold: number,
): Point[] | null {
  const parsed = Coefexps.safeParse(strictJson(message));
  const points = parsed.success ? whole(parsed.data.coefexps.map(decode)) : null;
  const holds = points?.length === threshold && signer && isSigned(signer, message, signature);
  return holds ? points : null;
}

/** What every trustee signs: all certificates and their own commitments. */
export const agreementText = (certs: readonly SignedMessage[], coefexps: readonly Point[]): string =>
  `certs_sig|${JSON.stringify({ certs, coefexps: coefexps.map(encode) })}`;

/** g to the value of everybody's polynomials at `index`: that trustee's verification key. */
export function keyAt(index: number, coefexps: readonly (readonly Point[])[]): Point {
  return product(coefexps.map((own) => commitmentAt(index, own)));
}

/** g to the value of one polynomial at `index`. */
export const commitmentAt = (index: number, coefexps: readonly Point[]): Point =>
  product(coefexps.map((point, k) => power(point, BigInt(index) ** BigInt(k))));

/** A verification key that is what the polynomials make it, proven and signed by its owner; null where not. */
export function ownKey(
  given: TrusteeKey,
  index: number,
  signer: Point | null,
  coefexps: readonly (readonly Point[])[],
): Point | null {
  const key = provenKey(given);
  const holds =
    key &&
    signer &&
    given.signature &&
    isSame(key, keyAt(index, coefexps)) &&
    isSigned(signer, given.public_key, given.signature);
  return holds ? key : null;
}

const pokText = (key: string) => (a: string) => `pok|Ed25519|${key}|${a}`;

function provenKey({ public_key, pok }: Pick<TrusteeKey, 'public_key' | 'pok'>): Point | null {
  const key = decode(public_key);
  return key && verifyKnowledge(key, proofOf(pok), pokText(public_key)) ? key : null;
}

/** The public half of a key, with the proof that its owner holds the other. */
export function proveKey(x: Secret, random: RandomBytes): { pok: ProofJson; public_key: string } {
  const public_key = encode(secretBasePower(x));
  return { pok: proofJson(proveKnowledge(x, pokText(public_key), random)), public_key };
}

/** The trustees file of one key. */
export const singleTrustee = (x: Secret, random: RandomBytes): string =>
  JSON.stringify([['Single', proveKey(x, random)]]);

const NOBODY: Point = new Uint8Array(32);

/** All values, or null where one is missing. */
function whole<T>(values: readonly (T | null)[]): T[] | null {
  const found = values.flatMap((value) => (value === null ? [] : [value]));
  return found.length === values.length ? found : null;
}
