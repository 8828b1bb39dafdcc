import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { codeOn, hiddenField, sendFiles, sendForm } from '../support/public-form.ts';
import { playYear } from '../support/public-year.ts';
import {
  answered,
  openRegister,
  releaseDrafted,
  type TestRegister,
  YEAR,
} from '../support/running-register.ts';

let register: TestRegister;
let logged = '';

beforeEach(async () => {
  logged = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  register = await openRegister({ log: pino({ level: 'trace' }, stream) });
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' } as const;
  expect(await register.act('congress', opened)).toEqual({ is: 'done' });
});
afterEach(() => register.stop());

const at = (path: string) => `${register.running.http}${path}`;

/** Every page and file that a link leads to from the first page, whole. */
async function crawl(): Promise<ReadonlyMap<string, { readonly status: number; readonly body: Buffer }>> {
  const seen = new Map<string, { status: number; body: Buffer }>();
  const ahead = ['/', '/?lang=en', `/cycles/${YEAR}`, '/data/schema.json', '/api/session'];
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    if (seen.has(path)) continue;
    const response = await fetch(at(path));
    const body = Buffer.from(await response.arrayBuffer());
    seen.set(path, { status: response.status, body });
    if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
    for (const [, link = ''] of body.toString().matchAll(/\shref="(\/[^"#]*)/g))
      ahead.push(link.replaceAll('&amp;', '&'));
  }
  return seen;
}

it('no draft, no uncleared word and no person is on any page, in any file, or in the log', async () => {
  const secrets = [
    '秘密标题',
    '秘密正文',
    '张三丰',
    '13800001234',
    '隐蔽巷9号',
    '内部理由',
    '拟建项目',
    '代表心里话',
  ];
  const page = await (await sendForm(at('/propose/matter'), { title: '秘密标题', text: '秘密正文' })).text();
  register.pass(10_000);
  const sent = await sendFiles(at('/propose'), {
    token: hiddenField(page, 'token'),
    ...{
      title: '秘密标题',
      text: '秘密正文',
      place: '隐蔽巷9号',
      name: '张三丰',
      telephone: '13800001234',
      address: '隐蔽巷9号',
    },
  });
  const code = codeOn(await sent.text());
  expect(code).not.toBe('');
  const wording = { title: '代表心里话', text: '代表心里话', place: null };
  const deputy = await register.as('deputy1');
  const body = {
    cycle: YEAR,
    channel: 'meeting' as const,
    wording,
    proposer: { name: '张三丰', telephone: null, address: null },
    attachments: [],
  };
  const received = answered(await deputy.ask(REGISTER_ROUTES.propose, { body }));
  const proposal = received.is === 'received' ? received.proposal : '';
  const before = await crawl();
  const hidden = [
    [
      'transport',
      { act: 'opine', proposal, opinion: { question: 'needed', answer: 'no', reason: '内部理由' } },
    ],
    ['gov', { act: 'draft-decision', proposal, outcome: { is: 'not-adopted', reason: '内部理由' } }],
  ] as const;
  await register.act('gov', { act: 'classify', proposal, category: 'housing', area: 'east' });
  const classified = await crawl();
  for (const [person, act] of hidden) expect(await register.act(person, act)).toEqual({ is: 'done' });
  // Files are kept for a moment: these are made anew.
  register.pass(60_000);
  const after = await crawl();
  const texts = (all: typeof after) => [...all].map(([path, { body: each }]) => [path, sha256Hex(each)]);
  // A draft changes not a byte of anything.
  expect(texts(after)).toEqual(texts(classified));
  for (const all of [before, after])
    for (const [path, { status, body: each }] of all) {
      expect({ path, status }).toEqual({ path, status: 200 });
      for (const secret of secrets) expect(each.includes(secret) ? `${secret} on ${path}` : '').toBe('');
    }
  expect([...after.keys()].length).toBeGreaterThan(20);
  expect(logged).toContain('the register is open');
  for (const secret of [...secrets, code]) expect(logged).not.toContain(secret);
});

it('after the vote everything that is linked is there: list, sheets, data and documents', async () => {
  const proposals = await playYear(register, 'voted');
  const all = await crawl();
  for (const [path, { status }] of all) expect({ path, status }).toEqual({ path, status: 200 });
  const type = (ending: string) => [...all.keys()].filter((path) => path.endsWith(ending));
  expect(type('.pdf')).toEqual(
    expect.arrayContaining([`/cycles/${YEAR}/list.pdf`, '/projects/lamps/sheet.pdf']),
  );
  for (const path of type('.pdf')) expect(all.get(path)?.body.subarray(0, 5).toString()).toBe('%PDF-');
  expect(type('.pdf')).toEqual(
    expect.arrayContaining(['/projects/lamps/posters/a4.pdf', '/projects/lamps/posters/a3.pdf']),
  );
  expect(type('.xlsx')).toHaveLength(4);
  // A file is as large as the page of open data says.
  const sizes = [
    ...String(all.get('/open-data')?.body).matchAll(/href="(\/data[^"]*)">[A-Z0-9]+<\/a> (\d+) kB/g),
  ];
  expect(sizes.length).toBeGreaterThanOrEqual(11);
  for (const [, path = '', kilobytes] of sizes)
    expect({ path, kilobytes: Math.ceil((all.get(path)?.body.length ?? 0) / 1024) }).toEqual({
      path,
      kilobytes: Number(kilobytes),
    });
  expect(all.get(`/proposals/${proposals[0]}`)?.body.toString()).toContain('入选，143 / 164 票（纸质票决）');
  expect(all.get(`/proposals/${proposals[5]}`)?.body.toString()).toContain('已并入');

  // Asked again, nothing is sent that is there already.
  const first = await fetch(at('/'));
  const tag = first.headers.get('etag') ?? '';
  const second = await fetch(at('/'), { headers: { 'if-none-match': tag } });
  expect({ status: second.status, body: await second.text() }).toEqual({ status: 304, body: '' });
  expect(first.headers.get('set-cookie')).toBeNull();
  expect(first.headers.get('content-security-policy')).toContain(
    "default-src 'none'; style-src 'self'; script-src 'self'",
  );
});

it('a proposer finds the answer by the code, as a page and as a letter, and nothing before it is released', async () => {
  const page = await (await sendForm(at('/propose/matter'), { title: '修桥', text: '桥坏了' })).text();
  register.pass(10_000);
  const sent = await sendFiles(at('/propose'), {
    token: hiddenField(page, 'token'),
    title: '修桥',
    text: '桥坏了',
    name: '张三丰',
  });
  const receipt = await sent.text();
  const code = codeOn(receipt);
  const proposal = /公开编号：([0-9A-Z-]+)/.exec(receipt)?.[1] ?? '';
  const follow = async (path: string) => sendForm(at(path), { code });
  const outcome = { is: 'not-adopted', reason: '已列入明年计划' } as const;
  await register.act('gov', { act: 'draft-decision', proposal, outcome });
  expect(await (await follow('/follow')).text()).not.toContain('已列入明年计划');
  expect((await follow('/follow/letter.pdf')).status).toBe(404);
  await releaseDrafted(register);
  const told = await (await follow('/follow')).text();
  expect(told).toContain('已列入明年计划');
  expect(told).not.toContain('张三丰');
  const letter = await follow('/follow/letter.pdf');
  expect(letter.headers.get('content-type')).toBe('application/pdf');
  expect(letter.status).toBe(200);
});
