import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { machineHealth } from './machine-health.ts';

const root = mkdtempSync(join(tmpdir(), 'hallvote-machine-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('a Raspberry Pi tells its model, temperature, voltage and free disk', async () => {
  write('proc/device-tree/model', 'Raspberry Pi 4 Model B Rev 1.5\0');
  write('sys/class/thermal/thermal_zone0/temp', '61342\n');
  write('sys/class/hwmon/hwmon0/name', 'cpu_thermal\n');
  write('sys/class/hwmon/hwmon1/name', 'rpi_volt\n');
  write('sys/class/hwmon/hwmon1/in0_lcrit_alarm', '1\n');
  const { diskFree, diskSize, ...rest } = await machineHealth(root, root);
  expect(rest).toEqual({ model: 'Raspberry Pi 4 Model B Rev 1.5', celsius: 61.342, undervoltage: true });
  expect(diskFree).toBeGreaterThan(0);
  expect(diskSize).toBeGreaterThan(diskFree ?? 0);
});

test('an older kernel tells the voltage in the firmware’s own word', async () => {
  const word = 'sys/devices/platform/soc/soc:firmware/get_throttled';
  const is = async (text: string) => {
    write(word, text);
    return (await machineHealth(root, root)).undervoltage;
  };
  // Bits 0 and 16 are the voltage; 2 and 18 a processor that slows down, for whatever reason.
  expect(await is('50005\n')).toBe(true);
  expect(await is('10000\n')).toBe(true);
  expect(await is('40004\n')).toBe(false);
  expect(await is('0\n')).toBe(false);
  expect(await is('rubbish\n')).toBeNull();
});

test('a machine that has none of these files is no error', async () => {
  const nowhere = join(root, 'no');
  expect(await machineHealth(nowhere, nowhere)).toEqual({
    model: null,
    celsius: null,
    undervoltage: null,
    diskFree: null,
    diskSize: null,
  });
});
