import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** How the name of a file that is not yet whole ends. */
export const UNFINISHED = '.tmp';

/** What a terminal does with files. Every function throws what the system says. */
export interface Files {
  read(path: string): string;
  /** The names in `folder`. */
  list(folder: string): string[];
  /** Makes `folder`, durably and for this user alone, where it is not there yet; not those around it. */
  makeFolder(folder: string): void;
  /**
   * Writes `text` so that after a power cut at any instant either the old or the new file is there, whole. It is on the
   * disk when this returns. Where it throws, nothing half-written is left behind.
   */
  write(path: string, text: string): void;
  /** Throws where `bytes` cannot be written in `folder`, as far as that shows without writing. */
  canTake(folder: string, bytes: number): void;
  /** Moves within a folder or to one below it; not durable by itself. */
  move(from: string, to: string): void;
  /** Removes what is there, if anything; not durable by itself. */
  remove(path: string): void;
}

/** The machine's own files. */
export const machineFiles: Files = {
  read: (path) => readFileSync(path, 'utf8'),
  list: (folder) => readdirSync(folder),
  makeFolder,
  write,
  canTake,
  move: renameSync,
  remove: (path) => rmSync(path, { force: true, recursive: true }),
};

function write(path: string, text: string): void {
  const unfinished = `${path}${UNFINISHED}`;
  try {
    const file = openSync(unfinished, 'w', 0o600);
    try {
      // Not `writeSync`, which is content with a part where the disk is nearly full.
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  } catch (error) {
    discard(unfinished);
    throw error;
  }
  syncFolder(dirname(path));
}

function canTake(folder: string, bytes: number): void {
  accessSync(folder, constants.W_OK);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
}

/** What cannot be removed now is overwritten, or tidied away at the next start. */
function discard(path: string): void {
  try {
    machineFiles.remove(path);
  } catch {}
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
    return;
  }
  syncFolder(dirname(folder));
}

/** Makes renames and removals in `folder` durable. */
function syncFolder(folder: string): void {
  const directory = openSync(folder, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** The system's word for what went wrong, such as `ENOSPC`; null for an error that is not the system's. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
