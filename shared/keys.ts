import nacl from 'tweetnacl';
import { fromBase64url, sha256Base64url, toBase64url } from './bytes.ts';
import type { RandomBytes } from './ids.ts';

/** An Ed25519 public key: `x` as in its JWK (RFC 8037), `kid` its RFC 7638 thumbprint. */
export interface PublicIdentity {
  readonly x: string;
  readonly kid: string;
}

/** A signing key: the 32-byte seed (RFC 8032 private key) with its public half. */
export interface KeyPair extends PublicIdentity {
  readonly seed: Uint8Array;
}

/** RFC 7638 thumbprint of the OKP JWK of `x`, members in lexicographic order. */
export function thumbprint(x: string): string {
  return sha256Base64url(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
}

export function keyPairFromSeed(seed: Uint8Array): KeyPair {
  const x = toBase64url(nacl.sign.keyPair.fromSeed(seed).publicKey);
  return { seed, x, kid: thumbprint(x) };
}

export function makeKeyPair(random: RandomBytes): KeyPair {
  return keyPairFromSeed(random(32));
}

/**
 * Encodings of the points of order 1, 2, 4 and 8, canonical or not, the sign bit cleared. Under such a key
 * one signature fits many messages, so none may be enrolled.
 */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

const P = 2n ** 255n - 19n;

/** `y < p`: the only encoding RFC 8032 §5.1.3 lets a verifier accept. */
function isCanonicalPoint(point: Uint8Array): boolean {
  const bytes = Uint8Array.from(point).reverse();
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`) < P;
}

/** Whether `x` may be enrolled: 32 bytes, canonical (RFC 8032 §5.1.3), not of small order. */
export function isAcceptableKey(x: string): boolean {
  const bytes = fromBase64url(x);
  if (bytes?.length !== 32) return false;
  const unsigned = Uint8Array.from(bytes);
  unsigned[31] = (unsigned[31] ?? 0) & 0x7f;
  return isCanonicalPoint(bytes) && !SMALL_ORDER.has(Buffer.from(unsigned).toString('hex'));
}

/** A fingerprint people can compare: the first 16 characters of a thumbprint or hash in groups of four. */
export function shortFingerprint(hash: string): string {
  return (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}
