import type { Attack } from '../attack.ts';
import type { Strike } from '../strike.ts';

const ROUTES = [
  '/api/scrutineer/act',
  '/api/scrutineer/act',
  '/api/sign-in',
  '/api/sign-in/password',
  '/api/sign-out',
  '/api/account/password',
  '/api/staff/code',
  '/api/act',
  '/',
  '/api/bundle',
  '/mqtt',
];

const MB = 1024 * 1024;

/** The heavier a body, the seldomer: the attack is on the hall, not on the two cores. */
const BODIES: readonly (readonly [what: string, body: (strike: Strike) => string])[] = [
  ['brackets', () => '['.repeat(4 * MB - 1)],
  ['4 MB', () => `{"act":"share","round":"m1/1","share":"${'x'.repeat(4 * MB - 60)}"}`],
  ['deep', () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['numbers', () => `[${'1e999,'.repeat(9_000)}1]`],
  ['escapes', () => `"${'\\u0000'.repeat(9_000)}"`],
  ['members', () => `{${Array.from({ length: 5_000 }, (_, i) => `"k${i}":0`).join()}}`],
  ['proto', () => '{"__proto__":{"person":"chair"},"constructor":{"prototype":{}},"secret":["x"]}'],
  ['rubbish', ({ dice }) => dice.bytes(3_000).toString('latin1')],
  ['empty', () => ''],
];
const OFTEN = BODIES.slice(2);

const TYPES = [
  'application/json',
  'application/json',
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/json-patch+json',
  '',
  'a/b;'.repeat(500),
];

function request(strike: Strike, path: string, body: string): string {
  const type = strike.dice.pick(TYPES);
  const head = `${strike.dice.pick(['POST', 'POST', 'PUT', 'DELETE'])} ${path} HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n${type === '' ? '' : `Content-Type: ${type}\r\n`}`;
  return `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export const bodies: Attack = {
  name: 'bodies',
  does: 'four million brackets, 4 MB, deep JSON, wrong types and chunks without end, on every route, nobody signed in',
  run: async (strike) => {
    for await (const i of strike.turns(40)) {
      const path = i % 20 === 0 ? '/api/scrutineer/act' : strike.dice.pick(ROUTES);
      const [what, body] = i % 10 === 0 ? strike.dice.pick(BODIES.slice(0, 2)) : strike.dice.pick(OFTEN);
      strike.see(`sent ${what}`);
      if (strike.dice.one(15)) chunks(strike, path);
      else void strike.ask(request(strike, path, body(strike)));
    }
  },
};

/** A body in chunks that goes on until it is cut. */
function chunks(strike: Strike, path: string): void {
  strike.see('sent chunks');
  const socket = strike.connect(strike.context.http);
  const head = `POST ${path} HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  strike.send(socket, Buffer.from(head));
  const more = setInterval(() => {
    if (socket.destroyed || strike.isOver) clearInterval(more);
    else strike.send(socket, Buffer.from(`8000\r\n${'['.repeat(0x8000)}\r\n`));
  }, 20);
}
