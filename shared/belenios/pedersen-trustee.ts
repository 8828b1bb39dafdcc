import { z } from 'zod';
import type { RandomBytes } from '../protocol/ids.ts';
import { receive, send } from './channel.ts';
import { encode, isSame, secretBasePower } from './group.ts';
import { exactly, type Lie, readCertificates, readPolynomials } from './pedersen.ts';
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
import { signText } from './signing.ts';
import { agreementText, commitmentAt, type Place, proveKey } from './trustees.ts';

/** A trustee's part in the making of a key (`pedersen.ts`): everything follows from one seed. */

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
