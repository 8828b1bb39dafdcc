import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACT_REFUSALS, Act, ScrutineerAct } from '../../coordinator/contract/acts.ts';
import { ROLES, type Role } from '../../coordinator/contract/person.ts';
import {
  type ActName,
  isActName,
  mayDo,
  OTHER_ACTS,
  RIGHTS,
  USUAL_SETTINGS,
} from '../../coordinator/contract/rights.ts';
import { type Needs, pathOf } from '../../coordinator/contract/route.ts';
import { EVERY_ROUTE, ROUTES } from '../../coordinator/contract/routes.ts';
import { STAFF_TOPICS, topics } from '../../shared/protocol/topics.ts';
import { eventually, HALL, type OpenHall, openHall } from '../support/open-hall.ts';
import { scrutineersOf } from '../support/scrutineers.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';
import { signedIn } from '../support/signed-in.ts';
import { STAFF } from '../support/staff.ts';

/** The table of rights, walked whole over both ways into the hall: each act, by each role and by a stranger. */

const WALKERS = [...ROLES, null] as const;
type Walker = Role | null;

let open: OpenHall;
let served: ServedHall;
const cookies = new Map<Walker, string>();

beforeAll(async () => {
  open = await openHall({ secrecy: scrutineersOf(3, 2) });
  served = await serveHall(open);
  for (const role of ROLES) {
    const person = STAFF.find(({ roles }) => roles.includes(role));
    cookies.set(role, await signedIn(served, person?.id ?? ''));
  }
});
afterAll(async () => {
  await served.close();
  await open.close();
});

const cookieOf = (walker: Walker) => cookies.get(walker) ?? '';
const mayOf = (walker: Walker, act: ActName) => mayDo(walker && { roles: [walker] }, act, USUAL_SETTINGS);

async function ask(walker: Walker, method: string, path: string, body?: object) {
  const response = await fetch(served.http + path, {
    method,
    headers: { cookie: cookieOf(walker), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

const id = 'nobody-1';
const round = 'nothing/1';
const reason = '核对';
/** A body for each act that changes nothing, whoever sends it: what it is about is not there. */
const BODIES: { readonly [A in (Act | ScrutineerAct)['act']]: Extract<Act | ScrutineerAct, { act: A }> } = {
  open: { act: 'open', motion: id, rehearsal: false },
  close: { act: 'close', round },
  hold: { act: 'hold', round, reason },
  resume: { act: 'resume', round },
  extend: { act: 'extend', round, seconds: 60 },
  announce: { act: 'announce', round },
  void: { act: 'void', round, reason },
  'follow-up': { act: 'follow-up', round },
  'by-hand': {
    act: 'by-hand',
    motion: id,
    tally: { kind: 'decision', for: 1, against: 0, abstain: 0 },
    cast: 1,
    reason,
  },
  clear: { act: 'clear' },
  'check-in': { act: 'check-in', deputy: id, reason },
  leave: { act: 'leave', deputy: id, reason },
  'issue-card': { act: 'issue-card', deputy: id, card: 'ABCD1234' },
  'mark-card': { act: 'mark-card', card: 'ABCD1234', status: 'lost' },
  enrol: { act: 'enrol', terminal: 'T1', key: 'A'.repeat(43), seat: 'S1' },
  'remove-terminal': { act: 'remove-terminal', terminal: id },
  'replace-terminal': { act: 'replace-terminal', terminal: id, spare: 'T9', key: 'A'.repeat(43) },
  identify: { act: 'identify', terminal: id },
  'self-test': { act: 'self-test', terminal: id, on: true },
  update: { act: 'update', terminal: null, manifest: '0'.repeat(64) },
  'stop-update': { act: 'stop-update' },
  'new-ceremony': { act: 'new-ceremony', reason },
  reload: { act: 'reload' },
  'ceremony-step': { act: 'ceremony-step', step: 'certificate', text: 'x' },
  share: { act: 'share', round, share: 'x' },
  'sign-result': { act: 'sign-result', round, signature: { challenge: '1', response: '1' } },
};

const isScrutineers = (act: ActName) => ScrutineerAct.options.some(({ shape }) => shape.act.value === act);

it('has a body for every act of the contract, and every act of the table is one or stands on a route of its own', () => {
  const names = [...Act.options, ...ScrutineerAct.options].flatMap(({ shape }) => [...shape.act.values]);
  expect(Object.keys(BODIES).sort()).toEqual([...names].sort());
  expect(Object.keys(RIGHTS).sort()).toEqual([...names, ...OTHER_ACTS].sort());
  const needed = new Set(EVERY_ROUTE.flatMap(({ needs }) => (typeof needs === 'object' ? needs : [])));
  // What a reload may be besides, `change-roll`, the sitting itself looks at.
  expect(Object.keys(RIGHTS).filter((act) => ![...needed].some((each) => each === act))).toEqual([
    'change-roll',
  ]);
});

describe.each(WALKERS)('as %s, over HTTP,', (walker) => {
  it.each(Object.values(BODIES))('$act', async (body) => {
    const path = isScrutineers(body.act) ? ROUTES.scrutineerAct.path : ROUTES.act.path;
    const { status, text } = await ask(walker, 'POST', path, body);
    // The administrator has the list of staff read again, and nothing else of the files.
    const may = mayOf(walker, body.act) || (body.act === 'reload' && mayOf(walker, 'staff'));
    if (walker === null) expect([status, text]).toEqual([401, '{"error":"sign in"}']);
    else if (!may) {
      expect(status).toBe(403);
      expect(JSON.parse(text).text).toEqual(ACT_REFUSALS['not-allowed']);
    } else expect([200, 409]).toContain(status);
    if (may && status === 409) expect(JSON.parse(text).reason).not.toMatch(/^(not-allowed|second-person)$/);
  });

  const others = EVERY_ROUTE.filter(
    ({ as, path }) => as !== 'socket' && as !== 'page' && !path.endsWith('/act'),
  );
  it.each(others)('$method $path', async ({ method, path, needs }) => {
    // With a body that is none: who may is told so, who may not is told that.
    const at = pathOf(path, { file: 'x.bel', hash: 'x', '*': 'x' });
    const before = cookieOf(walker);
    const { status } = await ask(
      walker,
      method,
      at,
      method === 'POST' && needs !== 'anybody' ? { none: 0 } : undefined,
    );
    const expected = mayCall(walker, needs) ? null : walker === null ? 401 : 403;
    if (expected === null) expect([401, 403]).not.toContain(status);
    else expect(status).toBe(expected);
    if (path === ROUTES.signOut.path && walker !== null) {
      const person = STAFF.find(({ roles }) => roles.includes(walker));
      expect((await ask(walker, 'GET', '/api/session')).text).toContain('"person":null');
      cookies.set(walker, await signedIn(served, person?.id ?? ''));
      expect(cookieOf(walker)).not.toBe(before);
    }
  });
});

function mayCall(walker: Walker, needs: Needs): boolean {
  if (needs === 'anybody' || needs === 'sign-in') return true;
  if (needs === 'person') return walker !== null;
  return needs.some((act) => isActName(act) && mayOf(walker, act));
}

describe.each(WALKERS)('as %s, over MQTT in a WebSocket,', (walker) => {
  let client: MqttClient;
  const heard = new Map<string, string>();
  beforeAll(async () => {
    client = mqtt.connect(`${served.http.replace('http', 'ws')}/mqtt`, {
      protocolVersion: 4,
      clientId: `web-0000000${WALKERS.indexOf(walker)}`,
      reconnectPeriod: 0,
      wsOptions: { headers: { cookie: cookieOf(walker) } },
    });
    client.on('message', (topic, bytes) => heard.set(topic, String(bytes)));
    await new Promise((resolve, reject) => client.once('connect', resolve).once('error', reject));
  });
  afterAll(async () => {
    await client.endAsync(true);
  });

  it.each(STAFF_TOPICS)('%s', async (what) => {
    const topic = topics(HALL).staff(what);
    const [granted] = await client.subscribeAsync(topic, { qos: 1 }).catch(() => []);
    const may = mayOf(walker, 'read');
    expect((granted?.qos ?? 128) < 128).toBe(may);
    if (may) await eventually(() => heard.has(topic), `${what}, heard`);
    else expect(heard.has(topic)).toBe(false);
  });

  it('hears what is for everybody, and writes nothing', async () => {
    const topic = topics(HALL).public('hall');
    await client.subscribeAsync(topic, { qos: 1 });
    await eventually(() => heard.has(topic), 'the hall, heard');
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish(topic, '{}', { qos: 0 });
    await closed;
  });
});

it('a session that ends takes its line with it, within seconds, and nothing more comes over it', async () => {
  const cookie = await signedIn(served, 'operator');
  const client = mqtt.connect(`${served.http.replace('http', 'ws')}/mqtt`, {
    protocolVersion: 4,
    clientId: 'web-0000000f',
    reconnectPeriod: 0,
    wsOptions: { headers: { cookie } },
  });
  await new Promise((resolve, reject) => client.once('connect', resolve).once('error', reject));
  await client.subscribeAsync(topics(HALL).staff('agenda'), { qos: 1 });
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  await fetch(`${served.http}/api/sign-out`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{}',
  });
  await closed;
});
