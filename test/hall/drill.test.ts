import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { PAGES } from '../../coordinator/contract/routes.ts';
import { runCoordinator } from '../../coordinator/main.ts';
import { sampleHall } from '../../coordinator/rehearsal/sample/sample-hall.ts';
import type { RunningHall } from '../../coordinator/running-hall.ts';
import { makeCa } from '../../coordinator/wire/hall-certificates.ts';
import { eventually, openHall, testSeat } from '../support/open-hall.ts';
import { isWelcome, play } from '../support/played-line.ts';
import { tlsOf } from '../support/shown-certificates.ts';

/** The sample hall with one terminal, in a folder. */
function hallIn(folder: string, key: string): string {
  const at = join(folder, 'hall');
  mkdirSync(at);
  const files = { ...sampleHall(3, 'on'), 'terminals.csv': `terminal,seat,key\nT1,01-01,${key}\n` };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(at, file), text);
  for (const page of Object.keys(PAGES)) {
    const pages = join(folder, 'pages/coordinator/pages', page);
    mkdirSync(pages, { recursive: true });
    writeFileSync(join(pages, `${page}.html`), '');
  }
  return at;
}

const reach = (hall: RunningHall, ca = readFileSync(hall.trust?.ca ?? '', 'utf8')) => ({
  url: hall.mqtt,
  key: hall.key,
  ca,
  id: 'sample-hall',
});

it('the drill: another machine from a copy, and another CA that every seat must be given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-drill-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const seat = testSeat(1);
  const first = hallIn(folder, seat.key.x);
  const run = (at: string) =>
    runCoordinator(
      join(at, 'hall.yaml'),
      { http: 0, https: 0, mqtt: 0, pages: join(folder, 'pages') },
      pino({ level: 'silent' }),
    );
  const before = await run(first);
  const old = reach(before).ca;
  const played = play(reach(before), seat);
  await eventually(() => isWelcome(played), 'the seat’s welcome');
  await played.link.stop();
  await before.stop();

  // 2: the machine is lost.
  const second = join(folder, 'second');
  cpSync(first, second, { recursive: true });
  rmSync(first, { recursive: true });
  const restored = await run(second);
  const again = play(reach(restored), seat, played.folder);
  await eventually(() => isWelcome(again), 'its welcome at the second machine');
  await again.link.stop();
  await restored.stop();

  // 1: the CA's key is lost, and there is no copy.
  rmSync(join(second, 'data/tls/ca.key'));
  await makeCa(join(second, 'data'), 'sample-hall', { random: randomBytes, now: Date.now() });
  const renewed = await run(second);
  const behind = play(reach(renewed, old), seat, played.folder);
  await eventually(() => behind.log.some((line) => line.includes('not of this hall')), 'its disbelief');
  expect(behind.told).toEqual([]);
  await behind.link.stop();
  // Its certificate is of the old CA: it comes by another.
  const brought = play(reach(renewed), seat, played.folder);
  await eventually(() => isWelcome(brought), 'its welcome with the new CA');
  await brought.link.stop();
  await renewed.stop();
});

it('the drill: a terminal is stolen, and a spare takes its seat', async () => {
  const open = await openHall({ tls: true });
  onTestFinished(() => open.close());
  const [seat = testSeat(1)] = open.seats;
  const ca = tlsOf(open).ca.certificate;
  const stolen = play({ ...open, ca }, seat);
  await eventually(() => isWelcome(stolen), 'the seat’s welcome');
  await open.act({ act: 'remove-terminal', terminal: seat.terminal });
  const spare = { ...testSeat(8), deputy: seat.deputy };
  await open.act({ act: 'enrol', terminal: 'T8', key: spare.key.x, seat: seat.deputy.seat });
  const other = play({ ...open, ca }, spare);
  await eventually(() => isWelcome(other), 'the spare’s welcome');
  // The stolen one is nobody but somebody who waits, whatever it shows.
  await eventually(() => open.hall.broker.claimants.named(seat.terminal).length === 1, 'its claim');
  expect([...open.hall.broker.connectedTerminals]).toEqual(['T8']);
});
