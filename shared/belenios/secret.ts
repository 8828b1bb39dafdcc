import type { RandomBytes } from '../protocol/ids.ts';
import { sha256Hex } from './hash.ts';
import { fromHex } from './hex.ts';
import { scalarBytes, scalarNumber } from './scalar.ts';
import { sodium } from './sodium.ts';

/**
 * A secret scalar: 32 bytes, lowest first, below q. Arithmetic on secrets is libsodium's, of the same time whatever they
 * are; what is made on the way is wiped, and whoever holds a secret wipes it after its last use.
 */
export type Secret = Uint8Array;

/** A secret from 64 random bytes: so many that none is likelier than another. */
export function randomSecret(random: RandomBytes): Secret {
  const bytes = random(64);
  const secret = sodium.reduce(bytes);
  wipe(bytes);
  return secret;
}

/** The SHA-256 of a text, or of two one after the other, as a big-endian number modulo q. */
export function hashedSecret(...texts: readonly [string] | readonly [string, string]): Secret {
  const bytes = new Uint8Array(64);
  const digits = fromHex(texts.map(sha256Hex).join(''));
  bytes.set(digits.reverse());
  const secret = sodium.reduce(bytes);
  wipe(bytes, digits);
  return secret;
}

export const secretOf = (n: bigint): Secret => scalarBytes(n);

/** As a decimal number: for files and for what is told on purpose. */
export const secretText = (secret: Secret): string => String(scalarNumber(secret));

export const sumOf = (a: Secret, b: Secret): Secret => sodium.addScalars(a, b);

export const productOf = (a: Secret, b: Secret): Secret => sodium.multiplyScalars(a, b);

/** w − x · challenge, the answer of every proof: public once made. */
export function responseTo(w: Secret, x: Secret, challenge: bigint): bigint {
  const product = sodium.multiplyScalars(x, scalarBytes(challenge));
  const response = sodium.subtractScalars(w, product);
  wipe(product);
  return scalarNumber(response);
}

/** Overwrites secrets with zeros. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) sodium.wipe(secret);
}
