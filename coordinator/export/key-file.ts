import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fromBase64url, toBase64url } from '../../shared/bytes.ts';
import type { RandomBytes } from '../../shared/ids.ts';
import { type KeyPair, keyPairFromSeed, makeKeyPair } from '../../shared/keys.ts';

/** Writes a file only its owner can read; it is whole on the disk when this returns, or not there at all. */
export function writeSecret(path: string, text: string): void {
  const unfinished = `${path}.new`;
  const file = openSync(unfinished, 'w', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(unfinished, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Makes a signing key and keeps its seed at `path`, in base64url. @throws where a file is there already. */
export function makeKeyFile(path: string, random: RandomBytes): KeyPair {
  if (existsSync(path)) throw new Error(`${path} exists`);
  const key = makeKeyPair(random);
  writeSecret(path, `${toBase64url(key.seed)}\n`);
  return key;
}

/** Reads the key at `path`; `problem` says what to put right. */
export function readKeyFile(
  path: string,
): { readonly ok: true; readonly value: KeyPair } | { readonly ok: false; readonly problem: string } {
  if (!existsSync(path)) return { ok: false, problem: `${path}: there is no such key; name it with --key` };
  if ((statSync(path).mode & 0o077) !== 0)
    return { ok: false, problem: `${path}: others can read this key; run chmod 600 on it` };
  const seed = fromBase64url(readFileSync(path, 'utf8').trim());
  if (seed?.length !== 32) return { ok: false, problem: `${path}: is no key; restore it from the copy` };
  return { ok: true, value: keyPairFromSeed(seed) };
}
