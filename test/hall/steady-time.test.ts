import { afterEach, describe, expect, it } from 'vitest';
import { steadyClock } from '../../coordinator/process/clock.ts';
import { decideTimeout } from '../../coordinator/sitting/decide.ts';
import { HandClock } from '../support/hand-clock.ts';
import { DECISION, eventually, type OpenHall, openHall, testSeat } from '../support/open-hall.ts';
import { ballot, HandSeat } from '../support/seat-messages.ts';

const TIMED = { ...DECISION, seconds: 60 };
const SEATS = [testSeat(1), testSeat(2)];

let open: OpenHall | null = null;
afterEach(() => open?.close());

async function voting(machine: HandClock): Promise<OpenHall> {
  open = await openHall({ machine, seats: SEATS, motions: [TIMED] });
  for (const { deputy } of SEATS) await open.act({ act: 'check-in', deputy: deputy.id, reason: '测试' });
  expect(await open.act({ act: 'open', motion: 'm1', rehearsal: false })).toMatchObject({ ok: true });
  return open;
}

async function restarted(hall: OpenHall, machine: HandClock): Promise<OpenHall> {
  await hall.close('keep');
  open = await openHall({ machine, seats: SEATS, motions: [TIMED], folder: hall.folder, key: hall.key });
  return open;
}

const left = ({ chronicle }: OpenHall) => (chronicle.state.current?.deadline ?? 0) - chronicle.now();

describe('time comes from a clock nobody sets', () => {
  it('neither closes nor lengthens a vote when the system’s clock is changed', async () => {
    const machine = new HandClock();
    const hall = await voting(machine);
    machine.pass(10_000);
    machine.wallNow += 10 * 365 * 86_400_000;
    expect(left(hall)).toBe(50_000);
    expect(decideTimeout(hall.chronicle.state, hall.chronicle.now())).toEqual([]);
    machine.wallNow = 0;
    machine.pass(49_999);
    expect(decideTimeout(hall.chronicle.state, hall.chronicle.now())).toEqual([]);
    machine.pass(1);
    expect(decideTimeout(hall.chronicle.state, hall.chronicle.now())).toMatchObject([
      { typ: 'closed', by: { role: 'clock' } },
      'checkpoint',
      { typ: 'result' },
      'checkpoint',
    ]);
  });

  it('goes on counting through a restart of the program, whatever the clock was set to meanwhile', async () => {
    const machine = new HandClock();
    const hall = await voting(machine);
    machine.pass(20_000);
    machine.wallNow += 86_400_000;
    const again = await restarted(hall, machine);
    expect(left(again)).toBe(40_000);
    expect(again.chronicle.state.current?.phase).toBe('open');
  });

  it('keeps an open vote the time it had left over a reboot, however long that took', async () => {
    const machine = new HandClock();
    const hall = await voting(machine);
    machine.pass(20_000);
    await hall.act({ act: 'leave', deputy: 'd2', reason: '最后一条记录' });
    machine.boot = 'boot-2';
    machine.monoNow = 5;
    machine.wallNow += 3_600_000;
    const again = await restarted(hall, machine);
    expect(left(again)).toBe(40_000);
  });

  it('closes a vote on time after a restart that outlasted it', async () => {
    const machine = new HandClock();
    const hall = await voting(machine);
    machine.pass(70_000);
    const again = await restarted(hall, machine);
    await eventually(() => again.chronicle.state.current?.phase === 'closed', 'the close by time');
  });

  it('refuses a ballot that comes when the time is up, before anybody has closed the vote', async () => {
    const machine = new HandClock();
    open = await openHall({ machine, seats: SEATS, motions: [TIMED] });
    const [seat] = SEATS;
    if (!seat) throw new Error('no seat');
    const hand = await new HandSeat(open, seat).begin();
    await hand.checkIn();
    await open.act({ act: 'open', motion: 'm1', rehearsal: false });
    machine.pass(60_000);
    hand.tell(ballot(open, seat));
    expect(await hand.refusal()).toBe('too-late');
  });

  it('never runs backwards', () => {
    const machine = new HandClock();
    machine.wallNow = 0;
    expect(steadyClock(machine, null, 5_000_000)()).toBe(5_000_000);
  });
});
