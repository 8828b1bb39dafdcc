import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWriteLog, replay } from './write-log.ts';

/** A disk as it was when its machine was switched on, and the log of what was written to it since. */
export interface Written {
  readonly before: string;
  readonly log: string;
}

/**
 * Cuts the power after every single write, from the write `from` on: makes the disk as it was then, mounts it as a
 * machine does that boots again, and lets `look` see it. Gives what it saw, in the order of the writes.
 */
export function afterEveryCut<Seen>({ before, log }: Written, from: number, look: (root: string) => Seen) {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-cuts-'));
  const disk = join(folder, 'disk');
  const root = join(folder, 'root');
  const { writes } = readWriteLog(log);
  const seen: Seen[] = [];
  try {
    execFileSync('mkdir', [root]);
    for (let count = from; count <= writes.length; count += 1) {
      execFileSync('cp', ['--sparse=always', before, disk]);
      replay(log, { writes, flushed: [] }, count, disk);
      execFileSync('mount', ['-o', 'loop,noatime', disk, root]);
      try {
        seen.push(look(root));
      } finally {
        execFileSync('umount', [root]);
      }
    }
    return seen;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
