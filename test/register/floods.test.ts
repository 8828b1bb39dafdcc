import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MOST_OF_PLACE } from '../../coordinator/door/limits.ts';
import { type Answer, askFrom, manyParts } from '../support/from-address.ts';
import { codeOn, hiddenField } from '../support/public-form.ts';
import { openRegister, type TestRegister, YEAR } from '../support/running-register.ts';

/** Many strangers at once, each of them at an address of 127.0.0.0/8. What counts is counted: the register's clock is the test's. */

let register: TestRegister;
let agent: Agent;
const sockets: Socket[] = [];

beforeEach(async () => {
  register = await openRegister();
  agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' } as const;
  expect(await register.act('congress', opened)).toEqual({ is: 'done' });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  agent.destroy();
  await register.stop();
});

const at = (path: string) => `${register.running.http}${path}`;
const MATTER = { title: '人民路加装路灯', text: '夜里太黑，老人不敢出门。' };

/** The forms that these addresses have been given, one each, a while ago. */
async function forms(addresses: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const given = addresses.map(async (from) => {
    const page = await askFrom(from, at('/propose/matter'), new URLSearchParams(MATTER), agent);
    return [from, hiddenField(page.text, 'token')] as const;
  });
  const all = await Promise.all(given);
  register.pass(10_000);
  return all;
}

const press = ([from, token]: readonly [string, string]): Promise<Answer> =>
  askFrom(from, at('/propose'), manyParts({ ...MATTER, token }), agent);

const taken = (answers: readonly Answer[]): number =>
  answers.filter(({ text }) => codeOn(text) !== '').length;

/** An office reads and answers while it lasts. */
async function officeWorks(): Promise<void> {
  const act = { act: 'draft-project', project: `p${Math.random()}`.replace('.', ''), cycle: YEAR } as const;
  expect(await register.act('gov', { ...act, sheet: SHEET })).toEqual({ is: 'done' });
}
const SHEET = {
  ...{ title: { zh: '路灯' }, summary: { zh: '加装路灯' }, category: 'housing', lead: 'transport', co: [] },
  ...{ content: '加装路灯', beneficiaries: '沿线居民', parts: [], from: [] },
};

const HONEST = ['127.0.9.1', '127.0.9.2', '127.0.9.3'];

it('one address that sends hundreds is given its measure, and keeps out nobody', async () => {
  const attack = await forms(Array.from({ length: 150 }, () => '127.0.8.1'));
  const honest = await forms(HONEST);
  const sent = Promise.all(attack.map(press));
  const others = await Promise.all(honest.map(press));
  await officeWorks();
  expect(taken(await sent)).toBe(20);
  expect(taken(others)).toBe(HONEST.length);
});

it('many addresses that send again and again share one measure; who has sent nothing yet gets through at the first try', async () => {
  const many = Array.from({ length: 120 }, (_, i) => `127.0.7.${i + 1}`);
  const rounds = [await forms(many), await forms(many), await forms(many)];
  const honest = await forms(HONEST);
  const sent = Promise.all(rounds.map((each) => Promise.all(each.map(press))));
  const others = await Promise.all(honest.map(press));
  await officeWorks();
  // The first of each address, and two hundred of those that have sent one.
  expect(taken((await sent).flat())).toBe(many.length + 200);
  expect(taken(others)).toBe(HONEST.length);
});

it('wrong codes slow down the address they come from, and no other', async () => {
  const [form] = await forms(HONEST.slice(0, 1));
  if (!form) throw new Error('no form was given');
  const code = codeOn((await press(form)).text);
  const follow = (from: string, typed: string) =>
    askFrom(from, at('/follow'), new URLSearchParams({ code: typed }), agent);
  const tries = [];
  for (let n = 0; n < 40; n += 1) tries.push((await follow('127.0.8.1', code.replace(/.$/, '!'))).status);
  expect(tries.filter((status) => status === 404)).toHaveLength(30);
  expect(tries.filter((status) => status === 429)).toHaveLength(10);
  // Not even the right one is looked at from there now.
  expect((await follow('127.0.8.1', code)).status).toBe(429);
  expect((await follow('127.0.9.1', code)).status).toBe(200);
  register.pass(60_000);
  expect((await follow('127.0.8.1', code)).status).toBe(200);
});

/** A connection of that address on which `text` is sent, and nothing after it. */
function open(from: string, text: string): Socket {
  const { hostname, port } = new URL(register.running.http);
  const socket = connect({ host: hostname, port: Number(port), localAddress: from });
  socket.on('error', () => {});
  socket.write(text);
  sockets.push(socket);
  return socket;
}

const host = () => new URL(register.running.http).host;
const beginning = (bytes: number) =>
  `POST /propose HTTP/1.1\r\nHost: ${host()}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${bytes}\r\n\r\n--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n`;

it('bodies that are too long are not read, those that never end hold up nobody', async () => {
  const long = open('127.0.8.1', beginning(60 * 1024 * 1024));
  const [answer] = await once(long, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
  for (let n = 0; n < 300; n += 1) open(`127.0.8.${(n % 3) + 1}`, beginning(50 * 1024 * 1024));
  // Forty-eight megabytes that come, of files that are each too long, in a form that nobody has given out.
  const huge = manyParts({ ...MATTER, token: 'none' });
  for (let n = 0; n < 3; n += 1) huge.append('files', new Blob([Buffer.alloc(16_000_000, 1)]), 'huge.jpg');
  const refused = askFrom('127.0.8.4', at('/propose'), huge, agent);
  const honest = await forms(HONEST);
  expect(taken(await Promise.all(honest.map(press)))).toBe(HONEST.length);
  await officeWorks();
  expect((await refused).status).toBe(409);
});

it('thousands of connections of one address are bounded, and others come in', async () => {
  const held = Array.from({ length: MOST_OF_PLACE + 200 }, () => open('127.0.8.1', 'GET / HTTP/1.1\r\n'));
  await vi.waitFor(() => expect(held.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(200));
  expect(held.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(MOST_OF_PLACE);
  const honest = await forms(HONEST);
  expect(taken(await Promise.all(honest.map(press)))).toBe(HONEST.length);
  await officeWorks();
});
