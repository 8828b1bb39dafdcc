import { afterEach, describe, expect, it } from 'vitest';
import { publicDocuments } from '../../coordinator/contract/public-documents.ts';
import { parseJws } from '../../shared/protocol/jws.ts';
import { SittingState } from '../../shared/protocol/messages.ts';
import { topics } from '../../shared/protocol/topics.ts';
import type { Fleet } from '../../terminal/rehearsal/fleet.ts';
import { AheadClock } from '../support/ahead-clock.ts';
import { DECISION, eventually, HALL, type OpenHall, openHall, testSeat } from '../support/open-hall.ts';
import { ballot, HandSeat, sign } from '../support/seat-messages.ts';
import type { Asked } from '../support/staff.ts';
import { fleetOf } from '../support/test-fleet.ts';

/** A vote of an hour, held (暂停) and gone on with, in a hall with its broker. */
const TIMED = { ...DECISION, seconds: 3_600 };
const HOLD = { act: 'hold', round: 'm1/1', reason: '检查设备' } as const;
const RESUME = { act: 'resume', round: 'm1/1' } as const;

let open: OpenHall | null = null;
let clock: AheadClock;
let fleet: Fleet | null = null;

afterEach(async () => {
  await fleet?.stop();
  await open?.close();
  fleet = null;
  open = null;
});

async function hallOf(seats: number): Promise<OpenHall> {
  clock = new AheadClock();
  open = await openHall({
    machine: clock,
    seats: Array.from({ length: seats }, (_, i) => testSeat(i + 1)),
    motions: [TIMED],
  });
  return open;
}

const act = async (hall: OpenHall, what: Asked) => expect(await hall.act(what)).toMatchObject({ ok: true });

describe('a vote on hold in the hall', () => {
  it('G2 once, G8 no loss: a ballot that meets the hold is refused for now and counts when sent again', async () => {
    const hall = await hallOf(3);
    const [one, two] = hall.seats;
    if (!one || !two) throw new Error('seats are missing');
    const [hand, other] = [await new HandSeat(hall, one).begin(), await new HandSeat(hall, two).begin()];
    await hand.checkIn();
    await other.checkIn();
    await act(hall, { act: 'open', motion: 'm1', rehearsal: false });
    const message = ballot(hall, one);
    const jws = sign(message, one.key);
    await act(hall, HOLD);
    for (const n of [1, 2]) {
      hand.say(jws);
      expect(await hand.refusal(n)).toBe('on-hold');
    }
    expect(hall.chronicle.state.current?.cast).toBe(0);
    expect(await hall.act({ act: 'close', round: 'm1/1' })).toMatchObject({ reason: 'on-hold' });
    await act(hall, RESUME);
    hand.say(jws);
    await hand.receipt(message.id);
    hand.say(jws);
    await eventually(
      () => hand.told.filter((m) => m.typ === 'receipt' && m.for === message.id).length === 2,
      'the same receipt again',
    );
    expect(hall.chronicle.state.current?.cast).toBe(1);
  });

  it('seats and display hear of the hold, its reason and the time that stands still', async () => {
    const hall = await hallOf(2);
    const [one] = hall.seats;
    if (!one) throw new Error('seats are missing');
    const hand = await new HandSeat(hall, one).begin();
    hand.subscribe(topics(HALL).sitting);
    await hand.checkIn();
    await act(hall, { act: 'check-in', deputy: 'd2', reason: '未带卡' });
    await act(hall, { act: 'open', motion: 'm1', rehearsal: false });
    const held = () =>
      hand.received.flatMap((packet) => {
        if (packet.cmd !== 'publish') return [];
        const told = SittingState.safeParse(parseJws(packet.payload.toString())?.payload);
        return told.success && told.data.round ? [told.data.round.hold?.reason ?? null] : [];
      });
    await act(hall, HOLD);
    await eventually(() => held().at(-1) === HOLD.reason, 'the seat hears of the hold');
    const { state } = hall.chronicle;
    expect(publicDocuments.motion(state)).toMatchObject({ hold: { reason: HOLD.reason }, extended: 0 });
    const shown = publicDocuments.turnout(state, hall.chronicle.now());
    expect(shown).toMatchObject({ held: true });
    expect(publicDocuments.turnout(state, hall.chronicle.now() + 7_200_000)).toEqual(shown);
    const times = () => hand.told.flatMap((m) => (m.typ === 'seat' ? [m.remaining] : []));
    const before = times().length;
    await act(hall, { act: 'extend', round: 'm1/1', seconds: 120 });
    await eventually(() => times().length > before, 'the seat hears of the extension');
    expect(times().at(-1)).toBe((shown?.remaining ?? 0) + 120_000);
    await act(hall, RESUME);
    await eventually(() => held().at(-1) === null, 'the seat hears that the vote goes on');
    expect(publicDocuments.motion(hall.chronicle.state)).toMatchObject({ hold: null, extended: 120 });
  });

  it('real terminals stand still and then all vote, nobody twice', async () => {
    const hall = await hallOf(12);
    const { chronicle } = hall;
    fleet = fleetOf(hall, { manner: { behaviour: 'vote', speed: 20, absent: 0, passes: 0 } });
    await fleet.start();
    await eventually(() => chronicle.state.presence.size === 12, 'everybody’s check-in');
    const holds: unknown[] = [];
    chronicle.on(['ballot'], () => holds.push(chronicle.state.current?.hold));
    await act(hall, { act: 'open', motion: 'm1', rehearsal: false });
    await eventually(() => (chronicle.state.current?.cast ?? 0) >= 3, 'the first ballots');
    await act(hall, HOLD);
    await act(hall, RESUME);
    await eventually(() => chronicle.state.current?.cast === 12, 'everybody’s ballot');
    await act(hall, HOLD);
    await act(hall, RESUME);
    expect(await hall.act({ act: 'close', round: 'm1/1' })).toMatchObject({ reason: 'just-resumed' });
    clock.putOn(5_000);
    await act(hall, { act: 'close', round: 'm1/1' });
    expect(chronicle.state.rounds.get('m1/1')?.result).toMatchObject({ cast: 12, present: 12 });
    expect(holds.every((hold) => hold === null)).toBe(true);
    const others = chronicle.state.refusals.filter(({ reason }) => reason !== 'on-hold');
    expect(others).toEqual([]);
  });
});
