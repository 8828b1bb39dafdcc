import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenHall, openHall } from '../support/open-hall.ts';
import { scrutineersOf } from '../support/scrutineers.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';
import { passwordOf, signedIn } from '../support/signed-in.ts';
import { until } from '../support/until.ts';

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
  readonly body: unknown;
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
  let text = '';
  answered.on('data', (chunk) => {
    text += String(chunk);
  });
  await once(answered, 'end');
  return {
    status: answered.statusCode ?? 0,
    cookies: answered.headers['set-cookie'] ?? [],
    retryAfter: Number(answered.headers['retry-after']),
    body: JSON.parse(text),
  };
}

const signIn = (person: string, secret: string, from?: string, cookie?: string) =>
  post('/api/sign-in', { person, secret, code: null }, from, cookie);

const pairOf = (cookie: string | undefined) => cookie?.split(';')[0] ?? '';

async function who(cookie: string): Promise<string | null> {
  const response = await fetch(`${served.http}/api/session`, { headers: { cookie } });
  const session: { person: { id: string } | null } = await response.json();
  return session.person?.id ?? null;
}

async function startAgain(): Promise<void> {
  await served.close();
  served = await serveHall(open);
}

it('an idle limit holds from the next reload on, and stands in no entry', async () => {
  const chair = await signedIn(served, 'chair');
  open.disk.idleMs = 1;
  expect(await who(chair)).toBe('chair');
  const types: string[] = [];
  open.chronicle.onChange((each) => types.push(...each));
  expect(await open.act({ act: 'reload' })).toMatchObject({ ok: true });
  expect(types).toEqual(['files-read']);
  await until('the end of an idle session', 60, async () => (await who(chair)) === null);
});

it('whoever signs in is themselves, whatever the case of the id they type, and says so to no other site', async () => {
  const { status, cookies, body } = await signIn(' Chair', passwordOf('chair'));
  expect([status, body]).toMatchObject([200, { is: 'in', person: { id: 'chair' }, failed: 0 }]);
  expect(cookies).toEqual([
    expect.stringMatching(/^hallvote=[^;]+; Path=\/; HttpOnly; SameSite=Strict$/),
    expect.stringMatching(/^hallvote-device=[^;]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Strict$/),
  ]);
  expect(await who(pairOf(cookies[0]))).toBe('chair');
});

it('tells nobody by its answer whether there is such a person, nor whether they have a password', async () => {
  await signIn('admin', passwordOf('admin'));
  const answers = await Promise.all(
    ['chair', 'nobody', '__proto__', ''].map((person) => signIn(person, 'wrong')),
  );
  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
});

it('a person is told how many attempts failed since they last came', async () => {
  for (let n = 0; n < 2; n += 1) await signIn('chair', 'wrong');
  expect((await signIn('chair', passwordOf('chair'))).body).toMatchObject({ failed: 2 });
  expect((await signIn('chair', passwordOf('chair'))).body).toMatchObject({ failed: 0 });
});

describe('a one-time code', () => {
  const give = async (person: string, by = 'admin') => {
    const answer = await post('/api/staff/code', { person }, undefined, await signedIn(served, by));
    return { ...answer, code: Object(answer.body).code };
  };

  it('leads to a password of one’s own, once, and everything from before is worth nothing', async () => {
    const before = await signedIn(served, 'operator');
    const { code } = await give('operator');
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await who(before)).toBe(null);
    expect((await signIn('operator', passwordOf('operator'))).status).toBe(401);
    expect((await signIn('operator', ` ${code.toLowerCase()}`)).body).toEqual({ is: 'choose' });
    const choose = (password: string) =>
      post('/api/sign-in/password', { person: 'operator', code, password });
    expect(await choose('short')).toMatchObject({ status: 422, body: { error: 'too-short' } });
    const chosen = await choose('会场东门的石狮子有两只');
    expect(chosen).toMatchObject({ status: 200, body: { is: 'in', person: { id: 'operator' } } });
    expect(await who(pairOf(chosen.cookies[0]))).toBe('operator');
    expect((await choose('another password, once more')).status).toBe(401);
    expect((await signIn('operator', code)).status).toBe(401);
    expect((await signIn('operator', '会场东门的石狮子有两只')).status).toBe(200);
  });

  it('is the administrator’s to give again; the operator gives the first only, and none to an administrator', async () => {
    expect(await give('s1', 'operator')).toMatchObject({ status: 409, body: { error: 'has-password' } });
    expect(await give('admin', 'operator')).toMatchObject({
      status: 409,
      body: { error: 'not-yours-to-give' },
    });
    expect(await give('admin')).toMatchObject({ status: 409, body: { error: 'your-own' } });
    expect((await give('s1')).status).toBe(200);
    // Not used yet, so that the operator may hand out another.
    expect((await give('s1', 'operator')).status).toBe(200);
    expect(await give('nobody')).toMatchObject({ status: 409, body: { error: 'unknown-person' } });
  });
});

describe('sessions', () => {
  it('outlive the coordinator, until somebody leaves', async () => {
    const [chair, other] = [await signedIn(served, 'chair'), await signedIn(served, 'chair')];
    await startAgain();
    expect(await who(chair)).toBe('chair');
    await post('/api/sign-out', {}, undefined, chair);
    await startAgain();
    expect([await who(chair), await who(other)]).toEqual([null, 'chair']);
  });

  it('are nobody’s who makes one up, changes one, or names it', async () => {
    const cookie = await signedIn(served, 'chair');
    const account = await fetch(`${served.http}/api/account`, { headers: { cookie } });
    const { current }: { current: string } = await account.json();
    const forged = [
      `${cookie}x`,
      cookie.slice(0, -1),
      `hallvote=${current}`,
      'hallvote=',
      'hallvote=__proto__',
    ];
    for (const each of forged) expect(await who(each)).toBe(null);
    // Whatever came over TLS is not taken here, and the other way round.
    expect(await who(cookie.replace('hallvote=', '__Host-hallvote='))).toBe(null);
    const { cookies } = await signIn('chair', passwordOf('chair'));
    expect(await who(pairOf(cookies[1]).replace('hallvote-device', 'hallvote'))).toBe(null);
  });

  it('of one’s own are listed and ended by oneself, and end with another password', async () => {
    const [one, two, three] = [
      await signedIn(served, 'chair'),
      await signedIn(served, 'chair'),
      await signedIn(served, 'chair'),
    ];
    const operator = await signedIn(served, 'operator');
    const listed = await fetch(`${served.http}/api/account`, { headers: { cookie: one } });
    const { sessions, current }: { sessions: { id: string }[]; current: string } = await listed.json();
    expect(sessions).toHaveLength(3);
    const another = sessions.find(({ id }) => id !== current)?.id ?? '';
    // Another person's session is not theirs to end.
    await post('/api/account/sessions/end', { session: another }, undefined, operator);
    expect(await Promise.all([one, two, three].map(who))).toEqual(['chair', 'chair', 'chair']);
    await post('/api/account/sessions/end', { session: another }, undefined, one);
    expect((await Promise.all([two, three].map(who))).filter((each) => each === null)).toHaveLength(1);
    const change = (current: string) =>
      post('/api/account/password', { current, password: '主席台前的一盆兰花' }, undefined, one);
    expect((await change('wrong')).status).toBe(401);
    expect((await change(passwordOf('chair'))).status).toBe(422);
    expect(
      (
        await post(
          '/api/account/password',
          { current: passwordOf('chair'), password: '主席台前有一盆兰花开了' },
          undefined,
          one,
        )
      ).status,
    ).toBe(200);
    expect(await Promise.all([one, two, three, operator].map(who))).toEqual([
      'chair',
      null,
      null,
      'operator',
    ]);
  });

  it('of anybody are ended by the administrator, but not those of whoever may close the vote that is open', async () => {
    const admin = await signedIn(served, 'admin');
    const [chair, operator] = [await signedIn(served, 'chair'), await signedIn(served, 'operator')];
    const end = (person: string) =>
      post('/api/staff/sessions/end', { person, session: null }, undefined, admin);
    for (const deputy of ['d1', 'd2'])
      await post('/api/act', { act: 'check-in', deputy, reason: '证件未带' }, undefined, operator);
    expect(
      await post('/api/act', { act: 'open', motion: 'm1', rehearsal: false }, undefined, chair),
    ).toMatchObject({ status: 200 });
    served.persons.holdChanged();
    expect(await end('chair')).toMatchObject({ status: 409, body: { error: 'vote-open' } });
    expect(await post('/api/staff/code', { person: 'chair' }, undefined, admin)).toMatchObject({
      body: { error: 'vote-open' },
    });
    expect((await end('operator')).status).toBe(200);
    expect([await who(chair), await who(operator)]).toEqual(['chair', null]);
    await post('/api/act', { act: 'close', round: 'm1/1' }, undefined, chair);
    served.persons.holdChanged();
    expect((await end('chair')).status).toBe(200);
    expect(await who(chair)).toBe(null);
  });
});

it('another site’s page gets nothing done with a cookie that the browser sends along', async () => {
  const cookie = await signedIn(served, 'chair');
  const headers = { cookie, 'content-type': 'application/json', origin: 'http://evil.example' };
  const act = await fetch(`${served.http}/api/act`, { method: 'POST', headers, body: '{"act":"clear"}' });
  expect(act.status).toBe(403);
  expect((await fetch(`${served.http}/api/stats`, { headers })).status).toBe(401);
});
