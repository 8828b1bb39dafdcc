import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { importPublicKey } from '../../shared/protocol/ed25519-node.ts';
import { HashHex } from '../../shared/protocol/ids.ts';
import { MOST_MANIFEST, type Opened, openManifest, type Release } from '../../shared/update/manifest.ts';
import { syncFolder, writeSecret } from '../process/key-file.ts';
import { readPackage } from './package-file.ts';

/** Where the coordinator keeps the release that it offers to its seats. */
export const storeIn = (data: string): string => join(data, 'updates');

/** The public part of the release key, pinned beside hall.yaml as beside terminal.yaml. */
export const releaseKeyFile = (hallFile: string): string => join(dirname(hallFile), 'release.pub');

/** The key in `file`; null where there is none, or what stands there is no key. */
export function readReleaseKey(file: string): KeyObject | null {
  return existsSync(file) ? importPublicKey(readFileSync(file, 'utf8').trim()) : null;
}

const OFFERED = 'offered';
const manifestIn = (store: string, hash: string) => join(store, hash, 'manifest.jws');
const contentIn = (store: string, hash: string, sha256: string) => join(store, hash, 'contents', sha256);

/**
 * Takes a package in and offers it from now on, in the place of what was offered before. Whole or not at all: a running
 * coordinator sees it when all of it is on the disk. @throws what the system says.
 */
export async function addPackage(
  store: string,
  file: string,
  releaseKey: KeyObject,
): Promise<Opened<Release>> {
  mkdirSync(store, { recursive: true, mode: 0o700 });
  const making = join(store, '.new');
  rmSync(making, { recursive: true, force: true });
  mkdirSync(join(making, 'contents'), { recursive: true, mode: 0o700 });
  try {
    const read = await readPackage(file, releaseKey, () => async ({ sha256 }, pieces) => {
      const target = await open(join(making, 'contents', sha256), 'wx', 0o600);
      try {
        for await (const piece of pieces) await target.writeFile(piece);
      } finally {
        await target.close();
      }
    });
    if (!read.ok) return read;
    const { hash, text } = read.value;
    writeSecret(join(making, 'manifest.jws'), text);
    const known = join(store, hash);
    rmSync(known, { recursive: true, force: true });
    await rename(making, known);
    syncFolder(store);
    writeSecret(join(store, OFFERED), hash);
    for (const name of readdirSync(store))
      if (HashHex.safeParse(name).success && name !== hash) rmSync(join(store, name), { recursive: true });
    return read;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** The release on offer; null where there is none, `problem` where what lies there cannot be offered. */
export type Offered = { readonly release: Release | null; readonly problem: string | null };

/** Looks at the release on offer, and believes nothing that lies on the disk without its signature. */
export class UpdateStore {
  readonly #folder: string;
  readonly #keyFile: string;
  #seen = '';
  #offered: Offered = { release: null, problem: null };
  #contents: ReadonlySet<string> = new Set();

  /** @param keyFile where the release key is pinned. */
  constructor(folder: string, keyFile: string) {
    this.#folder = folder;
    this.#keyFile = keyFile;
  }

  get offered(): Offered {
    return this.#offered;
  }

  /** Looks whether another release was added. @returns whether anything changed. */
  look(): boolean {
    const stat = statSync(join(this.#folder, OFFERED), { throwIfNoEntry: false });
    const key = statSync(this.#keyFile, { throwIfNoEntry: false });
    const seen = `${stat?.mtimeMs} ${stat?.ino} ${key?.mtimeMs}`;
    // What could not be read is looked at again: whoever added it may still be putting that right.
    if (seen === this.#seen && this.#offered.problem === null) return false;
    this.#seen = seen;
    this.#offered = stat ? this.#read() : { release: null, problem: null };
    this.#contents = new Set(this.#offered.release?.manifest.files.map(({ sha256 }) => sha256));
    return true;
  }

  #read(): Offered {
    const key = readReleaseKey(this.#keyFile);
    if (key === null) return { release: null, problem: `${this.#keyFile}: no release key is pinned` };
    try {
      const hash = HashHex.parse(readFileSync(join(this.#folder, OFFERED), 'utf8').trim());
      const path = manifestIn(this.#folder, hash);
      if (statSync(path).size > MOST_MANIFEST) return { release: null, problem: `${path}: too long` };
      const opened = openManifest(readFileSync(path, 'latin1'), key);
      return opened.ok
        ? { release: opened.value, problem: null }
        : { release: null, problem: `${path}: ${opened.reason}` };
    } catch (error) {
      return { release: null, problem: String(error) };
    }
  }

  /** The text of the manifest on offer; null for any other. */
  manifest(hash: string): string | null {
    const { release } = this.#offered;
    return release?.hash === hash ? release.text : null;
  }

  /** Where a content of the release on offer lies; null for any other. */
  content(sha256: string): string | null {
    const { release } = this.#offered;
    return release && this.#contents.has(sha256) ? contentIn(this.#folder, release.hash, sha256) : null;
  }
}
