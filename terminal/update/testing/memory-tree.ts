import { dirname } from 'node:path';
import type { DiskOp } from '../../../test/attack/disk-model.ts';
import type { Tree } from '../tree.ts';

/** Files in memory; all that is done to them is told, as a program does it to a disk. */
export class MemoryTree implements Tree {
  readonly files: Map<string, Buffer>;
  readonly #did: (op: DiskOp) => void;

  constructor(files: ReadonlyMap<string, Buffer>, did: (op: DiskOp) => void = () => {}) {
    this.files = new Map(files);
    this.#did = did;
  }

  read(path: string, most: number): Buffer | null {
    const bytes = this.files.get(path);
    return bytes && bytes.length <= most ? bytes : null;
  }

  makeFolder(): void {}

  write(path: string, bytes: Uint8Array): void {
    if (this.files.has(path)) throw Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
    const copy = Buffer.from(bytes);
    this.files.set(path, copy);
    this.#did({ op: 'create', path, truncate: true });
    // In two pieces: a disk may have one of them.
    const half = copy.length >> 1;
    this.#did({ op: 'write', path, at: 0, bytes: copy.subarray(0, half) });
    this.#did({ op: 'write', path, at: half, bytes: copy.subarray(half) });
  }

  link(from: string, to: string): void {
    const bytes = this.files.get(from);
    if (!bytes) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    this.files.set(to, bytes);
    this.#did({ op: 'link', path: from, to });
  }

  remove(path: string): void {
    for (const each of [...this.files.keys()])
      if (each === path || each.startsWith(`${path}/`)) {
        this.files.delete(each);
        this.#did({ op: 'unlink', path: each });
      }
  }

  replace(path: string, text: string): void {
    const unfinished = `${path}.tmp`;
    this.remove(unfinished);
    this.write(unfinished, Buffer.from(text));
    this.#did({ op: 'sync', path: unfinished });
    this.files.set(path, Buffer.from(text));
    this.files.delete(unfinished);
    this.#did({ op: 'rename', path: unfinished, to: path });
    this.#did({ op: 'sync', path: dirname(path) });
  }

  sync(): void {
    // syncfs(2): every file and every name, in no order that may be relied upon.
    for (const path of this.files.keys()) this.#did({ op: 'sync', path });
    const folders = new Set([...this.files.keys()].map((path) => dirname(path)));
    for (const path of folders) this.#did({ op: 'sync', path });
  }

  room(): number {
    return 1e12;
  }
}
