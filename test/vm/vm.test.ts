import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskOutbox } from '../../terminal/delivery/outbox.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import { openIdentity } from '../../terminal/machine/identity.ts';
import { until } from '../support/until.ts';
import { BOOT, EmulatedSeat, say, seconds } from './emulated-seat.ts';
import { afterEveryCut } from './every-cut.ts';
import { WATCHDOG_SECONDS } from './guest-files.ts';
import { lamps, press } from './seat-bench.ts';
import { CARD, TERMINAL } from './seat-hall.ts';
import { whyNot } from './system-image.ts';
import { readWriteLog } from './write-log.ts';

/**
 * A seat in an emulated machine: Debian's own kernel and systemd, the pins of a Pi, a reader on USB, a screen, a watchdog
 * and a power plug. Its hall runs here. Everything is slow there: limits only catch what hangs.
 */

const LONG = { timeout: 1_800_000 };
const READ_ONLY = 'overlayroot=tmpfs:recurse=0';
const DATA = '/dev/disk/by-label/hallvote-data';

const reason = whyNot();
if (reason !== null) process.stderr.write(`\nNOT TRIED: a seat on a kernel of its own: ${reason}\n\n`);

describe.skipIf(reason !== null)(`emulated${reason === null ? '' : ` (not tried: ${reason})`}`, LONG, () => {
  let seat: EmulatedSeat;

  beforeAll(async () => {
    seat = await EmulatedSeat.installed();
  }, 3_600_000);
  afterAll(() => seat?.remove());

  it('boots to its page, which stands on the glass, and is enrolled', async () => {
    const running = await seat.powerOn();
    await running.untilScreen(/"is":"not-enrolled"/, BOOT);
    const program = performance.now() - running.startedAt;
    await seat.hall.enrol();
    await running.untilScreen(/"is":"check-in"/, 120);
    await seat.hall.untilDrawn(BOOT);
    const page = performance.now() - running.startedAt;
    await seat.shows(running, 'page');
    say(`boot to program ${seconds(program)}, to its page on the glass ${seconds(page)}`);
    await seat.hall.untilSeen(
      'no fault',
      ({ faults, state }) => state === 'enrolled' && faults.length === 0,
      180,
    );
  });

  it('feels its keys and lights its lamps through the kernel', async () => {
    const running = await seat.atTheHall();
    await seat.hall.untilSeen('a panel', ({ panel }) => panel?.is === 'ready', 120);
    await seat.hall.act({ act: 'self-test', terminal: TERMINAL, on: true });
    for (const key of [1, 2, 3, 4, 5] as const) {
      const lit = [1, 2, 3, 4, 5].map((n) => (n === key ? 1 : 0)).join('');
      await until(`lamp ${key} alone is lit`, 60, async () => (await lamps(running)) === lit);
      await press(running, key);
    }
    await seat.hall.untilSeen('five keys', ({ selfTest }) => selfTest?.keys.join('') === '12345', 60);
    await seat.hall.act({ act: 'self-test', terminal: TERMINAL, on: false });
    await running.untilScreen(/"is":"check-in"/, 60);
  });

  it('takes a card from a reader, says when that is pulled out, and takes one again', async () => {
    const running = await seat.atTheHall();
    await running.untilScreen(/"readerFault":\{"zh":"[^"]*","en":"the card reader .*not plugged in/, 60);
    await seat.hall.untilSeen('no reader', (seen) => seen.reader?.is === 'fault', 120);
    await seat.reader.plugIn();
    await running.untilScreen(/"readerFault":null/, 120);
    const read = performance.now();
    await seat.reader.read(CARD);
    await until('checked in', 60, () => seat.hall.sitting().presence.size === 1);
    say(`card to check-in ${Math.round(performance.now() - read)} ms`);
    await running.untilScreen(/"is":"waiting"/, 60);

    await seat.reader.pullOut();
    await running.untilScreen(/"readerFault":\{"zh":"[^"]*","en":"the card reader .*not plugged in/, 60);
    await seat.hall.untilSeen('no reader', (seen) => seen.reader?.is === 'fault', 120);
    await seat.hall.act({ act: 'leave', deputy: 'd1', reason: 'test' });
    await seat.reader.plugIn();
    await running.untilScreen(/"readerFault":null/, 120);
    await seat.hall.untilSeen('a reader', (seen) => seen.reader?.is === 'ready', 120);
    await seat.reader.read(CARD);
    await until('checked in again', 60, () => seat.hall.sitting().presence.size === 1);
    await seat.reader.pullOut();
  });

  it('carries a press into the ledger', async () => {
    const { running, round } = await seat.chosen();
    const pressed = performance.now();
    await press(running, 5);
    await seat.counted(round);
    say(`key edge to ledger ${Math.round(performance.now() - pressed)} ms`);
    await running.untilScreen(/"is":"counted"/, 60);
    await seat.closesWithOne(round);
  });

  it('cut before the confirming press: the deputy is asked again, and votes once', async () => {
    const { round } = await seat.chosen();
    await seat.cut();
    const running = await seat.powerOn();
    await running.untilScreen(/"is":"decision".*"chosen":null/, BOOT);
    expect(seat.hall.entered(round)).toBe(0);
    await press(running, 3);
    await running.untilScreen(/"chosen":"against"/, 120);
    await press(running, 5);
    await seat.counted(round);
    await seat.closesWithOne(round);
  });

  it('cut after the confirming press and twice in the boot: the ballot is delivered, once', async () => {
    const { running, round } = await seat.chosen();
    await seat.plugs(false);
    await press(running, 5);
    await running.untilScreen(/"is":"sending"/, 120);
    expect(await seat.outboxOf(running)).toBe('1');
    await seat.cut();
    expect(seat.hall.entered(round)).toBe(0);
    for (const instant of [/EXT4-fs \(vd[a-z]\): mounted/, /Mounted .*var-lib-hallvote/]) {
      const booting = await seat.powerOn();
      await until(`the console shows ${instant}`, BOOT, () => instant.test(booting.console));
      await seat.cut();
    }
    const cutAt = performance.now();
    const again = await seat.powerOn();
    await seat.counted(round);
    say(`power back to the kept ballot in the ledger ${seconds(performance.now() - cutAt)}`);
    await again.untilScreen(/"is":"counted"/, 120);
    expect(await seat.outboxOf(again)).toBe('0');
    await seat.closesWithOne(round);
  });

  it('cut while the outbox is being written: the ballot is whole or was never cast', async () => {
    const { running, round } = await seat.chosen();
    await seat.plugs(false);
    const first = readWriteLog(seat.data.log).writes.length;
    await press(running, 5);
    await until('the disk is written to', 60, () => readWriteLog(seat.data.log).writes.length > first);
    await seat.cut();
    const again = await seat.powerOn();
    await again.untilScreen(/"is":"(decision|counted)"/, BOOT);
    const isKept = seat.hall.entered(round) === 1;
    say(
      `cut in the outbox's write: the ballot ${isKept ? 'was kept' : 'was not cast, its deputy is asked again'}`,
    );
    if (!isKept) {
      await again.untilScreen(/"is":"decision".*"chosen":null/, 60);
      await press(again, 2);
      await again.untilScreen(/"chosen":"for"/, 120);
      await press(again, 5);
    }
    await seat.counted(round);
    await seat.closesWithOne(round);
    await seat.off();
  });

  it('cut after any single write of a vote: key and ballot are whole, or there is no ballot', async () => {
    await seat.off();
    const before = join(seat.folder, 'data.before');
    execFileSync('cp', ['--sparse=always', seat.data.file, before]);
    const { running, round } = await seat.chosen();
    await seat.plugs(false);
    const first = readWriteLog(seat.data.log).writes.length;
    await press(running, 5);
    await running.untilScreen(/"is":"sending"/, 120);
    await seat.plugs(true);
    await seat.counted(round);
    await running.untilScreen(/"is":"counted"/, 120);
    await running.must('sync');
    const seen = afterEveryCut({ before, log: seat.data.log }, first, (root) => {
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
      expect(kid).toBe(seat.hall.seen?.kid);
      expect([[], [round]]).toContainEqual(kept);
    }
    // None that was written is lost again before its receipt has come.
    expect(seen.some(({ kept }) => kept.length === 1)).toBe(true);
    expect(seen.at(-1)?.kept).toEqual([]);
    await seat.closesWithOne(round);
  });

  it('a kernel that hangs is started again by the watchdog, and the seat comes back', async () => {
    const running = await seat.atTheHall();
    expect(await running.must('systemctl show --property=RuntimeWatchdogUSec --value')).toBe(
      `${WATCHDOG_SECONDS}s`,
    );
    await seat.checkIn(running);
    const hung = performance.now();
    void running.run('echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger');
    await until('the watchdog bites', BOOT, () => running.qmp.events.includes('WATCHDOG'));
    say(`hung kernel to reset ${seconds(performance.now() - hung)}`);
    await seat.atTheHall();
    say(`hung kernel to seat ${seconds(performance.now() - hung)}`);
  });

  it('a page that is not drawn is told to systemd and to the operator, and comes again by itself', async () => {
    const running = await seat.atTheHall();
    await seat.hall.untilDrawn(BOOT);
    const stopped = performance.now();
    await running.must('pkill -STOP -u hallvote-kiosk -x chromium');
    await running.until(
      'systemctl show --property=StatusText --value hallvote-terminal | grep -x "no page on the screen"',
      300,
    );
    await seat.hall.untilSeen('no page', ({ faults }) => faults.includes('screen'), 120);
    say(`page frozen to operator told ${seconds(performance.now() - stopped)}`);
    await seat.hall.untilDrawn(BOOT);
    say(`page frozen to drawn again ${seconds(performance.now() - stopped)}`);
  });

  it('a seat without its data partition says so on the glass, and is away for the operator', async () => {
    await seat.off();
    const running = await seat.powerOn([seat.system]);
    await running.until(`grep -q "数据分区没有出现：${DATA}" /run/hallvote-kiosk/why.js`, BOOT);
    await running.until(`journalctl -t hallvote-kiosk -b | grep "hallvote-says.*${DATA}"`, BOOT);
    await seat.shows(running, 'no-data-partition');
    expect(await running.run('systemctl is-active hallvote-terminal')).not.toMatchObject({ status: 0 });
    // Its key is on the partition: nobody could say it to the hall in the seat's name.
    expect(seat.hall.seen).toMatchObject({ connected: false });
    await seat.off();
  });

  it('a system that is read-only keeps key and outbox on the data partition, and writes nothing else', async () => {
    await seat.off();
    const running = await seat.atTheHall(READ_ONLY);
    const typeOf = (path: string) => running.must(`findmnt -no FSTYPE ${path}`);
    expect(await typeOf('/')).toBe('overlay');
    expect(await typeOf('/var/lib/hallvote')).toBe('ext4');
    await running.until('systemctl is-active hallvote-kiosk', BOOT);
    const { round } = await seat.chosen();
    await seat.plugs(false);
    await press(running, 5);
    await running.untilScreen(/"is":"sending"/, 120);
    await seat.cut();
    expect(readWriteLog(seat.system.log).writes).toHaveLength(0);
    await seat.powerOn([seat.system, seat.data], READ_ONLY);
    await seat.counted(round);
    await seat.closesWithOne(round);
  });
});
