import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { toBase64url } from '../../../shared/protocol/bytes.ts';
import { addressOf, afterCode, makeAuthenticator } from './authenticator.ts';

/** RFC 6238 appendix B, SHA-1: seconds, and the code of eight digits. Ours have the last six of them (RFC 4226 §5.3). */
const VECTORS = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const;

const RFC = { key: toBase64url(Buffer.from('12345678901234567890')), lastPeriod: 0 };

describe('RFC 6238', () => {
  it.each(VECTORS)('at %d s has the code %s', (seconds, code) => {
    const secret = Secret.fromLatin1('12345678901234567890');
    expect(TOTP.generate({ secret, digits: 8, timestamp: seconds * 1000 })).toBe(code);
    const after = afterCode(RFC, code.slice(2), seconds * 1000);
    expect(after).toEqual({ ...RFC, lastPeriod: Math.floor(seconds / 30) });
    for (const wrong of [code.slice(0, 6), code, '', '000000', `${code.slice(2)}x`])
      expect(afterCode(RFC, wrong, seconds * 1000)).toBeNull();
  });
});

it('takes a code in its period and one on either side, typed with spaces or full width', () => {
  const at = (seconds: number) => afterCode(RFC, ' 287 ０82 ', seconds * 1000)?.lastPeriod ?? null;
  expect([0, 29.999, 59, 89.999, 90].map(at)).toEqual([1, 1, 1, 1, null]);
});

it('takes no code twice, nor one from before the last', () => {
  const [early, late] = [
    '287082',
    TOTP.generate({ secret: Secret.fromLatin1('12345678901234567890'), timestamp: 60_000 }),
  ];
  const once = afterCode(RFC, early, 59_000);
  if (!once) throw new Error('the code is right');
  expect(afterCode(once, early, 60_000)).toBeNull();
  const later = afterCode(once, late, 60_000);
  if (!later) throw new Error('the code is right');
  expect(afterCode(later, early, 60_000)).toBeNull();
});

it('is told to a phone as the address that phones know', () => {
  const authenticator = makeAuthenticator(randomBytes);
  expect(Buffer.from(authenticator.key, 'base64url')).toHaveLength(20);
  const address = new URL(addressOf(authenticator, '会堂', 'zhang'));
  expect(address.protocol).toBe('otpauth:');
  expect(decodeURIComponent(address.pathname)).toContain('会堂:zhang');
  const { secret, ...said } = Object.fromEntries(address.searchParams);
  expect(said).toMatchObject({ issuer: '会堂', algorithm: 'SHA1', digits: '6', period: '30' });
  // A phone makes its codes from that address alone.
  const code = TOTP.generate({ secret: Secret.fromBase32(secret ?? ''), timestamp: 1_000_000 });
  expect(afterCode(authenticator, code, 1_000_000)).not.toBeNull();
});
