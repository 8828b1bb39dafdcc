import type { Dice } from './dice.ts';

/** HTTP as strangers write it: well-formed parts, put together as no browser would (RFC 9112, RFC 6455). */

const METHODS = [
  'GET',
  'GET',
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  'PUT',
  'CONNECT',
  'TRACE',
  'PRI',
  'M-SEARCH',
  'get',
  'G\0T',
  '',
];

const ROUTES = [
  '/',
  '/hall',
  '/chair',
  '/operator',
  '/scrutineer',
  '/receipts',
  '/mqtt',
  '/assets/x.js',
  '/api/hall',
  '/api/receipts',
  '/api/session',
  '/api/sign-in',
  '/api/sign-in/password',
  '/api/sign-out',
  '/api/act',
  '/api/stats',
  '/api/bundle',
  '/api/staff',
  '/api/staff/code',
  '/api/account',
  '/api/scrutineer/act',
  '/api/elections/x.bel',
  '/api/elections/%2e%2e%2f%2e%2e%2fhall.yaml',
];

const TARGETS = [
  '//',
  '///',
  '//[',
  '/\\',
  '\\\\',
  '//@',
  '//:',
  '//a:b',
  '//[::1',
  '//%',
  'http://',
  'http://[',
  'http://[::1',
  'ws://',
  'ws://%',
  'http://a:99999/',
  '*',
  '',
  '?',
  '#',
  '/%',
  '/%zz',
  '/%00',
  '/%ff%fe',
  '/..',
  '/../..',
  '/..%2f..%2fetc/passwd',
  '/assets/../../hall.yaml',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/mqtt/',
  '/mqtt?',
  '/mqtt//',
  '//mqtt',
  '/mqtt#',
  'mqtt',
  '/MQTT',
  'data:',
  'file:///etc/passwd',
  'a b',
  '/\u00ff',
  '/\u0001',
  `/${'a'.repeat(9_000)}`,
  `/${'../'.repeat(2_000)}`,
  `/?${'a=1&'.repeat(3_000)}`,
  `/api/elections/${'%41'.repeat(2_000)}`,
];

const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/2.0',
  'HTTP/0.9',
  'HTTP/1.2',
  'HTTP/',
  'HTTP/1.1 ',
  'RTSP/1.0',
  '',
];

const HEADERS: readonly (readonly string[])[] = [
  ['Host: hall'],
  ['Host:'],
  ['Host: a', 'Host: b'],
  ['Host: [::1'],
  ['Host: \u00ff'],
  ['Host: a:b:c'],
  ['Origin: null'],
  ['Origin: http://'],
  ['Origin: //['],
  ['Origin: http://evil.example', 'Host: hall'],
  ['Cookie: hallvote='],
  ['Cookie: hallvote=%'],
  [`Cookie: ${'a=b;'.repeat(2_000)}`],
  ['Cookie: =;;=;'],
  ['Cookie: __proto__=1; hallvote=__proto__'],
  ['Content-Length: -1'],
  ['Content-Length: 1e9'],
  ['Content-Length: 5', 'Content-Length: 6'],
  ['Content-Length: 5', 'Transfer-Encoding: chunked'],
  ['Transfer-Encoding: chunked'],
  ['Transfer-Encoding: gzip, chunked'],
  ['Transfer-Encoding: x'],
  ['Content-Type: application/json'],
  ['Content-Type: application/json; charset=utf-7'],
  ['Content-Type: ;;;'],
  ['Content-Type: multipart/form-data'],
  ['Expect: 100-continue'],
  ['Expect: x'],
  ['Range: bytes=0-,0-,0-,0-'],
  ['If-Modified-Since: never'],
  ['If-None-Match: *'],
  ['Accept-Encoding: gzip;q=nan'],
  ['X: a', ' folded'],
  ['no colon'],
  [': no name'],
  ['A\0: b'],
  ['A: \0'],
  [`X-Long: ${'x'.repeat(20_000)}`],
  ['Connection: close'],
  ['Connection: keep-alive'],
  ['X-Forwarded-For: 127.0.0.1'],
  ['Upgrade: h2c', 'Connection: Upgrade, HTTP2-Settings', 'HTTP2-Settings: AAMAAABkAAQAAP__'],
  Array.from({ length: 150 }, (_, i) => `X-${i}: ${i}`),
];

const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
const UPGRADES: readonly (readonly string[])[] = [
  [
    'Upgrade: websocket',
    'Connection: Upgrade',
    KEY,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: mqtt',
  ],
  ['Upgrade: websocket', 'Connection: Upgrade'],
  ['Upgrade: WebSocket', 'Connection: upgrade, close', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 13'],
  ['Upgrade: websocket', 'Connection: Upgrade', KEY, 'Sec-WebSocket-Version: 99'],
  ['Upgrade: websocket', 'Connection: Upgrade', KEY, KEY, 'Sec-WebSocket-Version: 13'],
  [
    'Upgrade: websocket',
    'Connection: Upgrade',
    KEY,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: ,,,',
  ],
  [
    'Upgrade: websocket',
    'Connection: Upgrade',
    KEY,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: a, a',
  ],
  [
    'Upgrade: websocket',
    'Connection: Upgrade',
    KEY,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99',
  ],
  [
    'Upgrade: websocket',
    'Connection: Upgrade',
    KEY,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Extensions: "',
  ],
  ['Upgrade: websocket, websocket', 'Connection: Upgrade', KEY, 'Sec-WebSocket-Version: 13'],
];

const BODIES = [
  '',
  '',
  '{}',
  '{',
  '5\r\nhello\r\n0\r\n\r\n',
  'ffffffffffffffff\r\n',
  '-1\r\n',
  '0\r\nX: y\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  '\0\0\0\0',
];

/** Of the requests known to have ended a coordinator once. */
export const KNOWN: readonly string[] = [
  '//',
  '//[',
  'http://',
  '//@',
  '//:',
  'http://[',
  'http://a:99999/',
].map((target) => `GET ${target} HTTP/1.1\r\nHost: hall\r\n${UPGRADES[0]?.join('\r\n')}\r\n\r\n`);

/** One request of the grammar, as bytes: most parts right, some wrong, half of them upgrades. */
export function request(dice: Dice): Buffer {
  const isUpgrade = dice.one(2);
  const method = isUpgrade && !dice.one(8) ? 'GET' : dice.pick(METHODS);
  const target = dice.one(2) ? dice.pick(TARGETS) : dice.pick(ROUTES);
  const headers = [...(dice.one(5) ? [] : ['Host: hall']), ...(isUpgrade ? dice.pick(UPGRADES) : [])];
  for (let i = dice.below(3); i > 0; i -= 1) headers.push(...dice.pick(HEADERS));
  const end = dice.one(20) ? '\n' : '\r\n';
  const version = dice.pick(VERSIONS);
  const line = `${method} ${target}${version === '' ? '' : ' '}${version}`;
  const text = `${[line, ...headers].join(end)}${end}${dice.one(12) ? '' : end}${dice.pick(BODIES)}`;
  return Buffer.from(text, 'latin1');
}
