import { z } from 'zod';
import { fromHex, toHex } from './hex.ts';

/** Scalars of the group Ed25519: public ones are numbers, secret ones are bytes that can be wiped. */

/** q = 2²⁵² + 27742317777372353535851937790883648493 (RFC 8032 §5.1, L). */
export const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

export const mod = (n: bigint): bigint => ((n % ORDER) + ORDER) % ORDER;

/** A decimal string of a number below q, the one spelling of it; in one check, for zod runs them all whatever fails. */
export const Scalar = z
  .string()
  .refine((text) => /^(0|[1-9]\d{0,75})$/.test(text) && BigInt(text) < ORDER, 'is no number below the order');

/** 32 bytes, lowest first. */
export function scalarBytes(n: bigint): Uint8Array {
  return fromHex(mod(n).toString(16).padStart(64, '0')).reverse();
}

/** The number that 32 bytes, lowest first, are. */
export const scalarNumber = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes.toReversed())}`);

/** The inverse modulo q, by Fermat; of public numbers only, its time depends on `n`. */
export function inverse(n: bigint): bigint {
  let result = 1n;
  let base = mod(n);
  for (let rest = ORDER - 2n; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
}
