import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { topics } from '../../shared/protocol/topics.ts';
import { eventually, HALL, type OpenHall, openHall, type TestSeat } from '../support/open-hall.ts';
import { RawMqtt } from '../support/raw-mqtt.ts';
import { ballot, checkIn, HandSeat, newId, proof, sign, signText } from '../support/seat-messages.ts';

let open: OpenHall;
let one: TestSeat;
let two: TestSeat;

beforeEach(async () => {
  open = await openHall();
  const [first, second] = open.seats;
  if (!first || !second) throw new Error('seats are missing');
  one = first;
  two = second;
});

afterEach(() => open.close());

async function seated(seat: TestSeat): Promise<HandSeat> {
  const hand = await new HandSeat(open, seat).begin();
  await hand.checkIn();
  return hand;
}

/** Two of three present, a vote open on m1. */
async function voting(): Promise<[HandSeat, HandSeat]> {
  const hands: [HandSeat, HandSeat] = [await seated(one), await seated(two)];
  expect(await open.act({ act: 'open', motion: 'm1', rehearsal: false })).toMatchObject({ ok: true });
  return hands;
}

const recorded = () => open.chronicle.state.refusals.map(({ reason }) => reason);
const counted = () => open.chronicle.state.rounds.get('m1/1')?.ballots.size ?? 0;

describe('G3 authentic: ballots', () => {
  it('counts a good ballot once and gives the same receipt again', async () => {
    const [hand] = await voting();
    const jws = sign(ballot(open, one), one.key);
    hand.say(jws);
    await eventually(() => hand.told.filter((m) => m.typ === 'receipt').length === 2);
    hand.say(jws);
    await eventually(() => hand.told.filter((m) => m.typ === 'receipt').length === 3);
    const [, first, again] = hand.told.filter((m) => m.typ === 'receipt');
    expect(again).toEqual(first);
    expect(counted()).toBe(1);
    expect(recorded()).toEqual([]);
  });

  const cases: [string, string, (hand: HandSeat) => void][] = [
    ['a forged signature', 'wrong-signature', (h) => h.say(forged(sign(ballot(open, one), one.key)))],
    ['another terminal’s key', 'wrong-key', (h) => h.tell(ballot(open, one), two.key)],
    ['a key nobody enrolled', 'wrong-key', (h) => h.tell(ballot(open, one), makeKeyPair(randomBytes))],
    ['another terminal’s ballot', 'another-terminal', (h) => h.tell(ballot(open, two), two.key)],
    ['another deputy', 'another-deputy', (h) => h.tell(ballot(open, one, { deputy: two.deputy.id }))],
    ['another sitting', 'another-sitting', (h) => h.tell(ballot(open, one, { sitting: 'sitting-2' }))],
    ['another hall', 'another-sitting', (h) => h.tell(ballot(open, one, { hall: 'elsewhere' }))],
    ['a round that is not open', 'another-round', (h) => h.tell(ballot(open, one, { round: 'm2/1' }))],
    [
      'another opening of the same round',
      'another-round',
      (h) => h.tell(ballot(open, one, { opening: 'a'.repeat(64) })),
    ],
    [
      'a choice of another kind',
      'choice-of-another-kind',
      (h) => h.tell(ballot(open, one, { choice: { kind: 'selection', chosen: [] } })),
    ],
    ['no JWS at all', 'malformed', (h) => h.say('rubbish')],
    ['bytes that are no text', 'malformed', (h) => h.say(randomBytes(300))],
    ['an empty message', 'malformed', (h) => h.say('')],
    ['deep nesting', 'malformed', (h) => h.say(signText(`${'['.repeat(6000)}${']'.repeat(6000)}`, one.key))],
    ['an extra field', 'malformed', (h) => h.tell({ ...ballot(open, one), weight: 2 })],
    ['a missing field', 'malformed', (h) => h.tell({ ...ballot(open, one), press: undefined })],
    ['a version from the future', 'unknown-version', (h) => h.tell({ ...ballot(open, one), v: 2 })],
    ['a message too long', 'oversized', (h) => h.say('a'.repeat(17_000))],
  ];

  it.each(cases)('refuses %s as %s', async (_what, reason, attack) => {
    const [hand, other] = await voting();
    attack(hand);
    expect(await hand.refusal()).toBe(reason);
    expect(recorded()).toEqual([reason]);
    expect(counted()).toBe(0);
    other.tell(ballot(open, two));
    await eventually(() => counted() === 1, 'an honest ballot after the attack');
  });

  it('refuses a ballot before the vote and after it', async () => {
    const hand = await seated(one);
    hand.tell(ballot(open, one));
    expect(await hand.refusal(1)).toBe('too-early');
    await seated(two);
    await open.act({ act: 'open', motion: 'm1', rehearsal: false });
    const late = ballot(open, one);
    await open.act({ act: 'close', round: 'm1/1' });
    hand.tell(late);
    expect(await hand.refusal(2)).toBe('too-late');
    expect(counted()).toBe(0);
  });

  it('refuses an unchecked-in terminal and a deputy who came after the vote opened', async () => {
    const [hand] = await voting();
    const third = open.seats[2];
    if (!third) throw new Error('no third seat');
    const late = await new HandSeat(open, third).begin();
    late.tell(ballot(open, third));
    expect(await late.refusal(1)).toBe('not-checked-in');
    await late.checkIn();
    late.tell(ballot(open, third));
    expect(await late.refusal(2)).toBe('not-on-frozen-roll');
    expect(hand.told.some((m) => m.typ === 'refusal')).toBe(false);
  });

  it('lets the later press count and refuses an older one that arrives afterwards', async () => {
    const [hand] = await voting();
    const later = ballot(open, one, { press: 2, choice: { kind: 'decision', option: 'against' } });
    hand.tell(later);
    await hand.receipt(later.id);
    hand.tell(ballot(open, one, { press: 1 }));
    expect(await hand.refusal()).toBe('older-press');
    expect(open.chronicle.state.current?.ballots.get('d1')?.choice).toEqual({
      kind: 'decision',
      option: 'against',
    });
    expect(counted()).toBe(1);
  });

  it('G2 once: refuses the second press where the first counts', async () => {
    const [hand] = [await seated(one), await seated(two)];
    await open.act({ act: 'open', motion: 'm2', rehearsal: false });
    const chosen = (ids: string[], press: number) =>
      ballot(open, one, { press, choice: { kind: 'selection', chosen: ids } });
    hand?.tell(chosen(['c1', 'c2', 'c3'], 1));
    expect(await hand?.refusal(1)).toBe('too-many-candidates');
    hand?.tell(chosen(['c1', 'c1'], 2));
    expect(await hand?.refusal(2)).toBe('candidate-twice');
    hand?.tell(chosen(['c9'], 3));
    expect(await hand?.refusal(3)).toBe('unknown-candidate');
    const good = chosen(['c1', 'c3'], 4);
    hand?.tell(good);
    await hand?.receipt(good.id);
    hand?.tell(chosen(['c2'], 5));
    expect(await hand?.refusal(4)).toBe('already-voted');
  });

  it('refuses a message id used again for another message', async () => {
    const [hand] = await voting();
    const first = ballot(open, one);
    hand.tell(first);
    await hand.receipt(first.id);
    hand.tell(ballot(open, one, { id: first.id, press: 2 }));
    expect(await hand.refusal()).toBe('replayed');
  });
});

describe('G3 authentic: check-in', () => {
  it('refuses unknown, lost and cancelled cards, another seat and a taken seat', async () => {
    const hand = await new HandSeat(open, one).begin();
    hand.tell(checkIn(one, { card: 'NOSUCHCARD' }));
    expect(await hand.refusal(1)).toBe('unknown-card');
    hand.tell(checkIn(one, { card: two.card }));
    expect(await hand.refusal(2)).toBe('another-seat');
    await open.act({ act: 'mark-card', card: one.card, status: 'lost' });
    hand.tell(checkIn(one));
    expect(await hand.refusal(3)).toBe('lost-card');
    await open.act({ act: 'mark-card', card: one.card, status: 'cancelled' });
    hand.tell(checkIn(one));
    expect(await hand.refusal(4)).toBe('cancelled-card');
    expect(open.chronicle.state.presence.size).toBe(0);
    await open.act({ act: 'issue-card', deputy: 'd1', card: 'NEWCARD1' });
    const good = checkIn(one, { card: 'NEWCARD1' });
    hand.tell(good);
    await hand.receipt(good.id);
    expect([...open.chronicle.state.presence.keys()]).toEqual(['d1']);
  });

  it('does not bring a deputy back who left, by a check-in sent again', async () => {
    const hand = await new HandSeat(open, one).begin();
    const tap = sign(checkIn(one), one.key);
    hand.say(tap);
    await eventually(() => open.chronicle.state.presence.has('d1'));
    await open.act({ act: 'leave', deputy: 'd1', reason: '请假' });
    hand.say(tap);
    await eventually(() => hand.told.filter((m) => m.typ === 'receipt').length === 2);
    expect(open.chronicle.state.presence.has('d1')).toBe(false);
  });
});

describe('G3 authentic: free seating', () => {
  it('seats a deputy anywhere, but one card at two places is refused', async () => {
    const free = await openHall({ seating: 'free', seats: open.seats });
    const hand = await new HandSeat(free, one).begin();
    const other = await new HandSeat(free, two).begin();
    const tap = checkIn(one, { card: two.card });
    hand.tell(tap);
    await hand.receipt(tap.id);
    other.tell(checkIn(two));
    expect(await other.refusal()).toBe('checked-in-elsewhere');
    hand.tell(checkIn(one));
    expect(await hand.refusal()).toBe('seat-taken');
    await free.close();
  });
});

describe('G3 authentic: connections', () => {
  async function refusedConnection(clientId: string, password?: string): Promise<void> {
    const raw = new RawMqtt(open.port);
    raw.connect(clientId, password);
    await raw.end();
    const connack = raw.received.find((packet) => packet.cmd === 'connack');
    expect(connack).not.toMatchObject({ returnCode: 0 });
  }

  it('refuses a terminal without proof, with another’s proof, for another coordinator', async () => {
    await refusedConnection('T1');
    await refusedConnection('T1', proof(open, two));
    await refusedConnection('T1', sign({ typ: 'nothing' }, one.key));
    await refusedConnection('T1', proof(open, one, { coordinator: two.key.kid }));
    await refusedConnection('T1', proof(open, { ...one, key: two.key }));
    await refusedConnection('T1', forged(proof(open, one)));
    await expect
      .poll(recorded)
      .toEqual([
        'not-enrolled',
        'another-terminal',
        'malformed',
        'another-coordinator',
        'wrong-key',
        'wrong-signature',
      ]);
  });

  it('refuses a proof used before, also after a restart', async () => {
    const used = proof(open, one);
    const raw = new RawMqtt(open.port);
    raw.connect('T1', used);
    expect(await raw.packet('connack')).toMatchObject({ returnCode: 0 });
    await refusedConnection('T1', used);
    await open.close('keep');
    open = await openHall({ folder: open.folder, key: open.key, seats: open.seats });
    await refusedConnection('T1', used);
    await expect.poll(recorded).toEqual(['old-proof', 'old-proof']);
  });

  it('keeps pages away from terminals’ names and lets a stranger only read what is public', async () => {
    await refusedConnection('T1', '');
    const page = new RawMqtt(open.port);
    page.connect('web-0123456789abcdef');
    expect(await page.packet('connack')).toMatchObject({ returnCode: 0 });
    page.subscribe(topics(HALL).public('attendance'), 7);
    expect(await page.packet('suback')).toMatchObject({ granted: [1] });
    for (const topic of [
      topics(HALL).staff('deputies'),
      topics(HALL).down('T1'),
      topics(HALL).up('T1'),
      '#',
      `hall/${HALL}/#`,
      '$SYS/#',
    ]) {
      page.received.length = 0;
      page.subscribe(topic, 8);
      expect(await page.packet('suback')).toMatchObject({ granted: [128] });
    }
    page.publish(topics(HALL).public('result'), '{}');
    await page.end();
    await expect.poll(recorded).toContain('not-allowed');
  });

  it('refuses a terminal that writes or reads outside its topics', async () => {
    for (const topic of [
      topics(HALL).up('T2'),
      topics(HALL).sitting,
      topics(HALL).public('turnout'),
      topics(HALL).down('T1'),
    ]) {
      const hand = await new HandSeat(open, one).begin();
      hand.publish(topic, sign(checkIn(two), one.key));
      await hand.end();
    }
    const hand = await new HandSeat(open, one).begin();
    hand.received.length = 0;
    hand.subscribe(topics(HALL).down('T2'), 9);
    expect(await hand.packet('suback')).toMatchObject({ granted: [128] });
    await expect.poll(recorded).toEqual(Array.from({ length: 5 }, () => 'not-allowed'));
    expect(open.chronicle.state.presence.size).toBe(0);
  });

  it('refuses a last will on another’s topic', async () => {
    const raw = new RawMqtt(open.port);
    raw.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: 'T1',
      keepalive: 60,
      username: 'T1',
      password: Buffer.from(proof(open, one)),
      will: { topic: topics(HALL).public('result'), payload: Buffer.from('{}'), qos: 1, retain: true },
    });
    await raw.packet('connack');
    raw.socket.destroy();
    await eventually(() => recorded().includes('not-allowed'), 'the refusal of the will');
  });

  it('survives packets out of order, half packets and rubbish', async () => {
    const attacks: ((raw: RawMqtt) => void)[] = [
      (raw) => raw.publish(topics(HALL).up('T1'), 'before connect'),
      (raw) => raw.subscribe('#'),
      (raw) => raw.send({ cmd: 'pingreq' }),
      (raw) => raw.socket.write(randomBytes(4000)),
      (raw) => raw.socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f])),
      (raw) => raw.socket.write(Buffer.from([0x10, 0x80])),
      (raw) => raw.send({ cmd: 'puback', messageId: 99 }),
      (raw) => {
        raw.connect('web-0123456789abcdef');
        raw.connect('web-0123456789abcdef');
      },
      (raw) => raw.connect('__proto__', 'x'),
      (raw) => raw.connect('constructor', proof(open, one)),
    ];
    for (const attack of attacks) {
      const raw = new RawMqtt(open.port);
      attack(raw);
      raw.socket.end();
      await raw.end();
    }
    await seated(one);
    expect(open.chronicle.state.presence.size).toBe(1);
  });

  it('cuts off a packet that announces more than anybody may send', async () => {
    const raw = new RawMqtt(open.port);
    raw.connect('T1', proof(open, one));
    await raw.packet('connack');
    raw.socket.write(Buffer.from([0x32, 0xff, 0xff, 0x7f]));
    await raw.end();
    await expect.poll(recorded).toEqual(['oversized']);
  });

  it('cuts off a terminal that keeps sending rubbish, and records only so much of it', async () => {
    const hand = await new HandSeat(open, one).begin();
    for (let i = 0; i < 200 && !hand.closed; i += 1) hand.say(`rubbish ${newId()}`);
    await hand.end();
    expect(open.chronicle.state.head.seq).toBeLessThan(260);
  });
});

/** The same message with one bit of its signature turned. */
function forged(jws: string): string {
  const at = jws.lastIndexOf('.') + 10;
  const other = jws[at] === 'A' ? 'B' : 'A';
  return jws.slice(0, at) + other + jws.slice(at + 1);
}
