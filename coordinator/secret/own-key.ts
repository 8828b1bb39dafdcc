import { existsSync, readFileSync, statSync } from 'node:fs';
import { Scalar } from '../../shared/belenios/scalar.ts';
import { randomSecret, type Secret, secretOf, secretText } from '../../shared/belenios/secret.ts';
import type { RandomBytes } from '../../shared/ids.ts';
import { writeNewSecret } from '../export/key-file.ts';

/** The election key's file cannot be used; `message` says what to put right. */
export class ElectionKeyError extends Error {}

/**
 * The key of secret votes in a hall whose coordinator holds it, kept at `path` for its owner alone; made at first use.
 * @throws {ElectionKeyError}
 */
export function ownElectionKey(path: string, random: RandomBytes): Secret {
  if (!existsSync(path)) writeNewSecret(path, `${secretText(randomSecret(random))}\n`);
  if ((statSync(path).mode & 0o077) !== 0)
    throw new ElectionKeyError(`${path}: others can read this key; run chmod 600 on it`);
  const key = Scalar.safeParse(readFileSync(path, 'utf8').trim());
  if (!key.success) throw new ElectionKeyError(`${path}: is no key; restore it from the copy`);
  return secretOf(BigInt(key.data));
}
