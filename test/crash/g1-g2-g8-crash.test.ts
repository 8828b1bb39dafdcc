import { afterEach, expect, it } from 'vitest';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { replay } from '../../coordinator/sitting/chronicle.ts';
import { eventually, testSeat } from '../support/open-hall.ts';
import { HallProcess } from './hall-process.ts';
import { SeatsProcess } from './seats-process.ts';

/**
 * TLS, seats, kills. Over TLS a seat comes twice, the first time for its certificate; what is lost or kept is the same, and
 * fewer kills tell.
 */
const SERIES = [
  ['off', 24, 18],
  ['on', 6, 6],
] as const;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

it.each(SERIES)(
  'G1 durable, G2 once, G8 no loss on the way, TLS %s: kill -9 of coordinator and terminals at random instants',
  async (tls, SEATS, KILLS) => {
    const seats = Array.from({ length: SEATS }, (_, i) => testSeat(i + 1));
    const hall = HallProcess.of(seats, tls);
    const fleet = new SeatsProcess(hall, seats);
    ends.push(
      () => fleet.kill(),
      () => hall.kill(),
      () => hall.remove(),
    );
    await hall.start();
    fleet.start();
    const receipts = () => fleet.receipts.length;
    await eventually(() => receipts() >= SEATS, 'everybody’s check-in');
    expect(hall.ready.mqtt).toMatch(tls === 'on' ? /^mqtts:/ : /^mqtt:/);
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
      `crash, TLS ${tls}: ${KILLS} kills, ${cast} ballots cast, ${held} receipts held, ${rows.length} entries\n`,
    );
  },
);
