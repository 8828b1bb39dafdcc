import sodium from 'sodium-native';
import { mod, scalarBytes } from './scalar.ts';

/** The prime-order group of Ed25519 on libsodium, whose multiplications take the same time whatever the scalar. */

/** A point in RFC 8032's 32 bytes. */
export type Point = Buffer;

/** (0, 1); libsodium neither multiplies it nor gives it as a product. */
export const NEUTRAL: Point = Buffer.from([1, ...new Uint8Array(31)]);

/** 64 lower-case hexadecimal digits, most significant first: the bytes of RFC 8032 backwards. */
export const encode = (point: Point): string => Buffer.from(point).reverse().toString('hex');

/** Reads a point from outside: canonical, on the curve, in the prime-order subgroup, not neutral; null for any other. */
export function decode(text: string): Point | null {
  if (!/^[0-9a-f]{64}$/.test(text)) return null;
  const point = Buffer.from(text, 'hex').reverse();
  return sodium.crypto_core_ed25519_is_valid_point(point) ? point : null;
}

/** g^n */
export function basePower(n: bigint): Point {
  const scalar = mod(n);
  if (scalar === 0n) return NEUTRAL;
  const product = Buffer.alloc(32);
  sodium.crypto_scalarmult_ed25519_base_noclamp(product, scalarBytes(scalar));
  return product;
}

/** point^n; `point` of the prime-order subgroup. */
export function power(point: Point, n: bigint): Point {
  const scalar = mod(n);
  if (scalar === 0n || point.equals(NEUTRAL)) return NEUTRAL;
  const product = Buffer.alloc(32);
  sodium.crypto_scalarmult_ed25519_noclamp(product, scalarBytes(scalar), point);
  return product;
}

export function times(a: Point, b: Point): Point {
  const product = Buffer.alloc(32);
  sodium.crypto_core_ed25519_add(product, a, b);
  return product;
}

export function over(a: Point, b: Point): Point {
  const quotient = Buffer.alloc(32);
  sodium.crypto_core_ed25519_sub(quotient, a, b);
  return quotient;
}

export const product = (points: readonly Point[]): Point => points.reduce(times, NEUTRAL);
