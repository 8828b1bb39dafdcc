import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import firmata from 'firmata-io';
import five from 'johnny-five';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openBoard } from '../johnny-five-board.ts';
import { AvrBoard } from '../testing/avr-board.ts';

const HERE = import.meta.dirname;
const IMAGE = readFileSync(join(HERE, 'panel.hex'), 'utf8');

type Firmata = InstanceType<typeof firmata.Firmata>;

let chips: AvrBoard[] = [];
afterEach(() => {
  for (const chip of chips) chip.stop();
  chips = [];
});

function powered(image = IMAGE) {
  const chip = new AvrBoard(image);
  chips.push(chip);
  const strings: string[] = [];
  const io: Firmata = new firmata.Firmata(chip.transport, { reportVersionTimeout: 100 });
  io.on('string', (text: string) => strings.push(text));
  chip.start();
  return { chip, io, strings };
}

/** Ready for johnny-five, with nothing wired yet. */
async function ready() {
  const all = powered();
  // johnny-five missed the `connect` of a line that was open before it; it asks a ready board instead.
  await new Promise((resolve) => all.io.once('ready', resolve));
  const opened = await openBoard(all.io, () => {}, all.chip.after);
  if (!opened.ok) throw new Error(opened.what);
  return { ...all, board: opened.board };
}

/** The key as the panel's driver sees it: through johnny-five, and not debounced once more by this machine's clock. */
function onDown(board: five.Board, pin: number, listener: () => void): void {
  board.pinMode(pin, five.Pin.INPUT);
  board.digitalWrite(pin, 1);
  let level = 1;
  board.digitalRead(pin, (now) => {
    if (now === 0 && level === 1) listener();
    level = now;
  });
}

const answers = (io: Firmata) => new Promise<void>((resolve) => io.queryFirmware(() => resolve()));
/** Until so much simulated time has passed on the chip. */
const chipTime = (chip: AvrBoard, ms: number) => {
  const until = chip.now + ms;
  return vi.waitFor(() => expect(chip.now).toBeGreaterThan(until), { interval: 2 });
};

const hasCompiler = existsSync('/usr/bin/avr-gcc');
test.skipIf(!hasCompiler)('the committed image is what the source builds', () => {
  const said = execFileSync(join(HERE, 'build.sh'), ['--check'], { encoding: 'utf8' });
  expect(said).toContain('panel.hex is what the source builds');
});

describe('the panel’s firmware, as machine code', () => {
  test('says what it is, why it started, and what its pins can do', async () => {
    const { io, strings } = await ready();
    expect(io.firmware).toEqual({ name: 'HallvotePanel', version: { major: 1, minor: 0 } });
    expect(strings).toEqual(['reset: power']);
  });

  test('every key: a press of 10 ms is a press, a glitch is none, a bouncing contact one', async () => {
    const { chip, board } = await ready();
    const downs: number[] = [];
    for (const pin of [2, 3, 4, 5, 6]) onDown(board, pin, () => downs.push(pin));
    await vi.waitFor(() => expect([2, 3, 4, 5, 6].every((pin) => chip.hasPullUp(pin))).toBe(true));
    await chipTime(chip, 60);
    expect(downs).toEqual([]);
    for (const pin of [2, 3, 4, 5, 6]) {
      chip.press(pin);
      await chipTime(chip, 10);
      chip.release(pin);
      await vi.waitFor(() => expect(downs.at(-1)).toBe(pin));
      await chipTime(chip, 60);
    }
    expect(downs).toEqual([2, 3, 4, 5, 6]);
  });

  test('a glitch is no press, and a bouncing contact one', async () => {
    const { chip, board } = await ready();
    let downs = 0;
    onDown(board, 2, () => {
      downs += 1;
    });
    await vi.waitFor(() => expect(chip.hasPullUp(2)).toBe(true));
    await chipTime(chip, 30);
    chip.script([1, 'press', 2], [2, 'release', 2]);
    await chipTime(chip, 60);
    expect(downs).toBe(0);
    // 1 ms each way for 8 ms, then held.
    chip.script(
      ...Array.from({ length: 8 }, (_, i) => [i, i % 2 === 0 ? 'press' : 'release', 2] as const),
      [8, 'press', 2],
      [80, 'release', 2],
      [81, 'press', 2],
      [82, 'release', 2],
    );
    await chipTime(chip, 200);
    expect(downs).toBe(1);
  });

  test('a lamp beside a key, on the same port, does not disturb it', async () => {
    const { chip, board } = await ready();
    const downs: number[] = [];
    onDown(board, 6, () => downs.push(6));
    const led = new five.Led({ board, pin: 7 });
    await vi.waitFor(() => expect(chip.hasPullUp(6)).toBe(true));
    await chipTime(chip, 30);
    chip.press(6);
    await vi.waitFor(() => expect(downs).toEqual([6]));
    for (let i = 0; i < 6; i += 1) {
      if (i % 2) led.off();
      else led.on();
      await vi.waitFor(() => expect(chip.isLit(7)).toBe(i % 2 === 0));
      expect(chip.hasPullUp(6)).toBe(true);
    }
    chip.release(6);
    await chipTime(chip, 60);
    expect(downs).toEqual([6]);
  });

  test('carries 96 bytes over I2C each way', async () => {
    const { chip, io } = await ready();
    let held: number[] = [];
    let at = 0;
    chip.bus.attach(0x24, {
      connect: (write) => {
        if (write) held = [];
        at = 0;
        return true;
      },
      writeByte: (byte) => held.push(byte) > 0,
      readByte: () => held[at++] ?? 0xff,
      stop: () => {},
    });
    io.i2cConfig();
    const bytes = Array.from({ length: 96 }, (_, i) => (i * 37 + 11) & 0xff);
    io.i2cWrite(0x24, bytes);
    const read = await new Promise((resolve) => io.i2cReadOnce(0x24, 96, resolve));
    expect(read).toEqual(bytes);
  });

  test('an absent device is named, a hung bus too, and the keys work on', async () => {
    const { chip, io, board, strings } = await ready();
    let downs = 0;
    onDown(board, 2, () => {
      downs += 1;
    });
    io.i2cConfig();
    io.i2cReadOnce(0x24, 8, () => {});
    await vi.waitFor(() => expect(strings).toContain('I2C: no answer from 0x24'));
    chip.bus.isHung = true;
    for (let i = 0; i < 3; i += 1) io.i2cWrite(0x24, [1, 2, 3]);
    chip.press(2);
    await vi.waitFor(() => expect(downs).toBe(1));
    await vi.waitFor(() => expect(strings.filter((text) => text === 'I2C: bus hung')).toHaveLength(3));
    chip.bus.isHung = false;
    chip.bus.attach(0x24, { connect: () => true, writeByte: () => true, readByte: () => 7, stop: () => {} });
    expect(await new Promise((resolve) => io.i2cReadOnce(0x24, 2, resolve))).toEqual([7, 7]);
    expect(strings.filter((text) => text.startsWith('reset'))).toEqual(['reset: power']);
  });

  test('announces a reset, and the watchdog ends an endless loop', async () => {
    const { chip, io, strings } = await ready();
    let versions = 0;
    io.on('reportversion', () => {
      versions += 1;
    });
    chip.reset('external');
    await vi.waitFor(() => expect(strings.at(-1)).toBe('reset: external'));
    expect(versions).toBe(1);
    chip.hangProgram();
    await vi.waitFor(() => expect(strings.at(-1)).toBe('reset: watchdog'));
    await answers(io);
    // With interrupts on, the program starts anew by itself: the chip, and with it the boot loader, is not reset.
    const { resets } = chip;
    chip.hangProgram('interrupts on');
    await vi.waitFor(() => expect(strings.filter((text) => text === 'reset: watchdog')).toHaveLength(2), {});
    await answers(io);
    expect(chip.resets).toBe(resets);
  });

  test('lamps go dark when a host with a heartbeat falls silent, and not for one without', async () => {
    const { chip, io, board } = await ready();
    const led = new five.Led({ board, pin: 8 });
    led.on();
    await vi.waitFor(() => expect(chip.isLit(8)).toBe(true));
    for (let i = 0; i < 3; i += 1) await answers(io);
    await chipTime(chip, 4_000);
    expect(chip.isLit(8)).toBe(true);
    await vi.waitFor(() => expect(chip.isLit(8)).toBe(false));
  });

  test('lives through garbage and floods on the line, and says that bytes were lost', async () => {
    const { chip, io, strings } = await ready();
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      return seed >> 8;
    };
    for (let round = 0; round < 15; round += 1) {
      chip.receive(Uint8Array.from({ length: 400 }, () => random() & 0xff));
      // Ends whatever the noise began; then it must answer again.
      chip.receive(Uint8Array.of(0xf7));
      await answers(io);
    }
    chip.flood(Uint8Array.from({ length: 600 }, () => 0x7f));
    await vi.waitFor(() => expect(strings).toContain('line: bytes were lost'));
    await answers(io);
    expect(strings.filter((text) => text.startsWith('reset'))).toEqual(['reset: power']);
  });

  test('a stopped chip says nothing, and an image that is none of ours is never ready', async () => {
    const { chip, io, board } = await ready();
    let events = 0;
    onDown(board, 2, () => {
      events += 1;
    });
    await vi.waitFor(() => expect(chip.hasPullUp(2)).toBe(true));
    chip.stopCpu();
    io.queryFirmware(() => {
      events += 1;
    });
    chip.press(2);
    const blank = powered(':00000001FF');
    blank.io.on('ready', () => {
      events += 1;
    });
    await chipTime(blank.chip, 1_000);
    expect(events).toBe(0);
  });
});
