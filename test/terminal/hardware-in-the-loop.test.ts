import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PANEL_WIRING } from '../../hardware/seat-config.ts';
import { firmataHardware } from '../../hardware/seat-hardware.ts';
import { AvrBoard } from '../../hardware/testing/avr-board.ts';
import { SimulatedPn532 } from '../../hardware/testing/simulated-pn532.ts';
import { diskCredentials } from '../../terminal/delivery/credential.ts';
import { diskOutbox } from '../../terminal/delivery/outbox.ts';
import { steadyClock } from '../../terminal/machine/clock.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import { numbered } from '../../terminal/machine/identity.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { DECISION, HALL, type OpenHall, openHall, type TestSeat, testSeat } from '../support/open-hall.ts';

/**
 * A whole seat without a bench: the panel's committed image runs on a simulated chip, real firmata-io and real
 * johnny-five drive it, a simulated PN532 hangs on its I2C bus; behind it the real terminal, MQTT and coordinator.
 */

const IMAGE = readFileSync('hardware/panel/panel.hex', 'utf8');
const KEY_PIN = { 1: 2, 2: 3, 3: 4, 4: 5, 5: 6 } as const;
const LAMP_PIN = { 1: 8, 2: 9, 3: 10, 4: 11, 5: 12 } as const;
type Key = keyof typeof KEY_PIN;

let hall: OpenHall;
let folder: string;
let seats: Seat[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-loop-'));
  hall = await openHall({ seats: [seatWithCard(1), seatWithCard(2)], motions: [DECISION] });
});
afterEach(async () => {
  await Promise.all(seats.map((seat) => seat.stop()));
  seats = [];
  await hall.close();
  rmSync(folder, { recursive: true });
});

/** A deputy whose card's number is the UID of a card that exists. */
function seatWithCard(n: number): TestSeat {
  const seat = testSeat(n);
  const card = `04A1B2C${n}`;
  return { ...seat, card, deputy: { ...seat.deputy, cards: [card] } };
}

/** One desk: the chip with its keys, lamps and reader, and the terminal's program, which may be started again. */
class Seat {
  readonly chip = new AvrBoard(IMAGE);
  readonly reader = new SimulatedPn532();
  readonly who: TestSeat;
  terminal: Terminal | null = null;

  constructor(who: TestSeat) {
    this.who = who;
    this.chip.bus.attach(0x24, this.reader);
    this.chip.start();
    seats.push(this);
  }

  /** Starts the terminal's program, as its service does. */
  async begin(): Promise<this> {
    const disk = new Disk(join(folder, this.who.terminal));
    this.terminal = new Terminal({
      id: this.who.terminal,
      hall: HALL,
      coordinator: { url: hall.url, key: hall.key.x },
      identity: numbered(this.who.key, disk),
      credentials: diskCredentials(disk, randomBytes),
      outbox: diskOutbox(disk, this.who.key, () => {}),
      disk,
      hardware: firmataHardware(
        async () => this.chip.openLine(),
        PANEL_WIRING,
        { kind: 'pn532' },
        this.chip.after,
      ),
      version: 'test',
      healthEverySeconds: 60,
      tickMs: 50,
      spreadMs: 0,
      clock: steadyClock,
      wallClock: Date.now,
      random: Math.random,
      randomBytes,
      log: pino({ level: 'silent' }),
    });
    await this.terminal.start();
    return this;
  }

  async end(): Promise<void> {
    await this.terminal?.stop();
    this.terminal = null;
  }

  async stop(): Promise<void> {
    await this.end();
    this.chip.stop();
  }

  get state() {
    if (!this.terminal) throw new Error('the terminal is not running');
    return this.terminal.state;
  }

  async tap(): Promise<void> {
    this.reader.place({ uid: this.who.card });
    await until(() => expect(this.state.seat?.deputy?.id).toBe(this.who.deputy.id));
    this.reader.remove();
  }

  /** A finger's press: down for 80 ms of the chip's time; resolves when the key is up again for all to see. */
  press(key: Key): Promise<void> {
    this.chip.script([0, 'press', KEY_PIN[key]], [80, 'release', KEY_PIN[key]]);
    return passed(this, 140);
  }

  isLit = (key: Key) => this.chip.isLit(LAMP_PIN[key]);
}

const until = (check: () => void) => vi.waitFor(check, { interval: 5 });
const cast = () => hall.chronicle.state.current?.cast ?? 0;
const ballotOf = (seat: Seat) => hall.chronicle.state.current?.ballots.get(seat.who.deputy.id);

/** Both deputies tap, the vote opens, and key 2 (赞成) lights at their desks. */
async function voting(): Promise<readonly [Seat, Seat]> {
  const [a, b] = hall.seats;
  if (!a || !b) throw new Error('no seats');
  const both = [await new Seat(a).begin(), await new Seat(b).begin()] as const;
  for (const seat of both) await until(() => expect(seat.state.seat?.enrolled).toBe(true));
  for (const seat of both) await seat.tap();
  await hall.act({ act: 'open', motion: 'm1', rehearsal: false });
  for (const seat of both) await until(() => expect(seat.isLit(2)).toBe(true));
  return both;
}

describe('hardware in the loop', () => {
  test('a card and two presses travel from pin edges into the ledger, and back as a lamp', async () => {
    const [one, two] = await voting();
    await one.press(2);
    await until(() => expect(one.state.vote?.draft).toMatchObject({ option: 'for' }));
    expect(cast()).toBe(0);
    await one.press(5);
    await until(() => expect(ballotOf(one)).toMatchObject({ choice: { option: 'for' }, terminal: 'T1' }));
    await until(() => expect(one.state.vote?.cast.step).toBe('counted'));
    await two.press(3);
    await until(() => expect(two.state.vote?.draft).toMatchObject({ option: 'against' }));
    await two.press(5);
    await until(() => expect(cast()).toBe(2));
    console.log(`the chip fell ${one.chip.lostMs.toFixed(0)} ms behind its own clock`);
  });

  test('reset in mid-vote: seen as a fault; the program starts again and the deputy votes on', async () => {
    const [one] = await voting();
    await one.press(2);
    await until(() => expect(one.state.vote?.draft).toMatchObject({ option: 'for' }));
    one.chip.reset('watchdog');
    await until(() =>
      expect(one.state.panel).toMatchObject({ is: 'fault', what: 'the panel was reset (watchdog)' }),
    );
    await one.press(5);
    await one.end();
    await one.begin();
    await until(() => expect(one.isLit(2)).toBe(true));
    await passed(one, 200);
    expect(cast()).toBe(0);
    await one.press(3);
    await until(() => expect(one.state.vote?.draft).toMatchObject({ option: 'against' }));
    await one.press(5);
    await until(() => expect(ballotOf(one)).toMatchObject({ choice: { option: 'against' } }));
    expect(cast()).toBe(1);
  });

  test('a hung bus takes the reader away, never the keys; a freed one brings it back', async () => {
    const [one] = await voting();
    one.chip.bus.isHung = true;
    await until(() => expect(one.state.reader).toMatchObject({ is: 'fault' }));
    await one.press(2);
    await until(() => expect(one.state.vote?.draft).toMatchObject({ option: 'for' }));
    await one.press(5);
    await until(() => expect(cast()).toBe(1));
    expect(one.state.panel).toEqual({ is: 'ready' });
    one.chip.bus.isHung = false;
    await until(() => expect(one.state.reader).toEqual({ is: 'ready' }));
  });

  test('a reader unplugged is a fault at the seat, and plugged in again it reads the next card', async () => {
    const [one] = hall.seats;
    if (!one) throw new Error('no seat');
    const seat = await new Seat(one).begin();
    await until(() => expect(seat.state.seat?.enrolled).toBe(true));
    seat.reader.isAbsent = true;
    await until(() => expect(seat.state.reader).toMatchObject({ is: 'fault' }));
    seat.reader.isAbsent = false;
    seat.reader.powerCycle();
    await seat.tap();
    expect(seat.state.reader).toEqual({ is: 'ready' });
  });

  test('noise on the bus invents no card', async () => {
    const [one] = hall.seats;
    if (!one) throw new Error('no seat');
    const seat = await new Seat(one).begin();
    await until(() => expect(seat.state.seat?.enrolled).toBe(true));
    let n = 0;
    seat.chip.bus.noise = (byte) => {
      n += 1;
      return n % 23 === 0 ? byte ^ (1 << (n % 8)) : byte;
    };
    seat.reader.place({ uid: one.card });
    await until(() => expect(seat.state.seat?.deputy?.id).toBe(one.deputy.id));
    expect(hall.chronicle.state.refusals).toEqual([]);
  });

  test('bouncing keys cast once, keys pressed together nothing, a stuck key is reported and the others vote', async () => {
    const [one, two] = await voting();
    // Key 2, its contact bouncing on the way down and up.
    one.chip.script([0, 'press', 3], [1, 'release', 3], [2, 'press', 3], [3, 'release', 3], [4, 'press', 3]);
    one.chip.script([90, 'release', 3], [91, 'press', 3], [92, 'release', 3]);
    await until(() => expect(one.state.vote?.draft).toMatchObject({ option: 'for' }));
    // Keys 3 and 5 together: neither changes the choice nor casts it.
    one.chip.script([0, 'press', 4], [3, 'press', 6], [200, 'release', 4], [200, 'release', 6]);
    await two.press(4);
    await until(() => expect(two.state.vote?.draft).toMatchObject({ option: 'abstain' }));
    await passed(one, 300);
    expect(one.state.vote?.draft).toMatchObject({ option: 'for' });
    expect(cast()).toBe(0);
    one.chip.press(KEY_PIN[3]);
    await until(() => expect(one.state.panel).toMatchObject({ is: 'fault' }));
    expect(one.state.panel).toMatchObject({ is: 'fault', what: 'key 3 is stuck: held down for over 10 s' });
    await one.press(2);
    await until(() => expect(one.state.vote?.draft).toMatchObject({ option: 'for' }));
    await one.press(5);
    await until(() => expect(ballotOf(one)).toMatchObject({ choice: { option: 'for' } }));
    expect(cast()).toBe(1);
  });

  test('the serial line cut in mid-vote and plugged in again: the cast ballot counts once', async () => {
    const [one] = await voting();
    await one.press(2);
    await until(() => expect(one.state.vote?.draft).toMatchObject({ option: 'for' }));
    one.chip.cut();
    await until(() =>
      expect(one.state.panel).toMatchObject({
        is: 'fault',
        what: 'the panel was unplugged; check its cable',
      }),
    );
    await one.press(5);
    await passed(one, 300);
    expect(cast()).toBe(0);
    one.chip.restore();
    await one.end();
    await one.begin();
    await until(() => expect(one.isLit(2)).toBe(true));
    await passed(one, 200);
    await one.press(2);
    await until(() => expect(one.state.vote?.draft).toMatchObject({ option: 'for' }));
    await one.press(5);
    await until(() => expect(cast()).toBe(1));
  });

  test('garbage on the line casts nothing, and a stopped chip is noticed', async () => {
    const [one, two] = await voting();
    const { seated } = hall.chronicle.state;
    for (let i = 0; i < 20; i += 1) {
      one.chip.inject(randomBytes(40));
      one.chip.receive(randomBytes(40));
    }
    two.chip.stopCpu();
    await until(() =>
      expect(two.state.panel).toMatchObject({ is: 'fault', what: 'the panel does not answer any more' }),
    );
    // A card that still lies on the reader may be read once more; garbage names no other, and casts nothing.
    expect(hall.chronicle.state.seated.toObject()).toEqual(seated.toObject());
    expect(hall.chronicle.state.refusals).toEqual([]);
    expect(cast()).toBe(0);
  });

  test('how long it takes: button edge to signed ballot in the outbox, card to check-in', async () => {
    const [one, two] = await voting();
    await two.press(2);
    await until(() => expect(two.state.vote?.draft).not.toBeNull());
    const edges: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      const key = i % 2 ? 2 : 3;
      const option = i % 2 ? 'for' : 'against';
      const start = performance.now();
      const isUp = one.press(key);
      await until(() => expect(one.state.vote?.draft).toMatchObject({ option }));
      edges.push(performance.now() - start);
      await isUp;
    }
    const confirmed = performance.now();
    const isUp = one.press(5);
    await until(() => expect(['sending', 'counted']).toContain(one.state.vote?.cast.step));
    const ballot = performance.now() - confirmed;
    await isUp;
    const cards: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      // Taken away for longer than a card that is shaken.
      await passed(two, 1_400);
      const { size } = hall.chronicle.state.accepted;
      const start = performance.now();
      two.reader.place({ uid: two.who.card });
      await until(() => expect(hall.chronicle.state.accepted.size).toBe(size + 1));
      cards.push(performance.now() - start);
      two.reader.remove();
    }
    edges.sort((a, b) => a - b);
    cards.sort((a, b) => a - b);
    const ms = (value: number | undefined) => `${Math.round(value ?? 0)} ms`;
    console.log(
      `hardware in the loop: key edge to choice p50 ${ms(edges[3])}, slowest ${ms(edges.at(-1))}; ` +
        `card to check-in in the ledger p50 ${ms(cards[1])}, slowest ${ms(cards.at(-1))}; ` +
        `confirming edge to signed ballot in the outbox ${ms(ballot)}`,
    );
    expect(ballotOf(one) ?? cast()).toBeDefined();
  });
});

/** So much simulated time on the seat's chip. */
function passed(seat: Seat, ms: number): Promise<void> {
  const end = seat.chip.now + ms;
  return until(() => expect(seat.chip.now).toBeGreaterThan(end));
}
