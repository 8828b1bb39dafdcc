import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import { nodeTarball } from '../install/debian.ts';
import { until } from '../support/until.ts';
import { EmulatedMachine } from './emulated-machine.ts';
import { bringDisk, press, TypingReader } from './seat-bench.ts';
import { CARD, SeatHall, TERMINAL } from './seat-hall.ts';
import { systemImage } from './system-image.ts';
import { VirtualDisk } from './virtual-disk.ts';

const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const PICTURES = join(CHECKOUT, 'test/results/vm');
/**
 * Where an installed seat and its hall are kept, for those who work on these tests: the next run of the same program and
 * scripts installs nothing.
 */
const KEEP = process.env.HALLVOTE_VM_KEEP;
/** Seconds that catch a boot that hangs. */
export const BOOT = 600;

/** Names what a seat is packed of. */
const PACKED = `cd "$1" && find dist hardware/provision package-lock.json -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum`;
const packed = () =>
  execFileSync('sh', ['-c', PACKED, 'packed', CHECKOUT], { encoding: 'utf8' }).slice(0, 12);

export const say = (text: string) => process.stdout.write(`vm: ${text}\n`);
export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

interface Parts {
  readonly folder: string;
  readonly image: { readonly kernel: string; readonly initrd: string };
  readonly system: VirtualDisk;
  readonly data: VirtualDisk;
  readonly hall: SeatHall;
}

/** A seat installed on an emulated machine's disks, the hand at its plug, its cards and its keys, and its hall. */
export class EmulatedSeat {
  readonly folder: string;
  readonly system: VirtualDisk;
  readonly data: VirtualDisk;
  readonly hall: SeatHall;
  readonly #image: Parts['image'];
  #machine: EmulatedMachine | null = null;
  #reader: TypingReader | null = null;

  private constructor({ folder, image, system, data, hall }: Parts) {
    this.folder = folder;
    this.system = system;
    this.data = data;
    this.hall = hall;
    this.#image = image;
  }

  /** Installs it as a technician does, or takes what is kept; it is switched off then. */
  static async installed(): Promise<EmulatedSeat> {
    const folder = KEEP ?? mkdtempSync(join(tmpdir(), 'hallvote-vm-'));
    for (const made of [PICTURES, folder]) mkdirSync(made, { recursive: true });
    const key = keyPairFromSeed(new Uint8Array(32)).x;
    const anyHall = ['--hall', 'h', '--coordinator', 'mqtt://10.0.2.2:1883', '--key', key];
    const hardware = ['--board', 'raspberry-pi', '--reader', 'input'];
    const image = systemImage(CHECKOUT, ['install-seat.sh', '--id', TERMINAL, ...anyHall, ...hardware]);
    const at = (name: string) => join(folder, `${name}.raw`);
    const kept = join(folder, `installed-${packed()}`);
    if (existsSync(kept)) {
      for (const name of ['system', 'data'])
        execFileSync('cp', ['--sparse=always', join(kept, `${name}.raw`), folder]);
      const [system, data] = [
        new VirtualDisk('system', at('system')),
        new VirtualDisk('data', at('data')),
      ] as const;
      return new EmulatedSeat({ folder, image, system, data, hall: await SeatHall.open(join(kept, 'hall')) });
    }
    execFileSync('cp', ['--sparse=always', image.disk, at('system')]);
    const system = new VirtualDisk('system', at('system'));
    const data = VirtualDisk.formatted('data', at('data'), 256, 'hallvote-data');
    const seat = new EmulatedSeat({ folder, image, system, data, hall: await SeatHall.open() });
    try {
      await seat.#install(hardware);
      if (KEEP) {
        mkdirSync(kept);
        for (const { file } of [system, data]) execFileSync('cp', ['--sparse=always', file, kept]);
        seat.hall.keepIn(join(kept, 'hall'));
      }
      return seat;
    } catch (error) {
      await seat.remove();
      throw error;
    }
  }

  async #install(hardware: readonly string[]): Promise<void> {
    const pack = join(CHECKOUT, 'hardware/provision/pack.sh');
    execFileSync(pack, ['--modules', join(this.folder, 'hallvote.tar.gz')], { stdio: 'ignore' });
    const node = nodeTarball();
    const files = { 'hallvote.tar.gz': join(this.folder, 'hallvote.tar.gz'), 'node.tar': node.file };
    const running = await this.powerOn([this.system, this.data, bringDisk(this.folder, files)]);
    await running.must('mkdir -p /mnt/bring && mount -o ro LABEL=bring /mnt/bring');
    await running.must('tar xf /mnt/bring/hallvote.tar.gz');
    const options = [...this.hall.options, ...hardware, '--data-partition', 'LABEL=hallvote-data'];
    const started = performance.now();
    const offline = `--node /mnt/bring/node.tar --node-sha256 ${node.sum}`;
    const { status, text } = await running.run(
      `hardware/provision/install-seat.sh --id ${TERMINAL} ${options.join(' ')} ${offline}`,
    );
    expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining('seat T-001 ready') });
    expect(text).not.toContain('WARNING');
    say(`installed in ${seconds(performance.now() - started)}`);
    copyFileSync((await running.photograph('installed')).file, join(PICTURES, 'installed.png'));
    await this.off();
  }

  /** Its reader for cards; there is one once the machine has been switched on. */
  get reader(): TypingReader {
    if (!this.#reader) throw new Error('the machine is off');
    return this.#reader;
  }

  async powerOn(
    disks: readonly VirtualDisk[] = [this.system, this.data],
    words = '',
  ): Promise<EmulatedMachine> {
    const { folder } = this;
    const machine = await EmulatedMachine.powerOn({ folder, ...this.#image, disks, words });
    this.#machine = machine;
    this.#reader = new TypingReader(machine);
    return machine;
  }

  /** Shut down as by its button. */
  async off(): Promise<void> {
    await this.#machine?.shutDown();
    this.#machine = null;
  }

  /** Its power is cut. */
  async cut(): Promise<void> {
    await this.#machine?.cut();
    this.#machine = null;
  }

  /** The network's plug. */
  async plugs(isIn: boolean): Promise<void> {
    await this.#machine?.qmp.execute('set_link', { name: 'wire', up: isIn });
  }

  /** The machine that runs, or one that has just been switched on, with its seat at the hall. */
  async atTheHall(words = ''): Promise<EmulatedMachine> {
    const running = this.#machine ?? (await this.powerOn([this.system, this.data], words));
    await running.untilScreen(/"is":"/, BOOT);
    await this.hall.enrol();
    await running.untilScreen(/"isConnected":true.*"is":"(check-in|waiting|closed|decision|counted)"/, BOOT);
    return running;
  }

  async checkIn(running: EmulatedMachine): Promise<void> {
    await this.reader.plugIn();
    await running.untilScreen(/"readerFault":null/, 120);
    if (this.hall.sitting().presence.size > 0) return;
    await this.reader.read(CARD);
    await until('checked in', 60, () => this.hall.sitting().presence.size === 1);
  }

  /** A vote in which the choice is in the deputy's hands: 赞成 pressed, not confirmed. */
  async chosen(): Promise<{ readonly running: EmulatedMachine; readonly round: string }> {
    const running = await this.atTheHall();
    await this.checkIn(running);
    const round = await this.hall.openVote();
    await running.untilScreen(/"is":"decision".*"chosen":null/, 120);
    await press(running, 2);
    await running.untilScreen(/"chosen":"for"/, 120);
    return { running, round };
  }

  outboxOf(running: EmulatedMachine): Promise<string> {
    return running.must('cd /var/lib/hallvote/outbox && find . -type f | wc -l');
  }

  counted(round: string): Promise<number> {
    return until('the ballot is in the ledger', BOOT, () => this.hall.entered(round) === 1);
  }

  async closesWithOne(round: string): Promise<void> {
    expect(await this.hall.closeVote(round)).toMatchObject({ cast: 1 });
    expect(this.hall.entered(round)).toBe(1);
  }

  /** Waits until text stands on the glass, which is drawn in many shades; a white or a black screen has none. Keeps a picture of it. */
  shows(running: EmulatedMachine, name: string): Promise<number> {
    let colours = 0;
    return until(
      () => `the glass shows something; it has ${colours} colours`,
      BOOT,
      async () => {
        const picture = await running.photograph(name);
        copyFileSync(picture.file, join(PICTURES, `${name}.png`));
        colours = picture.colours;
        return colours > 50;
      },
    );
  }

  /** Ends machine and hall, and removes what is not kept. */
  async remove(): Promise<void> {
    await this.cut();
    await this.hall.close();
    if (!KEEP) rmSync(this.folder, { recursive: true, force: true });
  }
}
