import type { Dice } from './dice.ts';

/** What a program did to files, in order. Paths are absolute. */
export type DiskOp =
  | { readonly op: 'create'; readonly path: string; readonly truncate: boolean }
  | { readonly op: 'write'; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly op: 'truncate'; readonly path: string; readonly to: number }
  | { readonly op: 'rename'; readonly path: string; readonly to: string }
  | { readonly op: 'link'; readonly path: string; readonly to: string }
  | { readonly op: 'unlink'; readonly path: string }
  | { readonly op: 'sync'; readonly path: string };

type Change = Extract<DiskOp, { op: 'write' | 'truncate' }>;
/** A file, whatever its name. */
interface Inode {
  durable: Buffer;
  pending: Change[];
}
/** `inode` null: the name goes. */
interface Naming {
  readonly path: string;
  readonly inode: Inode | null;
}

const SECTOR = 512;

/**
 * A disk with a cache that a power cut loses: a write is durable when its file was synced after it, a name when its folder
 * was (POSIX, fsync). Stricter than most file systems, which is the point.
 */
export class DiskModel {
  readonly #names = new Map<string, Inode>();
  readonly #durable = new Map<string, Inode>();
  #renamed: Naming[] = [];

  /** @param files what was on the disk before. */
  constructor(files: ReadonlyMap<string, Buffer>) {
    for (const [path, bytes] of files) {
      const inode = { durable: bytes, pending: [] };
      this.#names.set(path, inode);
      this.#durable.set(path, inode);
    }
  }

  apply(op: DiskOp): void {
    const inode = this.#names.get(op.path);
    switch (op.op) {
      case 'create':
        if (!inode) this.#name(op.path, { durable: Buffer.alloc(0), pending: [] });
        else if (op.truncate) inode.pending.push({ op: 'truncate', path: op.path, to: 0 });
        return;
      case 'write':
      case 'truncate':
        inode?.pending.push(op);
        return;
      case 'rename':
        if (!inode) return;
        this.#name(op.to, inode);
        this.#name(op.path, null);
        return;
      case 'link':
        if (inode) this.#name(op.to, inode);
        return;
      case 'unlink':
        if (inode) this.#name(op.path, null);
        return;
      case 'sync':
        if (inode) {
          inode.durable = inode.pending.reduce(changed, inode.durable);
          inode.pending = [];
        } else this.#syncFolder(op.path);
    }
  }

  #name(path: string, inode: Inode | null): void {
    if (inode) this.#names.set(path, inode);
    else this.#names.delete(path);
    this.#renamed.push({ path, inode });
  }

  #syncFolder(folder: string): void {
    const isIn = ({ path }: Naming) => path.slice(0, path.lastIndexOf('/')) === folder;
    for (const naming of this.#renamed.filter(isIn)) give(this.#durable, naming);
    this.#renamed = this.#renamed.filter((naming) => !isIn(naming));
  }

  /** What is left if the power goes now: all that was synced, and of the rest what chance wrote in time, torn in places. */
  cut(dice: Dice): Map<string, Buffer> {
    const names = new Map(this.#durable);
    // Names are journalled in order: some first ones have made it.
    for (const naming of this.#renamed.slice(0, dice.below(this.#renamed.length + 1))) give(names, naming);
    return new Map([...names].map(([path, inode]) => [path, survived(inode, dice)]));
  }
}

function give(names: Map<string, Inode>, { path, inode }: Naming): void {
  if (inode) names.set(path, inode);
  else names.delete(path);
}

function survived({ durable, pending }: Inode, dice: Dice): Buffer {
  // Either everything unsynced is lost, or each write by itself is or is not.
  if (dice.one(3)) return durable;
  return pending
    .filter(() => dice.one(2))
    .map((change) => torn(change, dice))
    .reduce(changed, durable);
}

/** One write in four reaches the disk in part. */
function torn(change: Change, dice: Dice): Change {
  if (change.op === 'truncate' || !dice.one(4)) return change;
  const sectors = Math.floor(change.bytes.length / SECTOR);
  return { ...change, bytes: change.bytes.subarray(0, SECTOR * dice.below(sectors + 1)) };
}

function changed(before: Buffer, change: Change): Buffer {
  if (change.op === 'truncate')
    return Buffer.concat([before, Buffer.alloc(change.to)]).subarray(0, change.to);
  const end = change.at + change.bytes.length;
  const after = Buffer.alloc(Math.max(before.length, end));
  before.copy(after);
  change.bytes.copy(after, change.at);
  return after;
}
