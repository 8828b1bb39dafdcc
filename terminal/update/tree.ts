import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, UNFINISHED } from '../machine/files.ts';

/**
 * What installing a version does with files. Nothing is durable before {@link Tree.sync}, but for {@link Tree.replace}. Every
 * function throws what the system says.
 */
export interface Tree {
  /** A regular file of at most `most` bytes; null for anything else, above all a link, a pipe, or nothing. */
  read(path: string, most: number): Buffer | null;
  makeFolder(path: string): void;
  /** Writes a new file for everybody to read. */
  write(path: string, bytes: Uint8Array, runs: boolean): void;
  /** Gives the file at `from` another name. */
  link(from: string, to: string): void;
  /** Removes what is there, if anything, with all below it. */
  remove(path: string): void;
  /** Puts `text` in the place of a file: after a power cut the old or the new one is there, whole; durable when it returns. */
  replace(path: string, text: string): void;
  /** Makes all that was done so far on the disk of `folder` durable. */
  sync(folder: string): void;
  /** Bytes that can still be written in `folder`. */
  room(folder: string): number;
}

/** The machine's own files. */
export const machineTree: Tree = {
  read,
  makeFolder: (path) => void mkdirSync(path, { recursive: true, mode: 0o755 }),
  write: (path, bytes, runs) => writeFileSync(path, bytes, { flag: 'wx', mode: runs ? 0o755 : 0o644 }),
  link: linkSync,
  remove: (path) => rmSync(path, { force: true, recursive: true }),
  replace,
  sync: (folder) => {
    // Node has no syncfs(2). Not one fsync a file: nine thousand take a memory card minutes.
    const { status, stderr } = spawnSync('sync', ['--file-system', folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`sync ${folder}: ${stderr}`);
  },
  room: (folder) => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  },
};

function read(path: string, most: number): Buffer | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
  try {
    const stat = fstatSync(file);
    return stat.isFile() && stat.size <= most ? readFileSync(file) : null;
  } finally {
    closeSync(file);
  }
}

function replace(path: string, text: string): void {
  const unfinished = `${path}${UNFINISHED}`;
  rmSync(unfinished, { force: true });
  const file = openSync(unfinished, 'wx', 0o644);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
