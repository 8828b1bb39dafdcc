import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * The log that QEMU's `blklogwrites` keeps of a disk, in the format of Linux's dm-log-writes: every write and every
 * flush, in their order. A power cut may take away whatever no flush followed; so the disk as it is after one is made
 * from this log, and not from what happened to reach a file of a machine whose power never went.
 */

const MAGIC = 0x6a736677736872n;
const FLUSH = 1n;
const DISCARD = 4n;
export const SECTOR = 512;

/** One write. */
interface Write {
  /** Where on the disk, in bytes. */
  readonly at: number;
  /** Where in the log its bytes are, and how many. */
  readonly from: number;
  readonly length: number;
}

/** Every write of a log in its order, and how many of them each flush made durable. */
export interface WriteLog {
  readonly writes: readonly Write[];
  /** For each flush the number of writes before it. */
  readonly flushed: readonly number[];
}

/** Reads the log in `file`. */
export function readWriteLog(file: string): WriteLog {
  const log = openSync(file, 'r');
  try {
    const head = Buffer.alloc(SECTOR);
    readSync(log, head, 0, SECTOR, 0);
    const writes: Write[] = [];
    const flushed: number[] = [];
    // Nothing was written: the log has not begun.
    if (head.readBigUInt64LE(0) !== MAGIC) return { writes, flushed };
    const entries = Number(head.readBigUInt64LE(16));
    let position = SECTOR;
    for (let n = 0; n < entries; n += 1) {
      readSync(log, head, 0, SECTOR, position);
      position += SECTOR;
      const length = Number(head.readBigUInt64LE(8)) * SECTOR;
      const flags = head.readBigUInt64LE(16);
      if (length > 0 && !(flags & DISCARD)) {
        writes.push({ at: Number(head.readBigUInt64LE(0)) * SECTOR, from: position, length });
        position += length;
      }
      if (flags & FLUSH) flushed.push(writes.length);
    }
    return { writes, flushed };
  } finally {
    closeSync(log);
  }
}

/** Does the first `count` writes of the log in `file` to `disk`. */
export function replay(file: string, { writes }: WriteLog, count: number, disk: string): void {
  const log = openSync(file, 'r');
  const target = openSync(disk, 'r+');
  try {
    for (const { at, from, length } of writes.slice(0, count)) {
      const bytes = Buffer.alloc(length);
      readSync(log, bytes, 0, length, from);
      writeSync(target, bytes, 0, length, at);
    }
  } finally {
    closeSync(log);
    closeSync(target);
  }
}
