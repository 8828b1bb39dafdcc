#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { pino } from 'pino';
import { machineBoot } from '../hardware/machine-boot.ts';
import { machineHealth } from '../hardware/machine-health.ts';
import { seatHardware } from '../hardware/seat-hardware.ts';
import { packageRoot, packageVersion } from '../shared/package-root.ts';
import { type KeyPair, shortFingerprint } from '../shared/protocol/keys.ts';
import type { Goodbye } from '../shared/protocol/seat-details.ts';
import { ConfigError, readConfig, type TerminalConfig } from './config.ts';
import { diskCredentials } from './delivery/credential.ts';
import { diskOutbox } from './delivery/outbox.ts';
import { SeatWire } from './delivery/seat-wire.ts';
import { wireFetch } from './delivery/wire-fetch.ts';
import { guardedClock, steadyClock } from './machine/clock.ts';
import { DataError, Disk } from './machine/disk.ts';
import { openIdentity } from './machine/identity.ts';
import { lastResort } from './machine/last-resort.ts';
import { LastRun } from './machine/last-run.ts';
import { RestartWatch, START_AGAIN } from './machine/restart.ts';
import { stopOnSignal } from './machine/signals.ts';
import { serviceManager } from './machine/systemd-notify.ts';
import { screenView } from './screen/screen-view.ts';
import { ScreenWatch } from './screen/screen-watch.ts';
import { ScreenServer } from './screen/server.ts';
import { SeatMachine } from './seat/seat-machine.ts';
import { Terminal } from './terminal.ts';
import { isAtRest, mayBeVoting } from './update/at-rest.ts';
import { placesIn } from './update/places.ts';
import { FACTORY, pinnedKey, RELEASE_KEY_FILE, seatUpdates, TrialWord } from './update/seat-updates.ts';

const TICK_MS = 200;

/** The seat's side of TLS; undefined where it speaks without. */
function wireOf(config: TerminalConfig, key: KeyPair, disk: Disk): SeatWire | undefined {
  const { ca } = config.coordinator;
  if (ca === undefined) return undefined;
  try {
    const { id: terminal } = config;
    return new SeatWire({
      terminal,
      key,
      ca: readFileSync(ca),
      disk,
      clock: steadyClock,
      random: randomBytes,
    });
  } catch {
    throw new ConfigError(
      `${ca}: cannot be read, or is no certificate; coordinator.ca names the file of the hall's CA, which the coordinator prints when it starts`,
    );
  }
}

async function run(config: TerminalConfig): Promise<void> {
  const log = pino({ name: `terminal ${config.id}`, level: 'info' }, pino.destination(2));
  const clock = guardedClock(steadyClock, 'a timer', (what, error) =>
    log.error({ err: error }, `${what} failed`),
  );
  const { coordinator, data } = config;
  const disk = new Disk(data);
  const identity = openIdentity(disk, randomBytes);
  const wire = wireOf(config, identity.key, disk);
  const lastRun = new LastRun(disk, await machineBoot());
  const outbox = diskOutbox(disk, identity.key, (file, why) => log.error({ file, why }, 'set aside'));
  const hardware = seatHardware(config.board, config.reader);
  const cards = config.board.kind === 'simulated' ? config.board.cards : [];
  const fingerprint = shortFingerprint(identity.key.kid);
  const screen = new ScreenServer({
    port: config.screen.port,
    language: config.screen.language,
    pages: join(packageRoot(), 'dist/pages'),
    board: hardware.simulated && { io: hardware.simulated, cards },
    report: (what, error) => log.error({ error: String(error) }, what),
    onRead: (read) => terminal.readIs(read),
    onDrawn: (build) => {
      isDrawn = true;
      screenWatch?.drawn(build);
    },
  });
  // The seat's state changes with every tick: where it does not, the program hangs.
  let isAlive = true;
  const service = serviceManager({
    env: process.env,
    pid: process.pid,
    clock,
    isAlive: () => {
      const was = isAlive;
      isAlive = false;
      return was;
    },
    onError: (error) => log.warn({ error: String(error) }, 'systemd cannot be told'),
  });
  const leave = () => process.exit(START_AGAIN);
  const startAgain = (why: Goodbye) => void stop(why).then(leave, leave);
  const watch = new RestartWatch(clock, hardware.mayComeBack, () => {
    log.error('the panel has failed; starting again');
    startAgain('panel');
  });
  let isDrawn = false;
  const places = placesIn(data, FACTORY);
  const releaseKey = pinnedKey(RELEASE_KEY_FILE);
  const updates =
    releaseKey &&
    seatUpdates({
      places,
      releaseKey,
      root: packageRoot(),
      coordinator: coordinator.url,
      fetch: wire && wireFetch(wire),
      isDrawn: () => isDrawn && !terminal.state.isScreenLost,
      restart: () => startAgain('orderly'),
      tell: () => terminal.reportHealth(),
      clock,
      random: Math.random,
      report: (what, error) => log.error({ err: error }, `${what} failed`),
    });
  const trial = new TrialWord(places);
  const terminal = new Terminal({
    id: config.id,
    hall: config.hall,
    coordinator: {
      url: coordinator.url,
      key: coordinator.key,
      wire,
    },
    identity,
    outbox,
    disk,
    credentials: diskCredentials(disk, randomBytes),
    hardware,
    wallClock: Date.now,
    onState: (state, waiting) => {
      isAlive = true;
      updates?.seatIs(mayBeVoting(state), isAtRest(state, waiting));
      if (updates?.health.step.is === 'trial') trial.say({ hasHeard: state.seat !== null, isDrawn });
      screen.show(screenView(state, fingerprint));
      watch.look(state.panel);
    },
    machine: () => machineHealth(data),
    ...(updates && { updates }),
    details: () => machine.details(),
    version: packageVersion(),
    healthEverySeconds: config.health,
    tickMs: TICK_MS,
    spreadMs: config.spread * 1000,
    clock,
    random: Math.random,
    randomBytes,
    log,
  });
  // hallvote-kiosk starts the browser anew when it reads this status.
  const running = `seat terminal ${config.id}`;
  const screenWatch = config.screen.watched
    ? new ScreenWatch(clock, (isLost) => {
        log.warn({ isLost }, 'the page on the screen');
        terminal.screenIs(isLost);
        void service.status(isLost ? 'no page on the screen' : running);
      })
    : null;
  const machine = new SeatMachine({
    lastRun,
    clock,
    reader: () => hardware.reader.model ?? null,
    screen: () => screenWatch?.state ?? null,
  });
  const stop = async (why: Goodbye) => {
    lastRun.end(why);
    watch.stop();
    updates?.stop();
    machine.stop();
    screenWatch?.stop();
    await service.stopping();
    await terminal.stop(why);
    await screen.stop();
  };
  stopOnSignal(() => stop('orderly'));
  lastResort({
    report: (error) => log.fatal({ err: error }, 'a fault that nobody caught: starting again'),
    stop: () => stop('fault'),
  });
  const port = await screen.start().catch((error: unknown) => {
    throw new ConfigError(
      `screen.port ${config.screen.port} cannot be used (${error}); choose another, or 0`,
    );
  });
  await terminal.start();
  await updates?.start();
  await service.ready(running);
  const at = `http://127.0.0.1:${port}`;
  const pages = hardware.simulated ? `screen ${at}/seat  board ${at}/board` : `screen ${at}/seat`;
  process.stdout.write(`${pages}  key ${identity.key.x}  fingerprint ${fingerprint}\n`);
}

const program = new Command('hallvote terminal')
  .description('runs a seat')
  .requiredOption('--config <file>', 'the seat’s terminal.yaml')
  .option('--check', 'reads the file, says what is wrong with it, and does nothing')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
try {
  program.parse();
  const options = program.opts<{ config: string; check?: true }>();
  const config = readConfig(options.config);
  if (!options.check) await run(config);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DataError)) throw error;
  process.stderr.write(`hallvote terminal: ${error.message}\n`);
  // The page that waits for this program shows it: beside a seat nobody reads the journal.
  await serviceManager({ ...process, clock: steadyClock, isAlive: () => false }).status(error.message);
  process.exitCode = 2;
}
