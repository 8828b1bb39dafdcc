import { readFileSync } from 'node:fs';
import { MqttClient } from 'mqtt';
import { afterEach, expect, it } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';
import { topics } from '../../shared/protocol/topics.ts';
import { HallProcess, PASSWORD } from '../crash/hall-process.ts';
import { SeatsProcess } from '../crash/seats-process.ts';
import { CutLine } from '../support/cut-line.ts';
import { eventually, testSeat } from '../support/open-hall.ts';

const SEATS = 3;
const HALL = 'sample-hall';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A page's line over WebSocket, in the session of `cookie`; what it was shown so far. */
function pageLine(port: number, cookie: string, ca: string | null) {
  const at = ca === null ? `ws://localhost:${port}/mqtt` : `wss://localhost:${port}/mqtt`;
  const options = { headers: { cookie }, ...(ca !== null && { ca: readFileSync(ca) }) };
  const client = new MqttClient(() => createWebSocketStream(new WebSocket(at, ['mqtt'], options)), {
    protocolVersion: 4,
    clientId: 'web-0123456789abcdef',
    reconnectPeriod: 0,
  });
  ends.push(() => client.end(true));
  const shown: string[] = [];
  client.on('message', (_topic, payload) => shown.push(String(payload)));
  client.on('connect', () =>
    client.subscribe([topics(HALL).public('motion'), topics(HALL).staff('deputies')]),
  );
  return shown;
}

/** A sitting with a vote, all seats and a signed-in page on taps: every byte of it, and what of it is nobody else’s business. */
async function tapped(tls: 'on' | 'off') {
  const seats = Array.from({ length: SEATS }, (_, i) => testSeat(i + 1));
  const hall = HallProcess.of(seats, tls);
  const fleet = new SeatsProcess(hall, seats);
  ends.push(
    () => hall.remove(),
    () => hall.kill(),
    () => fleet.kill(),
  );
  await hall.start();
  const wire: Buffer[] = [];
  const tap = async (url: string) => {
    const line = await new CutLine(Number(new URL(url).port), (chunk) => wire.push(chunk)).open();
    ends.push(() => line.close());
    return { port: line.port, url: url.replace(/:\d+$/, `:${line.port}`) };
  };
  const [pages, terminals] = [await tap(hall.ready.http), await tap(hall.ready.mqtt)];
  const chair = await hall.staff('chair', pages.url);
  const shown = pageLine(pages.port, chair.cookie, hall.ready.trust?.ca ?? null);
  fleet.start(terminals.url);
  await eventually(() => fleet.receipts.length >= SEATS, 'everybody’s check-in');
  expect(await chair.act({ act: 'open', motion: 'm1', rehearsal: false })).toEqual({ ok: true });
  await eventually(() => fleet.receipts.length >= 2 * SEATS, 'everybody’s ballot');
  expect(await chair.act({ act: 'close', round: 'm1/1' })).toEqual({ ok: true });
  await fleet.allAnswered();
  const name = seats[0]?.deputy.name ?? '';
  await eventually(() => shown.some((text) => text.includes(name)), 'the staff’s picture of the seats');
  const session = chair.cookie.split('; ').map((pair) => pair.split('=')[1] ?? '');
  return {
    bytes: Buffer.concat(wire),
    secrets: {
      'a deputy’s name': name,
      'a motion’s title': '表决一',
      'a terminal’s topic': topics(HALL).up('T1'),
      'a page’s topic': topics(HALL).staff('deputies'),
      'what is signed': Buffer.from('{"alg":"EdDSA"').toString('base64url').slice(0, -1),
      JSON: '"title":{"zh":"',
      'a password': PASSWORD,
      'a session': session[0] ?? '',
      'a way in': '/api/sign-in',
      'who signs in': '"person":"chair"',
      'a cookie’s name': 'hallvote-device',
    },
  };
}

it.each([
  ['on', 'shows no word of it'],
  ['off', 'shows all of it, so that the other can fail'],
] as const)('with TLS %s a packet capture of the whole sitting %s', async (tls, _what) => {
  const { bytes, secrets } = await tapped(tls);
  const words = Object.entries(secrets);
  // None is so short that it comes about by chance among bytes that look random.
  expect(words.filter(([, word]) => Buffer.byteLength(word) < 7)).toEqual([]);
  expect(bytes.length).toBeGreaterThan(10_000);
  const seen = words.flatMap(([what, word]) => (bytes.includes(word) ? what : []));
  expect(seen).toEqual(tls === 'on' ? [] : words.map(([what]) => what));
});
