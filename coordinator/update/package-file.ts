import type { KeyObject } from 'node:crypto';
import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import {
  contentsOf,
  type Manifest,
  MOST_FILES,
  MOST_MANIFEST,
  type Opened,
  openManifest,
  type Release,
  type ReleaseFile,
} from '../../shared/update/manifest.ts';

/**
 * A package: the signed manifest, a line break, and then the contents of its files, each once, in the order in which the manifest
 * names them first. It has no index and no lengths of its own: all of that is signed.
 */

/** What of a version's folder is packed, where it is there. */
const PARTS = [
  ...['coordinator', 'hardware', 'pages', 'shared', 'terminal'].map((part) => `dist/${part}`),
  'package.json',
  'package-lock.json',
  'node_modules',
];
/**
 * What only a register's documents and pictures need, and fonts that the pages have already: more than a hundred megabytes that
 * no seat would ever read. The same list stands in `hardware/provision/common.sh`.
 */
export const NOT_FOR_SEATS: readonly string[] = [
  'dist/coordinator/papers',
  'node_modules/@myriaddreamin',
  'node_modules/@img',
  'node_modules/sharp',
  'node_modules/@cantoo',
  'node_modules/@fontsource-variable',
];
/** Links to programs of libraries, which nothing of ours starts, and maps to sources, which no seat has. */
const isLeftOut = (path: string): boolean =>
  basename(path) === '.bin' || path.endsWith('.js.map') || NOT_FOR_SEATS.includes(path);

/** The folder of a version holds something that cannot be packed; one line. */
export class PackError extends Error {}

/** The files of a version, as a manifest lists them. @throws {PackError} */
export async function filesOf(folder: string): Promise<ReleaseFile[]> {
  const files: ReleaseFile[] = [];
  const add = async (path: string): Promise<void> => {
    const whole = join(folder, path);
    const stat = await lstat(whole);
    if (stat.isDirectory()) {
      for (const name of (await readdir(whole)).sort()) {
        const inner = join(path, name);
        if (!isLeftOut(inner)) await add(inner);
      }
      return;
    }
    if (!stat.isFile()) throw new PackError(`${path}: is no file; a package holds files and folders only`);
    if (files.length === MOST_FILES) throw new PackError(`more than ${MOST_FILES} files`);
    const sum = createHash('sha256');
    for await (const chunk of createReadStream(whole)) sum.update(chunk);
    const runs = (stat.mode & 0o100) !== 0;
    files.push({ path: relative(folder, whole), runs, size: stat.size, sha256: sum.digest('hex') });
  };
  for (const part of PARTS) if (await lstat(join(folder, part)).catch(() => null)) await add(part);
  return files;
}

/** The bytes of a package, piece by piece. @throws {PackError} where a file has changed meanwhile. */
export async function* packed(folder: string, manifest: Manifest, text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${text}\n`);
  for (const { path, size } of contentsOf(manifest)) {
    let length = 0;
    for await (const chunk of createReadStream(join(folder, path))) {
      length += chunk.length;
      yield chunk;
    }
    if (length !== size) throw new PackError(`${path}: has changed meanwhile`);
  }
}

/** Takes the pieces of one content. */
export type TakeContent = (file: ReleaseFile, pieces: AsyncIterable<Uint8Array>) => Promise<void>;

/** Bytes of a file as they are asked for: whoever made the file decides nothing of how much is held. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: ReadStream) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Up to `most` bytes; none at the end. */
  async some(most: number): Promise<Buffer> {
    if (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) return Buffer.alloc(0);
      this.#rest = next.value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  /** The line before the next line break; null where that is longer than `most`, or there is none. */
  async line(most: number): Promise<string | null> {
    const pieces: Buffer[] = [];
    for (let length = 0; length <= most; ) {
      const piece = await this.some(64 * 1024);
      if (piece.length === 0) return null;
      const end = piece.indexOf(0x0a);
      if (end >= 0) {
        this.#rest = Buffer.concat([piece.subarray(end + 1), this.#rest]);
        return Buffer.concat([...pieces, piece.subarray(0, end)]).toString('latin1');
      }
      pieces.push(piece);
      length += piece.length;
    }
    return null;
  }
}

/**
 * Reads a package, whoever made it: `begin` hears of the release once its signature holds, `take` of each content, and nothing
 * counts before this says that all is as it was signed. @throws what `take` or the disk says.
 */
export async function readPackage(
  path: string,
  releaseKey: KeyObject,
  take: (release: Release) => TakeContent,
): Promise<Opened<Release>> {
  const file = await open(path);
  const stream = file.createReadStream();
  try {
    const reader = new Reader(stream);
    const text = await reader.line(MOST_MANIFEST);
    if (text === null) return { ok: false, reason: 'malformed' };
    const opened = openManifest(text, releaseKey);
    if (!opened.ok) return opened;
    const taking = take(opened.value);
    for (const content of contentsOf(opened.value.manifest)) {
      const sum = createHash('sha256');
      await taking(
        content,
        pieces(reader, content.size, (piece) => sum.update(piece)),
      );
      if (sum.digest('hex') !== content.sha256) return { ok: false, reason: 'altered' };
    }
    return (await reader.some(1)).length === 0 ? opened : { ok: false, reason: 'altered' };
  } finally {
    stream.destroy();
  }
}

async function* pieces(
  reader: Reader,
  size: number,
  seen: (piece: Buffer) => void,
): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; ) {
    const piece = await reader.some(left);
    if (piece.length === 0) return;
    seen(piece);
    left -= piece.length;
    yield piece;
  }
}

/** The fingerprint of a package by which people speak of it. */
export const shortHash = (text: string): string => sha256Hex(text).slice(0, 16);
