import { existsSync, readFileSync, statSync } from 'node:fs';
import { isSame, type Point, secretBasePower } from '../../../shared/belenios/group.ts';
import { Scalar } from '../../../shared/belenios/scalar.ts';
import { randomSecret, type Secret, secretOf, secretText, wipe } from '../../../shared/belenios/secret.ts';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import { describeFault } from '../../process/fault.ts';
import { writeNewSecret } from '../../process/key-file.ts';

/** The election key's file cannot be used; `message` says what to put right. */
export class ElectionKeyError extends Error {}

const CURE = 'put it back from the copy; without one, take secrecy out of hall.yaml and hold no secret vote';

/**
 * The key of secret votes in a hall whose coordinator holds it, kept at `path` for its owner alone; made at first use.
 * @param known the public key that votes are sealed with already; null where there is none yet.
 * @throws {ElectionKeyError} where the file has not the secret of that key.
 */
export function ownElectionKey(path: string, random: RandomBytes, known: Point | null): Secret {
  try {
    return readOwnKey(path, random, known);
  } catch (error) {
    const problem = describeFault(path, error);
    throw problem === null ? error : new ElectionKeyError(problem);
  }
}

function readOwnKey(path: string, random: RandomBytes, known: Point | null): Secret {
  if (!existsSync(path)) {
    // Another key opens nothing that was sealed with the one before.
    if (known) throw new ElectionKeyError(`${path}: has gone → ${CURE}`);
    writeNewSecret(path, `${secretText(randomSecret(random))}\n`);
  }
  const stat = statSync(path);
  if (!stat.isFile()) throw new ElectionKeyError(`${path}: is no file → move it away, and ${CURE}`);
  if ((stat.mode & 0o077) !== 0)
    throw new ElectionKeyError(`${path}: others can read this key → run chmod 600 on it`);
  const key = Scalar.safeParse(readFileSync(path, 'utf8').trim());
  if (!key.success) throw new ElectionKeyError(`${path}: is no key → ${CURE}`);
  const secret = secretOf(BigInt(key.data));
  if (known && !isSame(secretBasePower(secret), known)) {
    wipe(secret);
    throw new ElectionKeyError(`${path}: is another key than the one votes are sealed with → ${CURE}`);
  }
  return secret;
}
