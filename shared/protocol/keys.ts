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
 * y of the points of order 1, 2, 4 and 8. Under such a key one signature fits many messages, so none may be enrolled.
 */
const SMALL_ORDER = new Set([
  0n,
  1n,
  2n ** 255n - 20n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

const P = 2n ** 255n - 19n;

/** −121665 / 121666, of the curve −x² + y² = 1 + d·x²·y² (RFC 8032 §5.1). */
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/**
 * Whether some x goes with y: s = (y² − 1) · (d·y² + 1) is a square modulo p (RFC 8032 §5.1.3). By Euler's criterion s^((p−1)/2)
 * is then 1, or 0; (p−1)/2 is 2²⁵⁴ − 10, and so s^(2²⁵⁴) is s¹⁰: squaring alone tells.
 */
function isOnCurve(y: bigint): boolean {
  const square = (y * y) % P;
  const s = ((square + P - 1n) * (D * square + 1n)) % P;
  let power = s;
  for (let i = 0; i < 254; i += 1) power = (power * power) % P;
  return power === s ** 10n % P;
}

/** Whether `x` may be enrolled: 32 bytes, a point in its canonical encoding (RFC 8032 §5.1.3), not of small order. */
export function isAcceptableKey(x: string): boolean {
  const bytes = fromBase64url(x);
  if (bytes?.length !== 32) return false;
  const unsigned = Uint8Array.from(bytes).reverse();
  unsigned[0] = (unsigned[0] ?? 0) & 0x7f;
  const hex = Buffer.from(unsigned).toString('hex');
  const y = BigInt(`0x${hex}`);
  return y < P && !SMALL_ORDER.has(y) && isOnCurve(y);
}

export const FINGERPRINT_LENGTH = 16;

/** A fingerprint people can compare: the first 16 characters of a thumbprint or hash in groups of four. */
export function shortFingerprint(hash: string): string {
  return (hash.slice(0, FINGERPRINT_LENGTH).match(/.{4}/g) ?? []).join(' ');
}
