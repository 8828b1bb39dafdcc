import { afterEach, expect, it } from 'vitest';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { replay } from '../../coordinator/sitting/chronicle.ts';
import { eventually, testSeat } from '../support/open-hall.ts';
import { HallProcess } from './hall-process.ts';
import { SeatsProcess } from './seats-process.ts';

const SEATS = 24;
const KILLS = 36;

const seats = Array.from({ length: SEATS }, (_, i) => testSeat(i + 1));
const hall = HallProcess.of(seats);
const fleet = new SeatsProcess(hall, seats);

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(async () => {
  await fleet.kill();
  await hall.kill();
  hall.remove();
});

it('G1 durable, G2 once, G8 no loss on the way: kill -9 of coordinator and terminals at random instants', async () => {
  await hall.start();
  fleet.start();
  const receipts = () => fleet.receipts.length;
  await eventually(() => receipts() >= SEATS, 'everybody’s check-in');
  expect(await (await hall.staff()).act({ act: 'open', motion: 'm2', rehearsal: false })).toEqual({
    ok: true,
  });

  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = receipts();
    // The instant is what is random here; that something was going on is waited for.
    await wait(Math.random() * 150);
    if (kill % 3 === 2) {
      await fleet.kill();
      fleet.start();
    } else {
      await hall.kill();
      await hall.start();
    }
    await eventually(() => receipts() > before + SEATS / 2, `ballots after kill ${kill}`);
  }

  expect(await (await hall.staff()).act({ act: 'close', round: 'm2/1' })).toEqual({ ok: true });
  await fleet.allAnswered();
  const { rows, cast, held } = fleet.expectAllInLedger();

  const round = replay(rows).rounds.get('m2/1');
  expect(round?.result).toMatchObject({ present: SEATS, cast: SEATS, notPressed: 0 });
  const tally = round?.result?.tally;
  expect(tally?.kind === 'decision' && tally.for + tally.against + tally.abstain).toBe(SEATS);
  const bundle = await (await hall.staff()).bundle();
  expect(verifyBundle(bundle, { key: hall.ready.key })).toMatchObject({ ok: true });
  process.stdout.write(
    `crash: ${KILLS} kills, ${cast} ballots cast, ${held} receipts held, ${rows.length} entries\n`,
  );
});
