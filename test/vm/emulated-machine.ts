import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Ran } from '../install/machine.ts';
import { until } from '../support/until.ts';
import { SCREEN_PORT, SHELL_PORT } from './guest-files.ts';
import { Qmp } from './qmp.ts';
import type { End, VirtualDisk } from './virtual-disk.ts';

export interface EmulatedParts {
  /** For sockets, the console's text and pictures. */
  readonly folder: string;
  readonly kernel: string;
  readonly initrd: string;
  /** More for the kernel's command line. */
  readonly words?: string;
  /** The system first. */
  readonly disks: readonly VirtualDisk[];
}

/**
 * The kernel's command line. Without the mitigations of an Intel's faults: they empty the emulator's own caches at every
 * call of the kernel, and no Pi has them so.
 */
const WORDS =
  'root=LABEL=system ro console=tty0 console=ttyS0 net.ifnames=0 panic=0 tsc=reliable mitigations=off';

/**
 * Its clock counts the instructions it has run, two nanoseconds each, and follows ours only where it idles: where this
 * machine is busy with other work, time goes by slowly in there, and no limit of systemd's ends what is only slow here.
 */
const CLOCK = 'shift=1,sleep=on';

/** A common small screen of a seat. */
const WIDTH = 800;
const HEIGHT = 480;

/** A whole machine without hardware: processor, kernel, screen, USB, watchdog, power plug. */
export class EmulatedMachine {
  readonly qmp: Qmp;
  readonly startedAt: number;
  /** What the seat's program last gave its page, and when it came; null while there is no program. */
  screen: { readonly text: string; readonly at: number } | null = null;
  /** Where the kernel and systemd write what they do in this boot; every boot has one of its own. */
  readonly #console: string;
  readonly #parts: EmulatedParts;
  readonly #qemu: ChildProcess;
  readonly #shell: Socket;
  readonly #waiting = new Map<number, (ran: Ran) => void>();
  #asked = 0;

  private constructor(
    parts: EmulatedParts,
    console: string,
    qemu: ChildProcess,
    qmp: Qmp,
    startedAt: number,
  ) {
    this.#parts = parts;
    this.#console = console;
    this.#qemu = qemu;
    this.qmp = qmp;
    this.startedAt = startedAt;
    this.#shell = connect(join(parts.folder, SHELL_PORT));
    this.#shell.on('error', () => {});
    createInterface({ input: this.#shell }).on('line', (line) => this.#answer(line));
    const screen = connect(join(parts.folder, SCREEN_PORT));
    screen.on('error', () => {});
    createInterface({ input: screen }).on('line', (text) => {
      this.screen = text === 'null' ? null : { text, at: performance.now() };
    });
    // A machine that was reset has forgotten what it was asked.
    qmp.onEvent = (event) => {
      if (event === 'RESET') this.#giveUp('the machine was reset');
    };
    qemu.once('exit', () => this.#giveUp('the machine is off'));
  }

  /** Switches one on; resolves while it has only begun to boot. */
  static async powerOn(parts: EmulatedParts): Promise<EmulatedMachine> {
    const { folder, kernel, initrd, words = '', disks } = parts;
    const console = nextConsole(folder);
    const port = (name: string) => [
      ...['-chardev', `socket,id=${name},path=${join(folder, name)},server=on,wait=off`],
      ...['-device', `virtserialport,chardev=${name},name=${name}`],
    ];
    const args = [
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'q35,i8042=off,accel=tcg'],
      ...['-icount', CLOCK, '-cpu', 'Nehalem', '-smp', '1', '-m', '2048', '-rtc', 'base=utc'],
      ...['-kernel', kernel, '-initrd', initrd],
      ...['-append', `${WORDS} ${words}`],
      ...['-serial', `file:${console}`],
      ...['-qmp', `unix:${join(folder, 'qmp')},server=on,wait=off`],
      ...['-device', `virtio-vga,xres=${WIDTH},yres=${HEIGHT}`, '-device', 'qemu-xhci,id=usb'],
      ...[
        '-device',
        'virtio-rng-pci',
        '-device',
        'virtio-serial-pci',
        ...port(SHELL_PORT),
        ...port(SCREEN_PORT),
      ],
      ...['-netdev', 'user,id=net', '-device', 'virtio-net-pci,netdev=net,id=wire'],
      ...['-device', 'i6300esb', '-action', 'watchdog=reset'],
      ...disks.flatMap((disk) => disk.plugIn()),
    ];
    writeFileSync(console, '');
    // A machine whose plug was pulled leaves its sockets behind.
    for (const name of [SHELL_PORT, SCREEN_PORT, 'qmp']) rmSync(join(folder, name), { force: true });
    const startedAt = performance.now();
    // It ends with whoever started it, whatever becomes of that.
    const qemu = spawn('nice', ['-n', '5', 'setpriv', '--pdeathsig', 'KILL', 'qemu-system-x86_64', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    qemu.stderr?.on('data', (text) => {
      complaint += String(text);
    });
    await until(
      () => `QEMU is there: ${complaint}`,
      30,
      () => {
        if (qemu.exitCode !== null) throw new Error(`QEMU ended: ${complaint}`);
        return [SHELL_PORT, SCREEN_PORT, 'qmp'].every((name) => existsSync(join(folder, name)));
      },
    );
    return new EmulatedMachine(parts, console, qemu, await Qmp.connect(join(folder, 'qmp')), startedAt);
  }

  /** Runs a line of shell in it, as root; waits for the machine to have booted. */
  run(command: string): Promise<Ran> {
    this.#asked += 1;
    const number = this.#asked;
    const answer = new Promise<Ran>((resolve) => this.#waiting.set(number, resolve));
    this.#shell.write(`${number} ${Buffer.from(`${command}\n`).toString('base64')}\n`);
    return answer;
  }

  /** Runs a line of shell that must succeed; gives what it said. */
  async must(command: string): Promise<string> {
    const { status, text } = await this.run(command);
    if (status !== 0) throw new Error(`${command}\nended with ${status}:\n${text}`);
    return text.trim();
  }

  /** Waits until a line of shell succeeds; gives the milliseconds it took. */
  until(command: string, seconds: number): Promise<number> {
    let last: Ran = { status: 0, text: '' };
    return until(
      () => `${command}\nended with ${last.status}:\n${last.text}`,
      seconds,
      async () => {
        last = await this.run(command);
        return last.status === 0;
      },
    );
  }

  /** Waits until what the seat's program shows matches. */
  untilScreen(shows: RegExp, seconds: number): Promise<number> {
    return until(
      () => `the screen shows ${shows}, which shows ${this.screen?.text}`,
      seconds,
      () => shows.test(this.screen?.text ?? ''),
    );
  }

  /** What the kernel and systemd wrote to the console. */
  get console(): string {
    return readFileSync(this.#console, 'utf8');
  }

  /** Takes a picture of the glass. */
  async photograph(name: string): Promise<Picture> {
    const file = join(this.#parts.folder, `${name}.png`);
    await this.qmp.execute('screendump', { filename: file, format: 'png' });
    const raw = join(this.#parts.folder, 'glass.ppm');
    await this.qmp.execute('screendump', { filename: raw });
    return new Picture(file, readFileSync(raw));
  }

  /** Pulls the plug: what was not flushed to a disk is lost. */
  cut(): Promise<void> {
    this.#qemu.kill('SIGKILL');
    return this.#ended('cut');
  }

  /** Shuts it down properly. */
  async shutDown(): Promise<void> {
    this.#shell.write(`0 ${Buffer.from('systemctl poweroff\n').toString('base64')}\n`);
    await until('the machine is off', 300, () => this.#qemu.exitCode !== null);
    await this.#ended('off');
  }

  async #ended(end: End): Promise<void> {
    if (this.#qemu.exitCode === null && this.#qemu.signalCode === null) await once(this.#qemu, 'exit');
    for (const disk of this.#parts.disks) disk.settle(end);
  }

  #answer(line: string): void {
    const [number = '', status = '', text = ''] = line.split(' ');
    this.#waiting.get(Number(number))?.({
      status: Number(status),
      text: Buffer.from(text, 'base64').toString('utf8'),
    });
    this.#waiting.delete(Number(number));
  }

  #giveUp(text: string): void {
    this.screen = null;
    for (const resolve of this.#waiting.values()) resolve({ status: 255, text });
    this.#waiting.clear();
  }
}

function nextConsole(folder: string): string {
  const boots = readdirSync(folder).filter((name) => name.startsWith('console-')).length;
  return join(folder, `console-${String(boots + 1).padStart(2, '0')}`);
}

/** What stood on the glass. */
export class Picture {
  /** A PNG for people. */
  readonly file: string;
  /** How many colours it has; text on a page is drawn with many, an empty screen with one. */
  readonly colours: number;

  constructor(file: string, ppm: Buffer) {
    this.file = file;
    const [head = ''] = /^P6\s+\d+\s+\d+\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1')) ?? [];
    const colours = new Set<number>();
    for (let at = head.length; at + 2 < ppm.length; at += 3) colours.add(ppm.readUIntBE(at, 3));
    this.colours = colours.size;
  }
}
