import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpenHall, openHall } from '../support/open-hall.ts';
import { rawHttp } from '../support/raw-http.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';

let open: OpenHall;
let served: ServedHall;
beforeEach(async () => {
  open = await openHall();
  served = await serveHall(open);
});
afterEach(async () => {
  await served.close();
  await open.close();
});

const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

it('every answer says the same to browsers, whatever it is', async () => {
  const headers = { 'content-type': 'application/json' };
  const asked: readonly [status: number, path: string, init?: RequestInit][] = [
    [200, '/api/hall'],
    [404, '/nowhere'],
    [401, '/api/stats'],
    [400, '/api/sign-in', { method: 'POST', headers, body: '{"__proto__":{}}' }],
    [415, '/api/sign-in', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }],
    [
      403,
      '/api/sign-in',
      { method: 'POST', headers: { ...headers, origin: 'http://evil.example' }, body: '{}' },
    ],
  ];
  for (const [status, path, init] of asked) {
    const answer = await fetch(served.http + path, init);
    expect(answer.status).toBe(status);
    const said = Object.fromEntries(answer.headers);
    expect(said['content-security-policy']?.replaceAll(/; ?/g, '; ')).toBe(POLICY);
    expect(said).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    // A hall without HTTPS must not tell browsers to come by it only.
    expect(said).not.toHaveProperty('strict-transport-security');
  }
});

it('the page for another name may do nothing but look like itself', async () => {
  const raw = rawHttp(served.port, 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n');
  const head = await raw.hears('\r\n\r\n');
  raw.socket.destroy();
  const policies = head.split('\r\n').filter((line) => /^content-security-policy:/i.test(line));
  expect(policies).toHaveLength(1);
  expect(policies[0]).toMatch(/: default-src 'none'; style-src 'sha256-[^;]+'$/);
});
