import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpenHall, openHall } from '../support/open-hall.ts';
import { scrutineersOf } from '../support/scrutineers.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';

const PASSWORD = 'a right password';

let open: OpenHall;
let served: ServedHall;

beforeEach(async () => {
  open = await openHall({ secrecy: scrutineersOf(3, 2) });
  served = await serveHall(open);
});
afterEach(async () => {
  await served.close();
  await open.close();
});

interface Answer {
  readonly status: number;
  readonly cookies: readonly string[];
  readonly retryAfter: number;
}

/** Sends from an address of this machine's own network. */
async function post(path: string, body: object, from = '127.0.0.1', cookie = ''): Promise<Answer> {
  const call = request(`${served.http}${path}`, {
    method: 'POST',
    localAddress: from,
    headers: { 'content-type': 'application/json', cookie },
    agent: false,
  });
  call.end(JSON.stringify(body));
  const answered: IncomingMessage = await new Promise((resolve, reject) => {
    call.once('response', resolve).once('error', reject);
  });
  answered.resume();
  await once(answered, 'end');
  return {
    status: answered.statusCode ?? 0,
    cookies: (answered.headers['set-cookie'] ?? []).map((each) => each.split(';')[0] ?? ''),
    retryAfter: Number(answered.headers['retry-after']),
  };
}

const login = (password: string, from?: string, cookie?: string) =>
  post('/api/login', { password }, from, cookie);

/** Sets the hall up; gives the cookie of the session, and that of the device. */
async function setUp(): Promise<{ session: string; device: string }> {
  const { status, cookies } = await post('/api/setup', { code: '12345678', password: PASSWORD });
  expect(status).toBe(200);
  const [session, device] = cookies;
  if (!session || !device) throw new Error('two cookies come');
  return { session, device };
}

async function isSignedIn(cookie: string): Promise<boolean> {
  const response = await fetch(`${served.http}/api/stats`, { headers: { cookie } });
  return response.status === 200;
}

it('lets the chair in from a device that is known, while sixty addresses guess', async () => {
  const { session, device } = await setUp();
  expect(await isSignedIn(session)).toBe(true);
  expect(await isSignedIn(device)).toBe(false);
  expect(await isSignedIn(device.replace('hallvote-device', 'hallvote'))).toBe(false);
  const guesses = Array.from({ length: 60 }, (_, n) => login('a guess', `127.0.1.${n + 1}`));
  const all = Promise.allSettled(guesses);
  // By then all places of strangers are taken.
  const refused = await Promise.any(
    guesses.map(async (guess) => ((await guess).status === 503 ? guess : Promise.reject())),
  );
  expect(refused.retryAfter).toBeGreaterThan(0);
  const chair = await login(PASSWORD, '127.0.0.1', device);
  expect(chair.status).toBe(200);
  // A device that is known is not given another name.
  expect(chair.cookies).toHaveLength(1);
  // What waits to be looked at need not be.
  await served.close();
  const ended = await all;
  served = await serveHall(open);
  expect(ended.some((each) => each.status === 'rejected' || each.value.status === 401)).toBe(true);
});

it('the set-up code is not to be guessed, and right from another address', async () => {
  for (let n = 0; n < 10; n += 1)
    expect((await post('/api/setup', { code: `${n}`, password: PASSWORD })).status).toBe(401);
  expect((await post('/api/setup', { code: '12345678', password: PASSWORD })).status).toBe(429);
  expect((await post('/api/setup', { code: '12345678', password: PASSWORD }, '127.0.0.2')).status).toBe(200);
});

it('a scrutineer’s right code is taken after however many wrong ones', async () => {
  const statuses = [];
  for (let n = 0; n < 12; n += 1)
    statuses.push((await post('/api/scrutineer/sign-in', { code: `${n}` })).status);
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  expect((await post('/api/scrutineer/sign-in', { code: served.code(1) })).status).toBe(200);
});

it('sessions outlive the coordinator, until somebody leaves or is given another code', async () => {
  const { session } = await setUp();
  const signedIn = await post('/api/scrutineer/sign-in', { code: served.code(1) });
  const scrutineer = signedIn.cookies[0] ?? '';
  const who = async () =>
    (await fetch(`${served.http}/api/scrutineer/session`, { headers: { cookie: scrutineer } })).json();
  const startAgain = async () => {
    await served.close();
    served = await serveHall(open);
  };
  await startAgain();
  expect(await isSignedIn(session)).toBe(true);
  expect(await who()).toMatchObject({ scrutineer: { owner: 1 } });
  const { scrutineer: self } = { scrutineer: (await who()).scrutineer };
  await post('/api/scrutineers/renew', { id: self.id }, undefined, session);
  await post('/api/logout', {}, undefined, session);
  await startAgain();
  expect(await isSignedIn(session)).toBe(false);
  expect(await who()).toEqual({ scrutineer: null });
});
