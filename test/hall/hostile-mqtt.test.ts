import { randomBytes } from 'node:crypto';
import { generate, type Packet } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topics } from '../../shared/protocol/topics.ts';
import { eventually, HALL, type OpenHall, openHall, type TestSeat, testSeat } from '../support/open-hall.ts';
import { RawMqtt } from '../support/raw-mqtt.ts';
import { seededBytes } from '../support/sample-ledger.ts';
import { ballot, HandSeat, proof } from '../support/seat-messages.ts';

let open: OpenHall;
let one: TestSeat;
beforeEach(async () => {
  open = await openHall();
  const [first] = open.seats;
  if (!first) throw new Error('there are seats');
  one = first;
});
afterEach(() => open.close());

const UP = topics(HALL).up('T1');
const CONNECT = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  keepalive: 60,
} as const;

/** A page of a stranger's that is let in. */
async function page(id = `web-${randomBytes(8).toString('hex')}`): Promise<RawMqtt> {
  const raw = new RawMqtt(open.port);
  raw.connect(id);
  expect(await raw.packet('connack')).toMatchObject({ returnCode: 0 });
  return raw;
}

/** The hall still serves an honest seat: checked in, a vote opened, its ballot counted. */
async function isWell(): Promise<void> {
  const hands = await Promise.all(open.seats.slice(0, 2).map((seat) => new HandSeat(open, seat).begin()));
  for (const hand of hands) await hand.checkIn();
  expect(await open.act({ act: 'open', motion: 'm1', rehearsal: false })).toMatchObject({ ok: true });
  const cast = ballot(open, one);
  hands[0]?.tell(cast);
  await hands[0]?.receipt(cast.id);
}

describe('packets nobody should send', () => {
  const attacks: Record<string, (raw: RawMqtt) => void> = {
    'wildcards by the thousand': (raw) => {
      const subscriptions = Array.from({ length: 1500 }, (_, n) => ({ topic: `+/${n}/#`, qos: 1 as const }));
      raw.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    },
    'the broker’s own topics': (raw) => raw.subscribe('$SYS/#'),
    'a topic of a thousand levels': (raw) => raw.subscribe('a/'.repeat(1000)),
    'a message on a topic of a thousand levels': (raw) => raw.publish('a/'.repeat(1000), 'x'),
    'a topic of twenty thousand characters': (raw) => raw.publish('x'.repeat(20_000), 'x'),
    'an empty topic': (raw) => raw.publish('', 'x'),
    'QoS 2': (raw) => raw.publish(UP, 'x', 7, 2),
    'a release of nothing': (raw) => raw.send({ cmd: 'pubrel', messageId: 9 }),
    'receipts of nothing': (raw) => {
      for (const cmd of ['puback', 'pubrec', 'pubcomp'] as const) raw.send({ cmd, messageId: 9 });
    },
    'a document cleared': (raw) =>
      raw.send({
        cmd: 'publish',
        topic: topics(HALL).public('result'),
        payload: '',
        qos: 1,
        messageId: 3,
        dup: false,
        retain: true,
      }),
    'subscriptions ended that never were': (raw) => {
      const unsubscriptions = Array.from({ length: 1500 }, (_, n) => `a/${n}`);
      raw.send({ cmd: 'unsubscribe', messageId: 1, unsubscriptions });
    },
    'a second CONNECT': (raw) => raw.connect('web-0123456789abcdef'),
    'a packet of the server’s': (raw) => raw.send({ cmd: 'suback', messageId: 1, granted: [0] }),
    'an end with a will': (raw) => raw.socket.destroy(),
  };

  it.each(Object.entries(attacks))('do no harm: %s', async (_what, attack) => {
    const will = { topic: UP, payload: Buffer.from('x'), qos: 2, retain: true } as const;
    const stranger = new RawMqtt(open.port);
    stranger.send({ ...CONNECT, clientId: 'web-aaaaaaaaaaaaaaaa', will });
    await stranger.packet('connack');
    attack(stranger);
    const waiting = await new HandSeat(open, { ...testSeat(9), terminal: 'SPARE' }).begin();
    attack(waiting);
    attack(new RawMqtt(open.port));
    await isWell();
    for (const raw of [stranger, waiting]) raw.socket.destroy();
  });

  it.each([
    ['no client id', { clientId: '' }],
    ['no keepalive', { clientId: 'web-0123456789', keepalive: 0 }],
    ['an endless keepalive', { clientId: 'web-0123456789', keepalive: 65_535 }],
    ['an older protocol', { clientId: 'web-0123456789', protocolId: 'MQIsdp', protocolVersion: 3 }],
    ['a newer protocol', { clientId: 'web-0123456789', protocolVersion: 5 }],
    ['a session to keep', { clientId: 'web-0123456789', clean: false }],
  ] as const)('get no connection: %s', async (_what, change) => {
    const raw = new RawMqtt(open.port);
    const packet: Packet = { ...CONNECT, ...change };
    raw.send(packet);
    await raw.end();
    expect(raw.received).not.toContainEqual(expect.objectContaining({ cmd: 'connack', returnCode: 0 }));
  });
});

describe('a connection that floods', () => {
  it('is cut off at five hundred packets, also of kinds that mean nothing', async () => {
    const raw = await page();
    const ping = generate({ cmd: 'pingreq' });
    raw.socket.write(Buffer.concat(Array.from({ length: 700 }, () => ping)));
    await raw.end();
    await expect.poll(() => open.chronicle.state.refusals.at(-1)?.reason).toBe('too-many');
  });

  it('is cut off when it asks again and again for what it may read', async () => {
    const raw = await page();
    for (let n = 1; n <= 100 && !raw.closed; n += 1) raw.subscribe(topics(HALL).public('attendance'), n);
    await raw.end();
  });

  it('is no honest page: one that asks for all there is stays', async () => {
    const raw = await page();
    const all = ['hall', 'attendance', 'motion', 'turnout', 'result', 'checkpoint', 'secrecy'] as const;
    for (const [n, what] of all.entries()) raw.subscribe(topics(HALL).public(what), n + 1);
    await eventually(() => raw.received.filter(({ cmd }) => cmd === 'suback').length === all.length);
    expect(raw.closed).toBe(false);
    raw.socket.destroy();
  });
});

/** Recorded packets, some of their bytes changed, cut or doubled. */
function mutated(bytes: Buffer, random: (n: number) => Uint8Array): Buffer {
  const [how = 0, where = 0, value = 0, cut = 0] = random(4);
  const changed = Buffer.from(bytes);
  const at = where % changed.length;
  if (how < 150) changed[at] = value;
  if (how % 3 === 0) changed[(at * 7 + value) % changed.length] = cut;
  if (how > 220) return changed.subarray(0, at);
  return how > 200 ? Buffer.concat([changed, changed]) : changed;
}

it('mutated packets, before and behind a CONNECT that is let in, end at most their own connection', async () => {
  const random = seededBytes(9);
  const stranger = { ...testSeat(8), terminal: 'SPARE' };
  const recorded: Packet[] = [
    { ...CONNECT, clientId: 'web-0123456789abcdef' },
    { cmd: 'publish', topic: UP, payload: 'x'.repeat(40), qos: 1, messageId: 2, dup: false, retain: false },
    { cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: topics(HALL).sitting, qos: 1 }] },
    { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['a', 'b'] },
    { cmd: 'pubrel', messageId: 5 },
    { cmd: 'pingreq' },
    { cmd: 'disconnect' },
  ];
  const packets = recorded.map((packet) => generate(packet));
  for (let round = 0; round < 120; round += 1) {
    const raw = new RawMqtt(open.port);
    if (round % 3 === 1) raw.connect(`web-${String(round).padStart(8, '0')}`);
    if (round % 3 === 2) raw.connect('SPARE', proof(open, stranger));
    for (let n = 0; n < 12; n += 1) {
      const packet = packets[(random(1)[0] ?? 0) % packets.length];
      if (packet) raw.socket.write(mutated(packet, random));
    }
    raw.socket.end();
    await raw.end();
  }
  await isWell();
});
