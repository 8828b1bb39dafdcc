import { afterEach, expect, it } from 'vitest';
import type { Proofs } from '../../coordinator/proofs/proofs.ts';
import { HandClock } from '../support/hand-clock.ts';
import { DECISION, eventually, type OpenHall, openHall, SELECTION, testSeat } from '../support/open-hall.ts';
import { SecretSeat } from '../support/secret-seat.ts';

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };

let clock: HandClock;
let open: OpenHall;
let hand: SecretSeat;
afterEach(() => open.close());

/** A hall with one deputy there and a vote on `motion` open. */
async function voting(motion: string, proofs: (pool: Proofs) => Proofs): Promise<void> {
  clock = new HandClock();
  open = await openHall({
    seats: [testSeat(1)],
    motions: [{ ...DECISION, seconds: 60 }, SECRET, { ...SECRET, id: 'm3', seconds: 60 }],
    secrecy: { holder: 'coordinator' },
    machine: clock,
    after: clock.after,
    proofs,
  });
  const [seat] = open.seats;
  if (!seat) throw new Error('no seat');
  hand = await new SecretSeat(open, seat).begin();
  await hand.checkIn();
  expect(await open.act({ act: 'open', motion, rehearsal: false })).toMatchObject({ ok: true });
}

/** What `end` lets come to its end, well or badly. */
function gateOf(how: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = () => (how === 'well' ? resolve() : reject(new Error('no threads')));
  });
  return { ended, end: () => end() };
}

/** Lets what is under way come to its end. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function expectStopped(work: () => void): Promise<void> {
  await open.hall.stop();
  const { head } = open.chronicle.state;
  expect(clock.timers).toBe(0);
  work();
  await settled();
  expect(clock.timers).toBe(0);
  clock.pass(120_000);
  await settled();
  expect(clock.timers).toBe(0);
  expect(open.chronicle.state.head).toEqual(head);
}

it('a hall that stops leaves no timer, neither of pages nor of an open vote, and terminals that go start none', async () => {
  await voting('m1', (pool) => pool);
  expect(clock.timers).toBeGreaterThan(1);
  await expectStopped(() => hand.socket.destroy());
});

it('a hall that stops does not try again to count what could not be counted', async () => {
  let tries = 0;
  await voting('m2', (pool) => ({
    prepare: pool.prepare.bind(pool),
    check: pool.check.bind(pool),
    sum: async () => {
      tries += 1;
      throw new Error('no threads');
    },
  }));
  await hand.vote(['c1']);
  await open.act({ act: 'close', round: 'm2/1' });
  await settled();
  clock.pass(1_000);
  await settled();
  expect(tries).toBe(2);
  await expectStopped(() => {});
  expect(tries).toBe(2);
});

it.each(['well', 'badly'])('a count that ends %s after the hall has stopped changes nothing', async (how) => {
  const gate = gateOf(how);
  let isCounted = false;
  await voting('m2', (pool) => ({
    prepare: pool.prepare.bind(pool),
    check: pool.check.bind(pool),
    sum: async (ballots, shape) => {
      const sum = await pool.sum(ballots, shape);
      isCounted = true;
      await gate.ended;
      return sum;
    },
  }));
  await hand.vote(['c1']);
  await open.act({ act: 'close', round: 'm2/1' });
  await eventually(() => isCounted, 'the count');
  await expectStopped(gate.end);
});

it.each(['well', 'badly'])(
  'a vote whose time was up, judged %s after the hall has stopped, stays as it was',
  async (how) => {
    const gate = gateOf(how);
    await voting('m3', (pool) => ({
      prepare: pool.prepare.bind(pool),
      check: (election, ballots) => gate.ended.then(() => pool.check(election, ballots)),
      sum: pool.sum.bind(pool),
    }));
    hand.tell(hand.casting(hand.seal(['c1'])));
    await eventually(() => open.chronicle.state.current?.cast === 1, 'the ballot');
    clock.pass(60_000);
    await settled();
    const voided = open.act({ act: 'void', round: 'm3/1', reason: 'x' });
    await expectStopped(gate.end);
    const { head } = open.chronicle.state;
    expect(await voided).toMatchObject({ ok: false });
    expect(open.chronicle.state.head).toEqual(head);
    expect(open.chronicle.state.current?.phase).toBe('open');
  },
);
