import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pressingDocument } from '../../coordinator/contract/pressing.ts';
import { terminalsDocument } from '../../coordinator/contract/staff-documents.ts';
import { PULSE_MS } from '../../shared/protocol/pulse.ts';
import { memoryCredentials } from '../../terminal/delivery/credential.ts';
import { memoryOutbox } from '../../terminal/delivery/outbox.ts';
import { memoryIdentity } from '../../terminal/machine/identity.ts';
import { screenView } from '../../terminal/screen/screen-view.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { Hands } from '../../terminal/testing/hands.ts';
import { CutLine } from '../support/cut-line.ts';
import { HandClock } from '../support/hand-clock.ts';
import { eventually, HALL, type OpenHall, openHall } from '../support/open-hall.ts';

/** By how much the clock is moved at once, and everything that then arrives is dealt with. */
const STEP_MS = 250;
/** How long a seat may take to say that its wire is dead, and the operator's page, in ms of the clock by hand. */
const SEAT_WITHIN = 5_000;
const HALL_WITHIN = 3 * PULSE_MS + STEP_MS;

let clock: HandClock;
let hall: OpenHall;
let line: CutLine;
let hands: Hands;
let terminal: Terminal;

beforeEach(async () => {
  clock = new HandClock();
  hall = await openHall({ machine: clock, after: clock.after });
  line = await new CutLine(hall.port).open();
  const [seat] = hall.seats;
  if (!seat) throw new Error('the hall has no seat');
  hands = new Hands();
  terminal = new Terminal({
    id: seat.terminal,
    hall: HALL,
    coordinator: { url: `mqtt://127.0.0.1:${line.port}`, key: hall.key.x },
    identity: memoryIdentity(seat.key, 0),
    outbox: memoryOutbox(),
    credentials: memoryCredentials(randomBytes),
    hardware: hands,
    wallClock: clock.wall,
    version: '0',
    healthEverySeconds: 0,
    tickMs: 200,
    spreadMs: 0,
    clock: { now: clock.mono, after: clock.after },
    random: () => 0,
    randomBytes,
    log: pino({ level: 'silent' }),
  });
  await terminal.start();
  clock.pass(1);
  await passUntil(() => terminal.state.seat !== null && terminal.state.sitting !== null, 'the seat’s state');
  hands.tap(seat.card);
  await passUntil(() => terminal.state.seat?.deputy?.id === 'd1', 'the check-in');
});
afterEach(async () => {
  line.mend();
  await terminal.stop();
  await line.close();
  await hall.close();
});

/** Lets time go by a little whenever nothing else happens, until `look` holds. */
function passUntil(look: () => boolean, what: string): Promise<true> {
  return eventually(() => {
    if (look()) return true;
    clock.pass(20);
    return false;
  }, what);
}

const isOnline = () => screenView(terminal.state, '').isConnected;
const shown = () =>
  terminalsDocument(hall.chronicle.state, hall.hall.broker.live.all, []).find(
    (view) => view.terminal === 'T1',
  );
const body = () => screenView(terminal.state, '').body;
const cast = () => hall.chronicle.state.current?.cast;

/** Whatever is on its way inside this process arrives. */
async function arrive(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Cuts the wire and lets at most `within` ms go by until `is`; what is on its way then may take the machine as long as it needs. */
async function cutUntil(is: () => boolean, within: number, what: string): Promise<void> {
  line.cut();
  await arrive();
  const since = clock.monoNow;
  while (!is() && clock.monoNow - since < within) {
    clock.pass(STEP_MS);
    await arrive();
  }
  await eventually(is, what);
}

const cutUntilOffline = () =>
  cutUntil(() => !isOnline(), SEAT_WITHIN, 'the seat’s word that its wire is dead');

async function openVote(): Promise<void> {
  const act = { act: 'open', motion: 'm1', rehearsal: false } as const;
  for (const deputy of ['d2', 'd3']) await hall.act({ act: 'check-in', deputy, reason: '未带卡' });
  expect(await hall.act(act)).toMatchObject({ ok: true });
  await passUntil(() => hands.lamps[1] === 'valid', 'the keys');
}

describe('a wire that is cut without a word', () => {
  it('shows at an idle seat within five seconds, and goes away by itself', async () => {
    expect(isOnline()).toBe(true);
    await cutUntilOffline();
    line.mend();
    await passUntil(isOnline, 'the seat is back');
    expect(body()).toMatchObject({ is: 'waiting' });
  });

  it('is never believed of a line that carries nothing but pulses', async () => {
    for (let n = 0; n < 10; n += 1) {
      const { sent } = line;
      clock.pass(PULSE_MS);
      await eventually(() => line.sent > sent, 'the answer to the pulse');
      expect([isOnline(), shown()?.connected]).toEqual([true, true]);
    }
  });

  it('G8 no loss: a ballot pressed meanwhile is kept, the seat says so, and it counts when the wire is back', async () => {
    await openVote();
    await cutUntilOffline();
    hands.press(2);
    hands.press(5);
    expect(body()).toMatchObject({ is: 'sending' });
    expect(isOnline()).toBe(false);
    expect(cast()).toBe(0);
    line.mend();
    await passUntil(() => body().is === 'counted', 'the receipt');
    expect(cast()).toBe(1);
    expect(isOnline()).toBe(true);
  });

  it('shows within five seconds at a seat whose ballot is on its way, and at one whose ballot is counted', async () => {
    await openVote();
    line.cut();
    hands.press(2);
    hands.press(5);
    await cutUntilOffline();
    expect(body()).toMatchObject({ is: 'sending' });
    line.mend();
    await passUntil(() => body().is === 'counted', 'the receipt');
    await cutUntilOffline();
    expect(body()).toMatchObject({ is: 'counted' });
  });

  it('shows to chair and operator soon after, and not of a seat that only sits still', async () => {
    await openVote();
    const why = () => pressingDocument(hall.chronicle.state, hall.hall.broker.live.all);
    // d2 and d3 have terminals that were never switched on.
    expect(why()).toMatchObject({ notPressed: 1, offline: 2 });
    await cutUntil(() => shown()?.connected === false, HALL_WITHIN, 'the hall’s word that the seat is away');
    expect(shown()?.away).toMatchObject({ why: 'lost' });
    expect(why()).toMatchObject({ notPressed: 0, offline: 3 });
    line.mend();
    await passUntil(() => shown()?.connected === true, 'the terminal is back');
    expect(shown()?.away).toBeNull();
    expect(why()).toMatchObject({ notPressed: 1, offline: 2 });
  });
});
