import { afterEach, expect, it } from 'vitest';
import { ACT_REFUSALS } from '../../coordinator/contract/acts.ts';
import { ProofPool } from '../../coordinator/proofs/proof-pool.ts';
import { eventually, type OpenHall, openHall, SELECTION, testSeat } from '../support/open-hall.ts';
import { Scrutineers, scrutineersOf } from '../support/scrutineers.ts';
import { SecretSeat } from '../support/secret-seat.ts';

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };
/** Threads that cannot be had. */
const NONE = new ProofPool(1, () => {
  throw new Error('no threads');
});

let open: OpenHall;
afterEach(() => open.close());

it.each(['close', 'void'] as const)(
  'a vote whose ballots cannot be judged stays as it was on %s, says why, and ends when they can',
  async (act) => {
    let isBroken = true;
    open = await openHall({
      seats: [testSeat(1)],
      motions: [SECRET],
      secrecy: scrutineersOf(3, 2),
      proofs: (pool) => ({
        prepare: (election) => pool.prepare(election),
        check: (...work) => (isBroken ? NONE : pool).check(...work),
        sum: (...work) => pool.sum(...work),
      }),
    });
    await new Scrutineers(open, 3).makeKey();
    const [seat] = open.seats;
    if (!seat) throw new Error('no seat');
    const hand = await new SecretSeat(open, seat).begin();
    await hand.checkIn();
    await open.act({ act: 'open', motion: 'm2', rehearsal: false });
    const ballot = hand.casting(hand.seal(['c1']));
    hand.tell(ballot);
    await hand.end();
    expect(open.chronicle.state.current?.cast).toBe(1);
    const { head } = open.chronicle.state;
    const end = () =>
      open.act(act === 'close' ? { act, round: 'm2/1' } : { act, round: 'm2/1', reason: 'x' });
    expect(await end()).toEqual({ ok: false, reason: 'proofs-unavailable' });
    expect(await end()).toEqual({ ok: false, reason: 'proofs-unavailable' });
    expect(ACT_REFUSALS['proofs-unavailable'].zh).toContain('请稍后重试');
    expect(open.chronicle.state.head).toEqual(head);
    expect(open.chronicle.state.current?.phase).toBe('open');

    isBroken = false;
    const again = await new SecretSeat(open, seat).begin();
    again.tell(ballot);
    await again.receipt(ballot.id);
    expect(await end()).toMatchObject({ ok: true });
    if (act === 'close') await eventually(() => open.chronicle.state.current?.sealed?.tally, 'the sum');
    expect(open.chronicle.state.rounds.get('m2/1')).toMatchObject({
      phase: act === 'close' ? 'closed' : 'voided',
      cast: 1,
    });
    again.socket.destroy();
  },
);
