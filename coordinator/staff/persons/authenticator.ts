import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { toBase64url } from '../../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';

/** RFC 4226 §4: a key of 160 bits, the length of its HMAC-SHA-1, which is what authenticators on phones know. */
const KEY_BYTES = 20;
const PERIOD_S = 30;
const DIGITS = 6;

/** A code of the period before or after is taken too: phones are not quite on time. */
const WINDOW = 1;

/** An authenticator (RFC 6238) as it is kept; the key cannot be hashed, since codes are made from it. */
export const Authenticator = z.strictObject({
  key: z.base64url().min(1),
  /** The period of the last code that was taken, in 30 s since 1970: neither that nor an earlier one is taken again. */
  lastPeriod: z.number().int().nonnegative(),
});
export type Authenticator = Value<typeof Authenticator>;

export function makeAuthenticator(random: RandomBytes): Authenticator {
  return { key: toBase64url(random(KEY_BYTES)), lastPeriod: 0 };
}

function totpOf({ key }: Authenticator, issuer: string, label: string): TOTP {
  const bytes = new Uint8Array(Buffer.from(key, 'base64url'));
  const secret = new Secret({ buffer: bytes.buffer });
  return new TOTP({ issuer, label, secret, algorithm: 'SHA1', digits: DIGITS, period: PERIOD_S });
}

/** What a phone is shown as a QR code, once. It holds the key. */
export function addressOf(authenticator: Authenticator, hall: string, person: string): string {
  return totpOf(authenticator, hall, person).toString();
}

/**
 * The authenticator after a code typed at `wall` (ms since 1970, as clocks have it); null where it is not the code of now,
 * or was taken before (RFC 6238 §5.2).
 */
export function afterCode(authenticator: Authenticator, typed: string, wall: number): Authenticator | null {
  const token = typed.normalize('NFKC').replace(/\s/g, '');
  const totp = totpOf(authenticator, '', '');
  const delta = totp.validate({ token, timestamp: wall, window: WINDOW });
  if (delta === null) return null;
  const lastPeriod = totp.counter({ timestamp: wall }) + delta;
  return lastPeriod > authenticator.lastPeriod ? { ...authenticator, lastPeriod } : null;
}

/**
 * The authenticator where its owner came in otherwise at `wall`: the period of a code taken while the coordinator's clock was
 * ahead bars no later code any more.
 */
export function onTime(authenticator: Authenticator, wall: number): Authenticator {
  const latest = totpOf(authenticator, '', '').counter({ timestamp: wall }) + WINDOW;
  return { ...authenticator, lastPeriod: Math.min(authenticator.lastPeriod, latest) };
}
