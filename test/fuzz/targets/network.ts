import mqtt from 'mqtt-packet';
import { accessTable, PAGE_CLIENT, type Party } from '../../../coordinator/hall/broker/access.ts';
import { packetMeter } from '../../../coordinator/process/packet-meter.ts';
import { fromBase64url, toBase64url } from '../../../shared/protocol/bytes.ts';
import { PUBLIC_TOPICS, topics } from '../../../shared/protocol/topics.ts';
import { latin1, mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';

/** How long packets may be here, so that an input reaches both sides of the limit. */
const LIMIT = 300;

/** Where the first packet stands that is longer than `limit`, by the length in its own header; null for none. */
function firstTooLong(bytes: Uint8Array, limit: number): number | null {
  for (let at = 0; at < bytes.length; ) {
    let length = 0;
    let size = 1;
    for (; size <= 4; size += 1) {
      const byte = bytes[at + size];
      if (byte === undefined) return length > limit ? at : null;
      length += (byte & 0x7f) * 128 ** (size - 1);
      if (length > limit) return at;
      if (byte < 0x80) break;
      if (size === 4) return at;
    }
    at += 1 + size + length;
  }
  return null;
}

const packetsOf = (bytes: Uint8Array): { readonly sizes: number[]; readonly failed: boolean } => {
  const parser = mqtt.parser({ protocolVersion: 4 });
  const sizes: number[] = [];
  let failed = false;
  parser.on('packet', (packet) => sizes.push(packet.length ?? 0));
  parser.on('error', () => {
    failed = true;
  });
  parser.parse(Buffer.from(bytes));
  return { sizes, failed };
};

const packet = (given: mqtt.Packet): Uint8Array => mqtt.generate(given);
const publish = (payload: string, topic = 'hall/h/terminal/T1/up'): Uint8Array =>
  packet({ cmd: 'publish', topic, payload, qos: 1, messageId: 7, dup: false, retain: false });
const connect: mqtt.Packet = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: 'T1',
  keepalive: 20,
  username: 'T1',
  password: Buffer.from('proof'),
};

/** The meter says the same however the stream is cut, what a plain reading says, and nothing else than mqtt-packet. */
const meter: Target = {
  run: (input) => {
    const read = (size: number) => {
      let packets = 0;
      const excessIn = packetMeter(
        () => LIMIT,
        () => {
          packets += 1;
          return true;
        },
      );
      let found: string | null = null;
      for (let at = 0; at < input.length && found === null; at += size)
        found = excessIn(input.subarray(at, at + size));
      return { isFine: found === null, packets };
    };
    const { isFine, packets } = read(Math.max(1, input.length));
    mustEqual(read(1), { isFine, packets }, 'cuts change what the meter says');
    mustHold(
      isFine === (firstTooLong(input, LIMIT) === null),
      'the meter counts otherwise than a plain reading',
    );
    const { sizes, failed } = packetsOf(input);
    if (failed) return;
    if (isFine) mustHold(sizes.length <= packets, 'a packet came that was not counted');
    const isShort = sizes.every((size) => size <= LIMIT);
    if (isFine) mustHold(isShort, 'a packet passed that is too long');
    // What the meter stops is too long by the broker's own reading, or not whole.
    const bytes = sizes.reduce((sum, size) => sum + size + 2, 0);
    if (!isFine) mustHold(!isShort || bytes < input.length, 'a packet was stopped that is short');
  },
  seeds: () => ({
    publish: publish('hello'),
    long: publish('x'.repeat(290)),
    'too-long': publish('x'.repeat(500)),
    'connect-subscribe': Buffer.concat([
      packet(connect),
      packet({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'hall/h/sitting', qos: 1 }] }),
    ]),
    stream: Buffer.concat([
      publish('a'),
      packet({ cmd: 'pingreq' }),
      publish('b'.repeat(130)),
      packet({ cmd: 'disconnect' }),
    ]),
    endless: Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 0x7f),
  }),
};

const HALL = 'h';
const table = accessTable(HALL);
const PARTIES: readonly Party[] = [
  { kind: 'terminal', terminal: 'T1' },
  { kind: 'pending', terminal: 'T1', digest: 'd', key: 'k', kid: 'i' },
  { kind: 'staff' },
  { kind: 'public' },
];

/** Whatever the topic: a terminal writes one, nobody else any; strangers read what is public and nothing else. */
const topic: Target = {
  run: (input) => {
    const text = utf8(input);
    const own = topics(HALL);
    const open = new Set<string>(PUBLIC_TOPICS.map((what) => own.public(what)));
    for (const party of PARTIES) {
      const isOwn = party.kind === 'terminal' && text === own.up(party.terminal);
      mustHold(table.mayWrite(party, text) === isOwn, 'somebody writes what is not theirs');
      if (party.kind === 'public')
        mustHold(table.mayRead(party, text) === open.has(text), 'a stranger reads more');
      if (/[#+]/.test(text)) mustHold(!table.mayRead(party, text), 'a wildcard is allowed');
    }
    mustHold(!(PAGE_CLIENT.test(text) && /^T/.test(text)), 'a terminal’s id is taken for a page’s');
  },
  seeds: () => ({
    up: topics(HALL).up('T1'),
    down: topics(HALL).down('T1'),
    sitting: topics(HALL).sitting,
    public: topics(HALL).public('hall'),
    staff: topics(HALL).staff('agenda'),
    wildcard: 'hall/#',
    page: 'web-0123456789ab',
  }),
};

/** Canonical: what is taken as base64url is written back as it stood, and Node reads the same. */
const base64url: Target = {
  run: (input) => {
    const text = latin1(input);
    const bytes = fromBase64url(text);
    if (bytes === null) return;
    mustHold(toBase64url(bytes) === text, 'another spelling was taken');
    mustEqual([...bytes], [...Buffer.from(text, 'base64url')], 'Node reads other bytes');
  },
  seeds: () => ({
    empty: '',
    one: 'AA',
    two: 'AAA',
    three: 'AAAA',
    key: toBase64url(Uint8Array.from({ length: 32 }, (_, i) => i * 7)),
  }),
};

export const network: Targets = { 'mqtt-framing': meter, topic, base64url };
