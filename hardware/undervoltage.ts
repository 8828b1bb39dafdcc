import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How often to look: the kernel asks the firmware every two seconds, and forgets what was before. */
export const VOLTAGE_EVERY_MS = 2_000;

/** Bits of the firmware's word on throttling: voltage too low now, and since it was asked last. */
const TOO_LOW = 0x1_0001;

/**
 * Whether a Raspberry Pi's voltage is too low now, or was a moment ago: by the sensor `rpi_volt`, or, on older kernels, the
 * firmware's own word; null where there is neither. `root` is `/`, or a folder that a test has made.
 */
export async function isUndervoltage(root = '/'): Promise<boolean | null> {
  return (await bySensor(root)) ?? (await byFirmware(root));
}

async function bySensor(root: string): Promise<boolean | null> {
  const sensors = join(root, 'sys/class/hwmon');
  for (const sensor of await readdir(sensors).catch(() => [])) {
    const name = await readFile(join(sensors, sensor, 'name'), 'utf8').catch(() => '');
    if (name.trim() !== 'rpi_volt') continue;
    const alarm = await readFile(join(sensors, sensor, 'in0_lcrit_alarm'), 'utf8').catch(() => null);
    if (alarm !== null) return alarm.trim() === '1';
  }
  return null;
}

async function byFirmware(root: string): Promise<boolean | null> {
  const file = join(root, 'sys/devices/platform/soc/soc:firmware/get_throttled');
  const word = (await readFile(file, 'utf8').catch(() => '')).trim();
  return /^[0-9a-f]{1,8}$/i.test(word) ? (Number.parseInt(word, 16) & TOO_LOW) !== 0 : null;
}
