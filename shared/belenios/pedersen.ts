import { z } from 'zod';
import type { RandomBytes } from '../protocol/ids.ts';
import { receive, send } from './channel.ts';
import { encode, isSame, type Point, secretBasePower } from './group.ts';
import { Scalar } from './scalar.ts';
import {
  hashedSecret,
  productOf,
  randomSecret,
  type Secret,
  secretOf,
  secretText,
  sumOf,
  wipe,
} from './secret.ts';
import { isSigned, ProofJson, SignedMessage, signText } from './signing.ts';
import {
  agreementText,
  type Certificate,
  commitmentAt,
  ownKey,
  type Place,
  proveKey,
  readCertificate,
  readCoefexps,
  TrusteeKey,
} from './trustees.ts';

/**
 * The making of a key by several trustees, any `threshold` of whom can decrypt (Pedersen; specification, "Messages specific
 * to threshold decryption support"). Messages pass through somebody who learns nothing from them. Three rounds, each a text
 * from every trustee: certificate, polynomial, verification key.
 */

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const SEED_LENGTH = 22;

/** A trustee's secret, from which everything else of theirs follows: 22 characters, 128 bits. */
export const Seed = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{22}$/);

export function makeSeed(random: RandomBytes): string {
  let seed = '';
  while (seed.length < SEED_LENGTH)
    // Bytes that would make some characters likelier than others are not used.
    for (const byte of random(SEED_LENGTH))
      if (byte < 232 && seed.length < SEED_LENGTH) seed += BASE58[byte % 58];
  return seed;
}

export const signingKey = (seed: string): Secret => hashedSecret(`sk|${seed}`);
const readingKey = (seed: string): Secret => hashedSecret(`dk|${seed}`);

/** What trustee `owner` (from 1) sent that does not hold. */
export interface Lie {
  readonly owner: number;
  readonly what: 'certificate' | 'polynomial' | 'agreement' | 'secret' | 'verification-key';
}

/** First round: the trustee's two public keys, signed with themselves. */
export function makeCertificate(
  seed: string,
  { size, threshold, index }: Place,
  random: RandomBytes,
): string {
  const [signing, reading] = [signingKey(seed), readingKey(seed)];
  const message = JSON.stringify({
    context: { group: 'Ed25519', size, threshold, index },
    verification: encode(secretBasePower(signing)),
    encryption: encode(secretBasePower(reading)),
  });
  const text = JSON.stringify({ message, signature: signText(signing, message, random) });
  wipe(signing, reading);
  return text;
}

/** The certificate in a text, for this place; null where it does not hold. */
export function certificateIn(
  text: string,
  place: Place,
): { readonly signed: SignedMessage; readonly keys: Certificate } | null {
  const signed = exactly(SignedMessage, text);
  const keys = signed && readCertificate(signed, place);
  return keys && { signed, keys };
}

/** Everybody's keys, in the order of their numbers; who made a certificate that does not hold, else. */
export function readCertificates(
  texts: readonly string[],
  threshold: number,
): { readonly signed: SignedMessage[]; readonly keys: Certificate[] } | Lie {
  const signed: SignedMessage[] = [];
  const keys: Certificate[] = [];
  for (const [i, text] of texts.entries()) {
    const lie: Lie = { owner: i + 1, what: 'certificate' };
    const cert = certificateIn(text, { size: texts.length, threshold, index: i + 1 });
    const isKnown = keys.some(({ verification }) => cert && isSame(verification, cert.keys.verification));
    if (!cert || isKnown) return lie;
    signed.push(cert.signed);
    keys.push(cert.keys);
  }
  return { signed, keys };
}

const Polynomial = z.strictObject({
  polynomial: z.string(),
  secrets: z.array(z.string()),
  coefexps: SignedMessage,
  signature: ProofJson,
});
const RawSecret = z.strictObject({ secret: Scalar });

/** Second round: a random polynomial, its value for each trustee under that trustee's key, commitments to it. */
export function makePolynomial(
  seed: string,
  place: Place,
  certificates: readonly string[],
  random: RandomBytes,
): string | Lie {
  const certs = readCertificates(certificates, place.threshold);
  if ('what' in certs) return certs;
  const own = certs.keys[place.index - 1];
  const signing = signingKey(seed);
  if (!own || !isSame(own.verification, secretBasePower(signing)))
    return { owner: place.index, what: 'certificate' };
  const coefficients = Array.from({ length: place.threshold }, () => randomSecret(random));
  const points = coefficients.map(secretBasePower);
  const message = JSON.stringify({ coefexps: points.map(encode) });
  const secrets = certs.keys.map(({ encryption }, i) => {
    const value = valueAt(i + 1, coefficients);
    const sent = send(signing, encryption, JSON.stringify({ secret: secretText(value) }), random);
    wipe(value);
    return sent;
  });
  const raw = JSON.stringify({ polynomial: coefficients.map(secretText) });
  const text = JSON.stringify({
    polynomial: send(signing, own.encryption, raw, random),
    secrets,
    coefexps: { message, signature: signText(signing, message, random) },
    signature: signText(signing, agreementText(certs.signed, points), random),
  });
  wipe(signing, ...coefficients);
  return text;
}

/** f(index), by Horner. */
function valueAt(index: number, coefficients: readonly Secret[]): Secret {
  const x = secretOf(BigInt(index));
  return coefficients.reduceRight((sum, coefficient) => {
    const product = productOf(sum, x);
    const next = sumOf(product, coefficient);
    wipe(product, sum);
    return next;
  }, secretOf(0n));
}

/** What the first two rounds of a ceremony come to. */
export interface Agreement {
  readonly certs: SignedMessage[];
  readonly keys: Certificate[];
  readonly polynomials: z.infer<typeof Polynomial>[];
  /** Everybody's commitments. */
  readonly coefexps: Point[][];
}

/** What the first two rounds say, as far as everybody can check it. */
export function readPolynomials(
  certificates: readonly string[],
  polynomials: readonly string[],
  threshold: number,
): Agreement | Lie {
  const certs = readCertificates(certificates, threshold);
  if ('what' in certs) return certs;
  const read = [];
  const coefexps = [];
  for (const [i, text] of polynomials.entries()) {
    const polynomial = readPolynomial(text, i + 1, certs, threshold);
    if ('what' in polynomial) return polynomial;
    read.push(polynomial.polynomial);
    coefexps.push(polynomial.coefexps);
  }
  return { certs: certs.signed, keys: certs.keys, polynomials: read, coefexps };
}

/** One trustee's polynomial, as far as everybody can check it. */
export function readPolynomial(
  text: string,
  owner: number,
  { signed, keys }: { readonly signed: readonly SignedMessage[]; readonly keys: readonly Certificate[] },
  threshold: number,
): { readonly polynomial: z.infer<typeof Polynomial>; readonly coefexps: Point[] } | Lie {
  const signer = keys[owner - 1]?.verification ?? null;
  const polynomial = exactly(Polynomial, text);
  const coefexps = polynomial && readCoefexps(polynomial.coefexps, signer, threshold);
  if (!signer || !coefexps || polynomial.secrets.length !== keys.length) return { owner, what: 'polynomial' };
  return isSigned(signer, agreementText(signed, coefexps), polynomial.signature)
    ? { polynomial, coefexps }
    : { owner, what: 'agreement' };
}

/**
 * The trustee's decryption key, from the seed and what everybody sent: it can be had again at any time. Wipe it after use.
 * Else who sent a value that does not fit their commitments.
 */
export function decryptionKey(
  seed: string,
  { threshold, index }: Place,
  certificates: readonly string[],
  polynomials: readonly string[],
): Secret | Lie {
  const agreement = readPolynomials(certificates, polynomials, threshold);
  if ('what' in agreement) return agreement;
  const reading = readingKey(seed);
  let key = secretOf(0n);
  for (const [i, { secrets }] of agreement.polynomials.entries()) {
    const lie: Lie = { owner: i + 1, what: 'secret' };
    const message = receive(
      agreement.keys[i]?.verification ?? new Uint8Array(32),
      reading,
      secrets[index - 1] ?? '',
    );
    const raw = message === null ? null : exactly(RawSecret, message);
    if (!raw) return lie;
    const value = secretOf(BigInt(raw.secret));
    const isCommitted =
      BigInt(raw.secret) !== 0n &&
      isSame(secretBasePower(value), commitmentAt(index, agreement.coefexps[i] ?? []));
    if (!isCommitted) return lie;
    const sum = sumOf(key, value);
    wipe(key, value);
    key = sum;
  }
  wipe(reading);
  return key;
}

/** Third round: the public half of the decryption key, proven and signed. */
export function makeVerificationKey(
  seed: string,
  place: Place,
  certificates: readonly string[],
  polynomials: readonly string[],
  random: RandomBytes,
): string | Lie {
  const key = decryptionKey(seed, place, certificates, polynomials);
  if ('what' in key) return key;
  const signing = signingKey(seed);
  const { pok, public_key } = proveKey(key, random);
  const text = JSON.stringify({ pok, public_key, signature: signText(signing, public_key, random) });
  wipe(key, signing);
  return text;
}

/** Trustee `owner`'s verification key in a text; null where it is not what the polynomials make it. */
export function verificationKeyIn(text: string, owner: number, agreement: Agreement): TrusteeKey | null {
  const key = exactly(TrusteeKey, text);
  const signer = agreement.keys[owner - 1]?.verification ?? null;
  return key && ownKey(key, owner, signer, agreement.coefexps) ? key : null;
}

/** `trustees.json` of a finished ceremony; who lied in the last round, else. */
export function assembleTrustees(
  threshold: number,
  certificates: readonly string[],
  polynomials: readonly string[],
  verificationKeys: readonly string[],
): string | Lie {
  const agreement = readPolynomials(certificates, polynomials, threshold);
  if ('what' in agreement) return agreement;
  const keys: TrusteeKey[] = [];
  for (const [i, text] of verificationKeys.entries()) {
    const key = verificationKeyIn(text, i + 1, agreement);
    if (!key) return { owner: i + 1, what: 'verification-key' };
    keys.push(key);
  }
  const pedersen = {
    threshold,
    certs: agreement.certs,
    coefexps: agreement.polynomials.map(({ coefexps }) => coefexps),
    signatures: agreement.polynomials.map(({ signature }) => signature),
    verification_keys: keys,
  };
  return JSON.stringify([['Pedersen', pedersen]]);
}

/** What a text of exactly one spelling says. */
function exactly<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    const value = schema.parse(JSON.parse(text));
    return JSON.stringify(value) === text ? value : null;
  } catch {
    return null;
  }
}
