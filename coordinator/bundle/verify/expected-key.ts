import { FINGERPRINT_LENGTH, thumbprint } from '../../../shared/protocol/keys.ts';

const WHOLE = /^[A-Za-z0-9_-]{43}$/;
const SHORT = /^[A-Za-z0-9_-]{16}$/;
/** A fingerprint in its groups of four, apart by what is no digit here; `-` is one of base64url's. */
const IN_GROUPS = /^(.{4})-(.{4})-(.{4})-(.{4})$/;

/** Bits of a thumbprint, and of one character of it. */
const WHOLE_BITS = 256;
const BITS = 6;

/** A coordinator's key as people have it, without the spaces between groups; null where it is none. */
export function expectedKey(given: string): string | null {
  const text = given.replace(/\s/g, '').replace(IN_GROUPS, '$1$2$3$4');
  return WHOLE.test(text) || SHORT.test(text) ? text : null;
}

/**
 * How many bits of the key `x` were compared with an {@link expectedKey}, its public key, thumbprint or fingerprint: zero where
 * it is another key.
 */
export function bitsCompared(expected: string, x: string): number {
  const whole = thumbprint(x);
  if (expected === x || expected === whole) return WHOLE_BITS;
  return expected === whole.slice(0, FINGERPRINT_LENGTH) ? FINGERPRINT_LENGTH * BITS : 0;
}
