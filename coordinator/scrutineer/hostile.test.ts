import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { makeSeed } from '../../shared/belenios/pedersen-trustee.ts';
import { eventually } from '../../test/support/open-hall.ts';
import { CoordinatorLine, ScrutineerError } from './coordinator-line.ts';
import { MemoryHeld } from './memory.ts';
import { RemoteScrutineer } from './remote.ts';

/** `hallvote scrutineer` at a coordinator that answers rubbish, half, for ever, or not at all. */

const MB = 1024 * 1024;
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
const sockets = new Set<Socket>();
const scrutineers: RemoteScrutineer[] = [];
afterEach(async () => {
  for (const each of scrutineers.splice(0)) await each.stop();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A server that answers as `routes` say, by path; everything else is signed in to and named as it should be. */
async function serve(routes: Record<string, Answer>): Promise<{ http: string; server: Server }> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (routes[path]) routes[path](request, response);
    else if (path === '/api/sign-in')
      json({ is: 'in', failed: 0, person: { id: 's1', name: '陈明远', roles: ['scrutineer'] } })(
        request,
        response,
      );
    else if (path === '/api/hall') json({ hall: 'h1', address: null })(request, response);
    else response.writeHead(404).end();
  });
  server.on('connection', (socket) => sockets.add(socket));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { http: `http://127.0.0.1:${port}`, server };
}

const json =
  (value: unknown): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
const text =
  (body: string): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };

/** Sends up to `most` bytes, and counts those that somebody took. */
function endless(most: number, first = '"') {
  const sent = { bytes: 0 };
  const answer: Answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(first);
    const chunk = Buffer.alloc(64 * 1024, 'a');
    const more = () => {
      while (sent.bytes < most && !response.destroyed) {
        sent.bytes += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
  return { sent, answer };
}

const slow: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

const IDENTITY = { person: 's1', secret: 'a password' };

function line(http: string, patienceMs = 2_000, report: (what: string) => void = () => {}): CoordinatorLine {
  return new CoordinatorLine({ http, identity: IDENTITY, patienceMs, onChange: () => {}, report });
}

describe('a scrutineer’s sign-in', () => {
  const HOSTILE: [string, Answer][] = [
    ['half of an answer', text('{"is":"in","per')],
    ['no JSON', text('<html>')],
    ['another shape', json({ is: 'in', person: 's1' })],
    ['nothing', text('')],
    ['an answer that never ends', slow],
    [
      'a redirect elsewhere',
      (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
    ],
    ['a cut connection', (request) => request.socket.destroy()],
  ];
  it.each(HOSTILE)('ends in one line at %s', async (_what, answer) => {
    for (const path of ['/api/sign-in', '/api/hall']) {
      const { http } = await serve({ [path]: answer });
      const started = line(http, 300).start();
      await expect(started).rejects.toThrow(ScrutineerError);
      await expect(started).rejects.toThrow(/^连不上主机 · [^\n]+$/);
    }
  });

  it('takes no more of an endless answer than one may have', async () => {
    for (const path of ['/api/sign-in', '/api/hall']) {
      const { sent, answer } = endless(200 * MB);
      const { http } = await serve({ [path]: answer });
      await expect(line(http, 20_000).start()).rejects.toThrow(/longer than/);
      expect(sent.bytes).toBeLessThan(16 * MB);
    }
  });
});

describe('a scrutineer’s act', () => {
  it('comes back as not done, whatever the answer is', async () => {
    const { sent, answer } = endless(200 * MB);
    for (const hostile of [text('{"ok":tr'), text('null'), json({ ok: 'yes' }), slow, answer]) {
      const { http } = await serve({ '/api/scrutineer/act': hostile });
      const outcome = await line(http, 1_000).act({ act: 'share', round: 'm1/1', share: '[]' });
      expect(outcome).toMatchObject({ ok: false, reason: 'offline' });
    }
    expect(sent.bytes).toBeLessThan(16 * MB);
  });
});

it('takes no more of an archive than one may have', async () => {
  const { sent, answer } = endless(600 * MB);
  const { http } = await serve({ '/api/elections/u.bel': answer });
  expect(await line(http, 60_000).archive('u')).toBe(null);
  expect(sent.bytes).toBeLessThan(300 * MB);
});

describe('a scrutineer who follows the sitting', () => {
  /** A hall whose WebSocket sends `bytes` as soon as it is open, each time; how often it was. */
  async function following(bytes: readonly Buffer[]) {
    const { http, server } = await serve({});
    const sockets = new WebSocketServer({ noServer: true });
    const opened = { times: 0, ended: 0, taken: 0 };
    server.on('upgrade', (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (ws) => {
        opened.times += 1;
        ws.on('close', () => {
          opened.ended += 1;
        });
        ws.on('error', () => {});
        const send = (at: number) => {
          const next = bytes[at];
          if (!next || ws.readyState !== ws.OPEN) return;
          opened.taken += next.length;
          ws.send(next, () => send(at + 1));
        };
        ws.once('message', () => send(0));
      }),
    );
    const said: string[] = [];
    const scrutineer = new RemoteScrutineer({
      http,
      identity: IDENTITY,
      seed: makeSeed(randomBytes),
      memory: new MemoryHeld(),
      describe: (problem) => problem,
      consent: { compare: async () => true, decrypt: async () => true, sign: async () => true },
      say: (each) => said.push(each),
      pauseMs: 20,
    });
    scrutineers.push(scrutineer);
    await scrutineer.start();
    return { opened, said };
  }

  const CONNACK = Buffer.from([0x20, 2, 0, 0]);
  const publish = (topic: string, payload: string | Buffer) => {
    const rest = Buffer.concat([Buffer.from([0, topic.length]), Buffer.from(topic), Buffer.from(payload)]);
    const length: number[] = [];
    for (let n = rest.length; ; n = Math.floor(n / 128)) {
      length.push((n % 128) | (n >= 128 ? 0x80 : 0));
      if (n < 128) break;
    }
    return Buffer.concat([Buffer.from([0x30, ...length]), rest]);
  };

  it('outlives rubbish, and connects again', async () => {
    for (const rubbish of [
      randomBytes(5_000),
      Buffer.from([0, 0, 0]),
      Buffer.from([0x20, 2, 0, 99]),
      Buffer.alloc(0),
    ]) {
      const { opened } = await following([rubbish, CONNACK, randomBytes(100)]);
      await eventually(() => opened.times > 0, 'a connection');
    }
  });

  it('outlives documents that are none', async () => {
    const at = (what: string) => `hallvote/h1/public/${what}`;
    const said = ['{"a":', 'null', '[]', '{"v":1}', '"'.repeat(1000), `${'['.repeat(100_000)}`];
    const all = said.flatMap((payload) =>
      ['hall', 'secrecy', 'decryption', 'other'].map((what) => publish(at(what), payload)),
    );
    const { opened } = await following([CONNACK, ...all, Buffer.from([0xd0, 0])]);
    await eventually(() => opened.taken > Buffer.concat(all).length, 'everything taken');
    expect(opened.ended).toBe(0);
  });

  it('ends a connection on which a packet announces 200 MB, before it has come', async () => {
    const header = Buffer.from([0x30, 0x80, 0x80, 0x80, 0x64]);
    const flood = Array.from({ length: 200 }, () => Buffer.alloc(MB, 'a'));
    const before = process.memoryUsage().rss;
    const { opened } = await following([CONNACK, header, ...flood]);
    await eventually(() => opened.ended > 0, 'the end of it');
    expect(opened.taken).toBeLessThan(64 * MB);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MB);
  });
});

it('ends in one line where what listens there is no web server', async () => {
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.end(randomBytes(3000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(line(`http://127.0.0.1:${port}`).start()).rejects.toThrow(ScrutineerError);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});
