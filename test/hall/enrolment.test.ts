import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { terminalsDocument } from '../../coordinator/contract/staff-documents.ts';
import { eventually, HALL, type OpenHall, openHall, testSeat } from '../support/open-hall.ts';
import { RawMqtt } from '../support/raw-mqtt.ts';
import { ballot, checkIn, HandSeat, newId, proof } from '../support/seat-messages.ts';

let open: OpenHall;
beforeEach(async () => {
  open = await openHall();
});
afterEach(() => open.close());

const hello = (terminal: string) => ({ typ: 'hello', v: 1, id: newId(), hall: HALL, terminal });
const seatOf = (hand: HandSeat) =>
  eventually(() => hand.told.findLast((message) => message.typ === 'seat'), 'the seat’s state');
const views = () =>
  terminalsDocument(open.chronicle.state, open.hall.broker.live.all, open.hall.broker.claimants.all);

describe('enrolling a terminal', () => {
  it('lets a new terminal wait, shows its key to the operator, and takes nothing from it until it is approved', async () => {
    const spare = { ...testSeat(9), terminal: 'SPARE' };
    const waiting = await new HandSeat(open, spare).begin();
    waiting.tell(hello('SPARE'));
    expect(await seatOf(waiting)).toMatchObject({ enrolled: false, deputy: null });
    expect(views().find((view) => view.terminal === 'SPARE')).toMatchObject({
      state: 'pending',
      kid: spare.key.kid,
      connected: true,
    });
    waiting.tell(checkIn(spare, { card: 'CARD0001' }));
    waiting.tell(ballot(open, spare));
    expect(open.chronicle.state.presence.size).toBe(0);

    expect(await open.act({ act: 'enrol', terminal: 'SPARE', key: spare.key.x, seat: 'S9' })).toMatchObject({
      ok: true,
    });
    await waiting.end();
    const enrolled = await new HandSeat(open, spare).begin();
    enrolled.tell(hello('SPARE'));
    expect(await seatOf(enrolled)).toMatchObject({ enrolled: true, seat: 'S9' });
  });

  it('does not let another key take an enrolled terminal’s name, nor its connection', async () => {
    const [one] = open.seats;
    if (!one) throw new Error('no seat');
    const holder = await new HandSeat(open, one).begin();
    const impostor = new RawMqtt(open.port);
    impostor.connect(one.terminal, proof(open, { ...one, key: testSeat(9).key }));
    await impostor.end();
    await expect
      .poll(() => open.chronicle.state.refusals.at(-1))
      .toMatchObject({
        reason: 'wrong-key',
        terminal: null,
      });
    await holder.checkIn();
    expect(holder.closed).toBe(false);
  });

  it('shows all who claim a name, enrols the one whose key was approved, and tells the others', async () => {
    const squatters = [6, 7].map((n) => ({ ...testSeat(n), terminal: 'SPARE' }));
    const spare = { ...testSeat(8), terminal: 'SPARE' };
    const others = await Promise.all(squatters.map((seat) => new HandSeat(open, seat).begin()));
    const waiting = await new HandSeat(open, spare).begin();
    waiting.tell(hello('SPARE'));
    expect(await seatOf(waiting)).toMatchObject({ enrolled: false });
    const claims = views().filter((view) => view.terminal === 'SPARE');
    expect(claims.map(({ kid }) => kid).sort()).toEqual(
      [...squatters, spare].map(({ key }) => key.kid).sort(),
    );
    expect(claims.every(({ place, since }) => place === '127.0.0.1' && since !== null)).toBe(true);

    expect(await open.act({ act: 'enrol', terminal: 'SPARE', key: spare.key.x, seat: 'S8' })).toMatchObject({
      ok: true,
    });
    for (const other of others) expect(await other.refusal()).toBe('wrong-key');
    await Promise.all([waiting, ...others].map((seat) => seat.end()));
    const enrolled = await new HandSeat(open, spare).begin();
    enrolled.tell(hello('SPARE'));
    expect(await seatOf(enrolled)).toMatchObject({ enrolled: true, seat: 'S8' });
    expect(views().filter((view) => view.terminal === 'SPARE')).toHaveLength(1);
  });

  it('lets the same key come again, in the place of its old connection', async () => {
    const spare = { ...testSeat(8), terminal: 'SPARE' };
    const first = await new HandSeat(open, spare).begin();
    await new HandSeat(open, spare).begin();
    await first.end();
    expect(views().filter((view) => view.terminal === 'SPARE')).toHaveLength(1);
  });

  it('gives a failed terminal’s seat to a spare: the deputy taps again and nothing counted is lost', async () => {
    const [one, two] = open.seats;
    if (!one || !two) throw new Error('no seats');
    const hand = await new HandSeat(open, one).begin();
    await hand.checkIn();
    await (await new HandSeat(open, two).begin()).checkIn();
    await open.act({ act: 'open', motion: 'm1', rehearsal: false });
    const counted = ballot(open, one, { press: 7 });
    hand.tell(counted);
    await hand.receipt(counted.id);

    const spare = { ...one, terminal: 'SPARE', key: testSeat(9).key };
    const waiting = await new HandSeat(open, spare).begin();
    expect(
      await open.act({
        act: 'replace-terminal',
        terminal: one.terminal,
        spare: 'SPARE',
        key: spare.key.x,
      }),
    ).toMatchObject({ ok: true });
    await Promise.all([hand.end(), waiting.end()]);
    const other = await new HandSeat(open, spare).begin();
    await other.checkIn();
    other.tell(hello('SPARE'));
    expect(
      await eventually(() => other.told.findLast((m) => m.typ === 'seat' && m.deputy !== null), 'the deputy'),
    ).toMatchObject({ eligible: true, counted: 7 });
    const again = ballot(open, spare, { press: 1, choice: { kind: 'decision', option: 'against' } });
    other.tell(again);
    await other.receipt(again.id);
    expect(open.chronicle.state.current).toMatchObject({ cast: 1 });
    expect(open.chronicle.state.current?.ballots.get('d1')).toMatchObject({
      terminal: 'SPARE',
      choice: { option: 'against' },
    });
  });
});
