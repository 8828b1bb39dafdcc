import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { isUndervoltage } from './undervoltage.ts';

/** How the computer at the seat is; null for what it cannot tell. */
export interface Machine {
  readonly model: string | null;
  readonly celsius: number | null;
  readonly undervoltage: boolean | null;
  /** Bytes free in the folder asked about. */
  readonly diskFree: number | null;
  /** Bytes in all on the disk it is on. */
  readonly diskSize: number | null;
}

/**
 * Reads the kernel's own files: model from the device tree, temperature from thermal zone 0, undervoltage from the
 * Raspberry Pi's firmware. `root` is `/`, or a folder that a test has made.
 */
export async function machineHealth(folder: string, root = '/'): Promise<Machine> {
  const text = (path: string) => readFile(join(root, path), 'utf8').catch(() => null);
  const [model, millidegrees, undervoltage, disk] = await Promise.all([
    text('proc/device-tree/model'),
    text('sys/class/thermal/thermal_zone0/temp'),
    isUndervoltage(root),
    statfs(folder).catch(() => null),
  ]);
  const celsius = millidegrees === null ? Number.NaN : Number(millidegrees.trim()) / 1000;
  return {
    model: model?.replaceAll('\0', '').trim().slice(0, 80) ?? null,
    celsius: Number.isFinite(celsius) ? celsius : null,
    undervoltage,
    diskFree: disk === null ? null : disk.bavail * disk.bsize,
    diskSize: disk === null ? null : disk.blocks * disk.bsize,
  };
}
