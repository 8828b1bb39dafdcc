import { fromHex, toHex } from './hex.ts';
import { mod, scalarBytes } from './scalar.ts';
import type { Secret } from './secret.ts';
import { sodium } from './sodium.ts';

/** The prime-order group of Ed25519 on libsodium, whose multiplications take the same time whatever the scalar. */

/** A point in RFC 8032's 32 bytes. */
export type Point = Uint8Array;

/** (0, 1); libsodium neither multiplies it nor gives it as a product. */
export const NEUTRAL: Point = new Uint8Array([1, ...new Uint8Array(31)]);

/** 64 lower-case hexadecimal digits, most significant first: the bytes of RFC 8032 backwards. */
export const encode = (point: Point): string => toHex(point.toReversed());

const NEUTRAL_TEXT = encode(NEUTRAL);

/** Reads a point from outside: canonical, on the curve, in the prime-order subgroup, not neutral; null for any other. */
export function decode(text: string): Point | null {
  if (!/^[0-9a-f]{64}$/.test(text)) return null;
  const point = fromHex(text).reverse();
  return sodium.isValidPoint(point) ? point : null;
}

/**
 * Reads a point that somebody computed of points read before, and is checked by computing it again: a sum of
 * ciphertexts is neutral where their randomness cancels out, and so is what is decrypted of it.
 */
export const decodeComputed = (text: string): Point | null =>
  text === NEUTRAL_TEXT ? NEUTRAL : decode(text);

export const isSame = (a: Point, b: Point): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** g^n, of a public number. */
export function basePower(n: bigint): Point {
  const scalar = mod(n);
  return scalar === 0n ? NEUTRAL : sodium.multiplyBase(scalarBytes(scalar));
}

/** point^n, of a public number; `point` of the prime-order subgroup. */
export function power(point: Point, n: bigint): Point {
  const scalar = mod(n);
  return scalar === 0n || isSame(point, NEUTRAL) ? NEUTRAL : sodium.multiply(scalarBytes(scalar), point);
}

/** g^x; zero, which no secret is but by an accident that never happens, throws. */
export const secretBasePower = (x: Secret): Point => sodium.multiplyBase(x);

/** point^x; `point` of the prime-order subgroup and public. */
export const secretPower = (point: Point, x: Secret): Point =>
  isSame(point, NEUTRAL) ? NEUTRAL : sodium.multiply(x, point);

export const times = (a: Point, b: Point): Point => sodium.add(a, b);

export const over = (a: Point, b: Point): Point => sodium.subtract(a, b);

export const product = (points: readonly Point[]): Point => points.reduce(times, NEUTRAL);
