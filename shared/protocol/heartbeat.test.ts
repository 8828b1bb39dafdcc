import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Heartbeat } from './heartbeat.ts';

let heart: Heartbeat;
let http: Server;
let sockets: WebSocketServer;
let peers: WebSocket[];

beforeEach(async () => {
  heart = new Heartbeat();
  peers = [];
  http = createServer();
  sockets = new WebSocketServer({ server: http, autoPong: false });
  sockets.on('connection', (peer) => heart.watch(peer));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
});
afterEach(() => {
  for (const peer of [...peers, ...sockets.clients]) peer.terminate();
  sockets.close();
  http.close();
});

async function peer(options: { autoPong?: boolean } = {}): Promise<WebSocket> {
  const address: AddressInfo | string | null = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const made = new WebSocket(`ws://127.0.0.1:${address.port}`, options);
  peers.push(made);
  const known = sockets.clients.size;
  await once(made, 'open');
  await vi.waitFor(() => expect(sockets.clients.size).toBe(known + 1));
  return made;
}

it('ends who has not answered by the next beat, and nobody else', async () => {
  const there = await peer();
  const gone = await peer({ autoPong: false });
  const speaks = await peer({ autoPong: false });
  const pinged = [there, gone, speaks].map((each) => once(each, 'ping'));
  const [, silent, speaking] = [...sockets.clients];
  if (!silent || !speaking) throw new Error('three came');
  const heard = once(speaking, 'message');
  const answered = new Promise((resolve) => [...sockets.clients][0]?.once('pong', resolve));
  heart.beat(sockets.clients);
  await Promise.all(pinged);
  speaks.send('here');
  await Promise.all([heard, answered]);
  const ended = once(gone, 'close');
  heart.beat(sockets.clients);
  await ended;
  expect([there, speaks].map(({ readyState }) => readyState)).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
  expect(sockets.clients).not.toContain(silent);
});

it('answers a ping, and keeps no answers for who does not read them', async () => {
  const one = await peer();
  one.ping('hello');
  expect(String((await once(one, 'pong'))[0])).toBe('hello');
  const [there] = sockets.clients;
  if (!there) throw new Error('one came');
  Object.defineProperty(there, 'bufferedAmount', { value: 100_000 });
  const pong = vi.spyOn(there, 'pong');
  const pinged = once(there, 'ping');
  one.ping('again');
  await pinged;
  expect(pong).not.toHaveBeenCalled();
});

it('cuts who reads nothing', async () => {
  await peer();
  const [there] = sockets.clients;
  if (!there) throw new Error('one came');
  Object.defineProperty(there, 'bufferedAmount', { value: 100_000_000 });
  heart.beat(sockets.clients);
  await vi.waitFor(() => expect(sockets.clients.size).toBe(0));
});
