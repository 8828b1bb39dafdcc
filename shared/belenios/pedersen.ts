import { z } from 'zod';
import { isSame, type Point } from './group.ts';
import { isSigned, ProofJson, SignedMessage } from './signing.ts';
import {
  agreementText,
  type Certificate,
  ownKey,
  type Place,
  readCertificate,
  readCoefexps,
  TrusteeKey,
} from './trustees.ts';

/**
 * The making of a key by several trustees, any `threshold` of whom can decrypt (Pedersen; specification, "Messages specific
 * to threshold decryption support"). Messages pass through somebody who learns nothing from them. Three rounds, each a text
 * from every trustee: certificate, polynomial, verification key. Here is what everybody can check; what a trustee does is in
 * `pedersen-trustee.ts`, apart, so that who only checks does not load its ciphers.
 */

/** What trustee `owner` (from 1) sent that does not hold. */
export interface Lie {
  readonly owner: number;
  readonly what: 'certificate' | 'polynomial' | 'agreement' | 'secret' | 'verification-key';
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
export function exactly<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    const value = schema.parse(JSON.parse(text));
    return JSON.stringify(value) === text ? value : null;
  } catch {
    return null;
  }
}
