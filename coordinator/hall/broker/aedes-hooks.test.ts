import { type AddressInfo, createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/open-hall.ts';
import { RawMqtt } from '../../../test/support/raw-mqtt.ts';
import { guardParser } from './aedes-guards.ts';
import { aedesWith, type Hooks } from './aedes-hooks.ts';

const GOOD: Hooks = {
  authenticate: () => Promise.resolve(true),
  publish: () => Promise.resolve(true),
  subscribe: () => 'granted',
  mayForward: () => true,
  ready: () => {},
  gone: () => {},
};
const broken = (): never => {
  throw new Error('broken');
};

let hooks: Hooks;
let server: Server;
let aedes: Aedes;
let reported: string[];
let port: number;

beforeEach(async () => {
  hooks = { ...GOOD };
  reported = [];
  const report = (what: string) => reported.push(what);
  const log = pino({ enabled: false });
  const through: Hooks = {
    authenticate: (...args) => hooks.authenticate(...args),
    publish: (...args) => hooks.publish(...args),
    subscribe: (...args) => hooks.subscribe(...args),
    mayForward: (...args) => hooks.mayForward(...args),
    ready: (...args) => hooks.ready(...args),
    gone: (...args) => hooks.gone(...args),
  };
  aedes = aedesWith(through, report, log);
  await aedes.listen();
  server = createServer((socket) => guardParser(aedes.handle(socket), report));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterEach(async () => {
  await new Promise<void>((resolve) => aedes.close(() => resolve()));
  server.close();
});

async function connected(): Promise<RawMqtt> {
  const raw = new RawMqtt(port);
  raw.connect('web-0123456789');
  expect(await raw.packet('connack')).toMatchObject({ returnCode: 0 });
  return raw;
}

/** What is broken, and what brings a client to it. */
const cases: [string, Partial<Hooks>, (raw: RawMqtt) => void][] = [
  ['authenticate throws', { authenticate: broken }, (raw) => raw.connect('web-1')],
  [
    'authenticate rejects',
    { authenticate: () => Promise.reject(new Error('x')) },
    (raw) => raw.connect('web-1'),
  ],
  ['ready throws', { ready: broken }, (raw) => raw.connect('web-1')],
  [
    'publish throws',
    { publish: broken },
    (raw) => {
      raw.connect('web-1');
      raw.publish('a', 'b');
    },
  ],
  [
    'publish rejects',
    { publish: () => Promise.reject(new Error('x')) },
    (raw) => {
      raw.connect('web-1');
      raw.publish('a', 'b');
    },
  ],
  [
    'subscribe throws',
    { subscribe: broken },
    (raw) => {
      raw.connect('web-1');
      raw.subscribe('a');
    },
  ],
];

describe('a hook of the broker that is broken', () => {
  it.each(cases)('costs its own connection and nothing else: %s', async (_what, bad, bring) => {
    const other = await connected();
    hooks = { ...GOOD, ...bad };
    const raw = new RawMqtt(port);
    bring(raw);
    await raw.end();
    expect(reported).toHaveLength(1);
    hooks = GOOD;
    other.send({ cmd: 'pingreq' });
    await other.packet('pingresp');
    other.socket.destroy();
  });

  it('delivers nothing where it cannot say whether it may', async () => {
    const raw = await connected();
    raw.subscribe('a');
    await raw.packet('suback');
    hooks = { ...GOOD, mayForward: broken };
    raw.publish('a', 'b');
    await raw.packet('puback');
    await eventually(() => reported.includes('a delivery'));
    expect(raw.received.filter(({ cmd }) => cmd === 'publish')).toEqual([]);
    raw.socket.destroy();
  });

  it('lets a client go that it stumbles over', async () => {
    const raw = await connected();
    hooks = { ...GOOD, gone: broken };
    raw.socket.destroy();
    await eventually(() => reported.includes('the end of a connection'));
  });
});

it('an error of the parser, or of Aedes over a packet, ends the connection and is reported', async () => {
  const [parse, reports]: [() => never, unknown[]] = [broken, []];
  const parts = new Aedes();
  await parts.listen();
  const alone = createServer((socket) => {
    const client = parts.handle(socket);
    const parser: unknown = Reflect.get(client, '_parser');
    if (typeof parser !== 'object' || parser === null) throw new Error('there is a parser');
    Reflect.set(parser, 'parse', parse);
    guardParser(client, (what) => reports.push(what));
  });
  await new Promise<void>((resolve) => alone.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = alone.address();
  const raw = new RawMqtt(typeof address === 'object' && address ? address.port : 0);
  raw.connect('web-1');
  await raw.end();
  expect(reports).toEqual(['a packet']);
  alone.close();
  await new Promise<void>((resolve) => parts.close(() => resolve()));
});

it('Aedes’ own errors have a listener', () => {
  aedes.emit('error', new Error('own'));
  expect(reported).toEqual(['the broker']);
});
