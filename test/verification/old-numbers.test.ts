import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Key, SeatHardware } from '../../hardware/capabilities.ts';
import { diskCredentials } from '../../terminal/delivery/credential.ts';
import { diskOutbox } from '../../terminal/delivery/outbox.ts';
import { steadyClock } from '../../terminal/machine/clock.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import { numbered } from '../../terminal/machine/identity.ts';
import { Terminal } from '../../terminal/terminal.ts';
import {
  DECISION,
  eventually,
  HALL,
  type OpenHall,
  openHall,
  type TestSeat,
  testSeat,
} from '../support/open-hall.ts';

/** A seat whose data was put back from an old copy, at the real coordinator: it comes in, and its deputy votes, by themselves. */

let hall: OpenHall;
let folder: string;
let running: Terminal | null = null;
const who: TestSeat = testSeat(1);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-old-'));
  hall = await openHall({ seats: [who], motions: [DECISION] });
});
afterEach(async () => {
  await running?.stop();
  await hall.close();
  rmSync(folder, { recursive: true });
});

/** The seat's program begins; its keys and its card. */
async function begin() {
  let press: (key: Key) => void = () => {};
  let tap: (card: string) => void = () => {};
  const device = { onStatus: () => {}, start: async () => {}, stop: async () => {} };
  const hardware: SeatHardware = {
    panel: {
      ...device,
      firmware: null,
      onPress: (listener) => {
        press = listener;
      },
      show: () => {},
    },
    reader: {
      ...device,
      onTap: (listener) => {
        tap = (card) => listener({ card });
      },
    },
  };
  const disk = new Disk(folder);
  const terminal = new Terminal({
    id: who.terminal,
    hall: HALL,
    coordinator: { url: hall.url, key: hall.key.x },
    identity: numbered(who.key, disk),
    credentials: diskCredentials(disk, randomBytes),
    outbox: diskOutbox(disk, who.key, () => {}),
    disk,
    hardware,
    version: 'test',
    healthEverySeconds: 0,
    tickMs: 50,
    spreadMs: 0,
    clock: steadyClock,
    wallClock: Date.now,
    random: Math.random,
    randomBytes,
    log: pino({ level: 'silent' }),
  });
  running = terminal;
  await terminal.start();
  await eventually(() => terminal.state.link === 'up' && terminal.state.seat?.enrolled, 'the line');
  return { terminal, press: (key: Key) => press(key), tap: () => tap(who.card) };
}

const counted = () => hall.chronicle.state.rounds.get('m1/1')?.ballots.get(who.deputy.id);
const connected = () => hall.chronicle.state.connections.get(who.terminal) ?? 0;

test('numbers put back from an old copy keep nobody out, and no vote away', async () => {
  const first = await begin();
  first.tap();
  await eventually(() => first.terminal.state.seat?.deputy, 'check-in');
  await first.terminal.stop();
  const file = (name: string) => join(folder, name);
  copyFileSync(file('numbers.json'), file('numbers.old'));

  // The seat goes on for a while: it comes anew a few times, and its deputy votes again and again.
  for (let i = 0; i < 3; i += 1) await (await begin()).terminal.stop();
  const later = await begin();
  const opened = await hall.act({ act: 'open', motion: 'm1', rehearsal: false });
  expect(opened).toMatchObject({ ok: true });
  for (const key of [2, 3, 2, 4] as const) {
    const before = counted()?.press ?? 0;
    await eventually(
      () => later.terminal.state.vote?.round.phase === 'open' && later.terminal.state.seat?.round,
      'live keys',
    );
    later.press(key);
    later.press(5);
    await eventually(
      () => (counted()?.press ?? 0) > before && later.terminal.state.vote?.cast.step === 'counted',
      'the vote',
    );
  }
  await later.terminal.stop();
  const last = connected();
  expect(last).toBeGreaterThan(4);

  copyFileSync(file('numbers.old'), file('numbers.json'));
  const again = await begin();
  expect(connected()).toBeGreaterThan(last);
  expect(hall.chronicle.state.rounds.get('m1/1')?.phase).toBe('open');
  again.press(3);
  again.press(5);
  await eventually(
    () => again.terminal.state.vote?.cast.step === 'counted' && counted()?.press === 5,
    'the last vote',
  );
  expect(counted()?.choice).toEqual({ kind: 'decision', option: 'against' });
});
