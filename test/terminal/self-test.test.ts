import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, HALL, type OpenHall, openHall } from '../support/open-hall.ts';
import { HandSeat, newId } from '../support/seat-messages.ts';

let open: OpenHall;
beforeEach(async () => {
  open = await openHall();
});
afterEach(() => open.close());

const hello = (terminal: string) => ({ typ: 'hello', v: 1, id: newId(), hall: HALL, terminal });
const commands = (seat: HandSeat) =>
  seat.told.flatMap((message) => (message.typ === 'command' ? [message.act] : []));
const acts = (seat: HandSeat, ...expected: string[]) =>
  eventually(() => (commands(seat).join() === expected.join() ? true : null), `the commands ${expected}`);

it('每席自检: seats that are there, and seats that come later; a vote ends it', async () => {
  const [one, two, three] = open.seats;
  if (!one || !two || !three) throw new Error('no seats');
  const there = await new HandSeat(open, one).begin();
  expect(await open.act({ act: 'self-test', terminal: null, on: true })).toMatchObject({ ok: true });
  await acts(there, 'self-test');
  const later = await new HandSeat(open, two).begin();
  later.tell(hello(two.terminal));
  await acts(later, 'self-test');
  await open.act({ act: 'self-test', terminal: null, on: false });
  await acts(there, 'self-test', 'end-self-test');
  await open.act({ act: 'self-test', terminal: null, on: true });
  await there.checkIn();
  await later.checkIn();
  expect(await open.act({ act: 'open', motion: 'm1', rehearsal: false })).toMatchObject({ ok: true });
  expect(await open.act({ act: 'self-test', terminal: null, on: true })).toMatchObject({
    reason: 'vote-open',
  });
  const last = await new HandSeat(open, three).begin();
  last.tell(hello(three.terminal));
  await eventually(() => last.told.find((message) => message.typ === 'seat'), 'the seat’s state');
  await last.checkIn();
  expect(commands(last)).toEqual([]);
});
