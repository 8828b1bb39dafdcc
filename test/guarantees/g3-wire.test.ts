import { randomBytes, X509Certificate } from 'node:crypto';
import { connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect, TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { parseJws } from '../../shared/protocol/jws.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import type { Certificate } from '../../shared/protocol/messages.ts';
import { topics } from '../../shared/protocol/topics.ts';
import {
  eventually,
  HALL,
  type OpenHall,
  type OpenHallOptions,
  openHall,
  type TestSeat,
  testSeat,
  testTls,
} from '../support/open-hall.ts';
import { RawMqtt } from '../support/raw-mqtt.ts';
import { ballot, checkIn, HandSeat, proof, sign } from '../support/seat-messages.ts';
import { issuedFor, ownMade, showing, tlsOf } from '../support/shown-certificates.ts';

const DAY_MS = 86_400_000;
const Refused = z.object({ reason: z.string(), message: z.string() });

let open: OpenHall;
let one: TestSeat;
let two: TestSeat;
const sockets: { destroy(): void }[] = [];

async function reopen(options: OpenHallOptions): Promise<void> {
  await open.close();
  open = await openHall({ seats: open.seats, ...options });
}

beforeEach(async () => {
  open = await openHall({ tls: true });
  const [first, second] = open.seats;
  if (!first || !second) throw new Error('seats are missing');
  one = first;
  two = second;
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await open.close();
});

function kept<T extends { destroy(): void }>(socket: T): T {
  sockets.push(socket);
  return socket;
}

/** A terminal at work, with its certificate. */
async function seated(seat: TestSeat): Promise<HandSeat> {
  const hand = new HandSeat(open, seat, showing(open, await issuedFor(open, seat), seat));
  kept(hand.socket);
  await hand.begin();
  await hand.checkIn();
  return hand;
}

/** Connects showing what it shows, with a proof that is good, and is refused. */
async function refused(secure: ConnectionOptions, id: string, password?: string): Promise<void> {
  const raw = new RawMqtt(open.port, secure);
  kept(raw.socket);
  raw.connect(id, password);
  await raw.end();
  const connack = raw.received.find((packet) => packet.cmd === 'connack');
  expect(connack).toMatchObject({ returnCode: 5 });
}

/** What the ledger says was refused, with what came. */
function recorded() {
  const ledger = Ledger.read(open.ledgerFile, SITTING_LEDGER);
  const rows = [...ledger.rows()].filter(({ type }) => type === 'refused');
  ledger.close();
  return rows.map(({ body }) => {
    const { reason, message } = Refused.parse(parseJws(body)?.payload);
    return { reason, message: Buffer.from(message, 'base64url').toString('latin1') };
  });
}
const reasons = () => recorded().map(({ reason }) => reason);

describe('G3 authentic: a certificate at the terminals’ port', () => {
  it('lets an enrolled terminal in with the certificate of the key it signs with, and its ballot counts', async () => {
    const [hand] = [await seated(one), await seated(two)];
    await open.act({ act: 'open', motion: 'm1', rehearsal: false });
    const vote = ballot(open, one);
    hand?.tell(vote);
    await hand?.receipt(vote.id);
    expect(open.chronicle.state.rounds.get('m1/1')?.ballots.size).toBe(1);
    expect(recorded()).toEqual([]);
    expect(open.door.stats).toEqual({ unproved: 0, proved: 2 });
  });

  const attacks: [string, string, (open: OpenHall) => Promise<ConnectionOptions>][] = [
    ['no certificate', 'no-certificate', async () => ({ ca: tlsOf(open).ca.certificate })],
    [
      'one of another CA',
      'another-authority',
      async () => showing(open, await issuedFor(open, one, { by: await testTls() }), one),
    ],
    [
      'one that has ended, by the ledger’s time',
      'expired',
      async () => showing(open, await issuedFor(open, one, { now: Date.now() - 400 * DAY_MS }), one),
    ],
    [
      'one that has not begun, by the ledger’s time',
      'not-valid-yet',
      async () => showing(open, await issuedFor(open, one, { now: Date.now() + 2 * DAY_MS }), one),
    ],
    [
      'one of another hall',
      'no-terminal',
      async () => showing(open, await issuedFor(open, one, { hall: 'other-hall' }), one),
    ],
    [
      'a coordinator’s',
      'no-terminal',
      async () => {
        const { server, ca } = tlsOf(open);
        return { ca: ca.certificate, cert: server.certificate, key: server.key };
      },
    ],
    [
      'one of a terminal that is not enrolled',
      'removed',
      async () => {
        const stranger = testSeat(9);
        return showing(open, await issuedFor(open, stranger), stranger);
      },
    ],
    [
      'one that is in its terminal’s name for another key',
      'removed',
      async () => showing(open, await issuedFor(open, one, { key: two.key.x }), two),
    ],
  ];
  it.each(attacks)('opens nothing: %s', async (_what, why, attack) => {
    await refused(await attack(open), one.terminal, proof(open, one));
    await expect
      .poll(recorded)
      .toEqual([{ reason: 'wrong-certificate', message: `CONNECT ${one.terminal} ${why}` }]);
  });

  it('is for its own terminal only, and for who signs with its key', async () => {
    const shown = showing(open, await issuedFor(open, two), two);
    await refused(shown, one.terminal, proof(open, one));
    await refused(shown, two.terminal, proof(open, { ...one, terminal: two.terminal }));
    await expect.poll(reasons).toEqual(['another-terminal', 'wrong-key']);
  });

  it('opens no other terminal’s topics', async () => {
    const hand = await seated(two);
    hand.publish(topics(HALL).up(one.terminal), sign(checkIn(one), one.key));
    await hand.end();
    const again = new HandSeat(open, two, showing(open, await issuedFor(open, two), two));
    kept(again.socket);
    await again.begin();
    again.tell(checkIn(one), one.key);
    expect(await again.refusal()).toBe('another-terminal');
    expect(open.chronicle.state.presence.has('d1')).toBe(false);
    await expect.poll(() => reasons().sort()).toEqual(['another-terminal', 'not-allowed']);
  });

  it('is worth nothing the moment its terminal is removed, in a session taken up again neither', async () => {
    const shown = showing(open, await issuedFor(open, one), one);
    const hand = new HandSeat(open, one, shown);
    let session: Buffer | undefined;
    hand.socket.on('session', (next: Buffer) => {
      session = next;
    });
    await hand.begin();
    await open.act({ act: 'remove-terminal', terminal: one.terminal });
    await hand.end();
    await refused(shown, one.terminal, proof(open, one));
    const again = new RawMqtt(open.port, { ...shown, ...(session && { session }) });
    const { socket } = again;
    let isReused = false;
    socket.once('secureConnect', () => {
      isReused = socket instanceof TLSSocket && socket.isSessionReused();
    });
    again.connect(one.terminal, proof(open, one));
    await again.end();
    expect(isReused).toBe(true);
    const message = `CONNECT ${one.terminal} removed`;
    const removed = { reason: 'wrong-certificate', message };
    await expect.poll(recorded).toEqual([removed, removed]);
  });

  it('is needed also by who says to be a page', async () => {
    await refused(showing(open, await issuedFor(open, one), one), 'web-0123456789abcdef');
    await refused({ ca: tlsOf(open).ca.certificate }, 'web-0123456789abcdef');
    await expect.poll(reasons).toEqual(['not-allowed', 'wrong-certificate']);
  });
});

describe('G3 authentic: how a terminal comes by its certificate', () => {
  const certificates = (hand: HandSeat) =>
    hand.told.filter((message): message is Certificate => message.typ === 'certificate');
  const hello = (seat: TestSeat) =>
    ({ typ: 'hello', v: 1, id: 'A'.repeat(22), hall: HALL, terminal: seat.terminal }) as const;

  it('shows one of its own making and is given the hall’s, and nothing else', async () => {
    const hand = new HandSeat(open, one, showing(open, await ownMade(one), one));
    await hand.begin();
    hand.tell(checkIn(one));
    const [told] = await eventually(() => certificates(hand).length > 0 && certificates(hand));
    expect(hand.told.map(({ typ }) => typ)).toEqual(['certificate']);
    expect(open.chronicle.state.presence.size).toBe(0);
    expect([...open.hall.broker.connectedTerminals]).toEqual([]);
    const given = told?.certificate ?? '';
    expect(new X509Certificate(given).checkIssued(new X509Certificate(tlsOf(open).ca.certificate))).toBe(
      true,
    );
    hand.socket.destroy();
    const again = new HandSeat(open, one, showing(open, given, one));
    kept(again.socket);
    await again.begin();
    await again.checkIn();
    expect(open.chronicle.state.presence.size).toBe(1);
    expect(recorded()).toEqual([]);
  });

  it('nobody else is given it: a certificate of another key’s making opens nothing', async () => {
    await refused(showing(open, await ownMade(two), two), one.terminal, proof(open, one));
    const thief = { ...one, key: makeKeyPair(randomBytes) };
    await refused(showing(open, await ownMade(thief), thief), one.terminal, proof(open, thief));
    await expect.poll(reasons).toEqual(['wrong-key', 'wrong-key']);
  });

  it('waits where it is not enrolled, and is believed nothing', async () => {
    const stranger = testSeat(9);
    const hand = new HandSeat(open, stranger, showing(open, await ownMade(stranger), stranger));
    kept(hand.socket);
    await hand.begin();
    expect(open.hall.broker.claimants.named(stranger.terminal)).toHaveLength(1);
    hand.tell(hello(stranger));
    await eventually(() => hand.told.some((message) => message.typ === 'seat' && !message.enrolled));
    expect(certificates(hand)).toEqual([]);
    hand.received.length = 0;
    hand.subscribe(topics(HALL).down(one.terminal), 9);
    expect(await hand.packet('suback')).toMatchObject({ granted: [128] });
  });

  it('is given another in time, over the line it has, and the ledger’s time', async () => {
    const told = async (issuedAt: number) => {
      const cert = await issuedFor(open, one, { now: issuedAt });
      const hand = new HandSeat(open, one, showing(open, cert, one));
      await hand.begin();
      hand.tell(hello(one));
      const [first] = await eventually(() => certificates(hand).length > 0 && certificates(hand));
      hand.socket.destroy();
      return first;
    };
    expect(await told(Date.now())).toMatchObject({ certificate: null });
    const late = await told(Date.now() - 250 * DAY_MS);
    expect(Math.abs((late?.time ?? 0) - open.chronicle.now())).toBeLessThan(DAY_MS);
    const until = Date.parse(new X509Certificate(late?.certificate ?? '').validTo);
    expect(until).toBeGreaterThan(Date.now() + 390 * DAY_MS);
  });
});

describe('G3 authentic: the terminals’ port and what is no TLS', () => {
  it('ends who speaks in the clear, and a hall without TLS who does not', async () => {
    const plain = new RawMqtt(open.port);
    plain.connect(one.terminal, proof(open, one));
    await plain.end();
    expect(plain.received).toEqual([]);
    await reopen({ tls: false });
    const secure = connect({ port: open.port, host: '127.0.0.1', rejectUnauthorized: false });
    const fault = await new Promise((resolve) => secure.once('error', resolve));
    expect(fault).toBeInstanceOf(Error);
    expect(open.chronicle.state.presence.size).toBe(0);
  });

  const handshake = (more: ConnectionOptions): Promise<TLSSocket | Error> =>
    new Promise((resolve) => {
      const { ca } = tlsOf(open);
      const at = { port: open.port, host: '127.0.0.1', ca: ca.certificate };
      const socket = kept(connect({ ...at, ...more }, () => resolve(socket)));
      socket.once('error', resolve);
    });

  it('speaks no version of TLS before 1.2', async () => {
    const old = { ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    expect(await handshake({ ...old, minVersion: 'TLSv1', maxVersion: 'TLSv1' })).toBeInstanceOf(Error);
    expect(await handshake({ ...old, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })).toBeInstanceOf(Error);
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const cert = await issuedFor(open, one);
      const socket = await handshake({
        ...showing(open, cert, one),
        minVersion: version,
        maxVersion: version,
      });
      expect('getProtocol' in socket && socket.getProtocol()).toBe(version);
    }
  });

  const halfOpen = () => kept(connectPlain(open.port, '127.0.0.1').on('error', () => {}));

  it('handshakes that never go on keep no terminal out', async () => {
    await reopen({ tls: true, doorLimits: { all: 20, each: 20 } });
    for (let i = 0; i < 20; i += 1) halfOpen();
    await eventually(() => open.door.stats.unproved === 20, 'the half-open handshakes');
    const cert = await issuedFor(open, one);
    const hand = new HandSeat(open, one, showing(open, cert, one), '127.0.0.2');
    kept(hand.socket);
    await hand.begin();
    await hand.checkIn();
    expect(open.door.stats.proved).toBe(1);
  });

  it('and have their time', async () => {
    await reopen({ tls: true, handshake: { handshakeTimeout: 200 } });
    for (let i = 0; i < 20; i += 1) halfOpen();
    await eventually(() => open.door.stats.unproved === 20, 'the half-open handshakes');
    await eventually(() => open.door.stats.unproved === 0, 'their end');
  });
});
