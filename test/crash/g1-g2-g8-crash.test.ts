import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { Ledger } from '../../coordinator/ledger/ledger.ts';
import { replay } from '../../coordinator/sitting/chronicle.ts';
import { verifyBundle } from '../../coordinator/verify/verify.ts';
import { toBase64url } from '../../shared/bytes.ts';
import { parseJws } from '../../shared/jws.ts';
import { eventually, testSeat } from '../open-hall.ts';
import { HallProcess } from './hall-process.ts';

const SEATS = 40;
const KILLS = 36;
const SEATS_PROGRAM = `${process.cwd()}/dist/test/crash/seats.js`;

const seats = Array.from({ length: SEATS }, (_, i) => testSeat(i + 1));
const hall = HallProcess.of(seats);
const folder = join(hall.folder, 'seats');
let seatsProcess: ChildProcess | null = null;

function startSeats(): void {
  const job = {
    url: hall.ready.mqtt.replace('localhost', '127.0.0.1'),
    hall: 'sample-hall',
    sitting: '2027-2-3',
    key: hall.ready.key,
    folder,
    seats: seats.map(({ terminal, deputy, card, key }) => ({
      terminal,
      deputy: deputy.id,
      card,
      seed: toBase64url(key.seed),
    })),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'job.json'), JSON.stringify(job));
  seatsProcess = spawn(process.execPath, [SEATS_PROGRAM, join(folder, 'job.json')], { stdio: 'ignore' });
}

async function killSeats(): Promise<void> {
  if (!seatsProcess || seatsProcess.exitCode !== null || seatsProcess.signalCode !== null) return;
  const ended = once(seatsProcess, 'exit');
  seatsProcess.kill('SIGKILL');
  await ended;
}

/** The journal's lines, the last one left out if the kill cut it short. */
function journal(): string[][] {
  const file = join(folder, 'journal');
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' '))
    : [];
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(async () => {
  await killSeats();
  await hall.kill();
  hall.remove();
});

it('G1 durable, G2 once, G8 no loss on the way: kill -9 of coordinator and terminals at random instants', {
  timeout: 300_000,
}, async () => {
  await hall.start();
  startSeats();
  const receipts = () => journal().filter(([what]) => what === 'receipt').length;
  await eventually(() => receipts() >= SEATS, 'everybody’s check-in');
  expect(await (await hall.staff()).act({ act: 'open', motion: 'm2', rehearsal: false })).toEqual({
    ok: true,
  });

  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = receipts();
    // The instant is what is random here; that something was going on is waited for.
    await wait(Math.random() * 150);
    if (kill % 3 === 2) {
      await killSeats();
      startSeats();
    } else {
      await hall.kill();
      await hall.start();
    }
    await eventually(() => receipts() > before + SEATS / 2, `ballots after kill ${kill}`);
  }

  expect(await (await hall.staff()).act({ act: 'close', round: 'm2/1' })).toEqual({ ok: true });
  const settled = () =>
    new Set(
      journal()
        .filter(([what]) => what === 'receipt' || what === 'refused')
        .map(([, id]) => id),
    );
  // Every seat has been seen with nothing left to send since the close.
  const closedAt = journal().length;
  await eventually(() => {
    const quiet = journal()
      .slice(closedAt)
      .filter(([what, , n, phase]) => what === 'waiting' && n === '0' && phase === 'closed');
    return new Set(quiet.map(([, terminal]) => terminal)).size === SEATS;
  }, 'every seat’s last answer');

  const ledger = Ledger.read(hall.ledgerFile);
  const rows = [...ledger.rows()];
  ledger.close();
  const Identified = z.object({ id: z.string() });
  const inLedger = new Map(
    rows
      .filter((row) => row.type === 'ballot' || row.type === 'check-in')
      .map((row) => [Identified.parse(parseJws(row.body)?.payload).id, row]),
  );
  const held = journal().filter(([what]) => what === 'receipt');
  for (const [, id = '', seq, hash] of held) {
    expect(inLedger.get(id), `receipt for ${id}`).toMatchObject({ seq: Number(seq), hash });
  }
  const ballots = rows
    .filter((row) => row.type === 'ballot')
    .map((row) => Identified.parse(parseJws(row.body)?.payload).id);
  expect(new Set(ballots).size).toBe(ballots.length);

  const cast = new Set(
    journal()
      .filter(([what]) => what === 'cast')
      .map(([, id]) => id),
  );
  const lost = [...cast].filter((id) => id !== undefined && !settled().has(id) && !inLedger.has(id));
  expect(lost).toEqual([]);

  const round = replay(rows).rounds.get('m2/1');
  expect(round?.result).toMatchObject({ present: SEATS, cast: SEATS, notPressed: 0 });
  const tally = round?.result?.tally;
  expect(tally?.kind === 'decision' && tally.for + tally.against + tally.abstain).toBe(SEATS);
  const bundle = await (await hall.staff()).bundle();
  expect(verifyBundle(bundle, { key: hall.ready.key })).toMatchObject({ ok: true });
  process.stdout.write(
    `crash: ${KILLS} kills, ${cast.size} ballots cast, ${held.length} receipts held, ${rows.length} entries\n`,
  );
});
