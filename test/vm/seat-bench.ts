import { execFileSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PI_WIRING } from '../../hardware/raspberry-pi/pins.ts';
import type { EmulatedMachine } from './emulated-machine.ts';
import { PINS } from './guest-files.ts';
import { VirtualDisk } from './virtual-disk.ts';

export type Key = 1 | 2 | 3 | 4 | 5;

/** A finger and an eye at a seat's pins, through the kernel: a key connects its line to ground, a lamp is lit when high. */
export async function press(machine: EmulatedMachine, key: Key): Promise<void> {
  const pull = `${PINS}/${PI_WIRING.keys[key - 1]}/pull`;
  await machine.must(`echo pull-down >${pull}; sleep 0.1; echo pull-up >${pull}`);
}

/** Which lamps are lit now, as digits in their order: `1` lit, `0` dark. */
export async function lamps(machine: EmulatedMachine): Promise<string> {
  const files = PI_WIRING.lamps.map((line) => `${PINS}/${line}/value`).join(' ');
  return (await machine.must(`cat ${files}`)).replaceAll('\n', '');
}

const TYPING_MS = 60;

/** A card reader that types what it reads, to be plugged into the machine's USB. */
export class TypingReader {
  readonly #machine: EmulatedMachine;
  #isIn = false;

  constructor(machine: EmulatedMachine) {
    this.#machine = machine;
  }

  /** Plugs it in, where it is not. */
  async plugIn(): Promise<void> {
    if (this.#isIn) return;
    this.#isIn = true;
    await this.#machine.qmp.execute('device_add', { driver: 'usb-kbd', id: 'reader', bus: 'usb.0' });
  }

  async pullOut(): Promise<void> {
    this.#isIn = false;
    await this.#machine.qmp.execute('device_del', { id: 'reader' });
  }

  /** Types the number of a card, digits, and Enter. */
  async read(card: string): Promise<void> {
    for (const key of [...card, 'ret']) {
      const press = (down: boolean) => ({ type: 'key', data: { down, key: { type: 'qcode', data: key } } });
      await this.#machine.qmp.execute('input-send-event', { events: [press(true), press(false)] });
      // At a reader's pace: QEMU's keyboard holds eight keys until the kernel asks for them, and loses more.
      await new Promise((resolve) => setTimeout(resolve, TYPING_MS));
    }
  }
}

/** A disk with what a builder copies to a seat: the package, and Node.js. */
export function bringDisk(folder: string, files: Readonly<Record<string, string>>): VirtualDisk {
  const from = join(folder, 'bring');
  mkdirSync(from);
  for (const [name, file] of Object.entries(files)) {
    try {
      linkSync(file, join(from, name));
    } catch {
      copyFileSync(file, join(from, name));
    }
  }
  const image = join(folder, 'bring.raw');
  writeFileSync(image, '');
  execFileSync('truncate', ['--size=400M', image]);
  execFileSync('mkfs.ext4', ['-q', '-F', '-L', 'bring', '-d', from, image]);
  return new VirtualDisk('bring', image);
}
