import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { DeviceStatus, Key } from '../capabilities.ts';
import { JohnnyFivePanel } from '../johnny-five-panel.ts';
import { Pn532Reader } from '../readers/pn532-reader.ts';
import { plainBus, SimulatedPn532 } from '../testing/simulated-pn532.ts';
import { PANEL_PINS, wiringProblems } from '../wiring.ts';
import { FakeChip } from './fake-chip.ts';
import { GpioError, linuxGpio } from './gpio-kernel.ts';
import { IOCTL, lineRequest } from './gpio-uapi.ts';
import { PiBoard } from './pi-board.ts';
import { gpioLine, PI_PINS, PI_WIRING } from './pins.ts';

const wait = (check: () => void) => vi.waitFor(check, { interval: 2 });

async function panelOn(
  chip: FakeChip,
  wiring: { keys: readonly (number | string)[]; lamps: readonly (number | string)[] } = PI_WIRING,
) {
  const board = new PiBoard({ wiring, kernel: async () => chip, i2c: null });
  const panel = new JohnnyFivePanel(board, wiring);
  const presses: Key[] = [];
  const statuses: DeviceStatus[] = [];
  panel.onPress((key) => presses.push(key));
  panel.onStatus((status) => statuses.push(status));
  await panel.start();
  return { board, panel, presses, statuses };
}

/** Down for long enough that every debounce on the way agrees. */
async function press(chip: FakeChip, line: number): Promise<void> {
  chip.press(line, true);
  await new Promise((resolve) => setTimeout(resolve, 60));
  chip.press(line, false);
}

describe('keys and lamps on the pins of a Raspberry Pi', () => {
  test('are asked of the kernel once each: keys with pull-up, edges and debounce, lamps dark', async () => {
    const chip = new FakeChip();
    const { statuses } = await panelOn(chip);
    expect(statuses).toEqual([{ is: 'ready' }]);
    expect(chip.grants).toMatchObject([
      { lines: [17, 27, 22, 23, 24], flags: 4n + 16n + 32n + 256n, debounce: 4_000 },
      { lines: [5, 6, 13, 19, 26], flags: 8n, debounce: 0 },
    ]);
    expect(PI_WIRING.lamps.map((line) => chip.isLit(line))).toEqual([false, false, false, false, false]);
  });

  test('press and light through real johnny-five, and go dark at the end', async () => {
    const chip = new FakeChip('pinctrl-bcm2711');
    const { panel, presses } = await panelOn(chip);
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const line of PI_WIRING.keys) {
      await press(chip, line);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await wait(() => expect(presses).toEqual([1, 2, 3, 4, 5]));
    panel.show(['off', 'valid', 'off', 'off', 'valid']);
    expect(PI_WIRING.lamps.map((line) => chip.isLit(line))).toEqual([false, true, false, false, true]);
    panel.show(['valid', 'off', 'off', 'off', 'valid']);
    expect(PI_WIRING.lamps.map((line) => chip.isLit(line))).toEqual([true, false, false, false, true]);
    await panel.stop();
    expect(chip.grants).toEqual([]);
  });

  test('may be named by the header’s pins', async () => {
    expect([17, 'GPIO17', 'gpio17', 'P11', 'P3', 'GPIO28', 'P1', 'x'].map(gpioLine)).toEqual([
      17,
      17,
      17,
      17,
      2,
      null,
      null,
      null,
    ]);
    const chip = new FakeChip();
    await panelOn(chip, { keys: ['P11', 'P13', 'P15', 'P16', 'P18'], lamps: ['GPIO5', 6, 13, 19, 26] });
    expect(chip.grants[0]?.lines).toEqual([17, 27, 22, 23, 24]);
  });

  test('wired wrongly are refused before anything is opened, with the pin and the cure', async () => {
    expect(wiringProblems(PI_WIRING, PI_PINS)).toEqual([]);
    const wrong = { keys: [17, 27, 22, 23, 17], lamps: [2, 'P99', 14, 19, 26] };
    expect(wiringProblems(wrong, PI_PINS)).toEqual([
      "key 5: 17 is key 1's already; give every key and lamp a pin of its own",
      'lamp 1: 2 belongs to the I2C bus; use another, such as GPIO16',
      'lamp 2: there is no pin P99; write GPIO0 to GPIO27, or P3 to P40 for the header',
      'lamp 3: 14 belongs to the serial console; use another, such as GPIO16',
    ]);
    expect(wiringProblems({ keys: [2, 3, 4, 5, 'D18'], lamps: [8, 9, 10, 11, 21] }, PANEL_PINS)).toEqual([
      'key 5: D18 belongs to the I2C bus; use another, such as 7',
      'lamp 5: there is no pin 21; write 2 to 17',
    ]);
    const { statuses } = await panelOn(new FakeChip(), {
      keys: [17, 17, 22, 23, 24],
      lamps: PI_WIRING.lamps,
    });
    expect(statuses[0]).toMatchObject({ is: 'fault', what: expect.stringContaining('key 2: 17') });
  });

  test('used by another program, or on another machine, are said so', async () => {
    const chip = new FakeChip();
    await panelOn(chip);
    expect((await panelOn(chip)).statuses).toMatchObject([
      {
        is: 'fault',
        what: 'one of GPIO17, GPIO27, GPIO22, GPIO23, GPIO24 is in use by another program; stop it, or choose other pins',
      },
    ]);
    expect((await panelOn(new FakeChip('some-laptop'))).statuses[0]).toMatchObject({
      what: expect.stringContaining('this is no Raspberry Pi'),
    });
  });

  test('a card reader on its I2C bus works through the same calls, and a hung one is told of', async () => {
    const pn532 = new SimulatedPn532();
    const board = new PiBoard({
      wiring: PI_WIRING,
      kernel: async () => new FakeChip(),
      i2c: async () => plainBus(new Map([[0x24, pn532]])),
    });
    expect(await board.start()).toMatchObject({ ok: true });
    const cards: string[] = [];
    const statuses: DeviceStatus[] = [];
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 10));
    const reader = new Pn532Reader({ bus: () => board.bus, now: () => performance.now(), sleep });
    reader.onTap(({ card }) => cards.push(card));
    reader.onStatus((status) => statuses.push(status));
    await reader.start();
    pn532.place({ uid: '04A1B2C3' });
    await wait(() => expect(cards).toEqual(['04A1B2C3']));
    pn532.isAbsent = true;
    await wait(() =>
      expect(statuses.at(-1)).toMatchObject({ is: 'fault', what: expect.stringContaining('0x24') }),
    );
    await reader.stop();
    await board.stop();
  });
});

describe('the border to the kernel', () => {
  test.skipIf(!existsSync('/usr/bin/cc') || !existsSync('/usr/include/linux/gpio.h'))(
    'has the sizes, offsets and call numbers of linux/gpio.h',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'hallvote-gpio-'));
      const source = `
        #include <linux/gpio.h>
        #include <stddef.h>
        #include <stdio.h>
        #define R struct gpio_v2_line_request
        int main(void) {
          printf("[%zu,%zu,%zu,", sizeof(R), sizeof(struct gpio_v2_line_event), sizeof(struct gpiochip_info));
          printf("%zu,%zu,%zu,", offsetof(R, consumer), offsetof(R, config.flags), offsetof(R, config.num_attrs));
          printf("%zu,%zu,", offsetof(R, config.attrs[0].attr.debounce_period_us), offsetof(R, config.attrs[0].mask));
          printf("%zu,%zu,", offsetof(R, num_lines), offsetof(R, fd));
          printf("%lu,%lu,", (unsigned long)GPIO_GET_CHIPINFO_IOCTL, (unsigned long)GPIO_V2_GET_LINE_IOCTL);
          printf("%lu,%lu]", (unsigned long)GPIO_V2_LINE_GET_VALUES_IOCTL, (unsigned long)GPIO_V2_LINE_SET_VALUES_IOCTL);
        }`;
      writeFileSync(join(folder, 'layout.c'), source);
      execFileSync('cc', ['-o', join(folder, 'layout'), join(folder, 'layout.c')]);
      const layout = execFileSync(join(folder, 'layout'), { encoding: 'utf8' });
      rmSync(folder, { recursive: true });
      expect(JSON.parse(layout)).toEqual([
        592,
        48,
        68,
        256,
        288,
        296,
        328,
        336,
        560,
        588,
        IOCTL.chipInfo,
        IOCTL.requestLines,
        IOCTL.getValues,
        IOCTL.setValues,
      ]);
    },
  );

  test('carries a call through the foreign function interface, and names the error', async () => {
    const kernel = await linuxGpio();
    const request = lineRequest({ consumer: 'test', lines: [1], flags: 4n, debounce: 0 });
    // /dev/null is no GPIO chip; the kernel says so.
    const fd = kernel.open('/dev/null');
    expect(() => kernel.ioctl(fd, IOCTL.requestLines, request)).toThrow(new GpioError('ENOTTY'));
    kernel.close(fd);
  });

  test('follows a descriptor without holding a thread, and says when it has ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-follow-'));
    execFileSync('mkfifo', [join(folder, 'lines')]);
    const kernel = await linuxGpio();
    const fd = kernel.open(join(folder, 'lines'));
    const seen: number[] = [];
    const stop = kernel.follow(
      fd,
      (bytes) => seen.push(bytes.length),
      () => seen.push(-1),
    );
    writeSync(fd, new Uint8Array(96));
    await wait(() => expect(seen).toEqual([96]));
    stop();
    writeSync(fd, new Uint8Array(48));
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([96]);
    kernel.close(fd);
    rmSync(folder, { recursive: true });
  });

  const simulated = process.env.HALLVOTE_GPIO_SIM;
  test.skipIf(!simulated)('takes real lines of the kernel’s own gpio-sim', async () => {
    const kernel = await linuxGpio();
    const fd = kernel.open(simulated ?? '');
    const request = lineRequest({
      consumer: 'test',
      lines: [0, 1],
      flags: 4n + 256n + 16n + 32n,
      debounce: 4_000,
    });
    kernel.ioctl(fd, IOCTL.requestLines, request);
    expect(() => kernel.ioctl(fd, IOCTL.requestLines, request)).toThrow(new GpioError('EBUSY'));
    kernel.close(fd);
  });
});
