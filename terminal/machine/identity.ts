import { z } from 'zod';
import { fromBase64url, toBase64url } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { type KeyPair, keyPairFromSeed, makeKeyPair } from '../../shared/protocol/keys.ts';
import { DataError, DISK_CURES, type Disk } from './disk.ts';

/** Who a terminal is: its key, and the number of its connections, which only rises. */
export interface Identity {
  readonly key: KeyPair;
  /**
   * The number of the next connection, `step` above the last. It is written down for the next start; where that cannot be
   * done, or the file was put back from an old copy, the coordinator refuses the number and the link takes longer steps.
   */
  nextConnection(step?: number): number;
}

const SEED = 'seed';
const NUMBERS = 'numbers.json';
const Numbers = z.object({ connection: z.number().int().nonnegative() });

/**
 * The identity kept on `disk`, made at the first start. Only this user can read the seed.
 * @throws {DataError} where there is no seed to be had: never is one that cannot be read replaced by another.
 */
export function openIdentity(disk: Disk, random: RandomBytes): Identity {
  return numbered(openKey(disk, random), disk);
}

/** The identity of `key` with its number kept on `disk`. */
export function numbered(key: KeyPair, disk: Disk): Identity {
  return rising(key, readConnection(disk), (connection) => {
    disk.write(NUMBERS, `${JSON.stringify({ connection })}\n`);
  });
}

/**
 * An identity that keeps nothing: its numbers start after `from`, which the caller makes rise from run to run.
 */
export function memoryIdentity(key: KeyPair, from: number): Identity {
  return rising(key, from, () => {});
}

function rising(key: KeyPair, from: number, save: (connection: number) => void): Identity {
  let connection = from;
  return {
    key,
    nextConnection: (step = 1) => {
      connection = Math.min(Number.MAX_SAFE_INTEGER, connection + step);
      save(connection);
      return connection;
    },
  };
}

function openKey(disk: Disk, random: RandomBytes): KeyPair {
  const path = disk.path(SEED);
  const found = disk.read(SEED);
  if (found === null) {
    const key = makeKeyPair(random);
    const fault = disk.write(SEED, `${toBase64url(key.seed)}\n`);
    if (fault === null) return key;
    throw new DataError(`${path}: the terminal's key cannot be written: ${DISK_CURES[fault]}`);
  }
  if ('why' in found) throw new DataError(`${path}: ${found.why}`);
  const seed = fromBase64url(found.text.trim());
  if (seed?.length === 32) return keyPairFromSeed(seed);
  throw new DataError(
    `${path}: is no 32-byte seed; restore it, or remove the folder and have the terminal enrolled again`,
  );
}

/** A number that cannot be read is made up for as one that is too low. */
function readConnection(disk: Disk): number {
  const found = disk.read(NUMBERS);
  if (found === null || 'why' in found) return 0;
  try {
    return Numbers.parse(JSON.parse(found.text)).connection;
  } catch {
    return 0;
  }
}
