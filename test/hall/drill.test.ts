import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { staffCommand } from '../../coordinator/cli/staff.ts';
import { StaffClient } from '../../coordinator/cli/staff-client.ts';
import { loadHall } from '../../coordinator/config/hall-file.ts';
import { PAGES } from '../../coordinator/contract/routes.ts';
import { runCoordinator } from '../../coordinator/main.ts';
import { trustingFetch } from '../../coordinator/process/trusting-fetch.ts';
import { sampleHall } from '../../coordinator/rehearsal/sample/sample-hall.ts';
import { givePasswords } from '../../coordinator/rehearsal/staff-passwords.ts';
import type { RunningHall } from '../../coordinator/running.ts';
import { readEntry, SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { makeCa } from '../../coordinator/wire/hall-certificates.ts';
import { inProcess } from '../support/in-process.ts';
import { eventually, openHall, testSeat } from '../support/open-hall.ts';
import { isWelcome, play } from '../support/played-line.ts';
import { tlsOf } from '../support/shown-certificates.ts';

const FORGOTTEN = 'a password that somebody forgot';

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

it('the drill: the only administrator has forgotten the password, and nobody else begins anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-drill-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const at = hallIn(folder, testSeat(1).key.x);
  const config = join(at, 'hall.yaml');
  const described = loadHall(config);
  if (!described.ok) throw new Error('the sample hall has a mistake');
  await givePasswords(described.value, () => FORGOTTEN);
  const run = () =>
    runCoordinator(
      config,
      { http: 0, https: 0, mqtt: 0, pages: join(folder, 'pages') },
      pino({ level: 'silent' }),
    );
  const reset = () => inProcess(staffCommand(), ['reset', '--config', config, '--person', 'admin']);
  const before = await run();
  expect(before.firstCode).toBeNull();
  expect(await reset()).toMatchObject({ code: 2, err: expect.stringContaining('in use by another') });
  await before.stop();
  expect(await reset()).toMatchObject({ code: 0, err: '', out: expect.stringContaining('钱志强') });

  const after = await run();
  onTestFinished(() => after.stop());
  const signIn = (person: string, secret: string) =>
    new StaffClient(after.http, trustingFetch(after.trust?.ca ?? null)).signIn(person, secret);
  expect(after.firstCode).toMatchObject({ person: 'admin' });
  await expect(signIn('admin', FORGOTTEN)).rejects.toThrow();
  await signIn('chair', FORGOTTEN);
  const ledger = Ledger.read(join(at, 'data', '2027-2-3.ledger'), SITTING_LEDGER);
  const rows = [...ledger.rows()];
  ledger.close();
  const given = rows.filter(({ type }) => type === 'code-given').map((row) => readEntry(row).says);
  expect(given).toMatchObject([{ by: { role: 'hall' }, person: 'admin' }]);
});
