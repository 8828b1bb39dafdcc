#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { steadyClock } from '../machine/clock.ts';
import { faultLine, lastResort } from '../machine/last-resort.ts';
import { stopOnSignal } from '../machine/signals.ts';
import { type BurstOptions, BurstSeat, Inbox } from './burst-seat.ts';
import { FleetFileError, fleetSeats } from './fleet-files.ts';

/**
 * The load generator of `hallvote bench burst`: every seat's ballot is sealed where the vote is secret and signed
 * beforehand, and every receipt verified afterwards, as each would be on a processor of its own; all are sent at the
 * word `go` through the terminals' own link. A seat's time runs until its receipt has arrived. And of `bench reconnect`.
 */

interface Options extends BurstOptions {
  reconnect?: boolean;
  keys: string;
  terminals: string;
  roll: string;
}

/** Milliseconds between two seats' first connections. */
const SPREAD_MS = 1;

const say = (word: object) => process.stdout.write(`${JSON.stringify(word)}\n`);

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Resolves as soon as all seats are as `isSo` says; looked at whenever one of them changes. */
class Roll {
  readonly seats: readonly BurstSeat[];
  #waiting: { isSo: (seat: BurstSeat) => boolean; from: number; done: () => void } | null = null;

  constructor(options: Options, inbox: Inbox) {
    const all = fleetSeats(options);
    const spread = all.length * SPREAD_MS;
    this.seats = all.map((seat) => new BurstSeat(seat, options, spread, inbox, () => this.#look()));
  }

  all(isSo: (seat: BurstSeat) => boolean): Promise<void> {
    return new Promise((done) => {
      this.#waiting = { isSo, from: 0, done };
      this.#look();
    });
  }

  /** Goes on from the first seat that was not so: what is so stays so. */
  #look(): void {
    const { seats } = this;
    const waiting = this.#waiting;
    if (!waiting) return;
    for (let seat = seats[waiting.from]; seat && waiting.isSo(seat); seat = seats[waiting.from])
      waiting.from += 1;
    if (waiting.from < seats.length) return;
    this.#waiting = null;
    waiting.done();
  }
}

/** Whether the word `go` comes, and not the end of whoever started this program. */
async function isGo(): Promise<boolean> {
  const input = createInterface({ input: process.stdin });
  const isThere = await new Promise<boolean>((resolve) => {
    input.once('line', () => resolve(true));
    input.once('close', () => resolve(false));
  });
  input.close();
  return isThere;
}

/** How long it took until the last, half of all and nearly all were done. */
const figures = (times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    seats: sorted.length,
    lastMs: percentile(sorted, 1),
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
  };
};

/** Cuts all lines at once, as a switch that starts anew does, until all seats are back. */
async function reconnect(roll: Roll, stop: () => Promise<void>): Promise<void> {
  if (!(await isGo())) return stop();
  const start = steadyClock.now();
  for (const seat of roll.seats) seat.cut();
  await roll.all((seat) => seat.isPresent);
  say({ is: 'back', ...figures(roll.seats.map(({ presentAt }) => presentAt - start)) });
  await stop();
}

async function burst(options: Options): Promise<void> {
  const inbox = new Inbox();
  const roll = new Roll(options, inbox);
  const { seats } = roll;
  const stop = async () => {
    await Promise.all(seats.map(({ link }) => link.stop()));
  };
  stopOnSignal(stop);
  lastResort({ report: (error) => process.stderr.write(`burst: ${faultLine(error)}\n`), stop });
  for (const { link } of seats) link.start();
  await roll.all((seat) => seat.isPresent);
  say({ is: 'present' });
  if (options.reconnect) return reconnect(roll, stop);
  await roll.all((seat) => seat.ballot !== null);
  say({ is: 'poised' });
  if (!(await isGo())) return stop();
  inbox.holdUntil(seats.length);
  const start = steadyClock.now();
  for (const { link, ballot } of seats) if (ballot) link.publish(ballot.jws);
  await roll.all((seat) => seat.receiptAt !== null);
  say({ is: 'done', ...figures(seats.map(({ receiptAt }) => (receiptAt ?? start) - start)) });
  await stop();
}

const program = new Command('burst')
  .description('the load generator of hallvote bench burst')
  .requiredOption('--url <url>', 'the coordinator')
  .requiredOption('--hall <id>', 'the hall’s id')
  .requiredOption('--key <x>', 'the coordinator’s public key')
  .requiredOption('--terminals <csv>', 'the seats')
  .requiredOption('--keys <dir>', 'the terminals’ seeds')
  .requiredOption('--roll <csv>', 'the roll')
  .option('--ca <file>', 'the hall’s CA, with TLS')
  .option('--secret', 'the vote is secret')
  .option('--reconnect', 'nobody votes: all lines are cut, and come back')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
try {
  program.parse();
  await burst(program.opts<Options>());
} catch (error) {
  if (!(error instanceof FleetFileError)) throw error;
  process.stderr.write(`burst: ${error.message}\n`);
  process.exitCode = 2;
}
