import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fromBase64url, toBase64url } from '../shared/bytes.ts';
import type { RandomBytes } from '../shared/ids.ts';
import { type KeyPair, keyPairFromSeed, makeKeyPair } from '../shared/keys.ts';
import { writeDurably } from './durable-file.ts';

/** Who a terminal is: its key, and the two numbers that only rise, across restarts too. */
export interface Identity {
  readonly key: KeyPair;
  /** The number of the next connection; recorded before it is used. */
  nextConnection(): number;
  /** The last press number used. */
  readonly press: number;
  /** Records that `press` is used, before the ballot that carries it exists. */
  usePress(press: number): void;
}

/** Something under the terminal's data folder is damaged. */
export class IdentityError extends Error {}

const Numbers = z.strictObject({
  connection: z.number().int().nonnegative(),
  press: z.number().int().nonnegative(),
});
type Numbers = z.infer<typeof Numbers>;

/** The identity kept under `folder`, made at the first start. Only this user can read the seed. */
export function openIdentity(folder: string, random: RandomBytes): Identity {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return numbered(openKey(join(folder, 'seed'), random), folder);
}

/** The identity of `key` with its numbers kept under `folder`. */
export function numbered(key: KeyPair, folder: string): Identity {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'numbers.json');
  const numbers = readNumbers(path);
  return rising(key, numbers, () => writeDurably(path, `${JSON.stringify(numbers)}\n`));
}

/**
 * An identity that keeps nothing: its numbers start after `from`, which the caller makes rise from run to run.
 */
export function memoryIdentity(key: KeyPair, from: number): Identity {
  return rising(key, { connection: from, press: from }, () => {});
}

function rising(key: KeyPair, numbers: Numbers, save: () => void): Identity {
  return {
    key,
    nextConnection: () => {
      numbers.connection += 1;
      save();
      return numbers.connection;
    },
    get press() {
      return numbers.press;
    },
    usePress: (press) => {
      numbers.press = Math.max(numbers.press, press);
      save();
    },
  };
}

function openKey(path: string, random: RandomBytes): KeyPair {
  if (!existsSync(path)) {
    const key = makeKeyPair(random);
    writeDurably(path, `${toBase64url(key.seed)}\n`);
    return key;
  }
  const seed = fromBase64url(readFileSync(path, 'utf8').trim());
  if (seed?.length === 32) return keyPairFromSeed(seed);
  throw new IdentityError(
    `${path}: is no 32-byte seed; restore it, or remove the folder and have the terminal enrolled again`,
  );
}

function readNumbers(path: string): Numbers {
  if (!existsSync(path)) return { connection: 0, press: 0 };
  try {
    return Numbers.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new IdentityError(
      `${path}: cannot be read; remove the folder and have the terminal enrolled again with its new key`,
    );
  }
}
