import { scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** scrypt at OWASP's strength for passwords: N = 2^17, r = 8, p = 1. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

/** The hall password as kept on disk: salt and scrypt hash. */
export const StoredPassword = z.strictObject({
  scheme: z.literal('scrypt-17-8-1'),
  salt: z.string(),
  hash: z.string(),
});
export type StoredPassword = Value<typeof StoredPassword>;

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

export async function hashPassword(password: string, random: RandomBytes): Promise<StoredPassword> {
  const salt = Buffer.from(random(16));
  const hash = await derive(password, salt);
  return { scheme: 'scrypt-17-8-1', salt: toBase64url(salt), hash: toBase64url(hash) };
}

/** Whether `password` is the stored one; takes the same time either way. */
export async function isPassword(password: string, stored: StoredPassword): Promise<boolean> {
  const hash = await derive(password, Buffer.from(stored.salt, 'base64url'));
  const expected = Buffer.from(stored.hash, 'base64url');
  return hash.length === expected.length && timingSafeEqual(hash, expected);
}
