import { execFileSync } from 'node:child_process';
import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { readWriteLog, replay } from './write-log.ts';

/** What becomes of a disk when its machine ends: what was flushed stays, or all of it. */
export type End = 'cut' | 'off';

/**
 * A disk whose power can be cut honestly. While its machine runs the disk's own file is not written to: writes go to
 * an overlay that is thrown away and to a log, and when the machine has ended the log says what the disk holds.
 */
export class VirtualDisk {
  /** The disk as it is while no machine runs: raw. */
  readonly file: string;
  readonly name: string;

  constructor(name: string, file: string) {
    this.name = name;
    this.file = file;
  }

  /** A new one with an empty ext4. `label`: the file system's. */
  static formatted(name: string, file: string, megabytes: number, label: string): VirtualDisk {
    writeFileSync(file, '');
    truncateSync(file, megabytes << 20);
    execFileSync('mkfs.ext4', ['-q', '-F', '-L', label, file]);
    return new VirtualDisk(name, file);
  }

  get log(): string {
    return `${this.file}.log`;
  }

  get #overlay(): string {
    return `${this.file}.overlay`;
  }

  /** Makes it ready for a machine; gives QEMU's arguments. */
  plugIn(): string[] {
    writeFileSync(this.log, '');
    const { size } = statSync(this.file);
    const backing = ['-b', this.file, '-F', 'raw', this.#overlay, String(size)];
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', ...backing]);
    const overlay = {
      driver: 'qcow2',
      'node-name': `${this.name}-overlay`,
      file: { driver: 'file', filename: this.#overlay },
      // The overlay does not outlive its machine: nothing in it needs to reach this machine's own disk.
      cache: { 'no-flush': true },
    };
    const logged = {
      driver: 'blklogwrites',
      'node-name': this.name,
      file: `${this.name}-overlay`,
      log: { driver: 'file', filename: this.log },
    };
    return [
      ...['-blockdev', JSON.stringify(overlay), '-blockdev', JSON.stringify(logged)],
      ...['-device', `virtio-blk-pci,drive=${this.name},serial=${this.name}`],
    ];
  }

  /** Takes over what its machine, which has ended, wrote. */
  settle(end: End): void {
    const log = readWriteLog(this.log);
    replay(this.log, log, end === 'cut' ? (log.flushed.at(-1) ?? 0) : log.writes.length, this.file);
    rmSync(this.#overlay);
  }
}
