import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import { diskOutbox } from '../../terminal/delivery/outbox.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import { openIdentity } from '../../terminal/machine/identity.ts';
import { nodeTarball } from '../install/debian.ts';
import { until } from '../support/until.ts';
import { EmulatedMachine } from './emulated-machine.ts';
import { afterEveryCut } from './every-cut.ts';
import { WATCHDOG_SECONDS } from './guest-files.ts';
import { bringDisk, lamps, press, TypingReader } from './seat-bench.ts';
import { CARD, SeatHall, TERMINAL } from './seat-hall.ts';
import { systemImage, whyNot } from './system-image.ts';
import { VirtualDisk } from './virtual-disk.ts';
import { readWriteLog } from './write-log.ts';

/**
 * A seat in an emulated machine: Debian's own kernel and systemd, the pins of a Pi, a reader on USB, a screen, a watchdog
 * and a power plug. Its hall runs here. Everything is slow there: limits only catch what hangs.
 */

const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const PICTURES = join(CHECKOUT, 'test/results/vm');
const LONG = { timeout: 1_800_000 };
const BOOT = 600;
/**
 * Where an installed seat and its hall are kept, for those who work on these tests: the next run of the same program and
 * scripts installs nothing.
 */
const KEEP = process.env.HALLVOTE_VM_KEEP;
const READ_ONLY = 'overlayroot=tmpfs:recurse=0';
const DATA = '/dev/disk/by-label/hallvote-data';

const reason = whyNot();
if (reason !== null) process.stderr.write(`\nNOT TRIED: a seat on a kernel of its own: ${reason}\n\n`);

/** Names what a seat is packed of. */
const PACKED = `cd "$1" && find dist hardware/provision package-lock.json -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum`;
const packed = () =>
  execFileSync('sh', ['-c', PACKED, 'packed', CHECKOUT], { encoding: 'utf8' }).slice(0, 12);

const say = (text: string) => process.stdout.write(`vm: ${text}\n`);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

describe.skipIf(reason !== null)(`emulated${reason === null ? '' : ` (not tried: ${reason})`}`, LONG, () => {
  const folder = KEEP ?? mkdtempSync(join(tmpdir(), 'hallvote-vm-'));
  let hall: SeatHall;
  let machine: EmulatedMachine | null = null;
  let reader: TypingReader;
  let system: VirtualDisk;
  let data: VirtualDisk;
  let image: { readonly kernel: string; readonly initrd: string };

  const powerOn = async (disks = [system, data], words = '') => {
    machine = await EmulatedMachine.powerOn({ folder, ...image, disks, words });
    reader = new TypingReader(machine);
    return machine;
  };
  const off = async () => {
    await machine?.shutDown();
    machine = null;
  };
  const cut = async () => {
    await machine?.cut();
    machine = null;
  };
  /** The machine that runs, or one that has just been switched on, with its seat at the hall. */
  const atTheHall = async (words = '') => {
    const running = machine ?? (await powerOn([system, data], words));
    await running.untilScreen(/"is":"/, BOOT);
    await hall.enrol();
    await running.untilScreen(/"isConnected":true.*"is":"(check-in|waiting|closed|decision|counted)"/, BOOT);
    return running;
  };
  const checkIn = async (running: EmulatedMachine) => {
    await reader.plugIn();
    await running.untilScreen(/"readerFault":null/, 120);
    if (hall.sitting().presence.size > 0) return;
    await reader.read(CARD);
    await until('checked in', 60, () => hall.sitting().presence.size === 1);
  };
  /** A vote in which the choice is in the deputy's hands: 赞成 pressed, not confirmed. */
  const chosen = async () => {
    const running = await atTheHall();
    await checkIn(running);
    const round = await hall.openVote();
    await running.untilScreen(/"is":"decision".*"chosen":null/, 120);
    await press(running, 2);
    await running.untilScreen(/"chosen":"for"/, 120);
    return { running, round };
  };
  const outboxOf = (running: EmulatedMachine) =>
    running.must('cd /var/lib/hallvote/outbox && find . -type f | wc -l');
  const counted = (round: string) =>
    until('the ballot is in the ledger', BOOT, () => hall.entered(round) === 1);
  const closesWithOne = async (round: string) => {
    expect(await hall.closeVote(round)).toMatchObject({ cast: 1 });
    expect(hall.entered(round)).toBe(1);
  };
  /** Waits until text stands on the glass, which is drawn in many shades; a white or a black screen has none. Keeps a picture of it. */
  const shows = (running: EmulatedMachine, name: string) => {
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
  };
  const plugs = (isIn: boolean) => machine?.qmp.execute('set_link', { name: 'wire', up: isIn });

  beforeAll(async () => {
    for (const made of [PICTURES, folder]) mkdirSync(made, { recursive: true });
    const key = keyPairFromSeed(new Uint8Array(32)).x;
    const anyHall = ['--hall', 'h', '--coordinator', 'mqtt://10.0.2.2:1883', '--key', key];
    const hardware = ['--board', 'raspberry-pi', '--reader', 'input'];
    const made = systemImage(CHECKOUT, ['install-seat.sh', '--id', TERMINAL, ...anyHall, ...hardware]);
    image = made;
    const installed = join(folder, `installed-${packed()}`);
    if (existsSync(installed)) {
      for (const name of ['system', 'data'])
        execFileSync('cp', ['--sparse=always', join(installed, `${name}.raw`), folder]);
      system = new VirtualDisk('system', join(folder, 'system.raw'));
      data = new VirtualDisk('data', join(folder, 'data.raw'));
      hall = await SeatHall.open(join(installed, 'hall'));
      return;
    }
    execFileSync('cp', ['--sparse=always', made.disk, join(folder, 'system.raw')]);
    system = new VirtualDisk('system', join(folder, 'system.raw'));
    data = VirtualDisk.formatted('data', join(folder, 'data.raw'), 256, 'hallvote-data');
    const pack = join(CHECKOUT, 'hardware/provision/pack.sh');
    execFileSync(pack, ['--modules', join(folder, 'hallvote.tar.gz')], { stdio: 'ignore' });
    const node = nodeTarball();
    const files = { 'hallvote.tar.gz': join(folder, 'hallvote.tar.gz'), 'node.tar': node.file };
    hall = await SeatHall.open();

    const running = await powerOn([system, data, bringDisk(folder, files)]);
    await running.must('mkdir -p /mnt/bring && mount -o ro LABEL=bring /mnt/bring');
    await running.must('tar xf /mnt/bring/hallvote.tar.gz');
    const options = [...hall.options, ...hardware, '--data-partition', 'LABEL=hallvote-data'];
    const started = performance.now();
    const offline = `--node /mnt/bring/node.tar --node-sha256 ${node.sum}`;
    const { status, text } = await running.run(
      `hardware/provision/install-seat.sh --id ${TERMINAL} ${options.join(' ')} ${offline}`,
    );
    expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining('seat T-001 ready') });
    expect(text).not.toContain('WARNING');
    say(`installed in ${seconds(performance.now() - started)}`);
    copyFileSync((await running.photograph('installed')).file, join(PICTURES, 'installed.png'));
    await off();
    if (!KEEP) return;
    mkdirSync(installed);
    for (const { file } of [system, data]) execFileSync('cp', ['--sparse=always', file, installed]);
    hall.keepIn(join(installed, 'hall'));
  }, 3_600_000);
  afterAll(async () => {
    await machine?.cut();
    await hall?.close();
    if (!KEEP) rmSync(folder, { recursive: true, force: true });
  });

  it('boots to its page, which stands on the glass, and is enrolled', async () => {
    const running = await powerOn();
    await running.untilScreen(/"is":"not-enrolled"/, BOOT);
    const program = performance.now() - running.startedAt;
    await hall.enrol();
    await running.untilScreen(/"is":"check-in"/, 120);
    await hall.untilDrawn(BOOT);
    const page = performance.now() - running.startedAt;
    await shows(running, 'page');
    say(`boot to program ${seconds(program)}, to its page on the glass ${seconds(page)}`);
    await hall.untilSeen('no fault', ({ faults, state }) => state === 'enrolled' && faults.length === 0, 180);
  });

  it('feels its keys and lights its lamps through the kernel', async () => {
    const running = await atTheHall();
    await hall.untilSeen('a panel', ({ panel }) => panel?.is === 'ready', 120);
    await hall.act({ act: 'self-test', terminal: TERMINAL, on: true });
    for (const key of [1, 2, 3, 4, 5] as const) {
      const lit = [1, 2, 3, 4, 5].map((n) => (n === key ? 1 : 0)).join('');
      await until(`lamp ${key} alone is lit`, 60, async () => (await lamps(running)) === lit);
      await press(running, key);
    }
    await hall.untilSeen('five keys', ({ selfTest }) => selfTest?.keys.join('') === '12345', 60);
    await hall.act({ act: 'self-test', terminal: TERMINAL, on: false });
    await running.untilScreen(/"is":"check-in"/, 60);
  });

  it('takes a card from a reader, says when that is pulled out, and takes one again', async () => {
    const running = await atTheHall();
    await running.untilScreen(/"readerFault":\{"zh":"[^"]*","en":"the card reader .*not plugged in/, 60);
    await hall.untilSeen('no reader', (seen) => seen.reader?.is === 'fault', 120);
    await reader.plugIn();
    await running.untilScreen(/"readerFault":null/, 120);
    const read = performance.now();
    await reader.read(CARD);
    await until('checked in', 60, () => hall.sitting().presence.size === 1);
    say(`card to check-in ${Math.round(performance.now() - read)} ms`);
    await running.untilScreen(/"is":"waiting"/, 60);

    await reader.pullOut();
    await running.untilScreen(/"readerFault":\{"zh":"[^"]*","en":"the card reader .*not plugged in/, 60);
    await hall.untilSeen('no reader', (seen) => seen.reader?.is === 'fault', 120);
    await hall.act({ act: 'leave', deputy: 'd1', reason: 'test' });
    await reader.plugIn();
    await running.untilScreen(/"readerFault":null/, 120);
    await hall.untilSeen('a reader', (seen) => seen.reader?.is === 'ready', 120);
    await reader.read(CARD);
    await until('checked in again', 60, () => hall.sitting().presence.size === 1);
    await reader.pullOut();
  });

  it('carries a press into the ledger', async () => {
    const { running, round } = await chosen();
    const pressed = performance.now();
    await press(running, 5);
    await counted(round);
    say(`key edge to ledger ${Math.round(performance.now() - pressed)} ms`);
    await running.untilScreen(/"is":"counted"/, 60);
    await closesWithOne(round);
  });

  it('cut before the confirming press: the deputy is asked again, and votes once', async () => {
    const { round } = await chosen();
    await cut();
    const running = await powerOn();
    await running.untilScreen(/"is":"decision".*"chosen":null/, BOOT);
    expect(hall.entered(round)).toBe(0);
    await press(running, 3);
    await running.untilScreen(/"chosen":"against"/, 120);
    await press(running, 5);
    await counted(round);
    await closesWithOne(round);
  });

  it('cut after the confirming press and twice in the boot: the ballot is delivered, once', async () => {
    const { running, round } = await chosen();
    await plugs(false);
    await press(running, 5);
    await running.untilScreen(/"is":"sending"/, 120);
    expect(await outboxOf(running)).toBe('1');
    await cut();
    expect(hall.entered(round)).toBe(0);
    for (const instant of [/EXT4-fs \(vd[a-z]\): mounted/, /Mounted .*var-lib-hallvote/]) {
      const booting = await powerOn();
      await until(`the console shows ${instant}`, BOOT, () => instant.test(booting.console));
      await cut();
    }
    const cutAt = performance.now();
    const again = await powerOn();
    await counted(round);
    say(`power back to the kept ballot in the ledger ${seconds(performance.now() - cutAt)}`);
    await again.untilScreen(/"is":"counted"/, 120);
    expect(await outboxOf(again)).toBe('0');
    await closesWithOne(round);
  });

  it('cut while the outbox is being written: the ballot is whole or was never cast', async () => {
    const { running, round } = await chosen();
    await plugs(false);
    const first = readWriteLog(data.log).writes.length;
    await press(running, 5);
    await until('the disk is written to', 60, () => readWriteLog(data.log).writes.length > first);
    await cut();
    const again = await powerOn();
    await again.untilScreen(/"is":"(decision|counted)"/, BOOT);
    const isKept = hall.entered(round) === 1;
    say(
      `cut in the outbox's write: the ballot ${isKept ? 'was kept' : 'was not cast, its deputy is asked again'}`,
    );
    if (!isKept) {
      await again.untilScreen(/"is":"decision".*"chosen":null/, 60);
      await press(again, 2);
      await again.untilScreen(/"chosen":"for"/, 120);
      await press(again, 5);
    }
    await counted(round);
    await closesWithOne(round);
    await off();
  });

  it('cut after any single write of a vote: key and ballot are whole, or there is no ballot', async () => {
    await off();
    const before = join(folder, 'data.before');
    execFileSync('cp', ['--sparse=always', data.file, before]);
    const { running, round } = await chosen();
    await plugs(false);
    const first = readWriteLog(data.log).writes.length;
    await press(running, 5);
    await running.untilScreen(/"is":"sending"/, 120);
    await plugs(true);
    await counted(round);
    await running.untilScreen(/"is":"counted"/, 120);
    await running.must('sync');
    const seen = afterEveryCut({ before, log: data.log }, first, (root) => {
      const disk = new Disk(root);
      const { key } = openIdentity(disk, randomBytes);
      const aside: string[] = [];
      const kept = diskOutbox(disk, key, (file) => aside.push(file)).all();
      return { kid: key.kid, kept: kept.map(({ ballot }) => ballot.round), aside };
    });
    say(
      `${seen.length} cuts in one vote: the ballot was kept after ${seen.filter(({ kept }) => kept.length === 1).length}`,
    );
    for (const { kid, kept } of seen) {
      expect(kid).toBe(hall.seen?.kid);
      expect([[], [round]]).toContainEqual(kept);
    }
    // None that was written is lost again before its receipt has come.
    expect(seen.some(({ kept }) => kept.length === 1)).toBe(true);
    expect(seen.at(-1)?.kept).toEqual([]);
    await closesWithOne(round);
  });

  it('a kernel that hangs is started again by the watchdog, and the seat comes back', async () => {
    const running = await atTheHall();
    expect(await running.must('systemctl show --property=RuntimeWatchdogUSec --value')).toBe(
      `${WATCHDOG_SECONDS}s`,
    );
    await checkIn(running);
    const hung = performance.now();
    void running.run('echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger');
    await until('the watchdog bites', BOOT, () => running.qmp.events.includes('WATCHDOG'));
    say(`hung kernel to reset ${seconds(performance.now() - hung)}`);
    await atTheHall();
    say(`hung kernel to seat ${seconds(performance.now() - hung)}`);
  });

  it('a page that is not drawn is told to systemd and to the operator, and comes again by itself', async () => {
    const running = await atTheHall();
    await hall.untilDrawn(BOOT);
    const stopped = performance.now();
    await running.must('pkill -STOP -u hallvote-kiosk -x chromium');
    await running.until(
      'systemctl show --property=StatusText --value hallvote-terminal | grep -x "no page on the screen"',
      300,
    );
    await hall.untilSeen('no page', ({ faults }) => faults.includes('screen'), 120);
    say(`page frozen to operator told ${seconds(performance.now() - stopped)}`);
    await hall.untilDrawn(BOOT);
    say(`page frozen to drawn again ${seconds(performance.now() - stopped)}`);
  });

  it('a seat without its data partition says so on the glass, and is away for the operator', async () => {
    await off();
    const running = await powerOn([system]);
    await running.until(`grep -q "数据分区没有出现：${DATA}" /run/hallvote-kiosk/why.js`, BOOT);
    await running.until(`journalctl -t hallvote-kiosk -b | grep "hallvote-says.*${DATA}"`, BOOT);
    await shows(running, 'no-data-partition');
    expect(await running.run('systemctl is-active hallvote-terminal')).not.toMatchObject({ status: 0 });
    // Its key is on the partition: nobody could say it to the hall in the seat's name.
    expect(hall.seen).toMatchObject({ connected: false });
    await off();
  });

  it('a system that is read-only keeps key and outbox on the data partition, and writes nothing else', async () => {
    await off();
    const running = await atTheHall(READ_ONLY);
    const typeOf = (path: string) => running.must(`findmnt -no FSTYPE ${path}`);
    expect(await typeOf('/')).toBe('overlay');
    expect(await typeOf('/var/lib/hallvote')).toBe('ext4');
    await running.until('systemctl is-active hallvote-kiosk', BOOT);
    const { round } = await chosen();
    await plugs(false);
    await press(running, 5);
    await running.untilScreen(/"is":"sending"/, 120);
    await cut();
    expect(readWriteLog(system.log).writes).toHaveLength(0);
    await powerOn([system, data], READ_ONLY);
    await counted(round);
    await closesWithOne(round);
  });
});
