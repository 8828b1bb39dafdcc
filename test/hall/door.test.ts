import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { generate } from 'mqtt-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually, type OpenHall, type OpenHallOptions, openHall, testSeat } from '../support/open-hall.ts';
import { RawMqtt } from '../support/raw-mqtt.ts';
import { ballot, HandSeat } from '../support/seat-messages.ts';
import { serveHall } from '../support/served-hall.ts';
import { passwordOf } from '../support/signed-in.ts';

let open: OpenHall | null = null;
const sockets: { destroy(): void }[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await open?.close();
  open = null;
});

async function hallWith(options: OpenHallOptions): Promise<OpenHall> {
  open = await openHall(options);
  return open;
}

/** A connection from an address of this machine's own; Linux has as many as there are in 127.0.0.0/8. */
function from(address: string, port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: address });
  socket.on('error', () => socket.destroy());
  sockets.push(socket);
  return socket;
}

const settled = (socket: Socket) =>
  Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {});

/** Idle connections, opened one behind the other. */
async function flood(address: string, port: number, count: number): Promise<Socket[]> {
  const all: Socket[] = [];
  for (let n = 0; n < count; n += 1) {
    const socket = from(address, port);
    await settled(socket);
    all.push(socket);
  }
  return all;
}

/** A request from an address of this machine's own. */
async function ask(
  port: number,
  agent: Agent,
  localAddress: string,
  path: string,
  body: object | null = null,
  cookie = '',
): Promise<{ status: number; cookie: string }> {
  const headers = { cookie, ...(body ? { 'content-type': 'application/json' } : {}) };
  const method = body ? 'POST' : 'GET';
  const sent = request({ port, host: '127.0.0.1', localAddress, agent, path, method, headers });
  sent.end(body ? JSON.stringify(body) : undefined);
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (!answer) throw new Error('no answer');
  answer.resume();
  await once(answer, 'end');
  const cookies = (answer.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]);
  return { status: answer.statusCode ?? 0, cookie: cookies.join('; ') };
}

describe('a stranger who opens connection after connection', () => {
  it('fills no more than the strangers’ room, and takes it from nobody who has less', async () => {
    const { port, door, hall } = await hallWith({ doorLimits: { all: 40, each: 40 } });
    const display = new RawMqtt(port);
    sockets.push(display.socket);
    display.connect('web-0123456789abcdef');
    await display.packet('connack');
    await flood('127.0.0.2', port, 200);
    await eventually(() => door.stats.unproved === 40, 'a full room');
    const phone = from('127.0.0.3', port);
    await settled(phone);
    await eventually(() => door.stats.unproved === 40, 'room made for one');
    display.send({ cmd: 'pingreq' });
    await display.packet('pingresp');
    expect([display.closed, phone.destroyed]).toEqual([false, false]);
    expect([...hall.broker.connectedTerminals]).toEqual([]);
  });

  it('keeps no seat from voting: who has proved a key is counted no more', async () => {
    const seats = Array.from({ length: 30 }, (_, n) => testSeat(n + 1));
    const hall = await hallWith({ seats, doorLimits: { all: 20, each: 20 } });
    await flood('127.0.0.2', hall.port, 60);
    const hands = [];
    for (const seat of seats) {
      const hand = await new HandSeat(hall, seat).begin();
      await hand.checkIn();
      hands.push(hand);
    }
    expect(hall.door.stats.proved).toBe(30);
    await flood('127.0.0.2', hall.port, 60);
    await hall.act({ act: 'open', motion: 'm1', rehearsal: false });
    for (const [n, hand] of hands.entries()) {
      const cast = ballot(hall, seats[n] ?? testSeat(0));
      hand.tell(cast);
      await hand.receipt(cast.id);
    }
    for (const hand of hands) hand.socket.destroy();
    await eventually(() => hall.door.stats.proved === 0, 'the end of their connections');
  });
});

it('the pages’ port has the same door: a flood from one address keeps out neither a reader nor who has signed in', async () => {
  const hall = await hallWith({ doorLimits: { all: 20, each: 20 } });
  const served = await serveHall(hall);
  const staff = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const { status, cookie } = await ask(served.port, staff, '127.0.0.5', '/api/sign-in', {
      person: 'operator',
      secret: passwordOf('operator'),
      code: null,
    });
    expect(status).toBe(200);
    await ask(served.port, staff, '127.0.0.5', '/api/stats', null, cookie);
    await eventually(() => hall.door.stats.proved === 1, 'staff known at the door');
    await flood('127.0.0.2', served.port, 50);
    expect(hall.door.stats.unproved).toBe(20);
    const reader = new Agent({ keepAlive: true });
    expect((await ask(served.port, reader, '127.0.0.3', '/api/hall')).status).toBe(200);
    reader.destroy();
    expect((await ask(served.port, staff, '127.0.0.5', '/api/stats', null, cookie)).status).toBe(200);
    expect(hall.door.stats.proved).toBe(1);
  } finally {
    staff.destroy();
    await served.close();
  }
});

it('three hundred seats that arrive at once from one address all get in at the first try', async () => {
  const seats = Array.from({ length: 300 }, (_, n) => testSeat(n + 1));
  const hall = await hallWith({ seats });
  const hands = await Promise.all(seats.map((seat) => new HandSeat(hall, seat).begin()));
  expect(hands.filter(({ closed }) => closed)).toEqual([]);
  expect(hall.door.stats).toEqual({ unproved: 0, proved: 300 });
  for (const hand of hands) hand.socket.destroy();
});

it('who has not said within five seconds who they are is cut off, over TCP and WebSocket, also one who dribbles', async () => {
  const hall = await hallWith({});
  const served = await serveHall(hall);
  const hello = generate({
    ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60 },
    clientId: 'web-0123456789abcdef',
  } as const);
  const tcp = from('127.0.0.1', hall.port);
  const ws = new WebSocket(`ws://127.0.0.1:${served.port}/mqtt`, 'mqtt');
  ws.on('error', () => {});
  await once(ws, 'open');
  let n = 0;
  const dribble = setInterval(() => {
    const byte = hello.subarray(n, n + 1);
    n += 1;
    if (n >= hello.length - 1) return;
    if (!tcp.destroyed) tcp.write(byte);
    if (ws.readyState === ws.OPEN) ws.send(byte);
  }, 300);
  try {
    await eventually(() => tcp.destroyed && ws.readyState === ws.CLOSED, 'the end of both');
    expect(n).toBeLessThan(hello.length - 1);
  } finally {
    clearInterval(dribble);
    await served.close();
  }
});
