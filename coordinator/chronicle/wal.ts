import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * What lies in the write-ahead log beside a ledger, as SQLite's own recovery reads it ("WAL-mode File Format"). SQLite
 * takes all transactions up to the first frame whose checksum does not fit and drops the rest without a word: right
 * where a power cut tore the last one, wrong where a disk spoiled one in the middle.
 */
const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;

type Sums = readonly [number, number];

/** SQLite's checksum of `bytes`, whose length is a multiple of 8, carried on from `sums`. */
function checksum(bytes: Buffer, [first, second]: Sums, bigEndian: boolean): Sums {
  let a = first;
  let b = second;
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
}

/** Whether transactions stand behind a spoilt place of the log at `path`, which SQLite would drop. Reads it whole; changes nothing. */
export function isWalDamaged(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    return hasLostTransactions((at, length) => {
      const bytes = Buffer.alloc(length);
      return readSync(file, bytes, 0, length, at) === length ? bytes : null;
    }, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

function hasLostTransactions(read: (at: number, length: number) => Buffer | null, size: number): boolean {
  const header = read(0, HEADER);
  if (!header) return false;
  const bigEndian = (header.readUInt32BE(0) & 1) === 1;
  const pageSize = header.readUInt32BE(8);
  const isPageSize = pageSize >= 512 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0;
  // Everything behind a header that is none is dropped. One never written to the disk has nothing behind it.
  if ((header.readUInt32BE(0) & ~1) !== MAGIC || !isPageSize) return hasFrames(read, size);
  let sums = checksum(header.subarray(0, 24), [0, 0], bigEndian);
  if (!fits(sums, header.subarray(24))) return hasFrames(read, size);
  const salt = header.subarray(16, 24);

  let isBroken = false;
  let isCommitBehind = false;
  const length = FRAME_HEADER + pageSize;
  for (let at = HEADER; at + length <= size; at += length) {
    const frame = read(at, length);
    if (!frame) return false;
    const isOfThisLog = frame.subarray(8, 16).equals(salt);
    // Each transaction is on the disk before the next begins: a power cut spoils the last one only, and nothing follows it.
    if (isOfThisLog && isCommitBehind) return true;
    if (!isBroken) {
      const next = checksum(frame.subarray(0, 8), sums, bigEndian);
      sums = checksum(frame.subarray(FRAME_HEADER), next, bigEndian);
      isBroken = !isOfThisLog || !fits(sums, frame.subarray(16, 24));
    }
    if (isBroken && isOfThisLog && frame.readUInt32BE(4) !== 0) isCommitBehind = true;
  }
  return false;
}

const fits = ([a, b]: Sums, stored: Buffer) => a === stored.readUInt32BE(0) && b === stored.readUInt32BE(4);

/** Whether anything but zeros stands behind the header. */
function hasFrames(read: (at: number, length: number) => Buffer | null, size: number): boolean {
  for (let at = HEADER; at < size; at += 65_536)
    if (read(at, Math.min(65_536, size - at))?.some((byte) => byte !== 0)) return true;
  return false;
}
