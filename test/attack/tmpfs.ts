import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk of its own, to be filled and made read-only. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'hallvote-disk-'));

  /** @throws where this user may not mount. */
  constructor(megabytes: number) {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'hallvote-attack', this.folder);
  }

  /** Leaves no byte free. */
  fill(): void {
    const file = openSync(join(this.folder, 'filler'), 'a');
    const block = Buffer.alloc(4_096, 'x');
    try {
      while (statfsSync(this.folder).bavail > 0) writeSync(file, block);
    } catch {
      // Full.
    } finally {
      closeSync(file);
    }
  }

  /** Gives the room back. */
  free(): void {
    rmSync(join(this.folder, 'filler'), { force: true });
  }

  /** Nothing can be written any more; possible only while no file is open to be written. @throws where one is. */
  readOnly(is: boolean): void {
    mount('-o', `remount,${is ? 'ro' : 'rw'}`, this.folder);
  }

  remove(): void {
    execFileSync('umount', ['-l', this.folder], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' });
}

/** A small disk, or why there can be none. */
export function smallDisk(megabytes: number): SmallDisk | string {
  try {
    return new SmallDisk(megabytes);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error);
    return `it needs root and mount for a small disk of its own (${why})`;
  }
}
