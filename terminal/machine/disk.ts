import { dirname, join } from 'node:path';
import type { DiskFault } from '../../shared/protocol/seat-faults.ts';
import { codeOf, type Files, machineFiles, UNFINISHED } from './files.ts';

/** Something under the terminal's data folder keeps it from starting: one line, with the cure. */
export class DataError extends Error {}

/** What to do about a fault. */
export const DISK_CURES: Readonly<Record<DiskFault, string>> = {
  'disk-full': 'the disk is full; make room',
  'disk-read-only': 'the disk is read-only; it may have failed: change the card',
  'disk-denied': 'permission denied; give the folder to the user that runs the terminal',
  'disk-missing': 'the folder is gone; mount its disk again',
  'disk-failing': 'the disk fails; change the card',
};

const FAULTS: Readonly<Record<string, DiskFault>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'disk-read-only',
  EACCES: 'disk-denied',
  EPERM: 'disk-denied',
  ENOENT: 'disk-missing',
  ENOTDIR: 'disk-missing',
};

/** What stands in a file: null where there is none, `why` where it cannot be read. */
export type Found = { readonly text: string } | { readonly isFolder: boolean; readonly why: string } | null;

/** Names a file that tells whether something can be written, and nothing else. */
const PROBE = '.probe';
const PROBE_LENGTH = 4096;

/**
 * The folder in which a terminal keeps its data, on a disk that may fill up, turn read-only or fail at any moment: whatever
 * is asked of it answers with a fault and throws nothing. The fault of the last write that failed holds until as much can be
 * written again.
 */
export class Disk {
  readonly folder: string;
  readonly #files: Files;
  #fault: DiskFault | null = null;
  /** As much must be writable before a fault is over. */
  #need = PROBE_LENGTH;
  #onFault: (fault: DiskFault | null) => void = () => {};

  /** Makes the folder where it is not there yet, and clears away what a power cut left half-written. */
  constructor(folder: string, files: Files = machineFiles) {
    this.folder = folder;
    this.#files = files;
    this.#failed(this.#attempt(() => makeWhole(folder, files)));
    const names = this.list('.');
    for (const name of names ?? []) if (name.endsWith(UNFINISHED)) this.remove(name);
  }

  get fault(): DiskFault | null {
    return this.#fault;
  }

  /** Tells `listener` of the fault there is, and from then on of every change. */
  onFault(listener: (fault: DiskFault | null) => void): void {
    this.#onFault = listener;
    if (this.#fault !== null) listener(this.#fault);
  }

  /** The whole path of `name`. */
  path(name: string): string {
    return join(this.folder, name);
  }

  read(name: string): Found {
    try {
      return { text: this.#files.read(this.path(name)) };
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      return code === 'ENOENT' ? null : { isFolder: code === 'EISDIR', why: unreadable(code) };
    }
  }

  /** The names in the folder `name`; null where it is none or cannot be read. */
  list(name: string): string[] | null {
    let names: string[] | null = null;
    this.#attempt(() => {
      names = this.#files.list(this.path(name));
    });
    return names;
  }

  /** Makes the folder `name` where it is not there yet, never the data folder itself: its disk may only be away. */
  makeFolder(name: string): DiskFault | null {
    return this.#failed(this.#attempt(() => this.#files.makeFolder(this.path(name))));
  }

  /** Writes `text` durably and whole, or not at all. */
  write(name: string, text: string): DiskFault | null {
    const fault = this.#attempt(() => this.#files.write(this.path(name), text));
    if (fault !== null) {
      this.#need = Math.max(this.#need, text.length);
      return this.#failed(fault);
    }
    if (text.length >= this.#need) this.#tell(null);
    return null;
  }

  move(from: string, to: string): DiskFault | null {
    return this.#failed(this.#attempt(() => this.#files.move(this.path(from), this.path(to))));
  }

  remove(name: string): DiskFault | null {
    return this.#failed(this.#attempt(() => this.#files.remove(this.path(name))));
  }

  /** Looks, without writing, whether something could be written: a disk that fails between two votes is noticed here. */
  look(): void {
    this.#failed(this.#attempt(() => this.#files.canTake(this.folder, PROBE_LENGTH)));
  }

  /** Whether the disk takes now what it did not take before; writes as much, and removes it. */
  check(): DiskFault | null {
    const fault = this.write(PROBE, ' '.repeat(this.#need));
    return this.remove(PROBE) ?? fault;
  }

  #attempt(work: () => void): DiskFault | null {
    try {
      work();
      return null;
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      return FAULTS[code] ?? 'disk-failing';
    }
  }

  #failed(fault: DiskFault | null): DiskFault | null {
    if (fault !== null) this.#tell(fault);
    return fault;
  }

  #tell(fault: DiskFault | null): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    if (fault === null) this.#need = PROBE_LENGTH;
    this.#onFault(fault);
  }
}

/** Makes `folder` and those around it. Node's own `recursive` says ENOENT where the disk is full. */
function makeWhole(folder: string, files: Files): void {
  try {
    files.makeFolder(folder);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    makeWhole(dirname(folder), files);
    files.makeFolder(folder);
  }
}

function unreadable(code: string): string {
  if (code === 'EISDIR') return 'is a folder where a file belongs; move it away';
  if (code === 'EACCES' || code === 'EPERM')
    return 'may not be read; give it to the user that runs the terminal';
  return `cannot be read (${code}); check the disk`;
}
