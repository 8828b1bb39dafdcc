import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { makeBundle } from '../../coordinator/bundle/export/bundle.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import type { Secrecy } from '../../coordinator/sitting/secrecy.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { PROGRAM, verdict } from '../support/both-verifiers.ts';
import { cancelling } from '../support/cancelling.ts';
import { filesOf } from '../support/forge.ts';
import { eventually, type OpenHall, openHall, SELECTION, testSeat } from '../support/open-hall.ts';
import { Scrutineers, scrutineersOf } from '../support/scrutineers.ts';
import { SecretSeat } from '../support/secret-seat.ts';

/** Seats that collude can seal ballots whose sum is neutral: that is a sum like any other. */

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };
const ANSWERS = SECRET.candidates.length;

let open: OpenHall;
let seats: SecretSeat[] = [];
afterEach(async () => {
  for (const seat of seats) seat.socket.destroy();
  await open.close();
});

async function hall(voters: number, secrecy: Secrecy): Promise<Scrutineers | null> {
  open = await openHall({
    seats: Array.from({ length: voters }, (_, i) => testSeat(i + 1)),
    motions: [SECRET],
    secrecy,
  });
  const scrutineers = secrecy.holder === 'scrutineers' ? new Scrutineers(open, 3) : null;
  await scrutineers?.makeKey();
  seats = await Promise.all(open.seats.map((seat) => new SecretSeat(open, seat).begin()));
  for (const seat of seats) await seat.checkIn();
  return scrutineers;
}

/** The first two seats cast ballots that cancel out, and choose these. */
async function collude(...chosen: readonly [string[], string[]]): Promise<void> {
  const draws = cancelling(ANSWERS, randomBytes);
  for (const i of [0, 1] as const) {
    const seat = seats[i];
    if (!seat) throw new Error('there are two seats');
    const message = seat.casting(seat.seal(chosen[i], seat.secret, draws[i]));
    seat.tell(message);
    await seat.receipt(message.id);
  }
}

const result = () => eventually(() => open.chronicle.state.rounds.get('m2/1')?.result, 'the result');
const votes = (...counts: number[]) => ({
  kind: 'selection',
  votes: counts.map((count, i) => ({ id: `c${i + 1}`, votes: count })),
});

function bundle(): Uint8Array {
  const ledger = Ledger.read(open.ledgerFile, SITTING_LEDGER);
  const made = makeBundle([...ledger.rows()], nodeSigner(open.key), PROGRAM);
  ledger.close();
  if (!made.ok) throw new Error(made.problem);
  return made.bytes;
}

describe('ballots that cancel out', () => {
  it.each([
    ['to nothing at all', [[], []], votes(0, 0, 0)],
    ['to bare counts', [['c1', 'c2'], ['c1']], votes(2, 1, 0)],
  ] as const)('%s are counted where the coordinator holds the key', async (_, [one, other], counted) => {
    await hall(2, { holder: 'coordinator' });
    await open.act({ act: 'open', motion: 'm2', rehearsal: false });
    await collude([...one], [...other]);
    await open.act({ act: 'close', round: 'm2/1' });
    expect((await result()).tally).toEqual(counted);
    expect(open.log.filter((line) => line.includes('could not be counted'))).toEqual([]);
    expect(verdict(bundle())).toBe('fine');
    expect(filesOf(bundle()).elections.length).toBe(1);
  });

  it('beside honest ones change nothing about these', async () => {
    await hall(4, { holder: 'coordinator' });
    await open.act({ act: 'open', motion: 'm2', rehearsal: false });
    await collude(['c1'], ['c2']);
    await seats[2]?.vote(['c3']);
    await seats[3]?.vote(['c3', 'c1']);
    await open.act({ act: 'close', round: 'm2/1' });
    expect((await result()).tally).toEqual(votes(2, 1, 2));
    expect(verdict(bundle())).toBe('fine');
  });

  it('are decrypted by scrutineers at their devices', async () => {
    const scrutineers = await hall(2, scrutineersOf(3, 2));
    await open.act({ act: 'open', motion: 'm2', rehearsal: false });
    await collude(['c1'], []);
    await open.act({ act: 'close', round: 'm2/1' });
    await eventually(() => open.chronicle.state.current?.sealed?.tally, 'the sum');
    for (const owner of [3, 1]) expect(await scrutineers?.decrypt(owner)).toMatchObject({ ok: true });
    expect((await result()).tally).toEqual(votes(1, 0, 0));
    await scrutineers?.sign(2);
    expect(verdict(bundle())).toBe('fine');
  });
});
