import { connect } from 'node:net';
import fc from 'fast-check';

/** What a stranger sends on one connection, and how it ends. */
export interface HostileRequest {
  readonly bytes: Buffer;
  readonly end: 'wait' | 'close' | 'reset';
}

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'get',
  'G\0T',
  '',
  'Ω',
  'PRI',
];
const TARGETS = [
  '/',
  '//',
  '///',
  '//%',
  '/mqtt',
  '/mqtt?a=b',
  '//mqtt',
  '/mqtt/',
  '/seat/socket',
  '/board/socket',
  '/elsewhere',
  'http://',
  'http://[',
  'http://hall/mqtt',
  'http://user:pw@:99999/mqtt',
  '*',
  '\\',
  '\\\\mqtt',
  '?',
  '#',
  '/%',
  '/%00',
  '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
  '/assets/..\\..',
  '/assets/%c0%ae',
  '/api/elections/%ff.bel',
  '/api/session',
  '/api/sign-in',
  '/api/scrutineer/act',
  '/\0',
  `/${'a'.repeat(70_000)}`,
  '',
];
const VERSIONS = ['HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', 'HTTP', ''];
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket';
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
/** Whole heads of a connection first, single lines and bodies after. */
const HEADS = [
  'Host: {host}',
  `Host: {host}\r\n${UPGRADE}\r\nSec-WebSocket-Version: 13\r\n${KEY}`,
  `Host: {host}\r\n${UPGRADE}\r\nSec-WebSocket-Version: 13\r\n${KEY}\r\nSec-WebSocket-Protocol: mqtt`,
  `Host: {host}\r\n${UPGRADE}`,
  UPGRADE,
  '',
];
const LINES = [
  'Host:',
  'Host: a\r\nHost: b',
  'Host: [',
  'Host: \xff',
  'Origin: null',
  'Origin: http://[',
  'Origin: http://evil.example',
  'Sec-WebSocket-Version: 99',
  'Sec-WebSocket-Version: x',
  'Sec-WebSocket-Key: short',
  'Sec-WebSocket-Protocol: ,,,',
  'Sec-WebSocket-Protocol: mqtt, mqtt',
  'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99',
  'Sec-WebSocket-Extensions: ;;=',
  'Connection: Upgrade\r\nUpgrade: h2c',
  'Upgrade: \r\nConnection: Upgrade',
  'Connection: close, keep-alive, \xff',
  'Content-Length: 5\r\nContent-Length: 6',
  'Content-Length: 5\r\nTransfer-Encoding: chunked',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: chunked',
  'Expect: 100-continue',
  'Expect: the-unexpected',
  'Content-Type: application/json\r\nContent-Length: 2',
  'Content-Type: \0',
  'Content-Encoding: gzip',
  'Cookie: hallvote=%; hallvote',
  'Cookie: =;=;;;__proto__=a; __Host-hallvote=%E0%A4%A',
  'Range: bytes=9-1,-,--',
  'If-Modified-Since: never',
  'If-None-Match: "',
  ' folded: line',
  'no colon',
  ': no name',
  'X: \0',
  `X: ${'x'.repeat(70_000)}`,
  Array.from({ length: 3000 }, (_, i) => `X${i}: 1`).join('\r\n'),
];
const AFTER = [
  '',
  '{}',
  '[[[[',
  '{"__proto__":{}}',
  '5\r\nhello\r\n0\r\n\r\n',
  'ffffffffffffffff\r\n',
  '\x81\x85\0\0\0\0hello',
  '\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff',
  '\x88\x01\x03',
  '\x89\xff',
  'GET // HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
];

/** Heads that are half there: cut at any byte. */
const cut = fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true }));

/** Malformed requests and upgrades from a grammar; `{host}` stands for the server's own name. */
export const hostileRequest: fc.Arbitrary<HostileRequest> = fc
  .record({
    method: fc.oneof({ weight: 3, arbitrary: fc.constant('GET') }, fc.constantFrom(...METHODS)),
    target: fc.constantFrom(...TARGETS),
    version: fc.oneof({ weight: 4, arbitrary: fc.constant('HTTP/1.1') }, fc.constantFrom(...VERSIONS)),
    head: fc.constantFrom(...HEADS),
    lines: fc.array(fc.constantFrom(...LINES), { maxLength: 3 }),
    after: fc.constantFrom(...AFTER),
    cut,
    end: fc.constantFrom('wait' as const, 'close' as const, 'reset' as const),
  })
  .map(({ method, target, version, head, lines, after, cut: part, end }) => {
    const top = [`${method} ${target} ${version}`, head, ...lines].filter((line) => line !== '').join('\r\n');
    const text = `${top}\r\n\r\n${after}`;
    return { bytes: Buffer.from(text.slice(0, Math.ceil(text.length * part)), 'latin1'), end };
  });

/** Every target asked for with every head, each way to end it: what no draw may leave out. */
export function everyTarget(): HostileRequest[] {
  return TARGETS.flatMap((target) =>
    HEADS.flatMap((head) =>
      (['wait', 'reset'] as const).map((end) => ({
        bytes: Buffer.from(`GET ${target} HTTP/1.1\r\n${head}\r\n\r\n`, 'latin1'),
        end,
      })),
    ),
  );
}

/** Sends it to `port`; resolves when the server has answered or hung up, or when an honest request was answered after it. */
export async function sendHostile(
  port: number,
  { bytes, end }: HostileRequest,
  isAnswered: () => Promise<void>,
): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  try {
    await new Promise<void>((resolve) => socket.once('connect', resolve).once('close', () => resolve()));
    const text = bytes.toString('latin1').replaceAll('{host}', `127.0.0.1:${port}`);
    await new Promise<void>((resolve) => socket.write(Buffer.from(text, 'latin1'), () => resolve()));
    if (end === 'close') socket.end();
    if (end === 'reset') socket.resetAndDestroy();
    await isAnswered();
  } finally {
    socket.destroy();
  }
}
