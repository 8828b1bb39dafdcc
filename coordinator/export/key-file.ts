import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fromBase64url, toBase64url } from '../../shared/bytes.ts';
import type { RandomBytes } from '../../shared/ids.ts';
import { type KeyPair, keyPairFromSeed, makeKeyPair } from '../../shared/keys.ts';

function sync(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

/** Writes a file only its owner can read beside `path`; its name is returned. */
function writeBeside(path: string, text: string): string {
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  const file = openSync(unfinished, 'wx', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  return unfinished;
}

/** Writes a file only its owner can read; it is whole on the disk when this returns, or not there at all. */
export function writeSecret(path: string, text: string): void {
  renameSync(writeBeside(path, text), path);
  sync(dirname(path));
}

/** As {@link writeSecret}, where there is no such file yet. @throws where there is. */
export function writeNewSecret(path: string, text: string): void {
  const unfinished = writeBeside(path, text);
  // A link, not a rename: it fails where there is a key, which must never be lost.
  try {
    linkSync(unfinished, path);
  } finally {
    rmSync(unfinished);
  }
  sync(dirname(path));
}

/** Makes a signing key and keeps its seed at `path`, in base64url. @throws where a file is there already. */
export function makeKeyFile(path: string, random: RandomBytes): KeyPair {
  const key = makeKeyPair(random);
  writeNewSecret(path, `${toBase64url(key.seed)}\n`);
  return key;
}

/** Reads the key at `path`; `problem` says what to put right. */
export function readKeyFile(
  path: string,
): { readonly ok: true; readonly value: KeyPair } | { readonly ok: false; readonly problem: string } {
  const not = (what: string) => ({ ok: false, problem: `${path}: ${what}` }) as const;
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) return not('there is no such key; name it with --key');
    if ((stat.mode & 0o077) !== 0) return not('others can read this key; run chmod 600 on it');
    const seed = fromBase64url(readFileSync(path, 'utf8').trim());
    return seed?.length === 32
      ? { ok: true, value: keyPairFromSeed(seed) }
      : not('is no key; restore it from the copy');
  } catch (error) {
    return not(`cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
