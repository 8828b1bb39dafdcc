import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { replay } from '../../coordinator/sitting/chronicle.ts';
import { HallProcess } from '../crash/hall-process.ts';
import { SeatsProcess } from '../crash/seats-process.ts';
import { eventually, testSeat } from '../support/open-hall.ts';

/** What leaks all the same: the process records it and lives, or ends, is started again, and the open vote goes on. */

const SEATS = 20;
const seats = Array.from({ length: SEATS }, (_, i) => testSeat(i + 1));
const hall = HallProcess.of(seats);
hall.program = `${process.cwd()}/test/built/test/start/leaky-hall.js`;
const fleet = new SeatsProcess(hall, seats);
afterEach(async () => {
  await fleet.kill();
  await hall.kill();
  hall.remove();
});

/** Starts the process again as systemd does, and says how many ms went by until the pages answered. */
async function restarted(): Promise<number> {
  const begun = performance.now();
  await hall.start();
  expect((await fetch(`${hall.ready.http}/chair`)).status).toBe(200);
  return performance.now() - begun;
}

const stacks = (text: string) => hall.log.split(text).length - 1;

it('G1, G2: exceptions leak while a vote is open; the hall lives, or ends and goes on, and no receipt is lost', async () => {
  await hall.start();
  fleet.start();
  const receipts = () => fleet.receipts.length;
  const goesOn = (what: string) => {
    const before = receipts();
    return eventually(() => receipts() > before + SEATS, `ballots after ${what}`);
  };
  await eventually(() => receipts() >= SEATS, 'everybody’s check-in');
  const staff = await hall.staff();
  expect(await staff.act({ act: 'open', motion: 'm2', rehearsal: false })).toEqual({ ok: true });
  await goesOn('the opening');

  const { pid } = hall;
  for (const signal of ['SIGUSR2', 'SIGURG', 'SIGUSR2'] as const) {
    hall.signal(signal);
    await goesOn(signal);
  }
  expect(hall.pid).toBe(pid);
  await eventually(() => stacks('"level":60') === 3, 'the record of three leaks');
  expect(hall.log).toMatch(/an exception leaked.*leaky-hall/);
  expect(hall.log).toMatch(/a promise leaked.*leaky-hall/);

  const ms: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    hall.signal('SIGUSR2');
    await eventually(() => stacks('"level":60') === 4 + n, 'another');
  }
  expect(await hall.ended()).toEqual({ code: 70, signal: null });
  ms.push(await restarted());
  await goesOn('too many leaks');
  for (const signal of ['SIGABRT', 'SIGSEGV', 'SIGKILL'] as const) {
    hall.signal(signal);
    expect(await hall.ended()).toMatchObject({ signal });
    ms.push(await restarted());
    await goesOn(signal);
  }

  expect(await (await hall.staff()).act({ act: 'close', round: 'm2/1' })).toEqual({ ok: true });
  await fleet.allAnswered();
  const { rows, cast, held } = fleet.expectAllInLedger();
  expect(replay(rows).rounds.get('m2/1')?.result).toMatchObject({ present: SEATS, cast: SEATS });
  process.stdout.write(
    `restarts: ${cast} ballots cast, ${held} receipts held; pages answered ${ms.map((each) => each.toFixed(0)).join(', ')} ms after the process was started\n`,
  );
});

it('is started again at once by systemd, whatever ended it', () => {
  const unit = readFileSync(
    'hardware/provision/coordinator/etc/systemd/system/hallvote-coordinator.service',
    'utf8',
  );
  expect(unit).toMatch(/^Restart=always$/m);
  expect(unit).toMatch(/^RestartSec=200ms$/m);
  expect(unit).toMatch(/^StartLimitIntervalSec=0$/m);
});
