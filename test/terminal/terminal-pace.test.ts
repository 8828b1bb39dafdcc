import { Duplex } from 'node:stream';
import { generate, type Packet, parser } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topics } from '../../shared/protocol/topics.ts';
import { HandClock } from '../support/hand-clock.ts';
import { eventually, HALL, type OpenHall, openHall, type TestSeat } from '../support/open-hall.ts';
import { checkIn, HandSeat, proof, sign } from '../support/seat-messages.ts';

let clock: HandClock;
let open: OpenHall;
let one: TestSeat;
let two: TestSeat;

beforeEach(async () => {
  clock = new HandClock();
  open = await openHall({ machine: clock, after: clock.after });
  const [first, second] = open.seats;
  if (!first || !second) throw new Error('seats are missing');
  one = first;
  two = second;
});
afterEach(() => open.close());

const taps = (count: number) => Array.from({ length: count }, () => sign(checkIn(one), one.key));
/** Taps in the ledger, one of which every test makes by the way. */
const recorded = () =>
  [...open.chronicle.state.accepted.values()].filter(({ terminal }) => terminal === 'T1').length;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** A connection of the first terminal whose bytes arrive as they are sent, in one piece. */
class Wire {
  readonly received: Packet[] = [];
  readonly stream: Duplex;
  #n = 1;

  constructor() {
    const parse = parser({ protocolVersion: 4 });
    parse.on('packet', (packet) => this.received.push(packet));
    this.stream = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => {
        parse.parse(chunk);
        done();
      },
    });
    open.hall.broker.handle(this.stream);
    const login = { clientId: one.terminal, username: one.terminal, password: Buffer.from(proof(open, one)) };
    const connect = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true } as const;
    this.stream.push(generate({ ...connect, keepalive: 60, ...login }));
  }

  publish(messages: readonly string[]): void {
    const topic = topics(HALL).up(one.terminal);
    const packets = messages.map((payload) => {
      this.#n += 1;
      return generate({
        cmd: 'publish',
        topic,
        payload,
        qos: 1,
        messageId: this.#n,
        dup: false,
        retain: false,
      });
    });
    this.stream.push(Buffer.concat(packets));
  }

  /** What the broker answered the connection with. */
  get accepted(): number | undefined {
    return this.received.flatMap((packet) => (packet.cmd === 'connack' ? [packet.returnCode ?? -1] : []))[0];
  }

  get acknowledged(): number {
    return this.received.filter(({ cmd }) => cmd === 'puback').length;
  }

  async begin(): Promise<this> {
    await eventually(() => this.accepted === 0, 'the connection');
    return this;
  }

  async end(): Promise<void> {
    await eventually(() => this.stream.destroyed, 'the end of the connection');
  }
}

describe('a terminal whose messages come too fast', () => {
  it('waits for those beyond the first sixty, which then are recorded; another terminal does not wait', async () => {
    const wire = await new Wire().begin();
    wire.publish(taps(70));
    await eventually(() => wire.acknowledged === 59, 'the first');
    const other = await new HandSeat(open, two).begin();
    await other.checkIn();
    other.socket.destroy();
    expect([recorded(), wire.acknowledged]).toEqual([59, 59]);
    clock.pass(1_000);
    await eventually(() => wire.acknowledged === 63, 'those of the first second');
    expect(recorded()).toBe(63);
    clock.pass(1_750);
    await eventually(() => wire.acknowledged === 70, 'the rest');
    expect(recorded()).toBe(70);
  });

  it('is cut off where one would wait more than 8 s: nothing of it is recorded, and it can come again', async () => {
    const wire = await new Wire().begin();
    const all = taps(59 + 32 + 1);
    wire.publish(all);
    await wire.end();
    await eventually(() => recorded() === 59, 'what came in time');
    const early = new Wire();
    await early.end();
    expect(early.accepted).not.toBe(0);
    clock.pass(8_000);
    await eventually(() => recorded() === 59 + 32, 'what was waiting');
    expect(open.chronicle.state.refusals).toEqual([]);
    expect(open.log.filter((line) => line.includes('sends more than it may'))).toHaveLength(1);
    clock.pass(1_000);
    const again = await new Wire().begin();
    again.publish(all.slice(-1));
    await eventually(() => again.acknowledged === 1, 'the last one sent again');
    expect(recorded()).toBe(all.length);
  });

  it('waits with its proofs of connection too, and is not there where it left meanwhile', async () => {
    const wire = await new Wire().begin();
    wire.publish(taps(59));
    await eventually(() => wire.acknowledged === 59, 'the first');
    wire.stream.destroy();
    await eventually(() => [...open.hall.broker.connectedTerminals].length === 0, 'the end');
    const { seq } = open.chronicle.state.head;
    const timers = clock.timers;
    const left = new Wire();
    await eventually(() => clock.timers === timers + 1, 'the wait');
    left.stream.destroy();
    const next = new Wire();
    await eventually(() => clock.timers === timers + 2, 'the next');
    expect(next.accepted).toBeUndefined();
    expect(open.chronicle.state.head.seq).toBe(seq);
    clock.pass(250);
    await nextTurn();
    expect(open.hall.broker.live.all.get('T1')?.connected).toBe(false);
    clock.pass(250);
    await next.begin();
    expect(open.chronicle.state.head.seq).toBe(seq + 1);
  });
});
