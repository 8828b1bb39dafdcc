import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { parseJws } from '../../shared/protocol/jws.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { eventually, type TestSeat } from '../support/open-hall.ts';
import type { HallProcess } from './hall-process.ts';

const SEATS_PROGRAM = `${process.cwd()}/test/built/test/crash/seats.js`;

const Identified = z.object({ id: z.string() });

/** The process full of honest seats that `seats.ts` is, and the journal it keeps of what was cast and answered. */
export class SeatsProcess {
  readonly #hall: HallProcess;
  readonly #seats: readonly TestSeat[];
  readonly #folder: string;
  #child: ChildProcess | null = null;

  constructor(hall: HallProcess, seats: readonly TestSeat[]) {
    this.#hall = hall;
    this.#seats = seats;
    this.#folder = join(hall.folder, 'seats');
  }

  /** @param at the terminals’ port, where another line leads there. */
  start(at = this.#hall.ready.mqtt): void {
    const { key, trust } = this.#hall.ready;
    const job = {
      url: at.replace('localhost', '127.0.0.1'),
      ca: trust?.ca ?? null,
      hall: 'sample-hall',
      sitting: '2027-2-3',
      key,
      folder: this.#folder,
      seats: this.#seats.map(({ terminal, deputy, card, key: own }) => ({
        terminal,
        deputy: deputy.id,
        card,
        seed: toBase64url(own.seed),
      })),
    };
    mkdirSync(this.#folder, { recursive: true });
    const file = join(this.#folder, 'job.json');
    writeFileSync(file, JSON.stringify(job));
    this.#child = spawn(process.execPath, [SEATS_PROGRAM, file], { stdio: 'ignore' });
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** The journal's lines, the last one left out if the kill cut it short. */
  journal(): string[][] {
    const file = join(this.#folder, 'journal');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .slice(0, -1)
          .map((line) => line.split(' '))
      : [];
  }

  get receipts(): string[][] {
    return this.journal().filter(([what]) => what === 'receipt');
  }

  /** Every seat has been seen with nothing left to send since the vote closed. */
  async allAnswered(): Promise<void> {
    const closedAt = this.journal().length;
    await eventually(() => {
      const quiet = this.journal()
        .slice(closedAt)
        .filter(([what, , n, phase]) => what === 'waiting' && n === '0' && phase === 'closed');
      return new Set(quiet.map(([, terminal]) => terminal)).size === this.#seats.length;
    }, 'every seat’s last answer');
  }

  /** Compares the journal with the ledger: every receipt stands for an entry, no ballot is there twice, none is lost. */
  expectAllInLedger(): { rows: LedgerRow[]; cast: number; held: number } {
    const ledger = Ledger.read(this.#hall.ledgerFile, SITTING_LEDGER);
    const rows = [...ledger.rows()];
    ledger.close();
    const idOf = (row: LedgerRow) => Identified.parse(parseJws(row.body)?.payload).id;
    const sent = rows.filter(({ type }) => type === 'ballot' || type === 'check-in');
    const inLedger = new Map(sent.map((row) => [idOf(row), row]));
    const held = this.receipts;
    for (const [, id = '', seq, hash] of held)
      expect(inLedger.get(id), `receipt for ${id}`).toMatchObject({ seq: Number(seq), hash });
    const ballots = rows.filter(({ type }) => type === 'ballot').map(idOf);
    expect(new Set(ballots).size).toBe(ballots.length);

    const idsOf = (...kinds: string[]) =>
      new Set(
        this.journal()
          .filter(([what = '']) => kinds.includes(what))
          .map(([, id = '']) => id),
      );
    const settled = idsOf('receipt', 'refused');
    const cast = idsOf('cast');
    expect([...cast].filter((id) => !settled.has(id) && !inLedger.has(id))).toEqual([]);
    return { rows, cast: cast.size, held: held.length };
  }
}
