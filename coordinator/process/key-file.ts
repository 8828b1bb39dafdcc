import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fromBase64url, toBase64url } from '../../shared/protocol/bytes.ts';
import { nodeKeyPair } from '../../shared/protocol/ed25519-node.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { type KeyPair, makeKeyPair } from '../../shared/protocol/keys.ts';
import { describeFault } from './fault.ts';

/** Makes what was made, renamed or removed in `folder` durable. */
export function syncFolder(folder: string): void {
  const directory = openSync(folder, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** Writes a file beside `path`, which only its owner can read unless told otherwise; its name is returned. */
function writeBeside(path: string, parts: Iterable<string | Uint8Array>, mode = 0o600): string {
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  const file = openSync(unfinished, 'wx', mode);
  try {
    // Not writeSync: on a disk that is all but full that writes a part, and says so only in what it returns.
    for (const part of parts) writeFileSync(file, part);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return unfinished;
}

/** Writes a file only its owner can read; it is whole on the disk when this returns, or not there at all. */
export function writeSecret(path: string, text: string): void {
  renameSync(writeBeside(path, [text]), path);
  syncFolder(dirname(path));
}

/** As {@link writeSecret}, for everybody to read. */
export function writePublic(path: string, content: string | Uint8Array): void {
  writePublicParts(path, [content]);
}

/** As {@link writePublic}, of parts that are made as they are written. */
export function writePublicParts(path: string, parts: Iterable<string | Uint8Array>): void {
  renameSync(writeBeside(path, parts, 0o644), path);
  syncFolder(dirname(path));
}

/** As {@link writeSecret}, where there is no such file yet. @throws where there is. */
export function writeNewSecret(path: string, text: string): void {
  const unfinished = writeBeside(path, [text]);
  // A link, not a rename: it fails where there is a key, which must never be lost.
  try {
    linkSync(unfinished, path);
  } finally {
    rmSync(unfinished);
  }
  syncFolder(dirname(path));
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
    if (!stat) return not('there is no such key → name it with --key');
    if (!stat.isFile()) return not('this is no file → move it away, and restore the key from the copy');
    if ((stat.mode & 0o077) !== 0) return not('others can read this key → run chmod 600 on it');
    const seed = fromBase64url(readFileSync(path, 'utf8').trim());
    return seed?.length === 32
      ? { ok: true, value: nodeKeyPair(seed) }
      : not('is no key → restore it from the copy');
  } catch (error) {
    return { ok: false, problem: describeFault(path, error) ?? `${path}: cannot be read: ${error}` };
  }
}
