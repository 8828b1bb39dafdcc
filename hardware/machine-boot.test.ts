import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineBoot, machineState } from './machine-boot.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hallvote-boot-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const RSTS = 'proc/device-tree/chosen/bootloader/rsts';

test.each([
  ['power on', 0x1000, 'power'],
  ['a restart or the watchdog', 0x20, 'warm'],
  ['the same, with the partition to start from in the bits of even number', 0x420, 'warm'],
  ['the mark of a halted machine, and power', 0x1555, 'power'],
  ['nothing', 0, null],
])('a Raspberry Pi that says %s', async (_what, rsts, reset) => {
  write('proc/sys/kernel/random/boot_id', '6f1c3c1e-9d5c-4b1a-8a52-6b7f3d2e1a00\n');
  write(RSTS, word(rsts));
  // Its watchdog's driver is there, and never says anything.
  write('sys/class/watchdog/watchdog0/bootstatus', '0\n');
  expect(await machineBoot(root)).toEqual({ id: '6f1c3c1e-9d5c-4b1a-8a52-6b7f3d2e1a00', reset });
});

test('a Raspberry Pi 5 whose supply gave way says so, whatever else it says', async () => {
  write(RSTS, word(0x1000));
  write('proc/device-tree/chosen/power/power_reset', word(0x2));
  expect((await machineBoot(root)).reset).toBe('under-voltage');
  write('proc/device-tree/chosen/power/power_reset', word(0x8));
  expect((await machineBoot(root)).reset).toBe('power');
});

test('a watchdog that keeps record is believed', async () => {
  write('sys/class/watchdog/watchdog0/bootstatus', '32\n');
  expect((await machineBoot(root)).reset).toBe('watchdog');
});

test('what is no word of the device tree says nothing, and a machine without any is no error', async () => {
  write(RSTS, Buffer.alloc(3));
  expect(await machineBoot(root)).toEqual({ id: null, reset: null });
  expect(await machineBoot(join(root, 'no'))).toEqual({ id: null, reset: null });
});

test('a seat tells its image, how long it runs, and whether its clock is set', async () => {
  expect(await machineState(root)).toEqual({ image: null, uptime: null, isClockSynchronised: null });
  write('etc/hallvote/image', 'hallvote-seat 0.2.0 arm64\nmade on some day\n');
  write('proc/uptime', '350735.47 234388.90\n');
  mkdirSync(join(root, 'run/systemd/timesync'), { recursive: true });
  const told = { image: 'hallvote-seat 0.2.0 arm64', uptime: 350_735 };
  expect(await machineState(root)).toEqual({ ...told, isClockSynchronised: false });
  write('run/systemd/timesync/synchronized', '');
  expect(await machineState(root)).toEqual({ ...told, isClockSynchronised: true });
});
