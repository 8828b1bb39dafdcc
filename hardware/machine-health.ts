import { readdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';

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
 * Raspberry Pi's `rpi_volt` sensor. `root` is `/`, or a folder that a test has made.
 */
export async function machineHealth(folder: string, root = '/'): Promise<Machine> {
  const text = (path: string) => readFile(join(root, path), 'utf8').catch(() => null);
  const [model, millidegrees, undervoltage, disk] = await Promise.all([
    text('proc/device-tree/model'),
    text('sys/class/thermal/thermal_zone0/temp'),
    voltageAlarm(root),
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

async function voltageAlarm(root: string): Promise<boolean | null> {
  const sensors = join(root, 'sys/class/hwmon');
  for (const sensor of await readdir(sensors).catch(() => [])) {
    const name = await readFile(join(sensors, sensor, 'name'), 'utf8').catch(() => '');
    if (name.trim() !== 'rpi_volt') continue;
    const alarm = await readFile(join(sensors, sensor, 'in0_lcrit_alarm'), 'utf8').catch(() => null);
    return alarm === null ? null : alarm.trim() === '1';
  }
  return null;
}
