import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How the name of a file that is not yet whole ends. */
export const UNFINISHED = '.tmp';

/**
 * Writes `text` to `path` so that after a power cut at any instant either the old or the new file is there,
 * whole. It is on the disk when this returns.
 */
export function writeDurably(path: string, text: string): void {
  const folder = dirname(path);
  const unfinished = join(folder, `${basename(path)}${UNFINISHED}`);
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  syncFolder(folder);
}

/** Makes renames and removals in `folder` durable. */
export function syncFolder(folder: string): void {
  const directory = openSync(folder, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
