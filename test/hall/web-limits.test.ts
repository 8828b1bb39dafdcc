import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpenHall, openHall } from '../support/open-hall.ts';
import { type RawHttp, rawHttp } from '../support/raw-http.ts';
import { scrutineersOf } from '../support/scrutineers.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';
import { signedIn } from '../support/signed-in.ts';

const JSON_TYPE = 'Content-Type: application/json';

let open: OpenHall;
let served: ServedHall;
let connections: RawHttp[];

beforeEach(async () => {
  connections = [];
  open = await openHall({ secrecy: scrutineersOf(3, 2) });
  served = await serveHall(open);
});
afterEach(async () => {
  for (const { socket } of connections) socket.destroy();
  await served.close();
  await open.close();
});

/** Sends a head and what follows of it. */
function send(line: string, ...rest: string[]): RawHttp {
  const [headers, body] = [rest.slice(0, -1), rest.at(-1)];
  const text = [line, 'Host: 127.0.0.1', ...headers, '', body].join('\r\n');
  const raw = rawHttp(served.port, text);
  connections.push(raw);
  return raw;
}

function post(path: string, body: string, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', cookie };
  return fetch(served.http + path, { method: 'POST', headers, body });
}

const scrutineer = () => signedIn(served, 's1');

it.each(['POST /api/scrutineer/act', 'POST /api/act', 'POST /api/staff/code'])(
  '%s is refused to a stranger of whose body nothing has come yet',
  async (line) => {
    const raw = send(`${line} HTTP/1.1`, JSON_TYPE, 'Content-Length: 4000000', '');
    expect(await raw.hears('}')).toMatch(/^HTTP\/1\.1 401 .*\{"error":"sign in"\}$/s);
  },
);

it.each(['/api/bundle', '/api/stats', '/api/staff', '/api/account'])(
  '%s is not read by strangers, by whichever method',
  async (path) => {
    for (const method of ['GET', 'HEAD'])
      expect((await fetch(served.http + path, { method })).status).toBe(401);
    expect((await fetch(served.http + path, { method: 'OPTIONS' })).status).toBe(404);
  },
);

it('nothing is read that is sent to where nothing is', async () => {
  const raw = send('POST /nowhere HTTP/1.1', JSON_TYPE, 'Content-Length: 4000000', '');
  expect(await raw.hears('}')).toMatch(/^HTTP\/1\.1 404 /);
});

it('takes little of a body where nobody has signed in, and a share of a large motion where somebody has', async () => {
  const secret = 'x'.repeat(5000);
  expect((await post('/api/sign-in', JSON.stringify({ person: 's1', secret, code: null }))).status).toBe(413);
  const share = { act: 'share', round: 'm2/1', share: 'x'.repeat(1_900_000) };
  const cookie = await scrutineer();
  expect(await (await post('/api/scrutineer/act', JSON.stringify(share), cookie)).json()).toMatchObject({
    ok: false,
    reason: 'unknown-round',
  });
});

it('parses nothing that nests deep, poisons a prototype or is no JSON', async () => {
  const cookie = await scrutineer();
  const act = async (body: string) => {
    const response = await post('/api/scrutineer/act', body, cookie);
    return `${response.status} ${await response.text()}`;
  };
  expect(await act('['.repeat(4_000_000))).toMatch(/^400 .*nests too deep/);
  expect(await act('{"act":"share","act":"tally"}')).toMatch(/^400 .*repeats a member/);
  expect(await act('{"act":"share","__proto__":{}}')).toMatch(/^400 .*not valid JSON/);
  const headers = { 'content-type': 'text/plain', cookie };
  const text = await fetch(`${served.http}/api/scrutineer/act`, { method: 'POST', headers, body: '{}' });
  expect(text.status).toBe(415);
});

it('cuts whoever does not go on', async () => {
  await Promise.all([
    rawHttpTo('').closed,
    rawHttpTo('GET /api/hall HTTP/1.1\r\nHost: a').closed,
    send('GET /api/hall HTTP/1.1', '').closed,
    send('POST /api/sign-in HTTP/1.1', JSON_TYPE, 'Content-Length: 30', '{"code":').closed,
    send('POST /api/act HTTP/1.1', JSON_TYPE, 'Content-Length: 30', '{"act":').closed,
    send(
      'GET /mqtt HTTP/1.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '',
    ).closed,
  ]);
  expect(connections.map(({ heard }) => heard().split('\r\n')[0])).toEqual([
    'HTTP/1.1 408 Request Timeout',
    'HTTP/1.1 408 Request Timeout',
    'HTTP/1.1 200 OK',
    '',
    'HTTP/1.1 401 Unauthorized',
    'HTTP/1.1 101 Switching Protocols',
  ]);
});

function rawHttpTo(bytes: string): RawHttp {
  const raw = rawHttp(served.port, bytes);
  connections.push(raw);
  return raw;
}

it('ends at once though somebody has half a request under way', async () => {
  const raw = send('POST /api/sign-in HTTP/1.1', JSON_TYPE, 'Content-Length: 30', '');
  await (await fetch(`${served.http}/api/hall`)).json();
  await served.close();
  await raw.closed;
});

it('says of each connection on which somebody who is signed in asks that it is theirs', async () => {
  const cookie = await scrutineer();
  expect(served.signedIn).toEqual([]);
  const raw = send('GET /api/hall HTTP/1.1', `Cookie: ${cookie}`, '');
  await raw.hears('}');
  expect(served.signedIn.map(({ remotePort }) => remotePort)).toEqual([raw.socket.localPort]);
});

it('keeps nothing of what it says in caches, and posts no forms', async () => {
  const cookie = await scrutineer();
  for (const path of ['/api/session', '/api/account', '/api/stats', '/api/bundle', '/nowhere']) {
    const { headers } = await fetch(served.http + path, { headers: { cookie } });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toMatch(/object-src 'none'.*form-action 'none'/);
  }
});

it('answers to its own names only, and says what to write in hall.yaml for another', async () => {
  const get = (host: string, ...more: string[]) =>
    rawHttpTo([`GET /api/hall HTTP/1.1`, `Host: ${host}`, ...more, '', ''].join('\r\n'));
  expect(await get('hall.local').hears('}')).toMatch(/^HTTP\/1\.1 200 /);
  expect(await get('evil.example').hears('address.')).toMatch(
    /^HTTP\/1\.1 421 .*names: \["evil\.example"\]<\/code> under listen\.http/s,
  );
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  const mqtt = (host: string, ...more: string[]) =>
    rawHttpTo([`GET /mqtt HTTP/1.1`, `Host: ${host}`, ...upgrade, ...more, '', ''].join('\r\n'));
  expect(await mqtt('hall.local').hears('\r\n\r\n')).toMatch(/^HTTP\/1\.1 101 /);
  expect(await mqtt('evil.example').hears('\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
  expect(await mqtt('hall.local', 'Origin: http://evil.example').hears('\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 403 /,
  );
});
