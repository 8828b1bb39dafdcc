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
 * word `go` through the terminals' own link. A seat's time runs until its receipt has arrived.
 */

interface Options extends BurstOptions {
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
  await roll.all((seat) => seat.ballot !== null);
  say({ is: 'poised' });
  const input = createInterface({ input: process.stdin });
  const isGo = await new Promise<boolean>((resolve) => {
    input.once('line', () => resolve(true));
    // Whoever started this program is gone.
    input.once('close', () => resolve(false));
  });
  if (!isGo) return stop();
  input.close();
  inbox.holdUntil(seats.length);
  const start = steadyClock.now();
  for (const { link, ballot } of seats) if (ballot) link.publish(ballot.jws);
  await roll.all((seat) => seat.receiptAt !== null);
  const times = seats.map(({ receiptAt }) => (receiptAt ?? start) - start).sort((a, b) => a - b);
  say({
    is: 'done',
    seats: seats.length,
    lastReceiptMs: percentile(times, 1),
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
  });
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
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
try {
  program.parse();
  await burst(program.opts<Options>());
} catch (error) {
  if (!(error instanceof FleetFileError)) throw error;
  process.stderr.write(`burst: ${error.message}\n`);
  process.exitCode = 2;
}
