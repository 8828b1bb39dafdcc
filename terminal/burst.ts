#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { pino } from 'pino';
import type { Key, LampRow, PanelStatus } from '../hardware/capabilities.ts';
import { steadyClock } from './clock.ts';
import { type Deputy, Fleet } from './fleet.ts';
import { readCards, readKey, readTerminals } from './fleet-files.ts';
import type { SeatState } from './seat.ts';

/** 赞成 and 确认 in a decision. */
const FOR: Key = 2;
const CONFIRM: Key = 5;
const TAP_SPREAD_MS = 2_000;

/** The load generator's deputy: checks in, chooses, and holds the finger over 确认 until the word is given. */
class Poised implements Deputy {
  #card: string | null;
  #tap: (card: string) => void = () => {};
  #press: (key: Key) => void = () => {};
  #isBusy = false;
  #sentAt = 0;
  #countedAt: number | null = null;
  poised = false;

  constructor(card: string | null) {
    this.#card = card;
  }
  onCard(listener: (card: string) => void): void {
    this.#tap = listener;
  }
  onPress(listener: (key: Key) => void): void {
    this.#press = listener;
  }
  onStatus(listener: (status: PanelStatus) => void): void {
    listener({ is: 'ready' });
  }
  show(_lamps: LampRow): void {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  look(state: SeatState): void {
    if (state.vote?.cast.step === 'counted') this.#countedAt ??= performance.now();
    if (this.#isBusy) return;
    const seat = state.seat;
    if (seat?.enrolled && seat.deputy === null && state.checkIn === null && this.#card !== null)
      this.#soon(Math.random() * TAP_SPREAD_MS, () => this.#card !== null && this.#tap(this.#card));
    else if (state.vote?.draft?.kind === 'decision' && state.vote.draft.option === null)
      this.#soon(0, () => this.#press(FOR));
    else if (state.vote?.draft?.kind === 'decision') this.poised = true;
  }

  /** Milliseconds from the press of 确认 to the verified receipt; null while there is none. */
  get took(): number | null {
    return this.#countedAt === null ? null : this.#countedAt - this.#sentAt;
  }

  get endedAt(): number {
    return this.#countedAt ?? 0;
  }

  cast(): void {
    this.#sentAt = performance.now();
    this.#press(CONFIRM);
  }

  #soon(ms: number, act: () => void): void {
    this.#isBusy = true;
    setTimeout(() => {
      this.#isBusy = false;
      act();
    }, ms);
  }
}

interface Options {
  url: string;
  hall: string;
  key: string;
  terminals: string;
  keys: string;
  roll: string;
}

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** Polls, in a program whose only work this is, until `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/**
 * The benchmark's load generator, driven line by line on standard input: says `present` when all have checked
 * in and `poised` when all have a choice to confirm; at `go` all press 确认; then says how long each took.
 */
async function burst(options: Options): Promise<void> {
  const cards = readCards(options.roll);
  const seats = readTerminals(options.terminals).map((line) => ({
    terminal: line.terminal,
    key: readKey(options.keys, line),
    card: cards.get(line.seat) ?? null,
  }));
  const deputies: Poised[] = [];
  const fleet = new Fleet({
    ...options,
    seats,
    manner: { behaviour: 'vote', speed: 1, absent: 0, passes: 0 },
    deputy: ({ card }) => {
      const deputy = new Poised(card);
      deputies.push(deputy);
      return deputy;
    },
    signer: 'node',
    seed: 1,
    from: Date.now(),
    healthEverySeconds: 0,
    version: 'bench',
    clock: steadyClock,
    randomBytes,
    log: pino({ level: 'error' }, pino.destination(2)),
  });
  await fleet.start();
  await until(() => fleet.progress().checkedIn === seats.length);
  say({ is: 'present' });
  await until(() => deputies.every((deputy) => deputy.poised));
  say({ is: 'poised' });
  for await (const line of createInterface({ input: process.stdin })) if (line === 'go') break;
  const start = performance.now();
  for (const deputy of deputies) deputy.cast();
  await until(() => deputies.every((deputy) => deputy.took !== null));
  const took = deputies.map((deputy) => deputy.took ?? 0).sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  const last = Math.max(...deputies.map((deputy) => deputy.endedAt)) - start;
  say({ is: 'done', seats: took.length, lastReceiptMs: last, p50Ms: at(0.5), p99Ms: at(0.99) });
  await fleet.stop();
  process.exit(0);
}

await burst(
  new Command('burst')
    .requiredOption('--url <url>')
    .requiredOption('--hall <id>')
    .requiredOption('--key <x>')
    .requiredOption('--terminals <csv>')
    .requiredOption('--keys <dir>')
    .requiredOption('--roll <csv>')
    .parse()
    .opts<Options>(),
);
