#!/usr/bin/env node
import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { pino } from 'pino';
import { packageRoot, packageVersion } from '../../shared/package-root.ts';
import { isAcceptableKey } from '../../shared/protocol/keys.ts';
import { guardedClock, steadyClock } from '../machine/clock.ts';
import { DataError } from '../machine/disk.ts';
import { faultLine, lastResort } from '../machine/last-resort.ts';
import { stopOnSignal } from '../machine/signals.ts';
import { pinnedKey } from '../update/seat-updates.ts';
import { Fleet, type Progress } from './fleet.ts';
import {
  FleetFileError,
  type FleetSeat,
  fleetSeats,
  makeKeys,
  readSeats,
  terminalsCsv,
  writeFile,
} from './fleet-files.ts';
import { BEHAVIOURS, type Behaviour } from './scripted-deputy.ts';

interface Options {
  url?: string;
  hall?: string;
  key?: string;
  ca?: string;
  terminals?: string;
  keys: string;
  roll?: string;
  seats?: number;
  skip: string[];
  behaviour: Behaviour;
  speed: number;
  absent: number;
  passes: number;
  seed: number;
  signer: 'tweetnacl' | 'node';
  data?: string;
  health: number;
  releaseKey?: string;
  makeKeys?: number;
}

const number =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (text !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`write a number from ${least}${most < 1e9 ? ` to ${most}` : ''}`);
  };

const program = new Command('hallvote simulate')
  .description('runs many seats’ real terminal code in one process, without hardware')
  .option('--url <url>', 'the coordinator: mqtts://host:port, mqtt://host:port or ws://host:port/mqtt')
  .option('--ca <file>', 'the hall’s CA, with mqtts://')
  .option('--hall <id>', 'the hall’s id')
  .option('--key <x>', 'the coordinator’s public key')
  .option('--terminals <csv>', 'the seats: terminal,seat,key')
  .requiredOption('--keys <dir>', 'the terminals’ seeds, one file each')
  .option('--roll <csv>', 'the roll: who sits where, with which card')
  .option('--seats <n>', 'only the first n seats', number(1, 100_000))
  .option('--skip <terminals>', 'leave these out, separated by commas', (text) => text.split(','), [])
  .addOption(new Option('--behaviour <what>', 'what the deputies do').choices(BEHAVIOURS).default('vote'))
  .option('--speed <x>', 'so many times faster than people', number(0.01), 1)
  .option('--absent <share>', 'share of deputies who stay away', number(0, 1), 0)
  .option('--passes <share>', 'share of votes let pass without a press', number(0, 1), 0.02)
  .option('--seed <n>', 'the same seed gives the same votes', number(0), 1)
  .addOption(
    new Option('--signer <which>', 'tweetnacl as real seats, node for thousands on one machine')
      .choices(['tweetnacl', 'node'])
      .default('tweetnacl'),
  )
  .option('--data <dir>', 'keep outboxes and numbers on disk; in memory without')
  .option('--health <seconds>', 'health message every so often; 0: never', number(0), 30)
  .option('--release-key <file>', 'take new versions signed with this key (its public part); needs --data')
  .option(
    '--make-keys <n>',
    'make n keys and print terminals.csv (to --terminals if given), then exit',
    number(1, 100_000),
  );

function usage(message: string): never {
  throw new FleetFileError(message);
}

function writeKeys(options: Options, count: number): void {
  const seats = options.roll === undefined ? [] : readSeats(options.roll);
  const text = terminalsCsv(makeKeys(options.keys, count, seats, randomBytes));
  if (options.terminals === undefined) process.stdout.write(text);
  else writeFile(options.terminals, text);
}

function seatsOf(options: Options): FleetSeat[] {
  const terminals = options.terminals ?? usage('--terminals is missing: name terminals.csv');
  return fleetSeats({ ...options, terminals })
    .filter(({ terminal }) => !options.skip.includes(terminal))
    .slice(0, options.seats);
}

function updatesOf({ releaseKey: file, data }: Options) {
  if (file === undefined) return undefined;
  if (data === undefined) usage('--release-key needs --data: versions are installed there');
  const releaseKey = pinnedKey(file) ?? usage(`${file}: holds no public key`);
  return { releaseKey, factory: packageRoot() };
}

function progressLine(p: Progress): string {
  const vote = p.round === null ? '' : `  counted ${p.counted} (${p.round})`;
  return `simulate: connected ${p.connected}/${p.seats}  checked in ${p.checkedIn}${vote}\n`;
}

/** The CA that seats believe; undefined without TLS. */
function authorityOf({ url, ca: file }: Options): Buffer | undefined {
  if (file === undefined)
    return url?.startsWith('mqtts:') ? usage('--ca is missing: name the file of the hall’s CA') : undefined;
  try {
    const pem = readFileSync(file);
    new X509Certificate(pem);
    return pem;
  } catch {
    return usage(`${file}: cannot be read, or is no certificate`);
  }
}

async function simulate(options: Options): Promise<void> {
  const key = options.key ?? usage('--key is missing: the coordinator prints it when it starts');
  if (!isAcceptableKey(key)) usage('--key is no Ed25519 public key');
  const fleet = new Fleet({
    url: options.url ?? usage('--url is missing: write e.g. mqtt://127.0.0.1:1883'),
    hall: options.hall ?? usage('--hall is missing'),
    ca: authorityOf(options),
    key,
    seats: seatsOf(options),
    manner: options,
    signer: options.signer,
    data: options.data,
    updates: updatesOf(options),
    seed: options.seed,
    from: Date.now(),
    healthEverySeconds: options.health,
    version: packageVersion(),
    clock: guardedClock(steadyClock, 'a timer', (what, error) =>
      process.stderr.write(`simulate: ${what} failed: ${faultLine(error)}\n`),
    ),
    wallClock: Date.now,
    randomBytes,
    log: pino({ name: 'simulate', level: 'error' }, pino.destination(2)),
  });
  const unwatch = fleet.watch(250, (progress) => process.stderr.write(progressLine(progress)));
  const stop = async () => {
    unwatch();
    await fleet.stop();
  };
  stopOnSignal(stop);
  lastResort({ report: (error) => process.stderr.write(`simulate: ${faultLine(error)}\n`), stop });
  await fleet.start();
}

program.configureOutput({ writeErr: (text) => process.stderr.write(text) }).exitOverride((error) => {
  process.exit(error.exitCode === 0 ? 0 : 2);
});
try {
  program.parse();
  const options = program.opts<Options>();
  if (options.makeKeys === undefined) await simulate(options);
  else writeKeys(options, options.makeKeys);
} catch (error) {
  if (!(error instanceof FleetFileError || error instanceof DataError)) throw error;
  process.stderr.write(`hallvote simulate: ${error.message}\n`);
  process.exitCode = 2;
}
