import { copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Proofs } from '../../coordinator/proofs/proofs.ts';
import {
  eventually,
  type OpenHall,
  openHall,
  SELECTION,
  type TestSeat,
  testSeat,
} from '../support/open-hall.ts';
import { Scrutineers, scrutineersOf } from '../support/scrutineers.ts';
import { SecretSeat } from '../support/secret-seat.ts';

/** G1, G2, G8 for secret votes: the coordinator is gone in the middle, and another goes on from what was on the disk. */

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };
const stuck = new Promise<never>(() => {});
/** Threads that were cut off before they answered. */
const NOTHING: Proofs = { prepare: () => {}, check: () => stuck, sum: () => stuck };

const halls: OpenHall[] = [];
const sockets: SecretSeat[] = [];
afterEach(async () => {
  for (const seat of sockets.splice(0)) seat.socket.destroy();
  for (const hall of halls.splice(0)) await hall.close();
});

async function begin(seats: readonly TestSeat[], proofs?: Proofs) {
  const open = await openHall({
    seats,
    motions: [SECRET],
    secrecy: scrutineersOf(3, 2),
    ...(proofs ? { proofs: () => proofs } : {}),
  });
  halls.push(open);
  const scrutineers = new Scrutineers(open, 3);
  await scrutineers.makeKey();
  const hands = await Promise.all(seats.map((seat) => new SecretSeat(open, seat).begin()));
  sockets.push(...hands);
  for (const hand of hands) await hand.checkIn();
  await open.act({ act: 'open', motion: 'm2', rehearsal: false });
  return { open, scrutineers, hands };
}

/** A coordinator that starts from what stood on the disk at this moment, as after a power cut. */
async function after(open: OpenHall): Promise<OpenHall> {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-after-'));
  for (const end of ['', '-wal'])
    if (existsSync(open.ledgerFile + end))
      copyFileSync(open.ledgerFile + end, join(folder, `sitting.ledger${end}`));
  const next = await openHall({
    folder,
    key: open.key,
    seats: open.seats,
    motions: [SECRET],
    secrecy: scrutineersOf(3, 2),
  });
  halls.push(next);
  return next;
}

const SEATS = [1, 2].map(testSeat);

it('counts a ballot that was recorded and not yet judged, once, and answers the seat that sends it again', async () => {
  const { open, hands } = await begin(SEATS, NOTHING);
  const [one] = hands;
  if (!one) throw new Error('no seat');
  const message = one.casting(one.seal(['c1']));
  one.tell(message);
  await eventually(() => open.chronicle.state.current?.cast === 1, 'the record');
  expect(one.told.some((told) => told.typ === 'receipt' && told.for === message.id)).toBe(false);
  const next = await after(open);
  const again = await new SecretSeat(next, one.seat).begin();
  sockets.push(again);
  again.tell(message);
  await again.receipt(message.id);
  await next.act({ act: 'close', round: 'm2/1' });
  await eventually(() => next.chronicle.state.current?.sealed?.tally, 'the sum');
  expect(next.chronicle.state.current).toMatchObject({ cast: 1, phase: 'closed' });
});

it('rejects a false ballot that was recorded and not yet judged before the vote closes', async () => {
  const { open, hands } = await begin(SEATS, NOTHING);
  const [one] = hands;
  if (!one) throw new Error('no seat');
  one.tell(one.casting(one.seal(['c1']).replace(/"response":"\d{9}/, '"response":"123456789')));
  await eventually(() => open.chronicle.state.current?.cast === 1, 'the record');
  const next = await after(open);
  await next.act({ act: 'close', round: 'm2/1' });
  expect(next.chronicle.state.current).toMatchObject({ cast: 0, phase: 'closed' });
});

it('adds up a vote that was closed and not yet counted, and goes on between two shares', async () => {
  let isCut = false;
  const { open, scrutineers, hands } = await begin(SEATS, {
    prepare: () => {},
    check: async (_, ballots) => ballots.map(() => null),
    sum: () => {
      isCut = true;
      return stuck;
    },
  });
  for (const hand of hands) await hand.vote(['c2']);
  await open.act({ act: 'close', round: 'm2/1' });
  await eventually(() => isCut, 'the count');
  const next = await after(open);
  await eventually(() => next.chronicle.state.current?.sealed?.tally, 'the sum');
  const there = scrutineers.at(next);
  expect(await there.decrypt(2)).toMatchObject({ ok: true });
  const last = await after(next);
  const again = scrutineers.at(last);
  expect(await again.decrypt(2)).toMatchObject({ reason: 'share-given' });
  expect(await again.decrypt(3)).toMatchObject({ ok: true });
  expect(last.chronicle.state.current?.result?.tally).toMatchObject({
    votes: [{ votes: 0 }, { votes: 2 }, { votes: 0 }],
  });
});
