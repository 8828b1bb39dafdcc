import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FirmataBoard, openSerialPort } from './firmata-board.ts';
import { firmwareProblem } from './firmware.ts';
import { AvrBoard } from './testing/avr-board.ts';
import { onSerialPort } from './testing/pty.ts';

const image = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
const OURS = image('panel/panel.hex');
const OLD = image('testing/fixtures/standard-firmata-2.4-uno.hex');

let chips: AvrBoard[] = [];
afterEach(() => {
  for (const chip of chips) chip.stop();
  chips = [];
});

function board(hex: string) {
  const chip = new AvrBoard(hex);
  chips.push(chip);
  chip.start();
  const faults: string[] = [];
  const firmata = new FirmataBoard(async () => chip.openLine(), chip.after);
  firmata.onFault((what) => faults.push(what));
  return { chip, firmata, faults };
}

describe('firmware', () => {
  test('of ours is accepted and named', async () => {
    const { firmata } = board(OURS);
    expect(await firmata.start()).toMatchObject({ ok: true, firmware: 'HallvotePanel 1.0' });
    await firmata.stop();
  });

  test('older than 2.5, built by others and running for real, is refused with a clear line', async () => {
    const { firmata } = board(OLD);
    const opened = await firmata.start();
    expect(opened).toEqual({
      ok: false,
      what: 'the panel runs StandardFirmata.ino 2.4, which cannot be trusted with a vote; flash hardware/panel/panel.hex, or StandardFirmata 2.5.9 or later',
    });
    await firmata.stop();
  });

  test('that says nothing is told from one that is refused', async () => {
    const { firmata } = board(':00000001FF');
    expect(await firmata.start()).toEqual({
      ok: false,
      what: 'the panel does not answer; flash hardware/panel/panel.hex',
    });
    await firmata.stop();
  });

  test.each([
    ['StandardFirmata.ino', 2, 5, true],
    ['StandardFirmata.ino', 2, 3, false],
    ['StandardFirmataPlus.ino', 2, 5, true],
    ['ConfigurableFirmata.ino', 2, 10, false],
    ['HallvotePanel', 2, 0, false],
    ['Blink', 9, 9, false],
  ])('%s %i.%i: %s', (name, major, minor, isFine) => {
    expect(firmwareProblem({ name, version: { major, minor } }) === null).toBe(isFine);
  });
});

test('a port that is not there is said so, with a cure', async () => {
  const firmata = new FirmataBoard(() => openSerialPort('/dev/ttyNOSUCH'));
  expect(await firmata.start()).toEqual({
    ok: false,
    what: 'the panel at /dev/ttyNOSUCH cannot be opened: nothing is plugged in there; check the cable',
  });
});

const hasPython = existsSync('/usr/bin/python3');
test.skipIf(!hasPython)(
  'on a serial port of the kernel it works the same, and is noticed when it is unplugged',
  async () => {
    const { chip } = board(OURS);
    const port = await onSerialPort(chip);
    const firmata = new FirmataBoard(() => openSerialPort(port.path), chip.after);
    const faults: string[] = [];
    firmata.onFault((what) => faults.push(what));
    expect(await firmata.start()).toMatchObject({ ok: true, firmware: 'HallvotePanel 1.0' });
    port.unplug();
    await vi.waitFor(() => expect(faults).not.toHaveLength(0));
    await firmata.stop();
  },
);

test('a heartbeat that goes unanswered once is forgiven, twice is a fault', async () => {
  const { chip, firmata, faults } = board(OURS);
  expect(await firmata.start()).toMatchObject({ ok: true });
  chip.stopCpu();
  await vi.waitFor(() => expect(faults).toEqual(['the panel does not answer any more']));
  await firmata.stop();
});
